import {
  AppError,
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
  type Message,
  type Officer,
  type OutboxItem,
  type Outbox,
  inLanguage,
} from '../core';
import { asResource, owns } from './access';
import { type DeskLists, createDeskLists, isOfferedTo } from './lists';
import { may } from './policy';
import {
  type TransferDesks,
  type TransferTo,
  declining,
  movedTo,
  offering,
  queueing,
  taking,
  withNote,
} from './transfers';

/** An act of the desk on a conversation, in the words of the commit. */
export interface DeskAct {
  readonly decision: Decision;
  readonly speaker: { readonly from: 'officer' | 'system' | 'bot'; readonly name?: string };
  readonly note?: string;
  /** Whose queue it is from now on. */
  readonly agencyId?: string;
}

export interface DeskParts {
  readonly conversations: Conversations;
  readonly addresses: Addresses;
  readonly outbox: Outbox;
  readonly intake: Intake;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly desks: TransferDesks;
  readonly commitOf: (conversation: Conversation, act: DeskAct, at: number, address: Address) => Conversation;
  readonly say: (language: string, key: string, values?: Record<string, string>) => string;
  readonly ratingRequest: (language: string) => Decision['replies'][number];
  /** Wakes delivery and commands after a commit. */
  readonly wake: (conversationId: string) => Promise<void>;
}

export type ClaimOutcome =
  { readonly outcome: 'claimed' } | { readonly outcome: 'taken'; readonly by?: string };

export interface Closing {
  readonly type: EpisodeType;
  readonly result: EpisodeResult;
  readonly note?: string;
  readonly topic?: string;
}

/** What officers do with conversations. Each act is one compare-and-set; of two at once, one wins and the other is told. */
export interface DeskService extends DeskLists {
  /** Out of the queue, or what a colleague offered. */
  claim(conversationId: string, officer: Officer): Promise<ClaimOutcome>;
  /** The number the message got; `undefined`: stored, but not numbered yet. The same `clientId` again asks for it again. */
  say(
    conversationId: string,
    officer: Officer,
    clientId: string,
    text: string,
    picture?: string,
  ): Promise<{ readonly seq: number } | undefined>;
  note(conversationId: string, officer: Officer, note: string): Promise<void>;
  release(conversationId: string, officer: Officer): Promise<void>;
  /** Offers it to a colleague, or puts it into an agency's queue. */
  transfer(conversationId: string, officer: Officer, to: TransferTo, note?: string): Promise<void>;
  /** Says no to an offer, or takes it back; `false` when there was none any more. */
  decline(conversationId: string, officer: Officer): Promise<boolean>;
  close(conversationId: string, officer: Officer, closing: Closing): Promise<void>;
  open(conversationId: string, officer: Officer): Promise<Conversation>;
  /** The same, only where the officer has it in hand. */
  owned(conversationId: string, officer: Officer): Promise<Conversation>;
  transcript(
    conversationId: string,
    officer: Officer,
    limit: number,
    beforeSeq?: number,
  ): Promise<readonly Message[]>;
  /** Messages with a number above `seq`, ascending. */
  after(conversationId: string, officer: Officer, seq: number, limit: number): Promise<readonly Message[]>;
  /** Tells whoever looks that the officer is writing; only in their own conversation. */
  typing(conversationId: string, officer: Officer): Promise<void>;
  deliveries(conversationId: string, fromSeq: number): Promise<readonly OutboxItem[]>;
}

/** How long an officer's message waits for its number. */
const settleWithinMs = 8_000;
const listLimit = 200;

