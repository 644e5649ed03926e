import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A process of ours in a test: its lines, and the ways to end it. */
export interface Child {
  readonly lines: AsyncIterableIterator<string>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a TypeScript file of `tests/support` as a process of its own. */
export function startChild(script: string, ...args: string[]): Child {
  const hook = join(__dirname, 'register-ts.cjs');
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    process.execPath,
    ['-r', hook, join(__dirname, script), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  return {
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
