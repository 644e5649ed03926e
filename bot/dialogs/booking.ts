import {
  type AppointmentBook,
  type CarerBook,
  type CaseDraft,
  type Choice,
  type Decision,
  type Dialog,
  type ServicePoint,
  type Slot,
  type Turn,
  bangkokIsoDate,
  bangkokMs,
  inLanguage,
  readTopicRef,
} from '../../core';
import { bangkokMoment, thaiDate } from '../thai-date';
import { self, whoseAppointments } from './booking-for';
import { ownAppointments } from './booking-own';
import { type BookingState, readState } from './booking-state';
import { answered, pointOf, told, waitsFor } from './booking-words';
import type { CaseDialogParts } from './case-parts';
import { bangkokDay } from './moments';
import { misread } from './misread';
import { cancels, confirms, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

export interface BookingParts extends CaseDialogParts {
  readonly appointments: AppointmentBook;
  readonly carers: CarerBook;
}

const name = 'booking';
const offeredDays = 4;
const offeredSlots = 6;
const farthestDays = 30;

const clockOf = (at: number): string => new Date(at + bangkokMs).toISOString().slice(11, 16);

/** An appointment at a counter: made, moved and cancelled in the chat; whoever sends last is told if somebody was faster. */
export function booking(parts: BookingParts): Dialog {
  const { cases, say, appointments } = parts;
  const whose = whoseAppointments(parts);
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  const reply = (text: string, choices: readonly Choice[], state: BookingState | null): Decision => ({
    replies: [{ kind: 'choices', text, choices }],
    outcome: 'booking',
    dialog: state && { dialog: name, state },
  });

  const ended = (turn: Turn, key: string): Decision =>
    reply(
      say(turn.language, key),
      [choice(turn.language, 'menu', 'choice.menu'), choice(turn.language, 'handover', 'choice.officer')],
      null,
    );

  const stop = (turn: Turn): Choice => choice(turn.language, 'booking:stop', 'booking.stop');

  /** The next days with a free seat, the first of them at or after `from`. */
  async function daysFrom(point: ServicePoint, priority: boolean, from: number): Promise<number[]> {
    const days: number[] = [];
    for (let ahead = 0; ahead < farthestDays && days.length < offeredDays; ahead += 1) {
      const day = bangkokDay(from, ahead);
      if ((await appointments.free(point.id, day, priority)).length > 0) days.push(day);
    }
    return days;
  }

  async function ask(turn: Turn, state: BookingState, lead = ''): Promise<Decision> {
    const { language, now } = turn;
    const points = appointments.points();
    const point = pointOf(state, points);
    const before = lead === '' ? '' : `${lead}\n`;
    const charges = state.whose === undefined ? await whose.charges(turn) : [];
    if (charges.length > 0)
      return reply(
        say(language, 'booking.ask-whose'),
        [...whose.choices(language, charges), stop(turn)],
        state,
      );
    if (!point) {
      const choices = points.map(({ id, name: pointName }) => ({
        id: `booking:point:${id}`,
        label: inLanguage(pointName, language),
      }));
      return reply(`${before}${say(language, 'booking.ask-point')}`, [...choices, stop(turn)], state);
    }
    const here = { ...state, point: point.id };
    if (state.priority === undefined)
      return reply(
        `${before}${say(language, 'booking.ask-priority')}`,
        [
          choice(language, 'booking:priority:yes', 'booking.priority-yes'),
          choice(language, 'booking:priority:no', 'booking.priority-no'),
          stop(turn),
        ],
        here,
      );
    if (state.day === undefined) {
      const days = await daysFrom(point, state.priority, now);
      if (days.length === 0) return ended(turn, 'booking.no-days');
      const choices = days.map(day => ({
        id: `booking:day:${day}`,
        label: thaiDate(bangkokIsoDate(day), language),
      }));
      return reply(`${before}${say(language, 'booking.ask-day')}`, [...choices, stop(turn)], here);
    }
    const free = await appointments.free(point.id, state.day, state.priority);
    if (free.length === 0) {
      const { day: _day, ...rest } = here;
      return ask(
        turn,
        rest,
        say(language, 'booking.day-full', { day: thaiDate(bangkokIsoDate(state.day), language) }),
      );
    }
    if (state.startsAt === undefined || !free.some(slot => slot.startsAt === state.startsAt))
      return reply(
        `${before}${say(language, 'booking.ask-time', { day: thaiDate(bangkokIsoDate(state.day), language) })}`,
        [...slotChoices(free), choice(language, 'booking:day:other', 'booking.other-day'), stop(turn)],
        here,
      );
    return check(turn, here, point, state.startsAt);
  }

  /** A few times spread over the day, so that morning and afternoon are both offered. */
  function slotChoices(free: readonly Slot[]): Choice[] {
    const stride = Math.max(1, Math.ceil(free.length / offeredSlots));
    return free
      .filter((_, index) => index % stride === 0)
      .map(slot => ({ id: `booking:time:${slot.startsAt}`, label: `${clockOf(slot.startsAt)} น.` }));
  }

  function check(turn: Turn, state: BookingState, point: ServicePoint, startsAt: number): Decision {
    const { language } = turn;
    const text = say(language, state.moving ? 'booking.check-move' : 'booking.check', {
      point: inLanguage(point.name, language),
      at: bangkokMoment(startsAt, language),
      bring: point.bring ? inLanguage(point.bring, language) : '-',
    });
    return reply(
      text,
      [
        choice(language, 'booking:send', state.moving ? 'booking.send-move' : 'booking.send'),
        choice(language, 'booking:day:other', 'booking.other-day'),
        stop(turn),
      ],
      state,
    );
  }

  async function send(turn: Turn, state: BookingState): Promise<Decision> {
    const { event, conversation, language } = turn;
    const { point, startsAt, priority, moving } = state;
    if (point === undefined || startsAt === undefined || priority === undefined) return ask(turn, state);
    const forAnother = state.whose === undefined || state.whose === self ? undefined : state.whose;
    const carer = forAnother ? await whose.order(turn, forAnother) : undefined;
    if (forAnother && !carer) return ended(turn, 'booking.stopped');
    const personId = await cases.personOf(event.addressId);
    const done = (kind: string, data: unknown): Decision => ({
      replies: [{ kind: 'text', text: say(language, 'booking.sending') }],
      outcome: 'booking',
      dialog: null,
      commands: [{ kind, data }],
    });
    if (moving) {
      const { caseId, from } = moving;
      if (!personId) return ended(turn, 'booking.stopped');
      const order = { caseId, personId, conversationId: conversation.id, from, to: startsAt };
      return done('appointment.move', { ...order, ...(carer ? { carer } : {}) });
    }
    const topic = state.topic ? readTopicRef(state.topic) : undefined;
    const draft: Omit<CaseDraft, 'key' | 'kind' | 'details'> = {
      conversationId: conversation.id,
      language,
      channel: event.channel,
      filedKey: 'appointment.filed',
      ...(personId ? { personId } : {}),
      ...(topic ? { topic } : {}),
    };
    return done('appointment.book', {
      ...{ draft, pointId: point, startsAt, priority },
      ...(carer ? { carer } : {}),
    });
  }

  const own = ownAppointments({ cases, say, whose, reply, ended, stop, ask });

  async function onChoice(turn: Turn, id: string, state: BookingState): Promise<Decision> {
    const [, word = '', ...rest] = id.split(':');
    const value = rest.join(':');
    switch (word) {
      case 'stop':
        return ended(turn, 'booking.stopped');
      case 'own':
      case 'move':
      case 'cancel':
        return own.picked(turn, word, value);
      case 'for':
        return own.begin(turn, { ...state, whose: value });
      case 'point':
        return ask(turn, { ...state, point: value });
      case 'priority':
        return ask(turn, { ...state, priority: value === 'yes' });
      case 'day': {
        const { day: _day, startsAt: _startsAt, ...kept } = state;
        return ask(turn, Number.isFinite(Number(value)) ? { ...kept, day: Number(value) } : kept);
      }
      case 'time':
        return Number.isFinite(Number(value))
          ? ask(turn, { ...state, startsAt: Number(value) })
          : ask(turn, state);
      case 'send':
        return send(turn, state);
      case 'new':
      case 'continue':
        return ask(turn, state);
      default:
        return own.begin(turn, state);
    }
  }

  async function onText(
    turn: Turn,
    state: BookingState,
    text: string,
    misses: number | undefined,
  ): Promise<Decision | undefined> {
    const charges = state.whose === undefined ? await whose.charges(turn) : [];
    const named = charges.length > 0 ? whose.named(text, charges) : undefined;
    if (named !== undefined) return own.begin(turn, { ...state, whose: named });
    const points = appointments.points();
    const next = answered(turn, told(turn, state), text, points);
    if (JSON.stringify(next) !== JSON.stringify(state)) return ask(turn, next);
    if (confirms(turn, text) && state.startsAt !== undefined) return send(turn, state);
    if (wanders(turn, text)) return undefined;
    const exampleKey = `booking.example-${charges.length > 0 ? 'whose' : waitsFor(state, points)}`;
    return misread(say, turn, await ask(turn, state), { text, misses, exampleKey });
  }

  return {
    name,
    choice: name,
    intents: ['booking'],
    start(turn) {
      if (turn.conversation.audience === 'group') return ended(turn, 'case.group');
      const topic = turn.conversation.topic;
      const state: BookingState = topic && readTopicRef(topic) ? { topic } : {};
      if (turn.choice !== undefined) return onChoice(turn, turn.choice, state);
      return own.begin(turn, told(turn, state));
    },
    resume(turn, stored) {
      const read = readState(stored);
      if (!read) return undefined;
      const { misses, ...state } = read;
      if (turn.choice !== undefined)
        return turn.choice === name || turn.choice.startsWith(`${name}:`)
          ? onChoice(turn, turn.choice, state)
          : undefined;
      const text = typedIn(turn);
      if (text === undefined) return undefined;
      if (cancels(text)) return ended(turn, 'booking.stopped');
      return onText(turn, state, text, misses);
    },
    pause: holdsDraft(say, name, readState),
  };
}
