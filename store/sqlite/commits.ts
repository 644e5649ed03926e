import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../core';
import type { Outcome, TableShape, Write } from './writes';

/** Where writes go: those of one round of the event loop, and more where the disk is slow, share one commit. */
export interface Commits {
  /** Answers after the commit whether the write changed anything. */
  write(write: Write): Promise<boolean>;
  /** Answers when everything handed in so far is committed or refused. */
  settled(): Promise<void>;
  /** Commits what waits, then ends. */
  close(): Promise<void>;
}

/** What the thread that commits is given. */
export interface CommitOrder {
  readonly file: string;
  readonly shapes: readonly TableShape[];
}

interface Waiting {
  readonly resolve: (changed: boolean) => void;
  readonly reject: (error: unknown) => void;
}

interface Rounds {
  readonly write: (write: Write) => Promise<boolean>;
  /** What became of the writes handed on, oldest first. */
  readonly answer: (outcomes: readonly Outcome[]) => void;
  /** Nothing handed on so far will be answered any more. */
  readonly giveUp: (why: string) => void;
  readonly settled: () => Promise<void>;
}

/** Collects the writes of one round and hands them on together; the answers come in the order of the writes. */
function inRounds(failed: (why: string) => unknown, handOn: (writes: readonly Write[]) => void): Rounds {
  let round: { readonly write: Write; readonly waiting: Waiting }[] = [];
  const handedOn: Waiting[] = [];
  let last: Promise<unknown> = Promise.resolve();

  function endRound(): void {
    const ended = round;
    round = [];
    handedOn.push(...ended.map(each => each.waiting));
    handOn(ended.map(each => each.write));
  }

  function answer(outcomes: readonly Outcome[]): void {
    handedOn.splice(0, outcomes.length).forEach((waiting, index) => {
      const outcome = outcomes[index];
      if (typeof outcome === 'object') waiting.reject(failed(outcome.failure));
      else waiting.resolve(outcome === true);
    });
  }

  return {
    write(write) {
      const answered = new Promise<boolean>((resolve, reject) => {
        round.push({ write, waiting: { resolve, reject } });
      });
      if (round.length === 1) setImmediate(endRound);
      last = answered;
      return answered;
    },
    answer,
    giveUp: why => answer(handedOn.map(() => ({ failure: why }))),
    settled: () =>
      last.then(
        () => undefined,
        () => undefined,
      ),
  };
}

/** Commits on this thread: for databases in memory, which no other connection can reach. */
export function commitHere(
  make: (writes: readonly Write[]) => Outcome[],
  failed: (why: string) => unknown,
): Commits {
  const rounds = inRounds(failed, writes => {
    rounds.answer(make(writes));
  });
  return { write: rounds.write, settled: rounds.settled, close: rounds.settled };
}

/** Threads load no TypeScript: the thread always runs what the build made. */
function threadFile(): string {
  const folder = __filename.endsWith('.ts') ? join(__dirname, '../../dist/store/sqlite') : __dirname;
  const file = join(folder, 'commit-thread.js');
  if (!existsSync(file))
    throw new AppError('CONFIGURATION_INVALID', `${file} is missing; run "npm run build".`);
  return file;
}

/** Commits in a thread of its own, so that waiting for the disk holds nobody up. A thread that dies is replaced by the next write. */
export function commitApart(order: CommitOrder, failed: (why: string) => unknown): Commits {
  const file = threadFile();
  let thread: Worker | undefined;
  const rounds = inRounds(failed, writes => {
    thread ??= start();
    thread.postMessage(writes);
  });

  function start(): Worker {
    const started = new Worker(file, { workerData: order });
    let why = 'the thread that commits has ended';
    started.on('message', rounds.answer);
    started.on('error', error => {
      why = error instanceof Error ? error.message : String(error);
    });
    started.on('exit', () => {
      thread = undefined;
      rounds.giveUp(why);
    });
    return started;
  }

  thread = start();
  return {
    write: rounds.write,
    settled: rounds.settled,
    async close() {
      await rounds.settled();
      await thread?.terminate();
    },
  };
}
