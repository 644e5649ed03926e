import { openLine } from './http-line';
import {
  type HttpInput,
  type Input,
  type InputParts,
  type SocketInput,
  type Who,
  createInputs,
} from './inputs';
import { sendBurst } from './sockets';

export interface FuzzParts extends InputParts {
  readonly url: string;
  readonly inputs: number;
  /** Number of the first input; a later part of a run goes on where the earlier one ended. */
  readonly from: number;
  /** How many inputs are under way at once. */
  readonly together: number;
  /** Cookies of people who are signed in; fetched anew when one has ended. */
  readonly cookie: (who: Who, ended?: string) => Promise<string>;
  readonly onProgress?: (done: number) => void;
  readonly isStopped?: () => boolean;
}

export interface Fault {
  readonly what: string;
  readonly input: string;
}

export interface Fuzzed {
  readonly done: number;
  /** Number of the input after the last one. */
  readonly next: number;
  /** How often a webhook was told to come again. */
  readonly busy: number;
  readonly faults: readonly Fault[];
  /** How many answers had which status or, of sockets, which code. */
  readonly answers: Readonly<Record<string, number>>;
  /** Operations that answered with success at least once, by method and path. */
  readonly reached: ReadonlySet<string>;
}

/** Nothing may take longer, ms. */
const hangMs = 20_000;
const maxFaults = 20;
const busyTries = 10;

function bytesOf({ method, target, headers, body }: HttpInput, cookie: string): Buffer {
  const lines = Object.entries({ host: 'fuzz', ...headers, ...(cookie ? { cookie } : {}) })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const content = body === undefined ? Buffer.alloc(0) : Buffer.from(body);
  const length = body === undefined ? '' : `content-length: ${content.length}\r\n`;
  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}${length}\r\n`, 'latin1'),
    content,
  ]);
}

/** Sends inputs, each made from the seed and its number alone; notes what must not happen. */
export async function fuzz(parts: FuzzParts): Promise<Fuzzed> {
  const { url } = parts;
  const input = createInputs(parts);
  const answers: Record<string, number> = {};
  const faults: Fault[] = [];
  const reached = new Set<string>();
  let next = parts.from;
  let underWay = 0;
  let done = 0;
  let told = 0;
  let busy = 0;

  const count = (answer: string): void => {
    answers[answer] = (answers[answer] ?? 0) + 1;
    done += 1;
    if (done - told < 1_000) return;
    told = done;
    parts.onProgress?.(done);
  };
  const kinds = new Set<string>();
  /** The first of each kind; the others would only hide what else there is. */
  const fault = (what: string, number: number, sent: Input): void => {
    const kind = `${what} ${sent.kind === 'http' ? (sent.operation ?? sent.target) : sent.namespace}`;
    if (kinds.has(kind)) return;
    kinds.add(kind);
    faults.push({ what: `input ${number}: ${what}`, input: JSON.stringify(sent).slice(0, 2_000) });
  };

  async function http(line: ReturnType<typeof openLine>, number: number, sent: HttpInput): Promise<void> {
    const cookie = sent.who ? await parts.cookie(sent.who) : '';
    const ask = (): ReturnType<typeof line.ask> =>
      line.ask(bytesOf(sent, cookie), { withoutBody: sent.method === 'HEAD' });
    try {
      let { status, body } = await ask();
      // "Come again" is a right answer of a machine that has other work; for ever it is not.
      for (let again = 0; again < busyTries && status === 503 && body.includes('"BUSY"'); again += 1) {
        busy += 1;
        ({ status, body } = await ask());
      }
      if (status >= 500) fault(`status ${status} ${body}`, number, sent);
      if (status >= 200 && status < 300 && sent.operation) reached.add(sent.operation);
      if (sent.who && status === 401 && body.includes('NOT_SIGNED_IN')) await parts.cookie(sent.who, cookie);
      count(String(status));
    } catch (error) {
      fault(error instanceof Error ? error.message : String(error), number, sent);
      count('no answer');
    }
  }

  async function socket(number: number, sent: SocketInput): Promise<void> {
    const cookie = sent.who ? await parts.cookie(sent.who) : '';
    const burst = await sendBurst(url, sent, cookie, hangMs);
    if (burst.fault) fault(burst.fault, number, sent);
    burst.answers.forEach(count);
  }

  async function worker(): Promise<void> {
    const line = openLine(url, hangMs);
    while (done + underWay < parts.inputs && faults.length < maxFaults && !parts.isStopped?.()) {
      const number = next++;
      const sent = input(number);
      const size = sent.kind === 'socket' ? sent.events.length : 1;
      underWay += size;
      await (sent.kind === 'socket' ? socket(number, sent) : http(line, number, sent));
      underWay -= size;
    }
    line.close();
  }
  await Promise.all(Array.from({ length: parts.together }, worker));
  return { done, next, busy, faults, answers, reached };
}
