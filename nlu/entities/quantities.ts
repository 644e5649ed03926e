import { dayNumber, daysInMonth, isoYear, type Day } from './calendar';
import { add, shiftPlaces, tidy } from './decimal';
import type { Found } from './date-read';
import { commonYear } from './eras';
import { isoDuration, readDuration, type DurationRead } from './durations';
import { readNumber, type NumberRead } from './numbers';
import type { Read } from './temporal';
import { before, isMark, past, roleAt, startAt, wordAt, type Reading } from './tokens';

const oldest = 130;

/** Years of life in decimal years, two places. */
function yearsOf({ parts }: DurationRead): string | undefined {
  let years = 0;
  for (const { unit, amount } of parts) {
    const count = Number(amount);
    if (unit === 'year') years += count;
    else if (unit === 'month') years += count / 12;
    else if (unit === 'week') years += count / 52.18;
    else if (unit === 'day') years += count / 365.25;
    else return undefined;
  }
  return years <= oldest ? tidy(years.toFixed(2)) : undefined;
}

/** An age at `index`, after อายุ or before ขวบ. `told`: อายุ was there, so that a number alone is enough. */
function ageAt(
  reading: Reading,
  index: number,
  told: boolean,
): { readonly value: string; readonly end: number; readonly next: number } | undefined {
  const number = readNumber(reading, index);
  if (number === undefined) return undefined;
  const unit = isMark(reading, number.next, '-') ? number.next + 1 : past(reading, number.next);
  if (roleAt(reading, unit) === 'years-old') {
    const half = wordAt(reading, unit + 1).half === true;
    const months = readDuration(reading, past(reading, unit + 1));
    const [part] = months?.parts ?? [];
    if (!half && months?.parts.length === 1 && part?.unit === 'month' && Number(part.amount) < 12) {
      const value = (Number(number.value) + Number(part.amount) / 12).toFixed(2);
      return inYears(tidy(value), reading, months.next);
    }
    return inYears(half ? add(number.value, '0.5') : number.value, reading, half ? unit + 2 : unit + 1);
  }
  const duration = readDuration(reading, index);
  if (duration !== undefined) {
    const dash = isMark(reading, duration.next, '-') ? duration.next + 1 : past(reading, duration.next);
    const old = roleAt(reading, dash) === 'years-old';
    if (!told && !old) return undefined;
    const value = yearsOf(duration);
    return value === undefined ? undefined : inYears(value, reading, old ? dash + 1 : duration.next);
  }
  if (!told || wordAt(reading, unit).month !== undefined) return undefined;
  return Number(number.value) >= 1 ? inYears(number.value, reading, number.next) : undefined;
}

function inYears(
  value: string,
  reading: Reading,
  next: number,
): { readonly value: string; readonly end: number; readonly next: number } | undefined {
  return Number(value) <= oldest ? { value, end: reading.tokens[next - 1]?.end ?? 0, next } : undefined;
}

/** อายุ 65 ปี, วัยหกสิบ, 3 ขวบ, 65 years old, อายุ 60-70 ปี. */
function readAge(reading: Reading, index: number): Read | undefined {
  const told = roleAt(reading, index) === 'age';
  let at = told ? past(reading, index + 1) : index;
  for (let steps = 0; told && steps < 6; steps++) {
    const { role } = wordAt(reading, at);
    if (role === 'about' || role === 'age') at = past(reading, at + 1);
  }
  const number = readNumber(reading, at);
  if (number === undefined) return undefined;
  const separator = past(reading, number.next);
  if (reading.tokens[separator]?.mark === '-' || roleAt(reading, separator) === 'to') {
    const second = ageAt(reading, past(reading, separator + 1), told);
    if (second !== undefined && Number(second.value) > Number(number.value)) {
      const start = startAt(reading, index);
      return {
        found: [
          { kind: 'range', value: `${number.value}/${second.value}`, start, end: second.end },
          { kind: 'age', value: number.value, start: number.start, end: number.end },
          {
            kind: 'age',
            value: second.value,
            start: startAt(reading, past(reading, separator + 1)),
            end: second.end,
          },
        ],
        next: second.next,
      };
    }
  }
  const age = ageAt(reading, at, told || aboutPerson(reading, index));
  if (age === undefined) return undefined;
  return {
    found: [{ kind: 'age', value: age.value, start: startAt(reading, index), end: age.end }],
    next: age.next,
  };
}