export function createDesk(parts: DeskParts): DeskService {
  const { conversations, addresses, clock } = parts;

  /** The one place where an officer gets a conversation: it exists, and they have the right to it. */
  async function open(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await conversations.get(conversationId);
    if (!conversation || !may(officer, 'conversation.read', asResource(conversation))) {
      throw new AppError('NOT_FOUND', 'There is no such conversation, or it belongs to another agency.');
    }
    return conversation;
  }

  async function owned(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await open(conversationId, officer);
    if (!may(officer, 'conversation.speak', asResource(conversation))) {
      throw new AppError('CONFLICT', 'Another officer or the bot has this conversation now; claim it first.');
    }
    return conversation;
  }

  /** For acts on the contact: its owner, or who leads. */
  async function handled(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await open(conversationId, officer);
    if (!may(officer, 'conversation.handle', asResource(conversation))) {
      throw new AppError('CONFLICT', 'Another officer or the bot has this conversation now; claim it first.');
    }
    return conversation;
  }

  async function withOfficer(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await handled(conversationId, officer);
    if (conversation.owner.kind === 'officer') return conversation;
    throw new AppError('CONFLICT', 'No officer has this conversation, so it cannot go back to the queue.');
  }

  async function underWay(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await handled(conversationId, officer);
    if (conversation.owner.kind !== 'bot') return conversation;
    throw new AppError('CONFLICT', 'The contact was closed already; the bot has this conversation now.');
  }

  async function withContact(conversationId: string, officer: Officer): Promise<Conversation> {
    const conversation = await handled(conversationId, officer);
    if (conversation.episode) return conversation;
    throw new AppError('CONFLICT', 'There is no open contact to keep the note with.');
  }

  async function addressOf(conversation: Conversation): Promise<Address> {
    const address = await addresses.get(conversation.addressId);
    if (!address) throw new AppError('NOT_FOUND', 'The person behind this conversation was erased.');
    return address;
  }

  async function afterCommit(next: Conversation): Promise<void> {
    await conversations.project(next.id, { conversation: next });
    await parts.wake(next.id);
    parts.changes.publish({ kind: 'conversation', conversationId: next.id, seq: next.seq });
  }

  /** Tries until the act is committed, or `actOn` finds it impossible or nothing to do. */
  async function tried(
    read: () => Promise<Conversation>,
    actOn: (conversation: Conversation) => DeskAct | undefined,
  ): Promise<boolean> {
    for (;;) {
      const conversation = await read();
      const act = actOn(conversation);
      if (!act) return false;
      const from = movedTo(conversation, act.agencyId ?? conversation.agencyId);
      const next = parts.commitOf(from, act, clock(), await addressOf(conversation));
      if (!(await conversations.commit(next))) continue;
      await afterCommit(next);
      return true;
    }
  }

  async function commit(...act: Parameters<typeof tried>): Promise<void> {
    await tried(...act);
  }

  async function offer(id: string, officer: Officer, colleagueId: string, note?: string): Promise<void> {
    const colleague = (await parts.desks.colleagues(officer)).find(each => each.id === colleagueId);
    if (!colleague) throw new AppError('CONFLICT', 'There is no such officer in your agency.');
    return commit(
      () => withOfficer(id, officer),
      conversation => offering(conversation, officer, colleague, clock(), note),
    );
  }

  async function sendOn(id: string, officer: Officer, agencyId: string, note?: string): Promise<void> {
    const agency = parts.desks.agencies().find(each => each.id === agencyId);
    if (!agency && agencyId !== officer.agencyId)
      throw new AppError('CONFLICT', 'No officers of that agency work at this desk.');
    const said = ({ agencyId: from, language }: Conversation): string =>
      agency && agencyId !== from
        ? parts.say(language, 'handover.sent-on', { agency: inLanguage(agency.name, language) })
        : parts.say(language, 'handover.returned');
    return commit(
      () => underWay(id, officer),
      conversation => ({ ...queueing(conversation, officer, said(conversation), note), agencyId }),
    );
  }

  return {
    ...createDeskLists(conversations),
    open,
    owned,
    async claim(conversationId, officer) {
      for (;;) {
        const conversation = await open(conversationId, officer);
        if (owns(conversation, officer)) return { outcome: 'claimed' };
        if (conversation.owner.kind === 'officer' && !isOfferedTo(conversation, officer))
          return { outcome: 'taken', by: conversation.owner.officer.name };
        if (conversation.owner.kind === 'bot') return { outcome: 'taken' };
        const act = taking(conversation, officer, clock(), parts.say);
        const next = parts.commitOf(conversation, act, clock(), await addressOf(conversation));
        if (!(await conversations.commit(next))) continue;
        await afterCommit(next);
        return { outcome: 'claimed' };
      }
    },
    async say(conversationId, officer, clientId, text, picture) {
      const conversation = await owned(conversationId, officer);
      const accepted = await parts.intake.acceptFromDesk({
        conversation,
        officer: { id: officer.id, name: officer.name },
        clientId,
        text,
        ...(picture === undefined ? {} : { picture }),
      });
      return parts.intake.settled(accepted, settleWithinMs);
    },
    note: (conversationId, officer, note) =>
      commit(
        () => withContact(conversationId, officer),
        conversation => ({
          decision: { replies: [] },
          speaker: { from: 'system' },
          note: withNote(conversation, officer, note),
        }),
      ),
    release: (conversationId, officer) =>
      commit(
        () => withOfficer(conversationId, officer),
        conversation =>
          queueing(conversation, officer, parts.say(conversation.language, 'handover.returned')),
      ),
    async transfer(conversationId, officer, to, note) {
      await handled(conversationId, officer);
      await (to.kind === 'colleague' ? offer : sendOn)(conversationId, officer, to.id, note);
    },
    decline: (conversationId, officer) =>
      tried(
        () => open(conversationId, officer),
        conversation =>
          declining(conversation, officer, may(officer, 'conversation.handle', asResource(conversation))),
      ),
    close: (conversationId, officer, { note, ...closing }) =>
      commit(
        () => underWay(conversationId, officer),
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
          ...(note ? { note: withNote(conversation, officer, note) } : {}),
        }),
      ),
    async transcript(conversationId, officer, limit, beforeSeq) {
      await open(conversationId, officer);
      return conversations.latest(conversationId, limit, beforeSeq);
    },
    async after(conversationId, officer, seq, limit) {
      await open(conversationId, officer);
      return conversations.after(conversationId, seq, limit);
    },
    async typing(conversationId, officer) {
      await owned(conversationId, officer);
      parts.changes.publish({ kind: 'typing', conversationId, from: 'officer', name: officer.name });
    },
    deliveries: (conversationId, fromSeq) => parts.outbox.ofMessages(conversationId, fromSeq, listLimit),
  };
}
