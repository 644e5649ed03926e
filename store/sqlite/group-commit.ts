import type { Sqlite } from './database';

/** Writes that one transaction carries at most, so that a flood never holds the event loop for long. */
const writesPerCommit = 1_000;

interface Waiting {
  readonly apply: () => boolean;
  readonly resolve: (changed: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** Lets writes that arrive in one round of the event loop share one transaction, and so one sync of the disk. */
export interface GroupCommit {
  /** Runs `apply`, which tells whether it changed anything, inside a transaction; answers after the commit. */
  write(apply: () => boolean): Promise<boolean>;
  /** Commits what waits, at once. */
  flush(): void;
}

/** `failed` turns what the database threw into what the caller gets. */
export function createGroupCommit(db: Sqlite, failed: (error: unknown) => unknown): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  let waiting: Waiting[] = [];
  let scheduled = false;

  function inTransaction(writes: readonly Waiting[]): boolean[] {
    begin.run();
    try {
      const changed = writes.map(write => write.apply());
      commit.run();
      return changed;
    } catch (error) {
      // Some failures, such as a full disk, have ended the transaction already.
      if (db.inTransaction) rollback.run();
      throw error;
    }
  }

  function commitTogether(writes: readonly Waiting[]): void {
    try {
      const changed = inTransaction(writes);
      writes.forEach((write, index) => write.resolve(changed[index] ?? false));
    } catch (error) {
      // Nothing of the group was written. Alone, each write fails for its own reason or not at all.
      if (writes.length > 1) writes.forEach(write => commitTogether([write]));
      else writes.forEach(write => write.reject(failed(error)));
    }
  }

  function flush(): void {
    while (waiting.length > 0) {
      const writes = waiting;
      waiting = [];
      commitTogether(writes);
    }
  }

  function commitSome(): void {
    const writes = waiting.slice(0, writesPerCommit);
    waiting = waiting.slice(writesPerCommit);
    scheduled = waiting.length > 0;
    if (scheduled) setImmediate(commitSome);
    if (writes.length > 0) commitTogether(writes);
  }

  return {
    write(apply) {
      return new Promise((resolve, reject) => {
        waiting.push({ apply, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        setImmediate(commitSome);
      });
    },
    flush,
  };
}