/** A grandmother of 80 years: คุณยาย 80 ปี. */
function aboutPerson(reading: Reading, index: number): boolean {
  const duration = readDuration(reading, index);
  const [part] = duration?.parts ?? [];
  if (part?.unit !== 'year' || Number(part.amount) < 50) return false;
  const at = startAt(reading, index);
  const head = reading.text.slice(Math.max(0, at - 12), at).trimEnd();
  return ['แม่', 'พ่อ', 'ยาย', 'ย่า', 'ปู่', 'คุณตา', 'ลุง', 'ป้า'].some(word => head.endsWith(word));
}

/** Full years from a birth date to today; unknown month or day count as already past. */
export function ageToday(
  today: Day,
  born: { readonly year: number; readonly month?: number; readonly day?: number },
): number | undefined {
  const month = born.month ?? 1;
  const day = Math.min(born.day ?? 1, daysInMonth(born.year, month));
  const had = today.month > month || (today.month === month && today.day >= day);
  const age = today.year - born.year - (had ? 0 : 1);
  return dayNumber({ year: born.year, month, day }) <= dayNumber(today) && age <= oldest ? age : undefined;
}

interface Amount {
  readonly kind: 'money' | 'number';
  readonly next: number;
  readonly end: number;
  readonly value: string;
}

/** What a number counts: money, a percentage, or just things. Undefined when a spoken number has no unit to lean on. */
function amountOf(reading: Reading, index: number, number: NumberRead): Amount | undefined {
  const unit = past(reading, number.next);
  const { baht, role, classifier, foreign } = wordAt(reading, unit);
  const endOf = (next: number): number => reading.tokens[next - 1]?.end ?? number.end;
  if (baht === true) {
    const satang = satangAfter(reading, unit + 1);
    if (satang === undefined)
      return { kind: 'money', value: number.value, next: unit + 1, end: endOf(unit + 1) };
    return {
      kind: 'money',
      value: add(number.value, satang.value),
      next: satang.next,
      end: endOf(satang.next),
    };
  }
  if (role === 'satang')
    return { kind: 'money', value: tidy(centi(number.value)), next: unit + 1, end: endOf(unit + 1) };
  const previous = reading.tokens[before(reading, index)];
  if (previous?.word?.baht === true && previous.form !== 'บาท' && previous.form !== '.-') {
    return { kind: 'money', value: number.value, next: number.next, end: number.end };
  }
  const plainNumber: Amount = { kind: 'number', value: number.value, next: number.next, end: number.end };
  const counts = classifier === true || role === 'percent' || foreign === true || isMark(reading, unit, '%');
  if (number.words === 1 && number.value === '0') return undefined;
  if (!counts && previous?.word?.role === 'money-mark') {
    return number.bare || number.words === 1 ? undefined : { ...plainNumber, kind: 'money' };
  }
  if (number.words === 0 || number.words >= 2 || counts) {
    return number.bare && !counts ? undefined : plainNumber;
  }
  return previous?.word?.role === 'percent-mark' ? plainNumber : undefined;
}

function centi(value: string): string {
  return (Number(value) / 100).toFixed(2);
}

function satangAfter(
  reading: Reading,
  index: number,
): { readonly value: string; readonly next: number } | undefined {
  const at = past(reading, index);
  const number = readNumber(reading, at);
  if (number === undefined) return undefined;
  const unit = past(reading, number.next);
  return roleAt(reading, unit) === 'satang' && Number(number.value) < 100
    ? { value: tidy(centi(number.value)), next: unit + 1 }
    : undefined;
}

/** Digits that are no amount: part of a Latin word or code, or with a leading zero. */
function isCode(reading: Reading, index: number): boolean {
  const token = reading.tokens[index];
  if (token?.number === undefined) return false;
  if (token.number.length > 1 && token.number.startsWith('0') && !token.number.startsWith('0.')) return true;
  return token.start > 0 && /[a-z]/.test(reading.text.charAt(token.start - 1));
}

/** 555 is laughter (ห้า is "ha") unless something is counted. */
function isLaughter(reading: Reading, index: number, next: number): boolean {
  if (!/^5{3,}$/.test(reading.tokens[index]?.number ?? '')) return false;
  const { classifier, baht, unit, place } = wordAt(reading, past(reading, next));
  return classifier !== true && baht !== true && unit === undefined && place === undefined;
}

/** หลายพันคน, ไม่กี่วัน: nobody knows how many. */
function isVague(reading: Reading, index: number): boolean {
  return roleAt(reading, before(reading, index)) === 'vague';
}

function durationFound(read: DurationRead): Found {
  return { kind: 'duration', value: isoDuration(read.parts), start: read.start, end: read.end };
}

