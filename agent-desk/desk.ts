import {
  AppError,
  type Accepted,
  type Address,
  type Addresses,
  type Changes,
  type Clock,
  type Conversation,
  type Conversations,
  type Decision,
  type EpisodeResult,
  type EpisodeType,
  type Intake,
  type Jobs,
  type Message,
  type Officer,
  type OutboxItem,
  type Outbox,
} from '../core';

/** An act of the desk on a conversation, in the words of the commit. */
export interface DeskAct {
  readonly decision: Decision;
  readonly speaker: { readonly from: 'officer' | 'system' | 'bot'; readonly name?: string };
  readonly note?: string;
}

export interface DeskParts {
  readonly conversations: Conversations;
  readonly addresses: Addresses;
  readonly outbox: Outbox;
  readonly intake: Intake;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly commitOf: (conversation: Conversation, act: DeskAct, at: number, address: Address) => Conversation;
  readonly say: (language: string, key: string, values?: Record<string, string>) => string;
  readonly ratingRequest: (language: string) => Decision['replies'][number];
  /** Wakes delivery and commands after a commit. */
  readonly wake: (conversationId: string) => Promise<void>;
}

export type ClaimOutcome = { readonly outcome: 'claimed' } | { readonly outcome: 'taken'; readonly by?: string };

export interface Closing {
  readonly type: EpisodeType;
  readonly result: EpisodeResult;
  readonly note?: string;
  readonly topic?: string;
}

/** What officers do with conversations. Each act is one compare-and-set; of two at once, one wins and the other is told. */
export interface DeskService {
  claim(conversationId: string, officer: Officer): Promise<ClaimOutcome>;
  say(conversationId: string, officer: Officer, clientId: string, text: string): Promise<Accepted>;
  note(conversationId: string, officer: Officer, note: string): Promise<void>;
  release(conversationId: string, officer: Officer): Promise<void>;
  close(conversationId: string, officer: Officer, closing: Closing): Promise<void>;
  /** Those an officer may see: who waits, and their own. */
  waiting(): Promise<readonly Conversation[]>;
  mine(officer: Officer): Promise<readonly Conversation[]>;
  open(conversationId: string, officer: Officer): Promise<Conversation>;
  transcript(conversationId: string, officer: Officer, limit: number, beforeSeq?: number): Promise<readonly Message[]>;
  deliveries(conversationId: string, fromSeq: number): Promise<readonly OutboxItem[]>;
}

const listLimit = 200;

const mayOpen = (conversation: Conversation, officer: Officer): boolean =>
  conversation.agencyId === officer.agencyId || officer.role === 'admin';

export function createDesk(parts: DeskParts): DeskService {
  const { conversations, addresses, clock } = parts;

  /** The one place where an officer gets a conversation: it exists, and they have the right to it. */
  async function open(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await conversations.get(conversationId);
    if (!conversation || !mayOpen(conversation, officer)) {
      throw new AppError('NOT_FOUND', 'There is no such conversation, or it belongs to another agency.');
    }
    return conversation;
  }

  const owns = (conversation: Conversation, officer: Officer): boolean =>
    conversation.owner.kind === 'officer' && conversation.owner.officer.id === officer.id;

  async function owned(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await open(conversationId, officer);
    if (!owns(conversation, officer)) {
      throw new AppError('CONFLICT', 'Another officer or the bot has this conversation now; claim it first.');
    }
    return conversation;
  }

  async function addressOf(conversation: Conversation): Promise<Address> {
    const address = await addresses.get(conversation.addressId);
    if (!address) throw new AppError('NOT_FOUND', 'The person behind this conversation was erased.');
    return address;
  }

  async function afterCommit(next: Conversation): Promise<void> {
    await conversations.project(next.id);
    await parts.wake(next.id);
    parts.changes.publish({ kind: 'conversation', conversationId: next.id, seq: next.seq });
  }

  /** Tries until the act is committed or `actOn` finds it impossible. */
  async function commit(read: () => Promise<Conversation>, actOn: (conversation: Conversation) => DeskAct): Promise<void> {
    for (;;) {
      const conversation = await read();
      const next = parts.commitOf(conversation, actOn(conversation), clock(), await addressOf(conversation));
      if (await conversations.commit(next)) return afterCommit(next);
    }
  }

  return {
    open,
    async claim(conversationId, officer) {
      for (;;) {
        const conversation = await open(conversationId, officer);
        if (owns(conversation, officer)) return { outcome: 'claimed' };
        if (conversation.owner.kind === 'officer') return { outcome: 'taken', by: conversation.owner.officer.name };
        if (conversation.owner.kind === 'bot') return { outcome: 'taken' };
        const text = parts.say(conversation.language, 'handover.claimed', { name: officer.name });
        const act: DeskAct = {
          decision: {
            replies: [{ kind: 'text', text }],
            owner: { kind: 'officer', officer: { id: officer.id, name: officer.name }, since: clock() },
            dialog: null,
          },
          speaker: { from: 'system' },
        };
        const next = parts.commitOf(conversation, act, clock(), await addressOf(conversation));
        if (!(await conversations.commit(next))) continue;
        await afterCommit(next);
        return { outcome: 'claimed' };
      }
    },
    async say(conversationId, officer, clientId, text) {
      const conversation = await owned(conversationId, officer);
      return parts.intake.acceptFromDesk({ conversation, officer: { id: officer.id, name: officer.name }, clientId, text });
    },
    note: (conversationId, officer, note) =>
      commit(
        () => open(conversationId, officer),
        () => ({ decision: { replies: [] }, speaker: { from: 'system' }, note }),
      ),
    release: (conversationId, officer) =>
      commit(
        () => owned(conversationId, officer),
        conversation => ({
          decision: {
            replies: [{ kind: 'text', text: parts.say(conversation.language, 'handover.returned') }],
            owner: { kind: 'queue', since: conversation.owner.kind === 'officer' ? conversation.owner.since : clock(), urgent: false },
          },
          speaker: { from: 'system' },
        }),
      ),
    close: (conversationId, officer, { note, ...closing }) =>
      commit(
        () => owned(conversationId, officer),
        conversation => ({
          decision: {
            replies: [
              {
                kind: 'text',
                text: parts.say(conversation.language, 'handover.closed-by-officer', { name: officer.name }),
              },
              parts.ratingRequest(conversation.language),
            ],
            owner: { kind: 'bot' },
            dialog: conversation.episode
              ? { dialog: 'rating', state: { episodeId: conversation.episode.id } }
              : null,
            episode: { ...closing, close: true },
          },
          speaker: { from: 'system' },
          ...(note ? { note } : {}),
        }),
      ),
    waiting: () => conversations.queue(listLimit),
    mine: officer => conversations.ofOfficer(officer.id, listLimit),
    async transcript(conversationId, officer, limit, beforeSeq) {
      await open(conversationId, officer);
      return conversations.latest(conversationId, limit, beforeSeq);
    },
    deliveries: (conversationId, fromSeq) => parts.outbox.ofMessages(conversationId, fromSeq, listLimit),
  };
}
