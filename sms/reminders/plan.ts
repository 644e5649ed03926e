import type { Occurrence, Reminder, ReminderEvent, ReminderPurpose, SendingTimes } from '../../core';

/** Dates of a rule that are looked at for one with a telling; rules with hours never kept end here. */
const farthestDates = 400;

type Plan = Pick<Reminder, 'purpose' | 'dueAt' | 'firstDueAt' | 'leadsMs'> &
  Pick<Partial<Reminder>, 'repeats'>;

/** All tellings of one due moment, earliest first: those that the hours of the purpose bring to one moment are one, the latest. */
export function occurrencesOf(
  purpose: ReminderPurpose,
  dueAt: number,
  leadsMs: readonly number[],
  times: SendingTimes,
): Occurrence[] {
  const byMoment = new Map<number, Occurrence>();
  for (const leadMs of [...leadsMs].sort((a, b) => b - a)) {
    const at = times.tellAt(purpose, dueAt, leadMs);
    const occurrence = { key: `${dueAt}.${leadMs}`, dueAt, leadMs, at };
    if (at <= times.usefulUntil(purpose, occurrence)) byMoment.set(at, occurrence);
  }
  return [...byMoment.values()].sort((a, b) => a.at - b.at);
}

/** The first telling for which `ahead` holds, on this due moment or a later one of the rule. */
function firstAhead(
  plan: Plan,
  times: SendingTimes,
  ahead: (occurrence: Occurrence) => boolean,
): Occurrence | undefined {
  let dueAt: number | undefined = plan.dueAt;
  for (let dates = 0; dueAt !== undefined && dates < farthestDates; dates += 1) {
    const found = occurrencesOf(plan.purpose, dueAt, plan.leadsMs, times).find(ahead);
    if (found) return found;
    dueAt = plan.repeats === undefined ? undefined : times.nextDue(plan.repeats, plan.firstDueAt, dueAt);
  }
  return undefined;
}

/** The telling after `done`. */
export const nextAfter = (plan: Plan, done: Occurrence, times: SendingTimes): Occurrence | undefined =>
  firstAhead({ ...plan, dueAt: done.dueAt }, times, each => each.dueAt > done.dueAt || each.at > done.at);

/** The first telling of a new plan that can still be of use: a lead that has passed is told at once where that helps. */
export const firstOf = (plan: Plan, times: SendingTimes, now: number): Occurrence | undefined => {
  const useful = (each: Occurrence): boolean => times.usefulUntil(plan.purpose, each) >= now;
  const first = firstAhead(plan, times, useful);
  if (!first || first.at > now) return first;
  // Of several that have passed only the latest.
  const passed = occurrencesOf(plan.purpose, first.dueAt, plan.leadsMs, times).filter(
    each => each.at <= now && useful(each),
  );
  return passed.at(-1) ?? first;
};

/** What the scheduler does about a reminder whose moment may have come. */
export type Step =
  | { readonly kind: 'tell'; readonly record: Reminder; readonly occurrence: Occurrence }
  /** Nothing now: written back, so that it leaves the due part of the index. */
  | { readonly kind: 'wait'; readonly record: Reminder };

const withEvent = (record: Reminder, event: ReminderEvent): Reminder => ({
  ...record,
  history: [...record.history, event],
});

/** The record with `next` set, or at its end. */
export function onto(record: Reminder, next: Occurrence | undefined): Reminder {
  const { next: _done, ...rest } = record;
  return next
    ? { ...rest, next, dueAt: next.dueAt, lookAt: next.at, state: 'scheduled' }
    : { ...rest, state: 'ended' };
}

/**
 * Goes on to the telling that is to be told now: what is no longer of use, or overtaken by a later telling of the same that is due
 * as well, is passed over and recorded. Pure.
 */
export function takeUp(from: Reminder, times: SendingTimes, now: number): Step {
  let record = from;
  for (;;) {
    const { next, purpose } = record;
    if (!next) return { kind: 'wait', record: { ...record, state: 'ended', changedAt: now } };
    if (next.at > now) return { kind: 'wait', record: { ...record, lookAt: next.at, changedAt: now } };
    const following = nextAfter(record, next, times);
    const until = Math.min(times.usefulUntil(purpose, next), record.expiresAt ?? Number.MAX_SAFE_INTEGER);
    const openAt = times.allowed(purpose, now);
    const overtaken = following !== undefined && following.dueAt === next.dueAt && following.at <= now;
    if (openAt > until || overtaken) {
      const what = overtaken ? 'superseded' : 'stale';
      record = onto(withEvent(record, { at: now, what, occurrence: next.key }), following);
      record = { ...record, changedAt: now };
      if (record.state === 'ended') return { kind: 'wait', record };
      continue;
    }
    if (openAt > now) {
      const postponed = withEvent(record, {
        at: now,
        what: 'postponed',
        occurrence: next.key,
        why: 'outside the hours of its purpose',
      });
      return { kind: 'wait', record: { ...postponed, lookAt: openAt, changedAt: now } };
    }
    return { kind: 'tell', record, occurrence: next };
  }
}
