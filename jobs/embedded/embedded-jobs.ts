import type { Clock, Jobs } from '../../core';
import { KeyQueue } from '../key-queue';
import { endsWithin } from '../within';

export interface EmbeddedJobsOptions {
  readonly clock: Clock;
  /** Told of every rejection of a work. */
  readonly onError: (error: unknown) => void;
}

/** Jobs within this process. They end with it: what is due stands in the store, and the sweeper wakes it again. */
export function embeddedJobs({ clock, onError }: EmbeddedJobsOptions): Jobs {
  const queues = new Map<string, KeyQueue>();
  const periods: { queue: string; everyMs: number }[] = [];
  let intervals: NodeJS.Timeout[] = [];
  let isStarted = false;

  function queueOf(name: string): KeyQueue {
    const queue = queues.get(name);
    if (!queue) throw new TypeError(`nobody handles the queue "${name}"`);
    return queue;
  }

  function beforeStart(): void {
    if (isStarted) throw new TypeError('queues are declared before the jobs start');
  }

  return {
    handle(name, { concurrency }, work) {
      beforeStart();
      if (queues.has(name)) throw new TypeError(`the queue "${name}" is handled already`);
      queues.set(name, new KeyQueue({ concurrency, work, clock, onError }));
    },
    async wake(name, key, at) {
      queueOf(name).wake(key, at);
    },
    every(queue, everyMs) {
      beforeStart();
      periods.push({ queue, everyMs });
    },
    async start() {
      isStarted = true;
      for (const { queue, everyMs } of periods) {
        const wake = (): void => queueOf(queue).wake('');
        // At once as well: an earlier process may have left something.
        wake();
        intervals.push(setInterval(wake, everyMs));
      }
      for (const queue of queues.values()) queue.start();
    },
    async stop(withinMs) {
      intervals.forEach(clearInterval);
      intervals = [];
      const all = [...queues.values()];
      all.forEach(queue => queue.stop());
      await endsWithin(withinMs, Promise.all(all.map(queue => queue.quiet())));
    },
    // It lives in this process, so it can be reached whenever somebody asks.
    ping: () => Promise.resolve(),
  };
}
