import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../core';
import { type TableLimits, tableOf } from './read';

/** What the thread is given, and what it answers each time it is asked for more. */
export interface ReadingOrder {
  readonly file: Uint8Array;
  readonly limits: TableLimits;
}
export type ReadPart =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[]; readonly isLast: boolean }
  | { readonly kind: 'refused'; readonly why: string };

export interface Watch {
  /** The folder that holds `dist`. */
  readonly root: string;
  /** Told how many rows have been read, once a second and after each part; `false` ends it. */
  readonly goOn: (read: number) => Promise<boolean>;
}

/** What is smaller is read in less time than a thread needs to begin. */
const smallBytes = 64 * 1024;
const askEveryMs = 1_000;
/** MB: a table of 100,000 rows takes a third; one that takes more ends alone. */
const mostThreadMegabytes = 1_536;

/** Threads load no TypeScript: the thread always runs what the build made. */
function startThread(root: string, order: ReadingOrder): Worker {
  const file = join(root, 'dist', 'tables', 'apart-thread.js');
  if (!existsSync(file))
    throw new AppError('CONFIGURATION_INVALID', `${file} is missing; run "npm run build".`);
  return new Worker(file, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: mostThreadMegabytes },
  });
}

async function nextPart(worker: Worker, goOn: () => Promise<boolean>): Promise<ReadPart | undefined> {
  const answered = new AbortController();
  const part = once(worker, 'message').then(([message]: ReadPart[]) => message);
  worker.postMessage('more');
  try {
    for (;;) {
      const rest = pause(askEveryMs, 'rest' as const, { signal: answered.signal });
      const first = await Promise.race([part, rest.catch(() => 'rest' as const)]);
      if (first !== 'rest') return first;
      if (!(await goOn())) return undefined;
    }
  } finally {
    answered.abort();
  }
}

/** `tableOf` in a thread of its own where the file is large, so that nobody else waits; `undefined` when it was ended. */
export async function tableApart(
  file: Buffer,
  limits: TableLimits,
  { root, goOn }: Watch,
): Promise<readonly (readonly string[])[] | undefined> {
  if (file.length < smallBytes) return tableOf(file, limits);
  const worker = startThread(root, { file, limits });
  const rows: (readonly string[])[] = [];
  try {
    for (;;) {
      const part = await nextPart(worker, () => goOn(rows.length));
      if (!part) return undefined;
      if (part.kind === 'refused') throw new AppError('INPUT_INVALID', part.why);
      for (const row of part.rows) rows.push(row);
      if (part.isLast) return rows;
      if (!(await goOn(rows.length))) return undefined;
    }
  } finally {
    await worker.terminate();
  }
}
