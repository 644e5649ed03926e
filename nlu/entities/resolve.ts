import { addDays, addMonths, dayNumber, daysInMonth, weekdayOf, type Day } from './calendar';

/** Which way the words around a date point: ที่ผ่านมา, ที่จะถึง. */
export type Lean = 'past' | 'future';

/** How far into a neighbouring year a date without a year may be taken to lie. */
const neighbourDays = 90;

/**
 * The year of a day and month said without one. A weekday decides if it fits one year only; else the words around decide
 * (past, future); else the year of `today`, but a neighbouring year when the day is then nearer and within 90 days
 * ("28 ธ.ค." read in January is last December).
 */
export function yearFor(
  today: Day,
  month: number,
  day: number,
  hints: { readonly weekday?: number | undefined; readonly lean?: Lean | undefined } = {},
): number {
  const years = [today.year, today.year - 1, today.year + 1];
  const distance = (year: number): number =>
    dayNumber({ year, month, day: Math.min(day, daysInMonth(year, month)) }) - dayNumber(today);
  const { weekday, lean } = hints;
  if (weekday !== undefined) {
    const fitting = years.filter(
      year => day <= daysInMonth(year, month) && weekdayOf({ year, month, day }) === weekday,
    );
    const [first = today.year] = fitting;
    if (fitting.length > 0)
      return fitting.reduce(
        (best, year) => (Math.abs(distance(year)) < Math.abs(distance(best)) ? year : best),
        first,
      );
  }
  if (lean === 'past') return distance(today.year) <= 0 ? today.year : today.year - 1;
  if (lean === 'future') return distance(today.year) >= 0 ? today.year : today.year + 1;
  const nearest = years.reduce((best, year) =>
    Math.abs(distance(year)) < Math.abs(distance(best)) ? year : best,
  );
  return Math.abs(distance(nearest)) <= neighbourDays ? nearest : today.year;
}

/** The month of a day said alone ("วันที่ 15"): the nearest such day, on the right weekday if one is named. */
export function monthFor(
  today: Day,
  day: number,
  hints: { readonly weekday?: number | undefined; readonly lean?: Lean | undefined } = {},
): Day | undefined {
  const { weekday, lean } = hints;
  const base = { ...today, day: 1 };
  const candidates = [0, -1, 1, -2, 2, -3, 3]
    .map(months => addMonths(base, months))
    .filter(({ year, month }) => day <= daysInMonth(year, month))
    .map(({ year, month }): Day => ({ year, month, day }));
  const distance = (candidate: Day): number => dayNumber(candidate) - dayNumber(today);
  const leaning = candidates.filter(candidate =>
    lean === undefined ? true : lean === 'past' ? distance(candidate) <= 0 : distance(candidate) >= 0,
  );
  const onWeekday =
    weekday === undefined ? leaning : leaning.filter(candidate => weekdayOf(candidate) === weekday);
  const pool = onWeekday.length > 0 ? onWeekday : leaning.length > 0 ? leaning : candidates;
  const [first] = pool;
  return first === undefined
    ? undefined
    : pool.reduce(
        (best, candidate) => (Math.abs(distance(candidate)) < Math.abs(distance(best)) ? candidate : best),
        first,
      );
}

export function mondayOf(day: Day): Day {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}

/**
 * The day of a weekday by its qualifier. Weeks begin on Monday: "ศุกร์หน้า" is Friday of next week; "ศุกร์นี้"
 * and a weekday alone are the first on or after today, "ที่จะถึง" the first after it, "ที่ผ่านมา" the last before it.
 */
export function weekdayDay(
  today: Day,
  weekday: number,
  qualifier: 'this' | 'next' | 'last' | 'coming' | 'past' | undefined,
): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  const inWeek = addDays(mondayOf(today), (weekday + 6) % 7);
  switch (qualifier) {
    case 'next':
      return addDays(inWeek, 7);
    case 'last':
      return addDays(inWeek, -7);
    case 'past':
      return addDays(today, ahead === 0 ? -7 : ahead - 7);
    case 'coming':
      return addDays(today, ahead === 0 ? 7 : ahead);
    case 'this':
    case undefined:
      return addDays(today, ahead);
  }
}
