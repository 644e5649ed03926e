import type { Era } from '../eras';

export type Unit =
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'night'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year'
  | 'decade'
  | 'century';

/** What a little word does in a phrase of time or quantity. */
export type Role =
  // before a date, an age, a clock time
  | 'date-mark'
  | 'clock-mark'
  | 'age'
  | 'born'
  | 'about'
  | 'ahead'
  | 'on'
  | 'of'
  // between two
  | 'to'
  | 'and'
  // after a unit or a date
  | 'this'
  | 'next'
  | 'last'
  | 'before'
  | 'coming'
  | 'same'
  | 'ago'
  | 'from-now'
  | 'exact'
  | 'front'
  | 'day-before-time'
  // clock
  | 'hour-sign'
  | 'mong'
  | 'thum'
  | 'ti'
  | 'bai'
  | 'noon'
  | 'midnight'
  | 'dawn'
  | 'dusk'
  | 'am'
  | 'pm'
  | 'oclock'
  // numbers
  | 'percent'
  | 'percent-mark'
  | 'thousand-letter'
  | 'million-letter'
  | 'ordinal'
  | 'money-mark'
  | 'satang'
  | 'vague'
  | 'dozen'
  | 'year-mark'
  | 'years-old'
  | 'wai';

/** Which part of a period: `start` its first third, `last-day` its last day, and so on. */
export type Phase = 'start' | 'middle' | 'end' | 'last-day' | 'first-half' | 'second-half';

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

/** One word may play several parts; the phrase around it decides. */
export interface Word {
  readonly role?: Role;
  /** 1-9, or 0. */
  readonly digit?: number;
  /** Power of ten: สิบ 1 … ล้าน 6. */
  readonly place?: number;
  /** เอ็ด stands only at the end, ยี่ only before สิบ. */
  readonly only?: 'last' | 'twenty';
  readonly half?: true;
  readonly point?: true;
  /** กว่า, เศษ: "and some". */
  readonly some?: true;
  readonly month?: number;
  /** A month's name that is also something else: believed only beside a day or a year. */
  readonly shy?: true;
  /** 0 is Sunday. */
  readonly weekday?: number;
  readonly weekdayPair?: true;
  readonly unit?: Unit;
  readonly era?: Era;
  readonly phase?: Phase;
  /** Days from today. */
  readonly shift?: number;
  readonly part?: PartOfDay;
  readonly classifier?: true;
  readonly baht?: true;
  readonly english?: number;
  readonly foreign?: true;
  /** A day of every year, `MM-DD`. */
  readonly feast?: string;
}
