import type {
  LadderStep,
  Occurrence,
  OutboxItem,
  Reminder,
  ReminderEvent,
  ReminderWay,
  SendingTimes,
  Telling,
} from '../../core';
import { onto } from './plan';
import { type NotTold, noteOf } from './reasons';

const minuteMs = 60_000;

/** A telling handed to its conversation is looked for when nothing was heard of it for so long. */
export const lostAfterMs = 30_000;

/** Waits before another try on the same way after a temporary failure: the phone was off, the line busy. */
const tryAgainMs = [20 * minuteMs, 2 * 60 * minuteMs] as const;

/** A leader who has not ticked a relay back after so long is taken to be out of reach. */
const passOnWithinMs = 24 * 60 * minuteMs;

/** Why a sending was held back at the last moment; see `withheld`. */
export const withheldReasons = {
  cancelled: 'cancelled',
  changed: 'changed',
  stopped: 'stopped',
  late: 'past',
} as const satisfies Readonly<Record<string, NotTold>>;
const isWithheld = (why: string | undefined): boolean =>
  Object.values<string | undefined>(withheldReasons).includes(why);

/** The key of one effect: of this reminder, this occurrence, on this step, at this try. */
export const gateOf = (id: string, { occurrence, step, attempt }: Telling): string =>
  `${id}.${occurrence.key}.${step}.${attempt}`;

export const reminderOfGate = (gate: string): string => gate.slice(0, gate.indexOf('.'));

const wayOf = (record: Reminder, step: number): ReminderWay | undefined => record.ladder[step]?.way;

export function noted(record: Reminder, ...events: readonly ReminderEvent[]): Reminder {
  const last = events.at(-1);
  return {
    ...record,
    history: [...record.history, ...events],
    ...(last ? { changedAt: Math.max(record.changedAt, last.at) } : {}),
  };
}

/** The event about a telling. */
const eventOf = (
  record: Reminder,
  telling: Telling,
  at: number,
  what: ReminderEvent['what'],
  why?: string,
): ReminderEvent => {
  const way = wayOf(record, telling.step);
  return {
    at,
    what,
    occurrence: telling.occurrence.key,
    ...(way === undefined ? {} : { way }),
    ...(why === undefined ? {} : { why }),
  };
};

const untilOf = (record: Reminder, { occurrence }: Telling, times: SendingTimes): number =>
  Math.min(times.usefulUntil(record.purpose, occurrence), record.expiresAt ?? Number.MAX_SAFE_INTEGER);

/** Begins a telling: what comes after it is planned at once, so that only this one is under way. */
export const begun = (
  record: Reminder,
  occurrence: Occurrence,
  following: Occurrence | undefined,
  now: number,
): Reminder => {
  const planned = onto(record, following);
  const telling: Telling = { occurrence, step: 0, attempt: 1, state: 'waiting', tryAt: now };
  return { ...planned, state: 'scheduled', telling };
};

/** Hands the telling to a conversation. */
export function queued(record: Reminder, telling: Telling, conversationId: string, now: number): Reminder {
  const { tryAt: _now, ...rest } = telling;
  const next: Telling = { ...rest, conversationId, state: 'queued' };
  return {
    ...noted(record, eventOf(record, next, now, 'queued')),
    telling: next,
    lookAt: now + lostAfterMs,
  };
}

/** Puts the telling off, such as to a day with allowance; it stays where it is on the ladder. */
export const putOff = (
  record: Reminder,
  telling: Telling,
  tryAt: number,
  now: number,
  why: string,
): Reminder => ({
  ...noted(record, eventOf(record, telling, now, 'postponed', why)),
  telling: { ...telling, state: 'waiting', tryAt },
  lookAt: soonest(record, tryAt),
});

const soonest = ({ next }: Reminder, at: number): number => (next ? Math.min(next.at, at) : at);

/** After the telling: the next one is waited for, or it is over. */
function settled(record: Reminder, telling: Telling): Reminder {
  const done: Reminder = { ...record, telling };
  return record.next ? { ...done, state: 'scheduled', lookAt: record.next.at } : { ...done, state: 'ended' };
}

/**
 * A step that did not get through: another try on it after a temporary failure, else the next step, else the desk. A later telling
 * is not given up for an earlier one that failed for a time.
 */
