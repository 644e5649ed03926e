/**
 * Work to do soon or later. Jobs only wake; what is due stands in the store, so a lost or doubled wake does no harm.
 * Wakes of one (queue, key) that arrive while the work waits are one; the work of one key never overlaps in one process.
 */
export interface Jobs {
  /** Declares how a queue works; before `start`. A rejecting `work` is reported and tried again a few times with back-off. */
  handle(
    queue: string,
    options: { readonly concurrency: number },
    work: (key: string) => Promise<void>,
  ): void;
  /** Asks for the work at `at` (ms since the epoch), by default now. */
  wake(queue: string, key: string, at?: number): Promise<void>;
  /** Wakes key '' of the queue again and again, in every process; before `start`. */
  every(queue: string, everyMs: number): void;
  start(): Promise<void>;
  /** Stops taking work and waits for what runs, at most `withinMs`. */
  stop(withinMs: number): Promise<void>;
  /** Throws when the engine cannot be reached. */
  ping(): Promise<void>;
}
