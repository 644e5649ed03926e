import type { ChannelName, Content, InboundEvent, OfficerRef, ReplyHandle } from './event';
import type { Choice, Reply } from './reply';
import type { Stored } from './store';
import type { CrisisKind } from './understanding';

/** Where a person can be reached: (channel, account, external id). History rows belong to an address. */
export interface Address extends Stored {
  readonly channel: ChannelName;
  readonly account: string;
  readonly audience: 'person' | 'group';
  /** The platform's id, sealed with the data keys. */
  readonly sealedExternalId: string;
  readonly agencyId: string;
  readonly personId: string;
  readonly createdAt: number;
  /** The person wants no notices here; since when, ms. */
  readonly noticesRefusedAt?: number;
}

/** A colleague was asked to take a conversation over. Until they do, whoever has it keeps it, so that nobody is left alone. */
export interface Offer {
  readonly to: OfficerRef;
  readonly by: OfficerRef;
  readonly at: number;
  readonly note?: string;
}

/** Who answers now. */
export type Owner =
  | { readonly kind: 'bot' }
  | { readonly kind: 'queue'; readonly since: number; readonly urgent: boolean; readonly topic?: string }
  | {
      readonly kind: 'officer';
      readonly officer: OfficerRef;
      readonly since: number;
      readonly offer?: Offer;
      /** Who could not take it over when asked last. */
      readonly declinedBy?: OfficerRef;
    };

/** A dialog in progress: its name and what it needs to go on. `state` is the dialog's own, read back through its schema. */
export interface DialogState {
  readonly dialog: string;
  readonly state: unknown;
  /** Something unsent that another dialog came in between; it is gone back to when that one ends. */
  readonly kept?: DialogState;
}

export const episodeTypes = ['inquiry', 'help', 'complaint'] as const;
export type EpisodeType = (typeof episodeTypes)[number];
export const episodeResults = ['resolved', 'referred', 'follow-up', 'no-answer', 'abandoned'] as const;
export type EpisodeResult = (typeof episodeResults)[number];
export const contactWays = ['walk-in', 'call', 'kiosk', 'webchat', 'line', 'sms', 'relay', 'other'] as const;
export type ContactWay = (typeof contactWays)[number];

/** One contact in the history of a person, whatever the channel. */
export interface Episode extends Stored {
  readonly addressId: string;
  readonly personId: string;
  /** Absent for contacts that an officer logged by hand. */
  readonly conversationId?: string;
  readonly agencyId: string;
  readonly way: ContactWay;
  readonly type: EpisodeType;
  readonly status: 'open' | 'waiting' | 'with-officer' | 'closed';
  readonly topic?: string;
  /** What the person may be in danger of, as the assistant heard it last. */
  readonly danger?: CrisisKind;
  readonly officer?: OfficerRef;
  readonly note?: string;
  readonly result?: EpisodeResult;
  /** 1-5. */
  readonly rating?: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Grows with every change made in the lane; a projection never goes back. */
  readonly revision: number;
}

export type Speaker = 'citizen' | 'bot' | 'officer' | 'system';

/** One line of the transcript. Text is stored here once; other records refer to it. */
export interface Message extends Stored {
  readonly conversationId: string;
  /** 1, 2, 3 … without gaps within the conversation. */
  readonly seq: number;
  readonly episodeId: string;
  readonly from: Speaker;
  /** The officer's name. */
  readonly name?: string;
  readonly at: number;
  /** What was said: a reply of ours, or what the person did. */
  readonly body:
    | { readonly kind: 'reply'; readonly reply: Reply }
    | { readonly kind: 'content'; readonly content: Content };
  /** The platform's id of the person's message, to find it again when it is unsent. */
  readonly providerMessageId?: string;
  readonly clientId?: string;
  /** The version of the knowledge an answer came from, and the topic it answered. */
  readonly knowledge?: { readonly version: string; readonly topic?: string };
  /** The person took the message back: content is gone. */
  readonly unsent?: boolean;
}

