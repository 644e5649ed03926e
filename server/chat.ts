import { movedTo } from '../agent-desk';
import { type Bot, commitOf, episodeIdleMs } from '../bot';
import type {
  Address,
  Changes,
  ChannelName,
  Clock,
  Conversation,
  Decision,
  Desk,
  Jobs,
  Reply,
  Sent,
  SentChannel,
  Turn,
} from '../core';
import {
  type CommandHandler,
  type DeliveryParts,
  closeIdleEveryMs,
  createCommandRunner,
  createDelivery,
  createGreeting,
  createIdleCloser,
  createIntake,
  createLane,
  createSweeper,
  queues,
  sweepEveryMs,
} from '../jobs';
import { type Records, conversationIdOf } from '../store';
import type { Act } from '../bot';

/** How many conversations one process works on at once; each waits mostly for the store or for a vendor. */
const laneConcurrency = 64;
const deliveryConcurrency = 64;

export interface ChatParts {
  readonly records: Records;
  readonly jobs: Jobs;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly bot: Bot;
  readonly knowledgeVersion: () => string;
  readonly channel: (name: ChannelName, account: string) => SentChannel | undefined;
  readonly desk: () => Promise<Desk>;
  readonly giveUp: (turn: Turn) => Decision;
  readonly commands: Readonly<Record<string, CommandHandler>>;
  readonly onTurn: (turn: { conversationId: string; ms: number; decision: Decision }) => void;
  readonly onFailure: (failure: {
    eventId: string;
    attempts: number;
    setAside: boolean;
    error: unknown;
  }) => void;
  readonly gates?: DeliveryParts['gates'];
  readonly onSent: (sent: {
    itemId: string;
    outcome: Sent['outcome'];
    why?: string;
    attempts: number;
  }) => void;
  readonly onError: (error: unknown) => void;
}

export interface Chat {
  readonly intake: ReturnType<typeof createIntake>;
  /** What whoever opens a channel is told; nothing of it is kept. */
  readonly greeting: ReturnType<typeof createGreeting>;
  /** An act as the next state of its conversation; see `commitOf` of the bot. */
  readonly commitOf: (conversation: Conversation, act: Act, at: number, address: Address) => Conversation;
  /** Starts delivery and commands after a commit that no lane made. */
  readonly wake: (conversationId: string) => Promise<void>;
}

/** Joins the chat core to store and jobs: intake, lanes, delivery, commands and the sweeper. Before `jobs.start()`. */
export function wireChat(parts: ChatParts): Chat {
  const { records, jobs, changes, clock } = parts;
  const { inbox, addresses, conversations, outbox } = records;
  const batch = (
    conversation: Conversation,
    replies: readonly Reply[],
    unasked: boolean,
  ): readonly (readonly Reply[])[] | undefined =>
    parts.channel(conversation.channel, conversation.account)?.batch(replies, conversation.language, unasked);
  const commit: Chat['commitOf'] = (conversation, act, at, address) => {
    const next = commitOf(conversation, act, at, {
      batch,
      personId: address.personId,
      knowledgeVersion: parts.knowledgeVersion(),
    });
    // What was handed to another agency is theirs until nobody of theirs is needed any more.
    return next.owner.kind === 'bot' ? movedTo(next, address.agencyId) : next;
  };

  const intake = createIntake({
    inbox,
    addresses,
    conversationIdOf,
    jobs,
    changes,
    clock,
    onError: parts.onError,
  });
  const turns: Parameters<typeof createGreeting>[0] = {
    ...{ addresses, clock, conversationIdOf, desk: parts.desk, defaultLanguage: 'th' },
    decide: turn => parts.bot.decide(turn),
    commitOf: (conversation, act, at, address) =>
      commit(
        conversation,
        { ...act, speaker: { from: act.setAside === undefined ? 'bot' : 'system' } },
        at,
        address,
      ),
  };
  const lane = createLane({
    ...turns,
    inbox,
    addresses,
    conversations,
    jobs,
    changes,
    giveUp: parts.giveUp,
    onFailure: parts.onFailure,
    onTurn: parts.onTurn,
    startedAt: clock(),
  });
  jobs.handle(queues.lane, { concurrency: laneConcurrency }, lane);
  jobs.handle(
    queues.delivery,
    { concurrency: deliveryConcurrency },
    createDelivery({
      outbox,
      conversations,
      addresses,
      jobs,
      changes,
      clock,
      channel: parts.channel,
      ...(parts.gates ? { gates: parts.gates } : {}),
      onSent: parts.onSent,
    }),
  );
  jobs.handle(queues.commands, { concurrency: 1 }, createCommandRunner(records.commands, parts.commands));
  jobs.handle(queues.sweep, { concurrency: 1 }, createSweeper({ inbox, outbox, conversations, jobs, clock }));
  jobs.every(queues.sweep, sweepEveryMs);
  jobs.handle(
    queues.idle,
    { concurrency: 1 },
    createIdleCloser({
      conversations,
      addresses,
      clock,
      idleMs: episodeIdleMs,
      commitOf: (conversation, act, at, address) =>
        commit(conversation, { ...act, speaker: { from: 'system' } }, at, address),
    }),
  );
  jobs.every(queues.idle, closeIdleEveryMs);

  return {
    intake,
    greeting: createGreeting(turns),
    commitOf: commit,
    async wake(conversationId) {
      await jobs.wake(queues.delivery, conversationId);
      await jobs.wake(queues.commands, '');
    },
  };
}
