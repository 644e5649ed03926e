import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/root';
import { demoEnv, signIn } from '../support/desk-clients';
import { startLineStandIn } from '../support/line-standin';
import { startOidcStandIn } from '../support/oidc-standin';
import {
  type Product,
  eventually,
  freePort,
  removeFolder,
  startProduct,
  temporaryFolder,
} from '../support/product';
import { startTwilioStandIn } from '../support/twilio-standin';
import { holdCeremonies } from './ceremonies';
import { type Fuzzed, fuzz } from './fuzz';
import type { Who } from './inputs';
import { type Operation, operationsOf } from './operations';
import { makeRecords } from './records';

export interface FuzzRun {
  readonly inputs: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
  readonly isStopped?: () => boolean;
}

export interface FuzzReport extends Omit<Fuzzed, 'next' | 'reached' | 'busy'> {
  /** Operations that never once succeeded. */
  readonly unreached: readonly string[];
  readonly operations: number;
  /** Failures that the product itself did not foresee. */
  readonly unforeseen: number;
  /** Memory in use after collecting garbage: when warm, and at the end, MB. */
  readonly heldMb: readonly [number, number];
  readonly output: string;
}

const lineSecret = 'fuzz-secret';
const twilioAccount = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'fuzz-token' };
const gatewaySecret = 'fuzz-gateway-secret';
/** A second SMS provider that is never asked to send, and reports all the same. */
const gateway = {
  ...{
    name: 'fuzz',
    url: 'http://127.0.0.1:9/',
    encoding: 'json',
    fields: { text: '{text}' },
    reference: 'id',
  },
  reports: {
    ...{ secret: gatewaySecret, reference: 'id', state: 'state' },
    ...{ delivered: ['delivered'], failed: ['failed'] },
  },
};
/** Settings that open the border of every vendor. */
const everyVendor = {
  LINE_CHANNEL_SECRET: lineSecret,
  LINE_CHANNEL_ACCESS_TOKEN: 'token',
  TWILIO_ACCOUNT_SID: twilioAccount.accountSid,
  TWILIO_AUTH_TOKEN: twilioAccount.authToken,
  TWILIO_FROM: '+15005550006',
} as const;
/** An agency that fetches its cases and says when it has them. */
const agencies = { agencies: { ocpb: { file: true } } };
const partnerKey = 'fuzz-partner-key';
/** The account behind `short`. */
const shortName = 'officer2';
const together = 24;
/** How often an operation that chance left out is tried at the end. */
const lastTries = 12;
const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;
/** Data in memory where the system has such a folder: what is tried is the program, not how fast a disk forces writes. */
const inMemory = '/dev/shm';

/** Memory in use, bytes, after the garbage is gone. */
async function held(product: Product): Promise<number> {
  const known = product.output().split('held ').length;
  process.kill(product.pid, 'SIGUSR2');
  const told = await eventually('what is held', () => {
    const parts = product.output().split('held ');
    return parts.length > known && parts.at(-1)?.includes('\n') ? parts.at(-1) : undefined;
  });
  return Number.parseInt(told, 10);
}

/** Works off what waits, so that memory is compared at rest. */
const atRest = (product: Product): Promise<unknown> =>
  eventually(
    'everything is worked off',
    async () => {
      const metrics = await (await fetch(`${product.url}/metrics`)).text();
      return /^thamrat_oldest_waiting_seconds 0$/mu.test(metrics);
    },
    60_000,
  );