export function failed(
  record: Reminder,
  telling: Telling,
  failure: { readonly why: string; readonly permanent: boolean },
  times: SendingTimes,
  now: number,
): Reminder {
  const told = noted(record, eventOf(record, telling, now, 'failed', failure.why));
  const until = untilOf(record, telling, times);
  const wait = failure.permanent ? undefined : tryAgainMs[telling.attempt - 1];
  const { conversationId: _here, ...rest } = telling;
  if (wait !== undefined && times.allowed(record.purpose, now + wait) <= until) {
    const tryAt = times.allowed(record.purpose, now + wait);
    const again: Telling = { ...rest, attempt: telling.attempt + 1, state: 'waiting', tryAt };
    return { ...told, state: 'scheduled', telling: again, lookAt: soonest(record, tryAt) };
  }
  if (telling.step + 1 < record.ladder.length && now <= until) {
    const climbed: Telling = { ...rest, step: telling.step + 1, attempt: 1, state: 'waiting', tryAt: now };
    return { ...told, state: 'scheduled', telling: climbed, lookAt: now };
  }
  const { tryAt: _never, ...last } = telling;
  const over: Telling = { ...last, state: 'sent' };
  if (told.next && !failure.permanent) return settled(told, over);
  return { ...told, telling: over, state: 'failed' };
}

const same = (a: Telling, gate: string, id: string): boolean => gateOf(id, a) === gate;

/** Only noted: the reminder has gone on, was changed or cancelled meanwhile. */
function late(
  record: Reminder,
  gate: string,
  what: ReminderEvent['what'],
  now: number,
  why?: string,
): Reminder {
  const parts = gate.split('.');
  const occurrence = `${parts[1]}.${parts[2]}`;
  const way = wayOf(record, Number(parts[3]));
  const known = record.history.some(
    each => each.what === what && each.occurrence === occurrence && each.way === way,
  );
  if (known) return record;
  return noted(record, { at: now, what, occurrence, ...(way ? { way } : {}), ...(why ? { why } : {}) });
}

/** The reminder once its sending has reached an end; the same record when there is nothing new. Pure. */
export function afterSending(
  record: Reminder,
  gate: string,
  item: Pick<OutboxItem, 'state' | 'why' | 'fault'>,
  times: SendingTimes,
  now: number,
): Reminder {
  const { telling } = record;
  const isCurrent =
    telling?.state === 'queued' && same(telling, gate, record.id) && record.state === 'scheduled';
  switch (item.state) {
    case 'waiting':
    case 'sending':
      return record;
    case 'sent':
    case 'unknown': {
      const what = item.state === 'sent' ? 'sent' : 'in-doubt';
      if (!isCurrent) return late(record, gate, what, now, item.why);
      const told = noted(record, eventOf(record, telling, now, what, item.why));
      const done: Telling = { ...telling, state: 'sent' };
      if (wayOf(record, telling.step) !== 'relay') return settled(told, done);
      const tryAt = now + passOnWithinMs;
      return { ...told, state: 'scheduled', telling: { ...done, tryAt }, lookAt: soonest(record, tryAt) };
    }
    case 'refused': {
      const why = item.why ?? 'refused';
      if (!isCurrent) return late(record, gate, isWithheld(item.why) ? 'withheld' : 'failed', now, item.why);
      if (!isWithheld(item.why)) return failed(record, telling, { why, permanent: true }, times, now);
      const held = noted(record, eventOf(record, telling, now, 'withheld', why));
      return settled(held, { ...telling, state: 'sent' });
    }
  }
}

/** News of the operator about what was sent: arrived, or not after all. Pure. */
export function afterReport(
  record: Reminder,
  gate: string,
  news: { readonly state: 'delivered' | 'failed'; readonly permanent: boolean; readonly why?: string },
  times: SendingTimes,
  now: number,
): Reminder {
  const { telling } = record;
  const isCurrent =
    telling?.state === 'sent' && same(telling, gate, record.id) && record.state !== 'cancelled';
  if (news.state === 'delivered' || !isCurrent) return late(record, gate, news.state, now, news.why);
  return failed(record, telling, { why: news.why ?? 'not delivered', permanent: news.permanent }, times, now);
}

/** What became of a relay nobody ticked back. */
export function notPassedOn(record: Reminder, telling: Telling, times: SendingTimes, now: number): Reminder {
  return failed(record, telling, { why: noteOf('leader', 'not ticked back'), permanent: true }, times, now);
}

export const stepOf = (record: Reminder, telling: Telling): LadderStep | undefined =>
  record.ladder[telling.step];