export type SendingFault = 'number' | 'opted-out' | 'ours';

/** One vendor call to make, its state and its doubts. */
export interface OutboxItem extends Stored {
  readonly conversationId: string;
  readonly addressId: string;
  readonly channel: ChannelName;
  readonly account: string;
  /** Order within the conversation: seq of its first message. */
  readonly seq: number;
  /** Ids of the messages it sends; their text is read when it is sent. */
  readonly messageIds: readonly string[];
  readonly language: string;
  readonly replyHandle?: ReplyHandle;
  readonly state: 'waiting' | 'sending' | 'sent' | 'unknown' | 'refused';
  readonly attempts: number;
  readonly doubt: boolean;
  readonly stage?: string;
  /** When to try (waiting), or when the lease of the attempt ends (sending), ms. */
  readonly dueAt: number;
  readonly firstTriedAt?: number;
  readonly reference?: string;
  readonly why?: string;
  readonly delivered?: 'delivered' | 'failed';
  /** Whoever ordered it is asked under this key before each attempt, and told how it ended. */
  readonly gate?: string;
  /** What stands in the way: the number itself, the person's refusal with the operator, or our side. */
  readonly fault?: SendingFault;
  readonly createdAt: number;
}

/** An accepted event and whether its turn is done. Kept as long as messages are, without its content once done. */
export interface InboxRecord extends Stored {
  readonly conversationId: string;
  /** Order of acceptance. */
  readonly order: string;
  readonly receivedAt: number;
  readonly state: 'waiting' | 'done' | 'set-aside' | 'ignored';
  readonly attempts: number;
  /** Dropped once done: the transcript holds the text. */
  readonly event?: InboundEvent;
  /** Sequence number that the person's message got. */
  readonly seq?: number;
  readonly why?: string;
}

/** Something a turn wants done by another module, under its own key `event/n`. */
export interface Command {
  readonly id: string;
  readonly kind: string;
  readonly data: unknown;
}

/** What a commit promised and what still has to be copied to its own collection. */
export type Pending =
  | { readonly kind: 'message'; readonly record: Omit<Message, 'version'> }
  | { readonly kind: 'outbox'; readonly record: Omit<OutboxItem, 'version'> }
  | { readonly kind: 'episode'; readonly record: Omit<Episode, 'version'> }
  | { readonly kind: 'finished'; readonly eventId: string; readonly seq?: number; readonly setAside?: string }
  | { readonly kind: 'unsent'; readonly providerMessageId: string }
  | { readonly kind: 'command'; readonly command: Command };

/** An endless thread with one address. Its compare-and-set is the commit of a turn. */
export interface Conversation extends Stored {
  readonly addressId: string;
  readonly agencyId: string;
  readonly channel: ChannelName;
  readonly account: string;
  readonly audience: 'person' | 'group';
  readonly language: string;
  /** Sequence number of the last message. */
  readonly seq: number;
  readonly owner: Owner;
  readonly dialog?: DialogState;
  /** Topic last answered, for follow-up questions. */
  readonly topic?: string;
  /** Choices last offered, so that "2" or a spoken label can pick one. */
  readonly offered: readonly Choice[];
  /** The contact that is open now. */
  readonly episode?: Omit<Episode, 'version'>;
  /** Blocked by the person: nothing is sent. */
  readonly left: boolean;
  readonly pending: readonly Pending[];
  /** Last change that the desk's lists care about, ms. */
  readonly changedAt: number;
  /** First words of the last message, for the desk's lists. */
  readonly lastText?: string;
}

/** How a conversation with an address begins. */
export const newConversation = (
  id: string,
  address: Address,
  language: string,
  now: number,
): Omit<Conversation, 'version'> => ({
  id,
  addressId: address.id,
  agencyId: address.agencyId,
  channel: address.channel,
  account: address.account,
  audience: address.audience,
  language,
  seq: 0,
  owner: { kind: 'bot' },
  offered: [],
  left: false,
  pending: [],
  changedAt: now,
});
