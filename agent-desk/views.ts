import {
  type Conversation,
  type Episode,
  type Knowledge,
  type Message,
  type OutboxItem,
  type Owner,
  inLanguage,
} from '../core';
import type { Contacts } from './contacts';

/** A conversation as the desk lists it; times in ms since the epoch. */
export interface ConversationView {
  readonly id: string;
  readonly personId: string;
  readonly personName?: string;
  readonly channel: string;
  readonly language: string;
  readonly owner: Owner;
  readonly seq: number;
  /** `kind:id` of the register, and its everyday name. */
  readonly topic?: string;
  readonly topicName?: string;
  readonly lastText?: string;
  readonly changedAt: number;
  /** The person blocked the channel: nothing reaches them. */
  readonly left: boolean;
  /** The contact that is open now. */
  readonly episode?: Pick<Episode, 'id' | 'type' | 'status' | 'danger' | 'startedAt' | 'note'>;
}

export type MessageView = Pick<
  Message,
  'id' | 'seq' | 'from' | 'name' | 'at' | 'body' | 'clientId' | 'unsent' | 'knowledge'
>;
export type DeliveryView = Pick<OutboxItem, 'seq' | 'messageIds' | 'state' | 'why' | 'delivered' | 'doubt'>;
export type EpisodeView = Omit<Episode, 'version' | 'revision' | 'addressId' | 'agencyId'> & {
  readonly personName?: string;
  readonly topicName?: string;
};

/** What officers are shown of records: no more than they need, with names where records hold ids. */
export interface Views {
  conversation(conversation: Conversation): Promise<ConversationView>;
  conversations(list: readonly Conversation[]): Promise<readonly ConversationView[]>;
  episode(episode: Episode): Promise<EpisodeView>;
}

export function messageView(message: Message): MessageView {
  const { id, seq, from, name, at, body, clientId, unsent, knowledge } = message;
  return {
    ...{ id, seq, from, at, body },
    ...(name === undefined ? {} : { name }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(unsent ? { unsent } : {}),
    ...(knowledge ? { knowledge } : {}),
  };
}

export function deliveryView({ seq, messageIds, state, why, delivered, doubt }: OutboxItem): DeliveryView {
  return {
    seq,
    messageIds,
    state,
    doubt,
    ...(why === undefined ? {} : { why }),
    ...(delivered ? { delivered } : {}),
  };
}

export function createViews(parts: {
  personIdOf: (conversation: Conversation) => Promise<string>;
  contacts: Pick<Contacts, 'nameOf'>;
  knowledge: () => Knowledge;
}): Views {
  const { contacts, knowledge } = parts;

  function topicOf(reference: string | undefined): { topic?: string; topicName?: string } {
    if (!reference) return {};
    const [kind, ...rest] = reference.split(':');
    if (kind !== 'service' && kind !== 'complaint' && kind !== 'hotline') return { topic: reference };
    const found = knowledge().topic({ kind, id: rest.join(':') });
    return { topic: reference, ...(found ? { topicName: inLanguage(found.name, 'th') } : {}) };
  }

  const named = (personName: string | undefined): { personName?: string } =>
    personName ? { personName } : {};

  async function conversation(of: Conversation): Promise<ConversationView> {
    const { id, channel, language, owner, seq, lastText, changedAt, left } = of;
    const personId = await parts.personIdOf(of);
    const { episode } = of;
    return {
      ...{ id, personId, channel, language, owner, seq, changedAt, left },
      ...named(await contacts.nameOf(personId)),
      ...topicOf(of.topic ?? (owner.kind === 'queue' ? owner.topic : undefined)),
      ...(lastText === undefined ? {} : { lastText }),
      ...(episode ? { episode: episodeLine(episode) } : {}),
    };
  }

  return {
    conversation,
    conversations: list => Promise.all(list.map(conversation)),
    async episode({ version: _v, revision: _r, addressId: _a, agencyId: _g, topic, ...rest }) {
      return { ...rest, ...topicOf(topic), ...named(await contacts.nameOf(rest.personId)) };
    },
  };
}

function episodeLine(
  episode: NonNullable<Conversation['episode']>,
): NonNullable<ConversationView['episode']> {
  const { id, type, status, danger, startedAt, note } = episode;
  return {
    ...{ id, type, status, startedAt },
    ...(danger ? { danger } : {}),
    ...(note === undefined ? {} : { note }),
  };
}
