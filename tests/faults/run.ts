import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../core';
import { loadKeys } from '../../server/keys';
import { type Records, createRecords } from '../../store';
import { type LineStandIn, startLineStandIn } from '../support/line-standin';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';
import { seeded } from '../support/random';
import { everything, violations, wasHitTooOften } from './check';
import { type Ledger, newLedger } from './ledger';
import { lineLoad, lineSecret } from './line-load';
import { type WebVisitor, webVisitor } from './web-load';

export interface FaultRun {
  readonly seed: number;
  /** Random kills under load. */
  readonly kills: number;
  /** Kills at named steps: `[step, how often it is reached before]`. */
  readonly points?: readonly (readonly [point: string, at: number])[];
  /** Settings of the engine under test, such as its MONGODB_URL. */
  readonly env: Readonly<Record<string, string>>;
  readonly engine: (dataDir: string) => Engine;
  readonly remove: () => Promise<void>;
  /** Longest pause of a sender between two calls, ms. */
  readonly pauseMs: number;
  /** Processes at once; more than one needs MongoDB and Redis. */
  readonly processes?: number;
  /** A deliberately broken copy of the product. */
  readonly root?: string;
  readonly onProgress?: (line: string) => void;
}

export interface FaultResult {
  readonly violations: readonly string[];
  readonly acknowledged: number;
  /** Of these, what visitors of the web chat sent. */
  readonly web: number;
  readonly attempts: number;
  readonly kills: number;
  readonly sends: number;
  /** Replies whose fate nobody can know, recorded as such. */
  readonly unknown: number;
  /** Events that were under way at five deaths. */
  readonly setAside: number;
}

const users = 12;
const visitors = 3;
const senders = 4;
/** What was acknowledged between two kills and not worked off yet piles up over a long run. */
const restPerKillMs = 1_500;
/** The product rests when nothing is open and no screen grows for so many looks, so far apart. */
const restLooks = 5;
const restEveryMs = 400;
const killer = join(__dirname, '..', 'support', 'killer.cjs');

/** Load on the product until `until` resolves. */
async function loadUntil(
  until: Promise<unknown>,
  urls: () => readonly string[],
  line: ReturnType<typeof lineLoad>,
  web: readonly WebVisitor[],
  wait: () => Promise<unknown>,
): Promise<void> {
  let over = false;
  const end = until.finally(() => {
    over = true;
  });
  const lineSender = async (index: number): Promise<void> => {
    while (!over) {
      const list = urls();
      await line.sendSome(list[index % list.length] ?? '');
      await wait();
    }
  };
  const webSender = async (visitor: WebVisitor): Promise<void> => {
    while (!over && (await visitor.sendOne()));
  };
  await Promise.all([
    end,
    ...Array.from({ length: senders }, (_, index) => lineSender(index)),
    ...web.map(webSender),
  ]);
}

