import {
  type Choice,
  type Decision,
  type KnownDate,
  type LadderStep,
  type ReminderText,
  type Turn,
  bangkokTimeOf,
  dayWords,
  inLanguage,
  timeWords,
} from '../../core';
import type { ReminderDialogParts } from './reminder-parts';
import type { ReminderDialogState as State } from './reminder-state';
import { usualMinutes } from './reminder-words';

export const reminderDialog = 'reminder';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long before, by how the person picks it. */
export const leads = {
  now: [0],
  hour: [hourMs],
  hours: [3 * hourMs],
  day: [dayMs],
  week: [7 * dayMs, dayMs],
  month: [30 * dayMs, 7 * dayMs, dayMs],
} as const satisfies Readonly<Record<string, readonly number[]>>;
type LeadName = keyof typeof leads;

export const isLead = (word: string): word is LeadName => Object.hasOwn(leads, word);

/** The moment that is reminded of, ms; `undefined` while no day is known. */
export const dueOf = (state: State): number | undefined =>
  state.day === undefined ? undefined : state.day + (state.minutes ?? usualMinutes) * minuteMs;

export const textOf = (what: string): ReminderText => ({
  template: 'personal',
  values: { what: { kind: 'text', text: what } },
});

/** What it is about of the register of dates, as it is filled in; the last day where it is the same for everybody. */
export const proposed = (known: KnownDate, language: string): State => ({
  known: known.id,
  what: inLanguage(known.name, language),
  leadsMs: [...known.leadsMs],
  ...(known.repeats === undefined ? {} : { repeats: known.repeats }),
  ...(known.day === undefined ? {} : { day: known.day }),
});

export const momentWords = (at: number, language: string): string =>
  `${dayWords(at, language)} ${timeWords(bangkokTimeOf(at).minutes, language)}`;

const spaced = (phone: string | undefined): string =>
  (phone ?? '').replace(/^\+66(\d+?)(\d{3})(\d{4})$/u, '0$1 $2 $3');

/** Everything that was said of a reminder, to be agreed to. */
interface Checked {
  readonly state: State & { readonly what: string; readonly leadsMs: readonly number[] };
  readonly dueAt: number;
  readonly ladder: readonly LadderStep[];
  readonly known: KnownDate | undefined;
  readonly before: string;
}

/** What the dialog of reminders says: its questions one by one, everything once more to agree to, and its ends. */
export interface ReminderQuestions {
  readonly ask: (turn: Turn, state: State, lead?: string) => Promise<Decision>;
  readonly ended: (turn: Turn, key: string, more?: Partial<Decision>) => Decision;
  readonly reply: (text: string, choices: readonly Choice[], state: State | null) => Decision;
  readonly choice: (language: string, id: string, key: string) => Choice;
  readonly stop: (turn: Turn) => Choice;
  readonly repeatWords: (language: string, rule: string | undefined) => string;
  readonly ladderOf: (
    turn: Turn,
    phone: string | undefined,
  ) => Promise<readonly LadderStep[] | 'ask-phone' | undefined>;
}

