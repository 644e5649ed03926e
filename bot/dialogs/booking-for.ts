import { type CarerBook, type CaseView, type Choice, type Mandate, type Turn, holds } from '../../core';
import type { Say } from '../phrases';
import type { CaseLookups } from './case-parts';

/** Whose appointment it is: one's own, or that of somebody cared for, by the id of the mandate. */
export const self = 'self';

const ownWords = /^(?:ตัวเอง|ตนเอง|ฉัน|ผม|หนู|ดิฉัน|ของฉัน|เรา|me|myself)/iu;
const shownAppointments = 20;

export interface Whose {
  /** Those the person may book for at this moment; nobody in a group or on a screen that others stand before. */
  charges(turn: Turn): Promise<readonly Mandate[]>;
  choices(language: string, charges: readonly Mandate[]): readonly Choice[];
  /** Whom a text names, as `booking:for:` has it. */
  named(text: string, charges: readonly Mandate[]): string | undefined;
  /** Appointments still to come of one of them; `undefined`: not theirs to see, or no longer. */
  coming(turn: Turn, whose: string): Promise<readonly CaseView[] | undefined>;
  /** What an order for somebody else says of who gives it. */
  order(turn: Turn, mandate: string): Promise<Readonly<Record<string, string>> | undefined>;
}

export function whoseAppointments(parts: {
  readonly cases: CaseLookups;
  readonly carers: CarerBook;
  readonly say: Say;
}): Whose {
  const { cases, carers, say } = parts;

  async function personOf({ conversation, event }: Turn): Promise<string | undefined> {
    const alone = conversation.audience === 'person' && event.channel !== 'kiosk';
    return alone ? cases.personOf(event.addressId) : undefined;
  }

  return {
    async charges(turn) {
      const personId = await personOf(turn);
      const all = personId ? await carers.chargesOf(personId) : [];
      return all.filter(mandate => holds(mandate, turn.now));
    },
    choices: (language, charges) => [
      { id: `booking:for:${self}`, label: say(language, 'booking.for-self') },
      ...charges.map(({ id, personName }) => ({ id: `booking:for:${id}`, label: personName })),
    ],
    named(text, charges) {
      if (ownWords.test(text)) return self;
      const [only, ...others] = charges.filter(({ personName }) => text.includes(personName));
      return others.length === 0 ? only?.id : undefined;
    },
    async coming(turn, whose) {
      if (turn.conversation.audience !== 'person') return whose === self ? [] : undefined;
      const personId = await cases.personOf(turn.event.addressId);
      if (!personId) return whose === self ? [] : undefined;
      const all =
        whose === self
          ? await cases.ofPerson(personId, shownAppointments)
          : await carers.mattersOf(whose, personId, shownAppointments);
      return all?.filter(
        ({ details }) =>
          details?.kind === 'appointment' && details.state === 'booked' && details.startsAt > turn.now,
      );
    },
    async order(turn, mandate) {
      const personId = await personOf(turn);
      const { event, conversation } = turn;
      return personId
        ? { mandate, personId, addressId: event.addressId, conversationId: conversation.id }
        : undefined;
    },
  };
}