/** "2-3 วัน", "สามสี่วัน", "5-6 พันบาท": the unit and the place of the second serve the first too. */
function readPair(reading: Reading, first: NumberRead): Read | undefined {
  const join = past(reading, first.next);
  const token = reading.tokens[join];
  const digits = first.words === 1 && wordAt(reading, first.next).digit === Number(first.value) + 1;
  const follower = first.words > 0 && first.place > 0 ? readNumber(reading, first.next) : undefined;
  const hundreds =
    follower !== undefined && follower.words > 0 && follower.place === first.place && first.place >= 2;
  const adjacent = (digits && !first.bare) || hundreds;
  const joined = token?.mark === '-' || token?.word?.role === 'to';
  if (!joined && !adjacent) return undefined;
  const at = adjacent ? first.next : past(reading, join + 1);
  const second = readNumber(reading, at);
  if (second === undefined || isCode(reading, at)) return undefined;
  const lent =
    first.place === 0 && second.place > 0 && Number(first.value) < Number(second.value) / 10 ** second.place;
  const low = lent ? shiftPlaces(first.value, second.place) : first.value;
  if (Number(low) >= Number(second.value)) return undefined;
  const duration = readDuration(reading, at);
  if (duration !== undefined) {
    const [part] = duration.parts;
    if (part === undefined || duration.parts.length > 1) return undefined;
    const value = `${isoDuration([{ unit: part.unit, amount: low }])}/${isoDuration(duration.parts)}`;
    return {
      found: [
        { kind: 'range', value, start: first.start, end: duration.end },
        {
          ...durationFound(duration),
          value: isoDuration([{ unit: part.unit, amount: low }]),
          start: first.start,
          end: first.end,
        },
        durationFound(duration),
      ],
      next: duration.next,
    };
  }
  const amount = amountOf(reading, at, second);
  if (amount === undefined) return undefined;
  const plainDash =
    token?.mark === '-' && first.words === 0 && second.words === 0 && second.next === amount.next;
  if (plainDash && wordAt(reading, past(reading, amount.next)).classifier !== true && first.next !== join)
    return undefined;
  return {
    found: [
      { kind: 'range', value: `${low}/${amount.value}`, start: first.start, end: amount.end },
      { kind: amount.kind, value: low, start: first.start, end: first.end },
      { kind: amount.kind, value: amount.value, start: second.start, end: amount.end },
    ],
    next: amount.next,
  };
}

/** How far from this year a four-digit number alone may still be a year: "ซีเกมส์ 2550", "(2008)". */
const bareYearReach = { back: 40, ahead: 6 };

/** A number that may well be a year, said beside the number itself with half the confidence. */
function bareYear(reading: Reading, index: number, next: number): Found | undefined {
  const token = reading.tokens[index];
  if (token?.number?.length !== 4 || token.end - token.start !== 4) return undefined;
  const { classifier, unit, place, role } = wordAt(reading, past(reading, next));
  const counted = classifier === true || unit !== undefined || place !== undefined || role === 'percent';
  const previous = reading.tokens[index - 1]?.mark;
  if (counted || previous === '/' || reading.tokens[next]?.mark === '/') return undefined;
  const year = commonYear({ year: Number(token.number), digits: 4 }, reading.today.year);
  if (year === undefined || year < reading.today.year - bareYearReach.back) return undefined;
  if (year > reading.today.year + bareYearReach.ahead) return undefined;
  return { kind: 'date', value: isoYear(year), start: token.start, end: token.end, confidence: 0.5 };
}

/** Numbers, money, stretches of time and ages: whatever `readTemporal` left. */
export function readQuantity(reading: Reading, index: number): Read | undefined {
  const token = reading.tokens[index];
  if (token === undefined || token.space === true) return undefined;
  const age = readAge(reading, index);
  if (age !== undefined) return age;
  const number = readNumber(reading, index);
  if (number === undefined) {
    const opens = token.word?.unit !== undefined || token.word?.half === true;
    const half = opens ? readDuration(reading, index) : undefined;
    return half === undefined ? undefined : { found: [durationFound(half)], next: half.next };
  }
  const skip: Read = { found: [], next: number.next };
  if (isVague(reading, index) || isCode(reading, index) || isLaughter(reading, index, number.next))
    return skip;
  const pair = readPair(reading, number);
  if (pair !== undefined) return pair;
  const duration = readDuration(reading, index);
  if (duration !== undefined) return { found: [durationFound(duration)], next: duration.next };
  const amount = amountOf(reading, index, number);
  if (amount === undefined) return skip;
  const found: Found = { kind: amount.kind, value: amount.value, start: number.start, end: amount.end };
  const year = amount.kind === 'number' ? bareYear(reading, index, amount.next) : undefined;
  return { found: year === undefined ? [found] : [found, year], next: amount.next };
}
