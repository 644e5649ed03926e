import type { Clock, Conversations, Inbox, Jobs, Outbox } from '../../core';
import { queues } from './queues';

/** How often each process looks for what a lost wake or a dead process left behind. */
export const sweepEveryMs = 2_000;

/** What is younger is surely being worked on. */
const settleMs = 1_500;

const batchSize = 500;

/** Wakes whatever stands in the store and should be moving: waiting events, uncopied promises, due sendings. */
export function createSweeper(parts: {
  inbox: Inbox;
  outbox: Outbox;
  conversations: Conversations;
  jobs: Jobs;
  clock: Clock;
}): () => Promise<void> {
  const { inbox, outbox, conversations, jobs, clock } = parts;
  return async () => {
    const now = clock();
    for (const id of await inbox.waiting(now - settleMs, batchSize)) await jobs.wake(queues.lane, id);
    for (const id of await conversations.unprojected(now - settleMs, batchSize)) {
      await conversations.project(id);
      await jobs.wake(queues.delivery, id);
      await jobs.wake(queues.commands, '');
    }
    for (const id of await outbox.due(now, batchSize)) await jobs.wake(queues.delivery, id);
  };
}
