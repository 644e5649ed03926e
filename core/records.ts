import type {
  Address,
  Command,
  Conversation,
  Episode,
  InboxRecord,
  Message,
  OutboxItem,
  SendingFault,
} from './conversation';
import type { ChannelName, InboundDraft, InboundEvent } from './event';
import type { Transcript } from './intake';
import type { Stored } from './store';

/** Accepted events, once each, in the order of acceptance. */
export interface Inbox {
  /** Stores the events as waiting; `false` where the same event was accepted before. */
  take(events: readonly InboundEvent[], now: number): Promise<readonly boolean[]>;
  /** Stores that something came and was left alone. */
  ignore(id: string, why: string, now: number): Promise<boolean>;
  get(id: string): Promise<InboxRecord | undefined>;
  /** The oldest waiting event of a conversation. */
  next(conversationId: string): Promise<InboxRecord | undefined>;
  /** Conversations with events that wait since before `before`, oldest first. */
  waiting(before: number, limit: number): Promise<readonly string[]>;
  /** Counts a failed or repeated attempt; returns the record as stored now. */
  countAttempt(record: InboxRecord, why?: string): Promise<InboxRecord>;
  setAside(limit: number): Promise<readonly InboxRecord[]>;
  /** When the oldest waiting event was accepted, ms; `undefined` when none waits. */
  oldestWaiting(): Promise<number | undefined>;
}

export interface Addresses {
  /** The address of a draft; made, together with its person, at the first contact. */
  ensure(
    draft: Pick<InboundDraft, 'channel' | 'account' | 'externalId' | 'audience'>,
    now: number,
  ): Promise<Address>;
  /** The id an address has or would have, without making it. */
  idOf(channel: ChannelName, account: string, externalId: string): string;
  /** The person an address belongs to, or will belong to once it is made. */
  personIdOf(channel: ChannelName, account: string, externalId: string): Promise<string>;
  get(id: string): Promise<Address | undefined>;
  externalId(address: Address): string;
  ofPerson(personId: string): Promise<readonly Address[]>;
  /** Moves an address to another person (merge, split). */
  move(addressId: string, personId: string): Promise<void>;
  /** Notes that no notices may go to the address. */
  refuseNotices(addressId: string, now: number): Promise<void>;
  /** Lets go of what is remembered of an address that was erased, here or by another process. */
  forget(addressId: string): void;
  /** Takes the refusal back. */
  allowNotices(addressId: string): Promise<void>;
}

/** What whoever has just committed knows, so that it is not read again. */
export interface JustCommitted {
  readonly conversation: Conversation;
  /** The event it finished, as it stood. */
  readonly event?: InboxRecord;
  /** Told when everything stands in its own collection; the promises are removed after that. */
  readonly onCopied?: () => void;
}

export interface Conversations extends Transcript {
  get(id: string): Promise<Conversation | undefined>;
  /** The conversation with an address; made when it is new. */
  ensure(address: Address, language: string, now: number): Promise<Conversation>;
  /** The commit: one compare-and-set; `false` when somebody else was faster. */
  commit(next: Conversation): Promise<boolean>;
  /** Copies what `pending` promises to its own collections, then removes it. Safe to repeat, by anybody. */
  project(conversationId: string, just?: JustCommitted): Promise<void>;
  /** `Transcript.after` of a conversation that was just read. */
  linesAfter(conversation: Conversation, seq: number, limit: number): Promise<readonly Message[]>;
  /** Conversations whose `pending` was not cleared, oldest change first. */
  unprojected(before: number, limit: number): Promise<readonly string[]>;
  /** Those who wait for an officer: urgent first, then the oldest. */
  queue(limit: number): Promise<readonly Conversation[]>;
  ofOfficer(officerId: string, limit: number): Promise<readonly Conversation[]>;
  /** Everything officers have in hand. */
  withOfficers(limit: number): Promise<readonly Conversation[]>;
  /** What colleagues ask this officer to take over, oldest offer first. */
  offeredTo(officerId: string, limit: number): Promise<readonly Conversation[]>;
  /** Bot-owned conversations whose contact is open and unchanged since before `before`. */
  idle(before: number, limit: number): Promise<readonly Conversation[]>;
}

export interface DeliveryNews {
  /** When they came, ms. */
  readonly at?: number;
  readonly reference: string;
  readonly state: 'sent' | 'delivered' | 'failed';
  readonly permanent?: boolean;
  readonly fault?: SendingFault;
  readonly why?: string;
}

export interface Outbox {
  get(id: string): Promise<OutboxItem | undefined>;
  /** The first item of a conversation that is not at its end. */
  next(conversationId: string): Promise<OutboxItem | undefined>;
  replace(item: OutboxItem): Promise<boolean>;
  /** Conversations with items due before `before`. */
  due(before: number, limit: number): Promise<readonly string[]>;
  byReference(channel: ChannelName, account: string, reference: string): Promise<OutboxItem | undefined>;
  /** What was ordered under a gate, if its turn is done. */
  byGate(gate: string): Promise<OutboxItem | undefined>;
  /** Notes what the vendor tells later of a sending. News that come late or out of order never take a better state back. */
  delivered(channel: ChannelName, account: string, news: DeliveryNews): Promise<void>;
  /** Makes leases of a process that is certainly gone end now; only where no second process can exist. */
  releaseAll(now: number): Promise<number>;
  /** How many items have no end state yet, counted up to `atMost`. */
  openCount(atMost: number): Promise<number>;
  /** Items in doubt or refused, newest first. */
  troubled(limit: number): Promise<readonly OutboxItem[]>;
  ofMessages(conversationId: string, fromSeq: number, limit: number): Promise<readonly OutboxItem[]>;
}

/** A person: a set of addresses, with what they or an officer told. */
export interface Person extends Stored {
  readonly agencyId: string;
  readonly name?: string;
  readonly sealedPhone?: string;
  /** Keyed hash of the phone number, for look-up. */
  readonly phoneKey?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** The person these records went to in a merge. */
  readonly mergedInto?: string;
}

export interface PersonDetails {
  readonly name?: string;
  /** E.164. */
  readonly phone?: string;
}

export interface People {
  get(id: string): Promise<Person | undefined>;
  create(details: PersonDetails, agencyId: string, now: number): Promise<Person>;
  update(id: string, details: PersonDetails, now: number): Promise<Person | undefined>;
  byPhone(phone: string): Promise<readonly Person[]>;
  byName(words: readonly string[], limit: number): Promise<readonly Person[]>;
  phone(person: Person): string | undefined;
}

export interface Episodes {
  get(id: string): Promise<Episode | undefined>;
  insert(episode: Omit<Episode, 'version'>): Promise<boolean>;
  replace(episode: Episode): Promise<boolean>;
  /** Contacts of one address, newest first. */
  ofAddress(addressId: string, limit: number, before?: number): Promise<readonly Episode[]>;
  /** Contacts of an agency, newest first. */
  recent(agencyId: string, limit: number, before?: number): Promise<readonly Episode[]>;
}

/** Commands that turns gave, until their module has run them. */
export interface Commands {
  waiting(limit: number): Promise<readonly Command[]>;
  done(id: string): Promise<void>;
}
