import { daysInMonth, isoDay, isoMonth, isoYear, type Day } from './calendar';
import { monthFor, yearFor, type Lean } from './resolve';
import type { Reading } from './tokens';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An entity before it is handed out: folded offsets. */
export interface Found extends Span {
  readonly kind: string;
  readonly value: string;
  readonly confidence?: number;
  /** A date whose year was said, not filled in. */
  readonly dated?: boolean;
}

/** A date as it was said: what is missing is filled in from its neighbour in a range, then from today. */
export interface DateRead extends Span {
  readonly next: number;
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  readonly weekday?: number | undefined;
  readonly lean?: Lean | undefined;
  /** A period that is no single day, month or year. */
  readonly period?: { readonly kind: 'date' | 'range' | 'datetime'; readonly value: string } | undefined;
  /** "tonight": an hour after midnight belongs to the next day. */
  readonly night?: boolean;
  /** Entities inside, such as the month in "ต้นเดือนมกราคม". */
  readonly inner?: readonly Found[];
}

export interface DateValue {
  readonly kind: 'date' | 'range' | 'datetime';
  readonly value: string;
  readonly day?: Day;
}

/** Fills in what was not said; undefined when no such day exists. */
export function dateValue(reading: Reading, read: DateRead): DateValue | undefined {
  const { month, day, weekday, lean } = read;
  let { year } = read;
  if (read.period !== undefined) return read.period;
  if (month === undefined) {
    if (day === undefined) return year === undefined ? undefined : { kind: 'date', value: isoYear(year) };
    const found = monthFor(reading.today, day, { weekday, lean });
    return found === undefined ? undefined : { kind: 'date', value: isoDay(found), day: found };
  }
  year ??= yearFor(reading.today, month, day ?? 15, {
    weekday: day === undefined ? undefined : weekday,
    lean,
  });
  if (day === undefined) return { kind: 'date', value: isoMonth(year, month) };
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  const whole = { year, month, day };
  return { kind: 'date', value: isoDay(whole), day: whole };
}
