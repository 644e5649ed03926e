import type { Decision, Dialog, ReminderDraft, Turn } from '../../core';
import { reminderList } from './reminder-list';
import type { ReminderDialogParts } from './reminder-parts';
import {
  dueOf,
  isLead,
  leads,
  proposed,
  reminderDialog as name,
  reminderQuestions,
  textOf,
} from './reminder-questions';
import { type ReminderDialogState as State, readReminderState } from './reminder-state';
import { asksForList, asksToRemind, isFromNow, matterIn, repeatIn, whenIn } from './reminder-words';
import { cancels, isTopic, phoneIn, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

/** "เตือนฉันต่อใบขับขี่ 15 มี.ค. 71": a reminder made, moved and cancelled in the chat. */
export function reminder(parts: ReminderDialogParts): Dialog {
  const { cases, reminders, say } = parts;
  const questions = reminderQuestions(parts);
  const { ask, ended, ladderOf } = questions;
  const { list, one } = reminderList(parts, questions);

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
    const known = state.known === undefined ? undefined : reminders.known.get(state.known, turn.now);
    const phone = turn.event.channel === 'sms' ? await reminders.phoneOf(turn.event.addressId) : state.phone;
    const draft: Omit<ReminderDraft, 'key' | 'by'> = {
      agencyId: turn.conversation.agencyId,
      personId,
      conversationId: turn.conversation.id,
      purpose: known?.purpose ?? 'personal',
      basis: { basis: 'consent', at: turn.now, how: say(turn.language, 'reminder.yes') },
      text: known?.text ?? textOf(what),
      dueAt,
      leadsMs,
      ladder,
      language: turn.language,
      asks: false,
      ...(phone ? { phone } : {}),
      ...(state.repeats ? { repeats: state.repeats } : {}),
      ...(known?.topic ? { topic: known.topic } : {}),
    };
    return ended(turn, 'reminder.made', { commands: [{ kind: 'reminder.create', data: draft }] });
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
      case 'once': {
        const { repeats: _yearly, ...once } = state;
        return ask(turn, once);
      }
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
    const isOpen = state.what === undefined && !when && (!repeat || repeat.rule === 'FREQ=YEARLY');
    const known = isOpen ? reminders.known.called(what, turn.now) : undefined;
    if (known) return { ...state, ...proposed(known, turn.language) };
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
    pause: holdsDraft(say, name, readReminderState),
  };
}
