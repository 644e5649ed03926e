import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/root';

/** One text that the stand-in accepted. */
export interface LedgerLine {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
}

/** Twilio's stand-in in a process of its own, at one address over all its lives. */
export interface TwilioChild {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** What it accepted over all its lives. */
  ledger(): readonly LedgerLine[];
  count(): Promise<number>;
}

/** `port` 0: any, kept over restarts. */
export async function twilioChild(options: {
  readonly ledgerFile: string;
  readonly offsetMs?: number;
  readonly countsOnly?: boolean;
}): Promise<TwilioChild> {
  const { ledgerFile, offsetMs = 0, countsOnly = false } = options;
  let port = 0;
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const script = join(projectRoot(), 'tests', 'support', 'twilio-process.cjs');
    const args = [script, String(port), ledgerFile, ...(countsOnly ? ['counts-only'] : [])];
    const started = spawn(process.execPath, args, {
      env: { ...process.env, CLOCK_OFFSET_MS: String(offsetMs) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(started.stdout, 'data')) as [Buffer];
    port = Number(line.toString().split(' ')[1]);
    child = started;
  }
  await start();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    start,
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    ledger() {
      if (!existsSync(ledgerFile)) return [];
      const lines = readFileSync(ledgerFile, 'utf8').split('\n');
      return lines.filter(line => line.endsWith('}')).map(line => JSON.parse(line) as LedgerLine);
    },
    async count() {
      const { count } = (await (await fetch(`${url}/count`)).json()) as { count: number };
      return count;
    },
  };
}