/** The shipped program with every border open, and inputs thrown at it. The same seed makes the same inputs. */
export async function fuzzProduct({ inputs, seed, onProgress, isStopped }: FuzzRun): Promise<FuzzReport> {
  const dataDir = temporaryFolder(existsSync(inMemory) ? inMemory : undefined);
  const gatewayFile = join(dataDir, 'gateway.json');
  writeFileSync(gatewayFile, JSON.stringify(gateway));
  const agenciesFile = join(dataDir, 'agencies.json');
  writeFileSync(agenciesFile, JSON.stringify(agencies));
  const line = await startLineStandIn();
  const twilio = await startTwilioStandIn(twilioAccount);
  const provider = await startOidcStandIn();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const product = await startProduct({
    dataDir,
    preload: join(projectRoot(), 'tests', 'fuzz', 'gc.cjs'),
    env: {
      ...demoEnv,
      PARTNER_API_KEYS: `fuzz:${partnerKey}:ocpb`,
      TRUSTED_PROXIES: '127.0.0.1',
      // Seven accounts do the work of thousands.
      OFFICER_PER_MINUTE: '1000000',
      ...everyVendor,
      SMS_GATEWAY_FILE: gatewayFile,
      AGENCIES_FILE: agenciesFile,
      PORT: port,
      PUBLIC_URL: publicUrl,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      LINE_API_BASE_URL: line.url,
      TWILIO_API_BASE_URL: twilio.url,
    },
  });
  try {
    const cookies = new Map<Who, Promise<string>>();
    async function cookie(who: Who, ended?: string): Promise<string> {
      const known = cookies.get(who);
      if (known && (ended === undefined || (await known) !== ended)) return known;
      const fresh = signIn(product.url, who === 'short' ? shortName : who).catch(() => '');
      cookies.set(who, fresh);
      return fresh;
    }
    const signedIn = { admin: await cookie('admin'), officer: await cookie('officer') };
    const ceremonies = await holdCeremonies({
      ...{ url: product.url, publicUrl, seed, partnerKey, provider },
      ...signedIn,
    });
    const given = {
      ...{ url: product.url, seed, together, lineSecret, gatewaySecret, partnerKey, cookie, at: Date.now() },
      operations: await operationsOf(product.url),
      records: await makeRecords({
        ...{ url: product.url, partnerKey, sparse: shortName },
        ...signedIn,
      }),
      twilio: { authToken: twilioAccount.authToken, publicUrl },
      ...(isStopped ? { isStopped } : {}),
    };
    const part = (count: number, before: number, from: number): Promise<Fuzzed> =>
      fuzz({ ...given, inputs: count, from, onProgress: done => onProgress?.(before + done) });
    const warm = await part(Math.ceil(inputs / 4), 0, 0);
    if (product.isAlive()) await atRest(product);
    const before = product.isAlive() ? await held(product) : 0;
    const rest = await part(inputs - warm.done, warm.done, warm.next);
    const unreached = (done: readonly Pick<Fuzzed, 'reached'>[]): readonly Operation[] =>
      given.operations.filter(operation => !done.some(({ reached }) => reached.has(nameOf(operation))));
    const missed = unreached([ceremonies, warm, rest]);
    const last = await fuzz({
      ...{ ...given, operations: missed, inTurn: true },
      ...{ from: rest.next, inputs: missed.length * lastTries },
    });
    if (product.isAlive()) await atRest(product);
    const after = product.isAlive() ? await held(product) : Number.POSITIVE_INFINITY;
    const metrics = product.isAlive() ? await (await fetch(`${product.url}/metrics`)).text() : '';
    const answers = { ...warm.answers };
    for (const [answer, count] of Object.entries(rest.answers))
      answers[answer] = (answers[answer] ?? 0) + count;
    const died = product.isAlive()
      ? []
      : [{ what: 'the product ended', input: product.output().slice(-2_000) }];
    return {
      operations: given.operations.length,
      unreached: unreached([ceremonies, warm, rest, last]).map(nameOf),
      done: warm.done + rest.done,
      faults: [ceremonies, warm, rest, last].flatMap(({ faults }) => faults).concat(died),
      answers,
      unforeseen:
        Number(/^thamrat_errors_total (\d+)/mu.exec(metrics)?.[1] ?? 'NaN') -
        warm.busy -
        rest.busy -
        last.busy,
      heldMb: [Math.round(before / 1e6), Math.round(after / 1e6)],
      output: product.output(),
    };
  } finally {
    await product.kill();
    await Promise.all([line.stop(), twilio.stop(), provider.stop()]);
    removeFolder(dataDir);
  }
}

/** Memory that may be held more at the end than when warm: caches that fill, MB. */
const growthMb = 64;

/** What the product logged as an error or worse. */
const failuresIn = (output: string): string =>
  output
    .split('\n')
    .filter(line => /^\{"level":[56]0/u.test(line))
    .slice(0, 10)
    .map(line => line.slice(0, 2_000))
    .join('\n');

/** What is wrong with a run, in words; nothing when all is well. */
export function wrongs({
  faults,
  unforeseen,
  heldMb: [before, after],
  output,
}: FuzzReport): readonly string[] {
  return [
    ...faults.map(({ what, input }) => `${what}: ${input}`),
    ...(unforeseen === 0 ? [] : [`${unforeseen} failures nobody foresaw:\n${failuresIn(output)}`]),
    ...(after - before > growthMb ? [`memory grew from ${before} to ${after} MB`] : []),
  ];
}
