import type { Clock } from '../core';

/** Waits before a failed key is tried again, in ms; after the last one it rests until somebody wakes it. */
const backOffMs = [100, 300, 1_000, 3_000] as const;

/** Longest wait a timer can be given, ms; what is due later is asked for again then. */
const longestTimerMs = 2 ** 31 - 1;

export interface KeyQueueParts {
  readonly concurrency: number;
  readonly work: (key: string) => Promise<void>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

interface Delayed {
  readonly at: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * The keys of one queue: each waits at most once, runs at most once at a time, and runs again when it was woken
 * while it ran. What is due now costs one microtask, no timer.
 */
export class KeyQueue {
  /** In the order they were woken. */
  private readonly waiting = new Set<string>();
  private readonly running = new Set<string>();
  /** Running keys that were woken meanwhile. */
  private readonly again = new Set<string>();
  private readonly delayed = new Map<string, Delayed>();
  private readonly failures = new Map<string, number>();
  /** Told when the next run of a key is over. */
  private readonly followers = new Map<string, (() => void)[]>();
  /** Told when nothing runs. */
  private quietListeners: (() => void)[] = [];
  private readonly parts: KeyQueueParts;
  private isStarted = false;
  private isScheduled = false;

  constructor(parts: KeyQueueParts) {
    this.parts = parts;
  }

  start(): void {
    this.isStarted = true;
    this.schedule();
  }

  /** Takes nothing more; what runs goes on. */
  stop(): void {
    this.isStarted = false;
    for (const { timer } of this.delayed.values()) clearTimeout(timer);
    this.delayed.clear();
  }

  /** Resolves when nothing runs, for good once it is stopped. */
  quiet(): Promise<void> {
    if (this.running.size === 0) return Promise.resolve();
    return new Promise(resolve => this.quietListeners.push(resolve));
  }

  wake(key: string, at?: number): void {
    if (at === undefined || at <= this.parts.clock()) this.wakeNow(key);
    else this.wakeAt(key, at);
  }

  /** Wakes the key now; resolves when a run that began after this call is over, however it went. */
  run(key: string): Promise<void> {
    return new Promise(resolve => {
      this.followers.set(key, [...(this.followers.get(key) ?? []), resolve]);
      this.wakeNow(key);
    });
  }

  private wakeNow(key: string): void {
    if (this.running.has(key)) {
      this.again.add(key);
      return;
    }
    this.waiting.add(key);
    this.schedule();
  }

  /** Of several wakes to come, the earliest counts: the work itself knows what comes after. */
  private wakeAt(key: string, at: number): void {
    const known = this.delayed.get(key);
    if (known && known.at <= at) return;
    if (known) clearTimeout(known.timer);
    const wait = Math.min(at - this.parts.clock(), longestTimerMs);
    const timer = setTimeout(() => {
      this.delayed.delete(key);
      this.wakeNow(key);
    }, wait);
    timer.unref();
    this.delayed.set(key, { at, timer });
  }

  private schedule(): void {
    if (this.isScheduled || !this.isStarted) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.takeUp();
    });
  }

  private takeUp(): void {
    for (const key of this.waiting) {
      if (!this.isStarted || this.running.size >= this.parts.concurrency) return;
      this.waiting.delete(key);
      this.running.add(key);
      this.runOnce(key).catch(this.parts.onError);
    }
  }

  private async runOnce(key: string): Promise<void> {
    const followers = this.followers.get(key);
    this.followers.delete(key);
    try {
      await this.parts.work(key);
      this.failures.delete(key);
    } catch (error) {
      this.retryLater(key);
      this.parts.onError(error);
    } finally {
      this.running.delete(key);
      if (this.again.delete(key)) this.waiting.add(key);
      this.schedule();
      followers?.forEach(follower => follower());
      if (this.running.size === 0) this.tellQuiet();
    }
  }

  private tellQuiet(): void {
    const listeners = this.quietListeners;
    this.quietListeners = [];
    listeners.forEach(listener => listener());
  }

  private retryLater(key: string): void {
    const failures = this.failures.get(key) ?? 0;
    const wait = backOffMs[failures];
    if (wait === undefined) {
      this.failures.delete(key);
      return;
    }
    this.failures.set(key, failures + 1);
    if (this.isStarted) this.wakeAt(key, this.parts.clock() + wait);
  }
}
