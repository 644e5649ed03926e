import {
  type Choice,
  type Decision,
  type Dialog,
  type LadderStep,
  type ReminderDraft,
  type ReminderPurpose,
  type ReminderText,
  type SendingTimes,
  type Turn,
  dayWords,
  timeWords,
  bangkokTimeOf,
} from '../../core';
import type { CaseDialogParts } from './case-parts';
import { type ReminderDialogState as State, readReminderState } from './reminder-state';
import {
  asksForList,
  asksToRemind,
  isFromNow,
  matterIn,
  reminderName,
  repeatIn,
  usualMinutes,
  whenIn,
} from './reminder-words';
import { cancels, isTopic, phoneIn, typedIn, wanders } from './typed';
import { withWayBack } from './way-back';

/** A reminder that lies ahead, for its person. */
export interface AheadReminder {
  readonly id: string;
  readonly purpose: ReminderPurpose;
  readonly dueAt: number;
  readonly text: ReminderText;
  readonly repeats?: string;
  readonly leadsMs: readonly number[];
}

/** What the dialog looks up; what is to be done is a command of its decision. */
export interface ReminderLookups {
  ahead(personId: string, limit: number): Promise<readonly AheadReminder[]>;
  /** Why a text cannot be sent; `undefined` when it can. */
  fault(text: ReminderText, language: string): string | undefined;
  readonly tellAt: SendingTimes['tellAt'];
  /** Whether SMS can be sent here. */
  canSms(): boolean;
  /** The number behind an address of SMS. */
  phoneOf(addressId: string): Promise<string | undefined>;
}

export interface ReminderDialogParts extends CaseDialogParts {
  readonly reminders: ReminderLookups;
}

const name = 'reminder';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const shown = 6;

/** How long before, by how the person picks it. */
const leads = {
  now: [0],
  hour: [hourMs],
  hours: [3 * hourMs],
  day: [dayMs],
  week: [7 * dayMs, dayMs],
  month: [30 * dayMs, 7 * dayMs, dayMs],
} as const satisfies Readonly<Record<string, readonly number[]>>;
type LeadName = keyof typeof leads;

const isLead = (word: string): word is LeadName => Object.hasOwn(leads, word);

