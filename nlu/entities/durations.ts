import { addDays, addMonths, dayNumber, dayOf, isoDay, isoMonth, isoYear, type Day } from './calendar';
import { isoTime } from './clock';
import { add, shiftPlaces } from './decimal';
import { readNumber } from './numbers';
import { endBefore, isMark, past, startAt, wordAt, type Reading } from './tokens';
import type { Unit } from './words/word';

export interface DurationRead {
  /** Decimal amounts by unit, greatest first. */
  readonly parts: readonly { readonly unit: Unit; readonly amount: string }[];
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

interface Part {
  readonly unit: Unit;
  readonly amount: string;
}

const order: readonly Unit[] = [
  'century',
  'decade',
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'night',
  'hour',
  'minute',
  'second',
];

/** Beyond this many years, days … it is a number that a unit happens to follow. */
const mostUnits = 9999;

/** Half of a unit in the unit below. */
const halves: Readonly<Record<Unit, Part>> = {
  century: { unit: 'year', amount: '50' },
  decade: { unit: 'year', amount: '5' },
  year: { unit: 'month', amount: '6' },
  quarter: { unit: 'day', amount: '45' },
  month: { unit: 'day', amount: '15' },
  week: { unit: 'day', amount: '3.5' },
  day: { unit: 'hour', amount: '12' },
  night: { unit: 'hour', amount: '6' },
  hour: { unit: 'minute', amount: '30' },
  minute: { unit: 'second', amount: '30' },
  second: { unit: 'second', amount: '0.5' },
};

/** ISO 8601: P1Y6M, PT2H30M, P2W. Decades count as ten years, quarters as three months; nights beside days are not counted. */
export function isoDuration(parts: readonly Part[]): string {
  const sums = new Map<string, string>();
  const put = (letter: string, amount: string): void =>
    void sums.set(letter, add(sums.get(letter) ?? '0', amount));
  const times = (amount: string, factor: number): string =>
    factor === 3 ? String(Number(amount) * 3) : shiftPlaces(amount, factor);
  for (const { unit, amount } of parts) {
    if (unit === 'century') put('Y', times(amount, 2));
    else if (unit === 'decade') put('Y', times(amount, 1));
    else if (unit === 'quarter') put('M', times(amount, 3));
    else if (unit === 'night') {
      if (parts.length === 1) put('D', amount);
    } else if (unit === 'hour' || unit === 'minute' || unit === 'second')
      put(`T${unit.charAt(0).toUpperCase()}`, amount);
    else put(unit.charAt(0).toUpperCase(), amount);
  }
  const render = (letters: readonly string[]): string =>
    letters.map(letter => (sums.has(letter) ? `${sums.get(letter) ?? ''}${letter.slice(-1)}` : '')).join('');
  const time = render(['TH', 'TM', 'TS']);
  return `P${render(['Y', 'M', 'W', 'D'])}${time === '' ? '' : `T${time}`}`;
}

/** `1.5` hours are one hour and thirty minutes; other fractions stay. */
function split(unit: Unit, amount: string): Part[] {
  if (!amount.endsWith('.5') || (unit !== 'hour' && unit !== 'year')) return [{ unit, amount }];
  const whole = amount.slice(0, -2);
  return whole === '0' ? [halves[unit]] : [{ unit, amount: whole }, halves[unit]];
}

/** The unit's word, over "-" as in "65-year-old" and over a space. */
function unitAt(reading: Reading, index: number): { readonly unit: Unit; readonly next: number } | undefined {
  const at = isMark(reading, index, '-') ? index + 1 : past(reading, index);
  const { unit } = wordAt(reading, at);
  return unit === undefined ? undefined : { unit, next: at + 1 };
}

/** "เดือนนี้" after an amount that nobody counts months by: "600 เดือนนี้" is 600, this month. */
function standsApart(
  reading: Reading,
  amount: string,
  { unit, next }: { readonly unit: Unit; readonly next: number },
): boolean {
  const count = Number(amount);
  if (count > mostUnits) return true;
  const role = wordAt(reading, next).role;
  return (
    count > 12 &&
    (role === 'this' || role === 'next') &&
    (unit === 'month' || unit === 'year' || unit === 'week')
  );
}

/** A stretch of time that begins at `index`: 3 เดือน, สองชั่วโมงครึ่ง, 1 ปี 6 เดือน, ครึ่งปี, ปีครึ่ง. */
export function readDuration(reading: Reading, index: number): DurationRead | undefined {
  const parts: Part[] = [];
  let next = index;
  const first = wordAt(reading, index);
  if (first.half === true) {
    const half = unitAt(reading, index + 1);
    if (half !== undefined) {
      parts.push(halves[half.unit]);
      next = half.next;
    }
  } else if (first.unit !== undefined && wordAt(reading, index + 1).half === true) {
    if (wordAt(reading, index + 2).unit !== undefined) return undefined;
    parts.push({ unit: first.unit, amount: '1' }, halves[first.unit]);
    next = index + 2;
  }
  for (;;) {
    const from = parts.length === 0 ? index : past(reading, next);
    const number = readNumber(reading, from);
    const unit = number === undefined ? undefined : unitAt(reading, number.next);
    if (number === undefined || unit === undefined || standsApart(reading, number.value, unit)) break;
    const last = parts[parts.length - 1];
    if (last !== undefined && order.indexOf(unit.unit) <= order.indexOf(last.unit)) break;
    parts.push(...split(unit.unit, number.value));
    next = unit.next;
    const half = past(reading, next);
    if (
      wordAt(reading, half).half === true &&
      wordAt(reading, half + 1).unit === undefined &&
      wordAt(reading, half + 1).place === undefined
    ) {
      parts.push(halves[unit.unit]);
      next = half + 1;
      break;
    }
  }
  return parts.length === 0
    ? undefined
    : { parts, start: startAt(reading, index), end: endBefore(reading, next), next };
}

/** Moves today by a duration. Looking back the answer is as fine as the unit (2 ปีก่อน is a year), looking ahead it is a day. */
export function shifted(
  reading: Reading,
  parts: readonly Part[],
  direction: 1 | -1,
): { kind: 'date' | 'datetime'; value: string; day?: Day } | undefined {
  let day = reading.today;
  let minutes = reading.nowMinutes;
  let finest: Unit = 'century';
  for (const { unit, amount } of parts) {
    const count = Number(amount) * direction;
    if (Math.abs(count) > 100_000) return undefined;
    const whole = Math.round(count);
    if (unit === 'century') day = addMonths(day, whole * 1200);
    else if (unit === 'decade') day = addMonths(day, whole * 120);
    else if (unit === 'year') day = addMonths(day, Math.round(count * 12));
    else if (unit === 'quarter') day = addMonths(day, whole * 3);
    else if (unit === 'month') day = addMonths(day, whole);
    else if (unit === 'week') day = addDays(day, Math.round(count * 7));
    else if (unit === 'day' || unit === 'night') day = addDays(day, whole);
    else minutes += Math.round(unit === 'hour' ? count * 60 : unit === 'minute' ? count : count / 60);
    finest = unit;
  }
  if (day.year < 1 || day.year > 9999) return undefined;
  if (finest === 'hour' || finest === 'minute' || finest === 'second') {
    const total = dayNumber(day) * 1440 + minutes;
    const onDay = dayOf(Math.floor(total / 1440));
    return { kind: 'datetime', value: `${isoDay(onDay)}T${isoTime(((total % 1440) + 1440) % 1440)}` };
  }
  if (direction === -1 && (finest === 'year' || finest === 'decade' || finest === 'century')) {
    return { kind: 'date', value: isoYear(day.year) };
  }
  if (direction === -1 && (finest === 'month' || finest === 'quarter')) {
    return { kind: 'date', value: isoMonth(day.year, day.month) };
  }
  return { kind: 'date', value: isoDay(day), day };
}
