import { type CaseView, type Choice, type Decision, type Turn, holds } from '../../core';
import type { Say } from '../phrases';
import { bangkokMoment } from '../thai-date';
import { type Whose, self } from './booking-for';
import type { BookingState } from './booking-state';
import type { CaseLookups } from './case-parts';

/** What the booking dialog and its appointments already made say to each other. */
interface OwnParts {
  readonly cases: CaseLookups;
  readonly say: Say;
  readonly whose: Whose;
  readonly reply: (text: string, choices: readonly Choice[], state: BookingState | null) => Decision;
  readonly ended: (turn: Turn, key: string) => Decision;
  readonly stop: (turn: Turn) => Choice;
  readonly ask: (turn: Turn, state: BookingState) => Promise<Decision>;
}

const shownAppointments = 3;

export interface OwnAppointments {
  /** Begins with the appointments that whoever it is for has already; with none, a new one. */
  begin(turn: Turn, state: BookingState): Promise<Decision>;
  /** `own` shows what can be done with one of them, `move` and `cancel` do it. */
  picked(turn: Turn, word: 'own' | 'move' | 'cancel', caseId: string): Promise<Decision>;
}

/** Appointments already made, by oneself or for somebody cared for: chosen, moved, cancelled. */
export function ownAppointments({ cases, say, whose, ...parts }: OwnParts): OwnAppointments {
  const { reply, ended } = parts;
  const choice = (turn: Turn, id: string, key: string): Choice => ({ id, label: say(turn.language, key) });

  /** The appointment, and under which mandate it is looked after where it is not one's own. */
  async function found(
    turn: Turn,
    caseId: string,
  ): Promise<{ readonly view: CaseView; readonly mandate?: string } | undefined> {
    const mine = (await whose.coming(turn, self))?.find(({ id }) => id === caseId);
    if (mine?.details) return { view: mine };
    for (const { id: mandate } of await whose.charges(turn)) {
      const theirs = (await whose.coming(turn, mandate))?.find(({ id }) => id === caseId);
      if (theirs) return { view: theirs, mandate };
    }
    return undefined;
  }

  return {
    async begin(turn, state) {
      const charges = await whose.charges(turn);
      const forAnother = state.whose !== undefined && state.whose !== self;
      if (forAnother && !charges.some(each => each.id === state.whose && holds(each, turn.now)))
        return ended(turn, 'carer.unknown');
      // Whose it is comes first where there is more than one to ask for.
      if (state.whose === undefined && charges.length > 0) return parts.ask(turn, state);
      const coming = (await whose.coming(turn, state.whose ?? self)) ?? [];
      const choices = coming.slice(0, shownAppointments).flatMap(({ id, details }) =>
        details?.kind === 'appointment'
          ? [
              {
                id: `booking:own:${id}`,
                label: say(turn.language, 'booking.own', {
                  at: bangkokMoment(details.startsAt, turn.language),
                }),
              },
            ]
          : [],
      );
      if (choices.length === 0) return parts.ask(turn, state);
      return reply(
        say(turn.language, 'booking.have'),
        [...choices, choice(turn, 'booking:new', 'booking.new'), parts.stop(turn)],
        state,
      );
    },
    async picked(turn, word, caseId) {
      const picked = await found(turn, caseId);
      if (picked?.view.details?.kind !== 'appointment') return ended(turn, 'booking.gone');
      const { mandate } = picked;
      const { startsAt, servicePointId, priority } = picked.view.details;
      switch (word) {
        case 'move':
          return parts.ask(turn, {
            ...{ point: servicePointId, priority, whose: mandate ?? self },
            moving: { caseId, from: startsAt },
          });
        case 'cancel': {
          const personId = await cases.personOf(turn.event.addressId);
          const carer = mandate ? await whose.order(turn, mandate) : undefined;
          const order = { caseId, personId, conversationId: turn.conversation.id };
          return {
            ...ended(turn, 'booking.cancelling'),
            commands: [{ kind: 'appointment.cancel', data: { ...order, ...(carer ? { carer } : {}) } }],
          };
        }
        case 'own':
          return reply(
            say(turn.language, 'booking.what', { at: bangkokMoment(startsAt, turn.language) }),
            [
              choice(turn, `booking:move:${caseId}`, 'booking.move'),
              choice(turn, `booking:cancel:${caseId}`, 'booking.cancel'),
              choice(turn, 'booking:stop', 'booking.keep'),
            ],
            {},
          );
      }
    },
  };
}
