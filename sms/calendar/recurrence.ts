import { type Options, RRule } from 'rrule';
import { AppError, bangkokMs, bangkokTimeOf } from '../../core';

/** The library counts in whole seconds. */
const secondMs = 1000;
const longestText = 300;
const mostInterval = 400;
/** A rule that names nothing for so long has ended: `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31`. */
const farthestYears = 45;

/** What a rule may say. Nobody is reminded by the hour, and what it counts from stands elsewhere. */
const known =
  /^(?:FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=\d{1,3}|COUNT=\d{1,4}|UNTIL=\d{8}(?:T\d{6}Z)?|WKST=[A-Z]{2}|BY(?:DAY|MONTH|MONTHDAY|SETPOS)=[-+\dA-Z,]{1,80})$/u;

const refused = (rule: string, why: string, cause?: unknown): AppError =>
  new AppError(
    'INPUT_INVALID',
    `The rule of repetition "${rule.slice(0, longestText)}" cannot be used: ${why}.`,
    {
      cause,
    },
  );

function parsed(rule: string): Partial<Options> {
  const text = rule.replace(/^RRULE:/u, '').toUpperCase();
  const parts = text.split(';');
  if (text.length > longestText || !parts.every(part => known.test(part)))
    throw refused(rule, 'write it as FREQ=YEARLY, with INTERVAL, COUNT, UNTIL or BY… where needed');
  if (parts.filter(part => part.startsWith('FREQ=')).length !== 1) throw refused(rule, 'it needs one FREQ');
  try {
    const options = RRule.parseString(text);
    const interval = options.interval ?? 1;
    if (interval < 1 || interval > mostInterval) throw refused(rule, 'its interval is out of range');
    return options;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw refused(rule, 'it is no rule of RFC 5545', error);
  }
}

/**
 * RFC 5545 passes over days that a month or year does not have: who is to be told on the 31st, or on 29 February, would hear nothing.
 * Here the last day of the month stands in for it, as the Civil and Commercial Code counts (section 193/5).
 */
function withMonthEnds(options: Partial<Options>, firstDueAt: number): Partial<Options> {
  const { month, day } = bangkokTimeOf(firstDueAt);
  const free = options.bymonthday == null && options.byweekday == null && options.bysetpos == null;
  if (!free || day <= 28) return options;
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index);
  if (options.freq === RRule.MONTHLY) return { ...options, bymonthday: days, bysetpos: -1 };
  if (options.freq === RRule.YEARLY && options.bymonth == null && month === 2)
    return { ...options, bymonth: 2, bymonthday: days, bysetpos: -1 };
  return options;
}

/** The next due moment of a rule after `dueAt`, counted from `firstDueAt` on Bangkok's clock; `undefined`: it has ended. */
export function nextDue(rule: string, firstDueAt: number, dueAt: number): number | undefined {
  const options = withMonthEnds(parsed(rule), firstDueAt);
  const below = firstDueAt % secondMs;
  // The library knows no zones: Bangkok's clock is handed to it as if it were UTC.
  const local = (at: number): Date => new Date(at - below + bangkokMs);
  const farthest = new Date(local(dueAt));
  farthest.setUTCFullYear(farthest.getUTCFullYear() + farthestYears);
  const until = options.until && options.until < farthest ? options.until : farthest;
  const next = new RRule({ ...options, dtstart: local(firstDueAt), until }).after(local(dueAt));
  return next === null ? undefined : next.getTime() - bangkokMs + below;
}

/** Why a rule cannot be used; `undefined` when it can. */
export function ruleFault(rule: string): string | undefined {
  try {
    parsed(rule);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.message : String(error);
  }
}
