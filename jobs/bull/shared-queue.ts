import { createNodeRedisClient, type JobsOptions, Queue, Worker } from 'bullmq';
import { z } from 'zod';
import type { Clock } from '../../core';
import type { KeyQueue } from '../key-queue';
import { endsWithin, within } from '../within';
import { type RedisClient, unreachable } from './connection';

/** A wake that Redis does not take within this time is done by this process itself, ms. */
const wakeWithinMs = 1_000;

/**
 * A process that died is noticed when its lock has run out and the next check comes: 6 s at most. A job may be left
 * behind so any number of times: what to do about work that ends processes is decided where its attempts are counted.
 */
const stalling = { lockDuration: 4_000, stalledInterval: 2_000, maxStalledCount: 1_000 } as const;

/** Wait before a worker that lost Redis asks it again, ms. */
const askAgainMs = 1_000;

/** How long Redis may take to let a worker go, ms. */
const leaveWithinMs = 1_000;

/** Nobody reads finished jobs or the stream of events: the store has the truth. */
const forgotten: JobsOptions = { removeOnComplete: true, removeOnFail: true };
const eventsKept = 100;

const jobData = z.object({ key: z.string(), isDelayed: z.boolean() });
type JobData = z.infer<typeof jobData>;

export interface SharedQueueParts {
  readonly name: string;
  readonly concurrency: number;
  readonly prefix: string;
  readonly client: RedisClient;
  /** Runs the keys in this process: those that come from Redis, and all of them while Redis is lost. */
  readonly local: KeyQueue;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** One queue of all processes: Redis holds each key that was woken once, and gives it to one process at a time. */
export interface SharedQueue {
  /**
   * Waits until the worker's own connection stands. BullMQ remembers a failure of that first connection for good: a worker whose Redis is
   * lost in this moment would never take a job again, so the start has to fail instead.
   */
  ready(): Promise<void>;
  wake(key: string, at?: number): Promise<void>;
  /** Takes no more from Redis and waits for what this process has taken; what is not done in time is left to the others. */
  close(withinMs: number): Promise<void>;
}

/** BullMQ takes the colon for its own, and no id may be empty. */
const idOf = (key: string): string => `key-${encodeURIComponent(key.toWellFormed())}`;

export function openSharedQueue(parts: SharedQueueParts): SharedQueue {
  const { name, client, local, clock } = parts;
  const connection = createNodeRedisClient(client);
  const queue = new Queue<JobData>(name, {
    connection,
    prefix: parts.prefix,
    defaultJobOptions: forgotten,
    streams: { events: { maxLen: eventsKept } },
  });
  /** Redis took the connection but does not answer; nothing more is asked until it does. */
  let isSilent = false;

  /** Once in the queue, and once more behind a run that is under way; never twice at the same time. */
  const now = (key: string): Promise<unknown> =>
    queue.add(
      'wake',
      { key, isDelayed: false },
      { deduplication: { id: idOf(key), keepLastIfActive: true } },
    );

  /** A delayed job only wakes the key when its time has come. The same key at the same time is one job. */
  const later = (key: string, at: number): Promise<unknown> =>
    queue.add('later', { key, isDelayed: true }, { jobId: `${idOf(key)}-at-${at}`, delay: at - clock() });

  /** Whether Redis took it in time. */
  async function isTaken(asked: Promise<unknown>): Promise<boolean> {
    let isAnswered = false;
    const answered = asked.finally(() => {
      isAnswered = true;
      isSilent = false;
    });
    try {
      await within(wakeWithinMs, answered);
      return true;
    } catch (error) {
      // Late, it may still fail; by then that is old news.
      answered.catch(() => undefined);
      const isNews = isAnswered || !isSilent;
      isSilent = !isAnswered;
      if (isNews && client.isReady) parts.onError(unreachable(error));
      return false;
    }
  }

  async function wake(key: string, at?: number): Promise<void> {
    const canAsk = client.isReady && !isSilent;
    const isDue = at === undefined || at <= clock();
    if (canAsk && (await isTaken(isDue ? now(key) : later(key, at)))) return;
    local.wake(key, at);
  }

  const underWay = new Set<Promise<void>>();

  async function work(data: JobData): Promise<void> {
    const { key, isDelayed } = jobData.parse(data);
    const done = isDelayed ? wake(key) : local.run(key);
    underWay.add(done);
    try {
      await done;
    } finally {
      underWay.delete(done);
    }
  }

  const worker = new Worker<JobData>(name, job => work(job.data), {
    connection,
    prefix: parts.prefix,
    concurrency: parts.concurrency,
    runRetryDelay: askAgainMs,
    ...stalling,
  });
  // While Redis is lost every command fails; the connection tells that once for all.
  const onError = (error: unknown): void => {
    if (client.isReady) parts.onError(error);
  };
  queue.on('error', onError);
  worker.on('error', onError);

  return {
    wake,
    async ready() {
      await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
    },
    async close(withinMs) {
      await worker.pause(true);
      const isForced = !(await endsWithin(withinMs, Promise.all(underWay)));
      await within(leaveWithinMs, worker.close(isForced)).catch(() => worker.disconnect());
      await within(leaveWithinMs, queue.close()).catch(onError);
    },
  };
}
