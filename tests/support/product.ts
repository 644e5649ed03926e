import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../../server/root';

export interface ProductOptions {
  /** Settings beside the ones a test always wants. */
  readonly env?: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** A CommonJS file that the process loads before the program. */
  readonly preload?: string;
  /** Another copy of the product, such as one with a deliberate breakage. */
  readonly root?: string;
}

/** The shipped program in a process of its own. */
export interface Product {
  readonly url: string;
  readonly pid: number;
  /** What it printed so far, both streams. */
  output(): string;
  /** Resolves with the exit code or signal when the process is gone. */
  readonly gone: Promise<number | NodeJS.Signals>;
  isAlive(): boolean;
  /** `SIGKILL`, at once. */
  kill(): Promise<void>;
  /** `SIGTERM`, and waits for the orderly end. */
  stop(): Promise<void>;
}

const startWithinMs = 30_000;
const pollMs = 20;

export const temporaryFolder = (within: string = tmpdir()): string => mkdtempSync(join(within, 'thamrat-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A port that nobody listens on now. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>(resolve => server.close(() => resolve()));
  return String(port);
}

/** Environment of the machine without what would configure the product. */
function cleanEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'NODE_OPTIONS'];
  return Object.fromEntries(kept.flatMap(key => (process.env[key] ? [[key, process.env[key]]] : [])));
}

function spawnProduct({ env, dataDir, preload, root = projectRoot() }: ProductOptions): ChildProcess {
  const args = [...(preload ? ['--require', preload] : []), join(root, 'dist', 'server', 'main.js')];
  return spawn(process.execPath, args, {
    cwd: dataDir,
    env: { ...cleanEnvironment(), PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', DEMO: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts the built product and waits until it is ready, or rejects with what it printed. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const child = spawnProduct(options);
  let printed = '';
  let announce: ((url: string) => void) | undefined;
  const listening = new Promise<string>(resolve => (announce = resolve));
  const hear = (chunk: Buffer): void => {
    printed += chunk.toString();
    const match = /ThamRat is at (http:\/\/[^/\s]+)\//u.exec(printed);
    // With a public address it prints that one; the test has then chosen the port itself.
    const { PUBLIC_URL: publicUrl, PORT: port } = options.env ?? {};
    if (printed.includes('ThamRat is at') && publicUrl && port) announce?.(`http://127.0.0.1:${port}`);
    else if (match?.[1]) announce?.(match[1]);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const gone = once(child, 'exit').then(
    ([code, signal]: unknown[]) => (signal ?? code) as number | NodeJS.Signals,
  );

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  const early = gone.then(how => {
    throw new Error(`The product ended (${how}) before it was ready:\n${printed}`);
  });
  const timer = AbortSignal.timeout(startWithinMs);
  const late = once(timer, 'abort').then(() => {
    throw new Error(`The product was not ready in ${startWithinMs} ms:\n${printed}`);
  });
  early.catch(() => undefined);
  late.catch(() => undefined);
  try {
    const url = await Promise.race([listening, early, late]);
    while (!(await Promise.race([isReady(url), early, late]))) await pause(pollMs);
    return {
      url,
      pid: child.pid ?? 0,
      output: () => printed,
      gone,
      isAlive: () => child.exitCode === null && child.signalCode === null,
      kill: () => end('SIGKILL'),
      stop: () => end('SIGTERM'),
    };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Runs the product until it ends by itself: for starts that must be refused. */
export async function runProduct(
  options: ProductOptions,
): Promise<{ code: number | NodeJS.Signals; output: string }> {
  const child = spawnProduct(options);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const deadline = AbortSignal.timeout(startWithinMs);
  deadline.addEventListener('abort', () => child.kill('SIGKILL'));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return { code: signal ?? code ?? -1, output };
}

/** Waits until `check` gives something other than `undefined` or false; rejects with `what` after `withinMs`. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(pollMs);
  }
}
