import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError, type Topic } from '../core';
import type { Effect } from '../knowledge';
import type { Example } from '../nlu';

/** What the thread is given: plain data only. */
export interface TrainingOrder {
  readonly root: string;
  readonly topics: readonly Topic[];
  readonly phrases: readonly Example[];
  /** A model that is there already: only measured. */
  readonly model?: Uint8Array;
  /** What answers now; absent: what the build trained. */
  readonly before?: Uint8Array;
  readonly topicsBefore: readonly Topic[];
}

export interface Trained {
  /** Absent where none had to be trained. */
  readonly model?: Uint8Array;
  readonly effect: { readonly before: Effect; readonly after: Effect };
}

/** Of a topic, what a model is trained on and judged by; the rest need not cross to the thread. */
const slim = (topic: Topic): Topic => ({
  ...topic,
  eligibility: { th: [] },
  documents: { th: [] },
  where: { th: [] },
  steps: { th: [] },
});

/** Threads load no TypeScript: the thread always runs what the build made. */
const workerFile = (root: string): string => join(root, 'dist', 'server', 'training-worker.js');

/** Trains in a thread of its own, so that no turn waits; `signal` ends it at once. */
export function trainInWorker(order: TrainingOrder, signal: AbortSignal): Promise<Trained> {
  const file = workerFile(order.root);
  if (!existsSync(file))
    throw new AppError('CONFIGURATION_INVALID', `${file} is missing; run "npm run build".`);
  return new Promise((resolve, reject) => {
    const workerData: TrainingOrder = {
      ...order,
      topics: order.topics.map(slim),
      topicsBefore: order.topicsBefore.map(slim),
    };
    const worker = new Worker(file, { workerData });
    const abort = (): void => {
      void worker.terminate();
      reject(new AppError('BUSY', 'The training was stopped; it begins again with the next start.'));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    worker.once('message', (trained: Trained) => resolve(trained));
    worker.once('error', reject);
    worker.once('exit', code => {
      signal.removeEventListener('abort', abort);
      reject(new AppError('BUSY', `The training thread ended early (${code}).`));
    });
  });
}
