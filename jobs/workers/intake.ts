import {
  type Accepted,
  type Addresses,
  type Changes,
  type Clock,
  type Content,
  type Inbox,
  type InboundDraft,
  type InboundEvent,
  type Intake,
  type Jobs,
  maskPersonalData,
  reached,
} from '../../core';
import { queues } from './queues';

/** How long a text may be stored, in UTF-16 units; what is longer is cut, with a mark. */
export const storedUnits = 20_000;

/** How often a waiting client asks the store, in case a wake was lost on its way. */
const pollMs = 250;

export interface IntakeParts {
  readonly inbox: Inbox;
  readonly addresses: Addresses;
  readonly conversationIdOf: (addressId: string) => string;
  readonly jobs: Jobs;
  readonly changes: Changes;
  readonly clock: Clock;
  /** Told when a wake could not be given; the sweeper takes over then. */
  readonly onError: (error: unknown) => void;
}

/** Control characters that no person types, but tab and line end. */
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu;

/** A text as it may be stored: well-formed, without control characters, bounded, with the numbers that identify a person masked. */
export function storableText(text: string): string {
  const clean = text
    .slice(0, storedUnits + 1)
    .toWellFormed()
    .replace(controls, '');
  const masked = maskPersonalData(clean);
  return masked.length > storedUnits ? `${masked.slice(0, storedUnits - 1).toWellFormed()}…` : masked;
}

/** All words that a person can put into an event, as they may be stored: nothing behind this point ever sees the numbers. */
function storableContent(content: Content): Content {
  switch (content.kind) {
    case 'text':
    case 'officer-message':
      return { ...content, text: storableText(content.text) };
    case 'choice':
      return content.label === undefined ? content : { ...content, label: storableText(content.label) };
    case 'media':
      return content.description === undefined
        ? content
        : { ...content, description: storableText(content.description) };
    case 'location':
      return {
        ...content,
        ...(content.title === undefined ? {} : { title: storableText(content.title) }),
        ...(content.address === undefined ? {} : { address: storableText(content.address) }),
      };
    default:
      return content;
  }
}

const storable = (draft: InboundDraft): InboundDraft => ({
  ...draft,
  content: storableContent(draft.content),
});

export function createIntake(parts: IntakeParts): Intake {
  const { inbox, addresses, jobs, changes, clock } = parts;

  async function eventOf(draft: InboundDraft, now: number): Promise<InboundEvent> {
    const { externalId: _sealed, ...rest } = storable(draft);
    const address = await addresses.ensure(draft, now);
    return {
      ...rest,
      id: `${draft.channel}:${draft.account}:${draft.providerEventId}`,
      addressId: address.id,
      conversationId: parts.conversationIdOf(address.id),
    };
  }

  async function take(events: readonly InboundEvent[], now: number): Promise<Accepted[]> {
    const stored = await inbox.take(events, now);
    events.forEach(event => reached('stored', event.id));
    const fresh = new Set(events.filter((_, index) => stored[index]).map(event => event.conversationId));
    for (const conversationId of fresh) jobs.wake(queues.lane, conversationId).catch(parts.onError);
    return events.map((event, index) => ({
      outcome: stored[index] ? 'accepted' : 'known',
      eventId: event.id,
      conversationId: event.conversationId,
    }));
  }

  return {
    async accept(drafts) {
      const now = clock();
      return take(await Promise.all(drafts.map(draft => eventOf(draft, now))), now);
    },

    async acceptFromDesk({ conversation, officer, clientId, text, picture }) {
      const now = clock();
      const event: InboundEvent = {
        id: `desk:${conversation.id}:${officer.id}:${clientId}`,
        channel: conversation.channel,
        account: conversation.account,
        providerEventId: clientId,
        audience: conversation.audience,
        occurredAt: now,
        clientId,
        content: {
          kind: 'officer-message',
          officer,
          text: storableText(text),
          ...(picture === undefined ? {} : { picture }),
        },
        addressId: conversation.addressId,
        conversationId: conversation.id,
      };
      const [accepted] = await take([event], now);
      if (!accepted) throw new Error('one event went in and none came out');
      return accepted;
    },

    async notify({ conversation, key, notice }) {
      const now = clock();
      const { channel, account, audience, addressId } = conversation;
      const event: InboundEvent = {
        id: `notice:${conversation.id}:${key}`,
        channel,
        account,
        providerEventId: key,
        audience,
        occurredAt: now,
        content: { kind: 'notice', notice },
        addressId,
        conversationId: conversation.id,
      };
      const [accepted] = await take([event], now);
      if (!accepted) throw new Error('one event went in and none came out');
      return accepted;
    },

    settled(accepted: Accepted, withinMs: number) {
      return new Promise(resolve => {
        const finish = (result: { seq: number } | undefined): void => {
          unsubscribe();
          clearInterval(poll);
          clearTimeout(deadline);
          resolve(result);
        };
        const look = (): void => {
          inbox.get(accepted.eventId).then(record => {
            if (record && record.state !== 'waiting') finish({ seq: record.seq ?? 0 });
          }, parts.onError);
        };
        const unsubscribe = changes.subscribe(change => {
          if (change.kind === 'settled' && change.eventId === accepted.eventId) finish({ seq: change.seq });
        });
        const poll = setInterval(look, pollMs);
        const deadline = setTimeout(() => finish(undefined), withinMs);
        look();
      });
    },
  };
}