/** "เตือนฉันต่อใบขับขี่ 15 มี.ค. 71": a reminder made, moved and cancelled in the chat. */
export function reminder({ cases, reminders, say }: ReminderDialogParts): Dialog {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  const reply = (
    text: string,
    choices: readonly Choice[],
    state: State | null,
    more: Partial<Decision> = {},
  ): Decision => ({
    replies: [{ kind: 'choices', text, choices }],
    outcome: 'reminder',
    dialog: state && { dialog: name, state },
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
  const dueOf = (state: State): number | undefined =>
    state.day === undefined ? undefined : state.day + (state.minutes ?? usualMinutes) * minuteMs;

  const momentWords = (at: number, language: string): string =>
    `${dayWords(at, language)} ${timeWords(bangkokTimeOf(at).minutes, language)}`;

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
    if (dueAt === undefined)
      return reply(`${before}${say(language, 'reminder.ask-when')}`, [stop(turn)], state);
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
    const fault = reminders.fault(textOf(state.what), language);
    if (fault !== undefined) {
      const { what: _what, ...rest } = state;
      return reply(
        say(language, /link/u.test(fault) ? 'reminder.no-links' : 'reminder.too-long'),
        [stop(turn)],
        rest,
      );
    }
    return check(turn, { ...state, what: state.what, leadsMs: state.leadsMs }, dueAt, ladder, before);
  }

  const textOf = (what: string): ReminderText => ({
    template: 'personal',
    values: { what: { kind: 'text', text: what } },
  });

  /** Everything once more in full words; picking "yes" is the consent. */
  function check(
    turn: Turn,
    state: State & { readonly what: string; readonly leadsMs: readonly number[] },
    dueAt: number,
    ladder: readonly LadderStep[],
    before: string,
  ): Decision {
    const { language } = turn;
    const moments = [...new Set(state.leadsMs.map(leadMs => reminders.tellAt('personal', dueAt, leadMs)))]
      .filter(at => at > turn.now)
      .sort((a, b) => a - b)
      .map(at => momentWords(at, language));
    const ways = ladder.map(({ way }) =>
      say(language, `reminder.way-${way}`, { phone: spaced(state.phone) }),
    );
    const text = say(language, 'reminder.check', {
      what: state.what,
      when: [momentWords(dueAt, language), repeatWords(language, state.repeats)].filter(Boolean).join(' '),
      told: moments.join(', ') || momentWords(turn.now, language),
      way: ways.join(', '),
    });
    return reply(
      `${before}${text}`,
      [
        choice(language, 'reminder:yes', state.id === undefined ? 'reminder.yes' : 'reminder.yes-move'),
        choice(language, 'reminder:fix', 'reminder.fix'),
        stop(turn),
      ],
      state,
    );
  }

  const spaced = (phone: string | undefined): string =>
    (phone ?? '').replace(/^\+66(\d+?)(\d{3})(\d{4})$/u, '0$1 $2 $3');

  async function send(turn: Turn, state: State): Promise<Decision> {
    const dueAt = dueOf(state);
    const { what, leadsMs } = state;
    const ladder = await ladderOf(turn, state.phone);
    const personId = await cases.personOf(turn.event.addressId);
    if (
      what === undefined ||
      leadsMs === undefined ||
      dueAt === undefined ||
      !Array.isArray(ladder) ||
      !personId
    )
      return ask(turn, state);
    if (state.id !== undefined)
      return ended(turn, 'reminder.moved', {
        commands: [{ kind: 'reminder.change', data: { id: state.id, personId, change: { dueAt, leadsMs } } }],
      });
    const phone = turn.event.channel === 'sms' ? await reminders.phoneOf(turn.event.addressId) : state.phone;
    const draft: Omit<ReminderDraft, 'key' | 'by'> = {
      agencyId: turn.conversation.agencyId,
      personId,
      conversationId: turn.conversation.id,
      purpose: 'personal',
      basis: { basis: 'consent', at: turn.now, how: say(turn.language, 'reminder.yes') },
      text: textOf(what),
      dueAt,
      leadsMs,
      ladder,
      language: turn.language,
      asks: false,
      ...(phone ? { phone } : {}),
      ...(state.repeats ? { repeats: state.repeats } : {}),
    };
    return ended(turn, 'reminder.made', { commands: [{ kind: 'reminder.create', data: draft }] });
  }

  async function list(turn: Turn): Promise<Decision> {
    const { language } = turn;
    const personId = await cases.personOf(turn.event.addressId);
    const mine = personId ? await reminders.ahead(personId, shown) : [];
    const again = choice(language, 'reminder:new', 'reminder.new');
    if (mine.length === 0) return reply(say(language, 'reminder.none'), [again], null);
    const lines = mine.map((each, index) =>
      `${index + 1}. ${reminderName(each, language)} ${momentWords(each.dueAt, language)} ${repeatWords(language, each.repeats)}`.trim(),
    );
    const choices = mine.map((each, index) => ({
      id: `reminder:show:${each.id}`,
      label: say(language, 'reminder.pick', { number: index + 1, what: reminderName(each, language) }),
    }));
    return reply(`${say(language, 'reminder.list')}\n${lines.join('\n')}`, [...choices, again], null);
  }

  async function one(turn: Turn, word: string, id: string): Promise<Decision> {
    const { language } = turn;
    const personId = await cases.personOf(turn.event.addressId);
    const mine = personId ? await reminders.ahead(personId, 50) : [];
    const found = mine.find(each => each.id === id);
    if (!found || !personId) return list(turn);
    const what = reminderName(found, language);
    switch (word) {
      case 'cancel':
        return ended(turn, 'reminder.cancelled', {
          commands: [{ kind: 'reminder.cancel', data: { id, personId } }],
        });
      case 'move':
        return reply(say(language, 'reminder.ask-when'), [stop(turn)], {
          id,
          what,
          leadsMs: [...found.leadsMs],
        });
      default:
        return reply(
          say(language, 'reminder.one', { what, when: momentWords(found.dueAt, language) }),
          [
            ...(found.purpose === 'personal'
              ? [choice(language, `reminder:move:${id}`, 'reminder.move')]
              : []),
            choice(language, `reminder:cancel:${id}`, 'reminder.cancel'),
            choice(language, 'reminder:list', 'reminder.list-title'),
          ],
          null,
        );
    }
  }

  function onChoice(turn: Turn, id: string, state: State): Promise<Decision> | Decision {
    const [, word = '', ...rest] = id.split(':');
    const value = rest.join(':');
    switch (word) {
      case 'stop':
        return ended(turn, 'reminder.stopped');
      case 'list':
        return list(turn);
      case 'show':
      case 'move':
      case 'cancel':
        return one(turn, word, value);
      case 'lead':
        return ask(turn, isLead(value) ? { ...state, leadsMs: [...leads[value]] } : state);
      case 'fix':
        return ask(
          turn,
          state.id === undefined ? {} : { id: state.id, ...(state.what ? { what: state.what } : {}) },
        );
      case 'yes':
        return send(turn, state);
      case 'new':
        return ask(turn, {});
      default:
        return ask(turn, state);
    }
  }

  /** What a text adds to what is known. */
  function read(turn: Turn, text: string, state: State): State {
    const before =
      state.day === undefined
        ? undefined
        : { day: state.day, ...(state.minutes === undefined ? {} : { minutes: state.minutes }) };
    const when = whenIn(turn, text, before);
    const repeat = repeatIn(text);
    const what = state.what ?? matterIn(turn, text);
    return {
      ...state,
      ...(what ? { what } : {}),
      ...(when ? { day: when.day, ...(when.minutes === undefined ? {} : { minutes: when.minutes }) } : {}),
      ...(repeat ? { repeats: repeat.rule } : {}),
      // What comes every day, or in so many minutes, is told then.
      ...(isFromNow(turn) || repeat?.rule === 'FREQ=DAILY' ? { leadsMs: [0] } : {}),
    };
  }

  function onText(turn: Turn, text: string, state: State): Promise<Decision> | Decision | undefined {
    if (cancels(text)) return ended(turn, 'reminder.stopped');
    if (wanders(turn, text)) return undefined;
    const complete = state.what !== undefined && dueOf(state) !== undefined && state.leadsMs !== undefined;
    const phone = complete && state.phone === undefined ? phoneIn(text, turn) : undefined;
    if (phone) return ask(turn, { ...state, phone });
    if (complete && turn.understanding?.intent === 'yes') return send(turn, state);
    const next = read(turn, text, state);
    const isSame = JSON.stringify(next) === JSON.stringify(state);
    if (isSame && isTopic(turn)) return undefined;
    return ask(turn, next, isSame ? 'reminder.again' : undefined);
  }

  return {
    name,
    choice: name,
    intents: ['reminder'],
    hears: turn => asksToRemind(typedIn(turn) ?? ''),
    start(turn) {
      if (turn.conversation.audience === 'group') return ended(turn, 'case.group');
      if (turn.choice !== undefined) return onChoice(turn, turn.choice, {});
      const { content } = turn.event;
      const text = content.kind === 'text' ? content.text : '';
      return asksForList(text) ? list(turn) : ask(turn, read(turn, text, {}));
    },
    resume(turn, stored) {
      const state = readReminderState(stored);
      if (!state) return undefined;
      if (turn.choice !== undefined)
        return turn.choice === name || turn.choice.startsWith(`${name}:`)
          ? onChoice(turn, turn.choice, state)
          : undefined;
      const { content } = turn.event;
      return content.kind === 'text' ? onText(turn, content.text, state) : undefined;
    },
    pause(turn, stored, decision) {
      const state = readReminderState(stored);
      if (!state || decision.dialog || decision.outcome === 'crisis') return decision;
      return withWayBack(
        decision,
        { dialog: name, state },
        choice(turn.language, 'reminder:continue', 'reminder.continue'),
        say(turn.language, 'reminder.paused'),
      );
    },
  };
}
