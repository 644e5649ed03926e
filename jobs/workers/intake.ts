import {
  type Accepted,
  type Addresses,
  type Changes,
  type Clock,
  type Inbox,
  type InboundDraft,
  type InboundEvent,
  type Intake,
  type Jobs,
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

/** A text as it may be stored: well-formed, without control characters, bounded. */
export function storableText(text: string): string {
  const clean = text
    .slice(0, storedUnits + 1)
    .toWellFormed()
    .replace(controls, '');
  return clean.length > storedUnits ? `${clean.slice(0, storedUnits - 1).toWellFormed()}…` : clean;
}

function storable(draft: InboundDraft): InboundDraft {
  const { content } = draft;
  return content.kind === 'text' || content.kind === 'officer-message'
    ? { ...draft, content: { ...content, text: storableText(content.text) } }
    : draft;
}

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

    async acceptFromDesk({ conversation, officer, clientId, text }) {
      const now = clock();
      const event: InboundEvent = {
        id: `desk:${conversation.id}:${officer.id}:${clientId}`,
        channel: conversation.channel,
        account: conversation.account,
        providerEventId: clientId,
        audience: conversation.audience,
        occurredAt: now,
        clientId,
        content: { kind: 'officer-message', officer, text: storableText(text) },
        addressId: conversation.addressId,
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