/** The whole run: load, kills, restarts, redelivery, quiet, and the comparison. */
export async function faultRun(run: FaultRun): Promise<FaultResult> {
  const random = seeded(run.seed);
  const ledger: Ledger = newLedger();
  const dataDir = temporaryFolder();
  const stand: LineStandIn = await startLineStandIn();
  // The vendor is not perfect either: late, broken off after accepting, failing after accepting.
  stand.script(call => {
    if (call.number % 29 === 0) return { kind: 'drop', accept: true };
    if (call.number % 37 === 0) return { kind: 'status', status: 500, accept: true };
    return undefined;
  });
  const line = lineLoad({ ledger, random, users, clock: Date.now });
  const web = Array.from({ length: visitors }, (_, index) => webVisitor(`visitor-${index}`, ledger, random));
  const env = {
    LINE_CHANNEL_SECRET: lineSecret,
    LINE_CHANNEL_ACCESS_TOKEN: 'fault-test-token',
    LINE_API_BASE_URL: stand.url,
    ...run.env,
  };
  const running: Product[] = [];
  const start = async (extra: Record<string, string> = {}): Promise<Product> => {
    const product = await startProduct({
      dataDir,
      env: { ...env, ...extra },
      preload: killer,
      ...(run.root ? { root: run.root } : {}),
    });
    running.push(product);
    return product;
  };
  const forget = (product: Product): void => {
    running.splice(running.indexOf(product), 1);
  };
  const wait = (): Promise<unknown> =>
    run.pauseMs > 0 ? pause(random.below(run.pauseMs)) : Promise.resolve();
  const urls = (): string[] => running.map(product => product.url);
  const connectAll = (): void =>
    web.forEach((visitor, index) => visitor.connect(running[index % running.length]?.url ?? ''));
  const fill = async (extra?: Record<string, string>): Promise<void> => {
    while (running.length < (run.processes ?? 1)) await start(extra);
  };

  try {
    for (let kill = 0; kill < run.kills; kill += 1) {
      await fill();
      connectAll();
      const victim = random.pick(running);
      const waitMs = 30 + random.below(500);
      const killed = pause(waitMs).then(() => victim.kill());
      await loadUntil(killed, urls, line, web, wait);
      forget(victim);
      ledger.kills += 1;
      if (kill % 10 === 9) run.onProgress?.(`${kill + 1} of ${run.kills} kills`);
      if (random.next() < 0.5) {
        await fill();
        await line.redeliver(random.pick(running).url, 5);
      }
    }
    for (const [point, at] of run.points ?? []) {
      run.onProgress?.(`${point}, ${at} times reached`);
      for (const product of running.splice(0)) await product.kill();
      const victim = await start({ KILL_POINT: point, KILL_AT: String(at) }).catch((error: unknown) => {
        // Work left over from the last kill can reach the step before the process is ready: a kill all the same.
        if (error instanceof Error && error.message.includes('ended (SIGKILL)')) return undefined;
        throw error;
      });
      ledger.kills += 1;
      if (!victim) continue;
      connectAll();
      const killed = eventually(`the step ${point}`, () => !victim.isAlive(), 60_000);
      await loadUntil(killed, urls, line, web, wait);
      forget(victim);
    }
    await fill();
    stand.script(() => undefined);
    const [product] = running;
    if (!product) throw new Error('nothing is running');
    await line.settle(product.url);
    await line.redeliver(product.url, 50);
    connectAll();
    await quiet(running, web, 90_000 + run.kills * restPerKillMs);
    return await compare(run, ledger, dataDir, stand, line);
  } finally {
    for (const visitor of web) visitor.disconnect();
    for (const product of running.splice(0)) await product.kill();
    await stand.stop();
    removeFolder(dataDir);
    await run.remove();
  }
}

/** Waits until nothing is under way, then ends the processes in order. Asks rarely: each question is work for the store. */
async function quiet(running: Product[], web: readonly WebVisitor[], withinMs: number): Promise<void> {
  const value = (text: string, name: string): number =>
    Number(new RegExp(`^${name} (\\S+)`, 'mu').exec(text)?.[1] ?? 'NaN');
  const balance = async (): Promise<string> => {
    const texts = await Promise.all(running.map(async each => (await fetch(`${each.url}/metrics`)).text()));
    const waiting = texts.map(
      text => value(text, 'thamrat_oldest_waiting_seconds') + value(text, 'thamrat_outbox_open'),
    );
    return [...waiting, ...web.map(visitor => visitor.shownTo())].join();
  };
  let last = '';
  let same = 0;
  await eventually(
    'nothing under way',
    async () => {
      await pause(restEveryMs);
      const now = await balance();
      const idle =
        now === last &&
        now
          .split(',')
          .slice(0, running.length)
          .every(each => Number(each) === 0);
      last = now;
      same = idle ? same + 1 : 0;
      return same > restLooks;
    },
    withinMs,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; open, and shown to visitors: ${last}`);
  });
  for (const visitor of web) visitor.disconnect();
  for (const product of running.splice(0)) await product.stop();
}

async function compare(
  run: FaultRun,
  ledger: Ledger,
  dataDir: string,
  stand: LineStandIn,
  line: ReturnType<typeof lineLoad>,
): Promise<FaultResult> {
  const engine = run.engine(dataDir);
  const records: Records = createRecords({
    engine,
    seal: loadKeys({ dataDir }).seal,
    ids: uuid,
    agencyId: 'operator',
  });
  await engine.open();
  try {
    const accepted = stand
      .accepted()
      .map(send => ({ to: send.to ?? line.userOf(send.replyToken ?? '') ?? '' }));
    const troubled = await records.outbox.troubled(everything);
    const count = (lists: Map<string, readonly unknown[]>): number =>
      [...lists.values()].reduce((sum, list) => sum + list.length, 0);
    return {
      violations: await violations(ledger, records, accepted),
      acknowledged: count(ledger.line) + count(ledger.web),
      web: count(ledger.web),
      attempts: ledger.attempts,
      kills: ledger.kills,
      sends: accepted.length,
      setAside: (await records.inbox.setAside(everything)).filter(wasHitTooOften).length,
      unknown: troubled.filter(item => item.state === 'unknown').length,
    };
  } finally {
    await engine.close();
  }
}
