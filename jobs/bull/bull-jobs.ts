import { AppError, type Clock, type Jobs } from '../../core';
import { KeyQueue } from '../key-queue';
import { endsWithin, within } from '../within';
import { connectRedis, createRedis, type RedisClient, unreachable } from './connection';
import { openSharedQueue, type SharedQueue } from './shared-queue';

export interface BullJobsOptions {
  readonly url: string;
  /** Begin of all keys in Redis, so that several installations can share one. */
  readonly prefix?: string;
  readonly clock: Clock;
  /** Told of rejections of a work and of the loss of Redis. */
  readonly onError: (error: unknown) => void;
}

const pingWithinMs = 1_000;
/** How long the connections of all workers may take at the start. */
const readyWithinMs = 10_000;

interface Declared {
  readonly local: KeyQueue;
  readonly concurrency: number;
  shared?: SharedQueue;
}

/**
 * Jobs shared by many processes on Redis. It holds no truth: while it is lost each process does the work it is woken
 * for itself, at worst twice, which the versions in the store make harmless.
 */
export function bullJobs({ url, prefix = 'thamrat', clock, onError }: BullJobsOptions): Jobs {
  const queues = new Map<string, Declared>();
  const periods: { queue: string; everyMs: number }[] = [];
  let intervals: NodeJS.Timeout[] = [];
  let client: RedisClient | undefined;

  function beforeStart(): void {
    if (client) throw new TypeError('queues are declared before the jobs start');
  }

  function queueOf(name: string): Declared {
    const queue = queues.get(name);
    if (!queue) throw new TypeError(`nobody handles the queue "${name}"`);
    return queue;
  }

  function startPeriods(): void {
    for (const { queue, everyMs } of periods) {
      // In every process, and not by way of Redis: these look for what Redis lost.
      const wake = (): void => queueOf(queue).local.wake('');
      wake();
      intervals.push(setInterval(wake, everyMs));
    }
  }

  return {
    handle(name, { concurrency }, work) {
      beforeStart();
      if (queues.has(name)) throw new TypeError(`the queue "${name}" is handled already`);
      const local = new KeyQueue({ concurrency, work, clock, onError });
      queues.set(name, { local, concurrency });
    },
    async wake(name, key, at) {
      const { shared, local } = queueOf(name);
      if (shared) await shared.wake(key, at);
      else local.wake(key, at);
    },
    every(queue, everyMs) {
      beforeStart();
      periods.push({ queue, everyMs });
    },
    async start() {
      beforeStart();
      const redis = createRedis(url, onError);
      await connectRedis(redis);
      client = redis;
      for (const [name, queue] of queues) {
        const { local, concurrency } = queue;
        queue.shared = openSharedQueue({ name, concurrency, prefix, client: redis, local, clock, onError });
        local.start();
      }
      try {
        const opened = [...queues.values()].flatMap(({ shared }) => (shared ? [shared.ready()] : []));
        await within(readyWithinMs, Promise.all(opened));
      } catch (error) {
        throw unreachable(error);
      }
      startPeriods();
    },
    async stop(withinMs) {
      intervals.forEach(clearInterval);
      intervals = [];
      const all = [...queues.values()];
      await Promise.all(all.flatMap(({ shared }) => (shared ? [shared.close(withinMs)] : [])));
      for (const { local } of all) local.stop();
      await endsWithin(withinMs, Promise.all(all.map(({ local }) => local.quiet())));
      if (client?.isOpen) client.destroy();
    },
    async ping() {
      if (!client) throw new AppError('STORE_UNAVAILABLE', 'The jobs are not started.');
      try {
        if (!client.isReady) throw new Error('not connected');
        await within(pingWithinMs, client.ping());
      } catch (error) {
        throw unreachable(error);
      }
    },
  };
}