export function reminderQuestions({
  reminders,
  say,
}: Pick<ReminderDialogParts, 'reminders' | 'say'>): ReminderQuestions {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  const reply = (
    text: string,
    choices: readonly Choice[],
    state: State | null,
    more: Partial<Decision> = {},
  ): Decision => ({
    replies: [{ kind: 'choices', text, choices }],
    outcome: 'reminder',
    dialog: state && { dialog: reminderDialog, state },
    ...more,
  });

  const ended = (turn: Turn, key: string, more: Partial<Decision> = {}): Decision =>
    reply(
      say(turn.language, key),
      [
        choice(turn.language, 'reminder:list', 'reminder.list-title'),
        choice(turn.language, 'menu', 'choice.menu'),
      ],
      null,
      more,
    );

  const stop = (turn: Turn): Choice => choice(turn.language, 'reminder:stop', 'reminder.stop');
  const repeatWords = (language: string, rule: string | undefined): string => {
    const frequency = /FREQ=([A-Z]+)/u.exec(rule ?? '')?.[1];
    return frequency ? say(language, `reminder.every-${frequency.toLowerCase()}`) : '';
  };

  /** Where it would be told: in this chat where it can come by itself, by SMS otherwise. `undefined`: nowhere from here. */
  async function ladderOf(
    turn: Turn,
    phone: string | undefined,
  ): Promise<readonly LadderStep[] | 'ask-phone' | undefined> {
    switch (turn.event.channel) {
      case 'line':
        return [{ way: 'line' }, ...(phone && reminders.canSms() ? [{ way: 'sms' } as const] : [])];
      case 'sms':
        return reminders.canSms() && (await reminders.phoneOf(turn.event.addressId))
          ? [{ way: 'sms' }]
          : undefined;
      case 'webchat':
        if (!reminders.canSms()) return [{ way: 'webchat' }];
        return phone ? [{ way: 'sms' }, { way: 'webchat' }] : 'ask-phone';
      case 'kiosk':
        if (!reminders.canSms()) return undefined;
        return phone ? [{ way: 'sms' }] : 'ask-phone';
      default:
        return undefined;
    }
  }

  /** Leads that make sense so long before, the usual one first. */
  function leadChoices(turn: Turn, dueAt: number): Choice[] {
    const left = dueAt - turn.now;
    const names: readonly LeadName[] =
      left > 40 * dayMs
        ? ['week', 'month', 'day', 'now']
        : left > 8 * dayMs
          ? ['week', 'day', 'now']
          : left > 2 * dayMs
            ? ['day', 'hours', 'now']
            : left > 4 * hourMs
              ? ['hours', 'hour', 'now']
              : ['hour', 'now'];
    return names.map(each => choice(turn.language, `reminder:lead:${each}`, `reminder.lead-${each}`));
  }

  async function ask(turn: Turn, state: State, lead?: string): Promise<Decision> {
    const { language } = turn;
    const before = lead === undefined ? '' : `${say(language, lead)}\n`;
    if (state.what === undefined || state.what === '')
      return reply(`${before}${say(language, 'reminder.ask-what')}`, [stop(turn)], state);
    const dueAt = dueOf(state);
    const known = state.known === undefined ? undefined : reminders.known.get(state.known, turn.now);
    if (dueAt === undefined) {
      const asked = known
        ? say(language, 'reminder.ask-own', { what: state.what, note: inLanguage(known.note, language) })
        : say(language, 'reminder.ask-when');
      return reply(`${before}${asked}`, [stop(turn)], state);
    }
    if (dueAt <= turn.now && state.repeats === undefined) {
      const { day: _day, minutes: _minutes, ...rest } = state;
      return reply(
        say(language, 'reminder.past', { when: momentWords(dueAt, language) }),
        [stop(turn)],
        rest,
      );
    }
    if (state.leadsMs === undefined)
      return reply(
        `${before}${say(language, 'reminder.ask-lead', { when: momentWords(dueAt, language) })}`,
        [...leadChoices(turn, dueAt), stop(turn)],
        state,
      );
    const ladder = await ladderOf(turn, state.phone);
    if (ladder === 'ask-phone')
      return reply(`${before}${say(language, 'reminder.ask-phone')}`, [stop(turn)], state);
    if (!ladder) return ended(turn, 'reminder.nowhere');
    const fault = reminders.fault(known?.text ?? textOf(state.what), language);
    if (fault !== undefined) {
      const { what: _what, ...rest } = state;
      return reply(
        say(language, /link/u.test(fault) ? 'reminder.no-links' : 'reminder.too-long'),
        [stop(turn)],
        rest,
      );
    }
    const { what, leadsMs } = state;
    return check(turn, { state: { ...state, what, leadsMs }, dueAt, ladder, known, before });
  }

  /** Everything once more in full words; picking "yes" is the consent. */
  function check(turn: Turn, { state, dueAt, ladder, known, before }: Checked): Decision {
    const { language } = turn;
    const purpose = known?.purpose ?? 'personal';
    const moments = [...new Set(state.leadsMs.map(leadMs => reminders.tellAt(purpose, dueAt, leadMs)))]
      .filter(at => at > turn.now)
      .sort((a, b) => a - b);
    // Where all of them have passed it is told as soon as the hours of its purpose allow.
    const soonest = Math.max(turn.now, reminders.tellAt(purpose, dueAt, dueAt - turn.now));
    const told = moments.length > 0 ? moments : [soonest];
    const ways = ladder.map(({ way }) =>
      say(language, `reminder.way-${way}`, { phone: spaced(state.phone) }),
    );
    const when = known ? dayWords(dueAt, language) : momentWords(dueAt, language);
    const text = say(language, known ? 'reminder.check-known' : 'reminder.check', {
      what: state.what,
      when: [when, repeatWords(language, state.repeats)].filter(Boolean).join(' '),
      told: told.map(at => momentWords(at, language)).join(', '),
      way: ways.join(', '),
      ...(known ? { note: inLanguage(known.note, language), source: known.source } : {}),
    });
    return reply(
      `${before}${text}`,
      [
        choice(language, 'reminder:yes', state.id === undefined ? 'reminder.yes' : 'reminder.yes-move'),
        ...(known && state.repeats !== undefined ? [choice(language, 'reminder:once', 'reminder.once')] : []),
        choice(language, 'reminder:fix', 'reminder.fix'),
        stop(turn),
      ],
      state,
    );
  }

  return { ask, ended, reply, choice, stop, repeatWords, ladderOf };
}
