import { addDays, addMonths, isoDay, isoYear } from './calendar';
import type { DateRead, Found } from './date-read';
import { commonYear } from './eras';
import { isoDuration, readDuration, shifted } from './durations';
import { readCount } from './numbers';
import { readPeriod } from './periods';
import { mondayOf, weekdayDay, type Lean } from './resolve';
import { endBefore, isBreak, isMark, past, roleAt, startAt, wordAt, type Reading } from './tokens';
import { readYear, relativeYear } from './years';

function readTo(
  reading: Reading,
  index: number,
  next: number,
  rest: Omit<DateRead, 'start' | 'end' | 'next'>,
): DateRead {
  return { start: startAt(reading, index), end: endBefore(reading, next), next, ...rest };
}

/** เมื่อ just before, or ที่ผ่านมา just after, point back; ภายใน and ที่จะถึง point ahead. */
function leanBefore(reading: Reading, index: number): Lean | undefined {
  const at = startAt(reading, index);
  const head = reading.text.slice(Math.max(0, at - 8), at).trimEnd();
  if (head.endsWith('เมื่อ') || head.endsWith('เกิด')) return 'past';
  if (head.endsWith('ภายใน') || head.endsWith('ก่อน')) return 'future';
  return undefined;
}

function leanAfter(reading: Reading, index: number): { readonly lean?: Lean; readonly next: number } {
  const at = past(reading, index);
  switch (roleAt(reading, at)) {
    case 'last':
      return { lean: 'past', next: at + 1 };
    case 'coming':
    case 'next':
      return { lean: 'future', next: at + 1 };
    case 'this':
      return { next: at + 1 };
    default:
      return { next: index };
  }
}

/** A month's name at `index`, after เดือน if it stands there. A shy name needs company: `beside` says there is some. */
function monthAt(
  reading: Reading,
  index: number,
  beside: boolean,
): { readonly month: number; readonly next: number; readonly english: boolean } | undefined {
  const unit = wordAt(reading, index).unit === 'month' && wordAt(reading, index).month === undefined;
  let at = unit ? past(reading, index + 1) : index;
  if (!unit && roleAt(reading, at) === 'of') at = past(reading, at + 1);
  const { month, shy } = wordAt(reading, at);
  if (month === undefined || (shy === true && !beside && !unit)) return undefined;
  let next = at + 1;
  if ((reading.tokens[at]?.form ?? 'ก') < 'ก' && isMark(reading, next, '.')) next++;
  return { month, next, english: (reading.tokens[at]?.form ?? 'ก') < 'ก' };
}

/** A day of the month at `index`, 1-31, with English endings: 15, สิบห้า, 15th. */
function dayAt(reading: Reading, index: number): { readonly day: number; readonly next: number } | undefined {
  const count = readCount(reading, index, 31);
  if (count === undefined || count.value < 1 || count.digits > 2) return undefined;
  const ordinal = roleAt(reading, count.next) === 'ordinal';
  return { day: count.value, next: ordinal ? count.next + 1 : count.next };
}

export interface DatesRead {
  readonly dates: readonly DateRead[];
  readonly joined: 'one' | 'range' | 'list';
  readonly next: number;
}

const one = (date: DateRead): DatesRead => ({ dates: [date], joined: 'one', next: date.next });

/** What joins two days, months or years: "-", ถึง (a range), และ, "," (a list). */
export function joinAt(
  reading: Reading,
  index: number,
): { readonly how: 'range' | 'list'; readonly next: number } | undefined {
  const at = past(reading, index);
  const token = reading.tokens[at];
  if (token?.mark === '-') return { how: 'range', next: past(reading, at + 1) };
  if (token?.word?.role === 'to') return { how: 'range', next: past(reading, at + 1) };
  if (token?.word?.role === 'and') return { how: 'list', next: past(reading, at + 1) };
  if (token?.mark === ',' || token?.mark === '&') return { how: 'list', next: past(reading, at + 1) };
  return undefined;
}

/** เดือนหน้า, เดือนนี้, เดือนที่แล้ว, เดือนเดียวกัน, next month from the index of เดือน (or of the English qualifier). */
function relativeMonth(
  reading: Reading,
  index: number,
):
  | { readonly year: number; readonly month: number; readonly next: number; readonly ahead: boolean }
  | undefined {
  if (wordAt(reading, index).unit !== 'month') return undefined;
  const at = past(reading, index + 1);
  const role = roleAt(reading, at);
  if (role === 'same') {
    const { year, month } = reading.mentioned ?? reading.today;
    return { year, month, next: at + 1, ahead: false };
  }
  const step = stepOf(role);
  if (step === undefined || (role === 'before' && !isBreak(reading, at + 1))) return undefined;
  const { year, month } = addMonths({ ...reading.today, day: 1 }, step);
  return { year, month, next: at + 1, ahead: step === 1 };
}

function stepOf(role: string | undefined): number | undefined {
  if (role === 'this') return 0;
  if (role === 'next' || role === 'coming') return 1;
  if (role === 'last' || role === 'before') return -1;
  return undefined;
}

/** Days and their month: 15 ก.พ. 51, 10-12 ธ.ค. 2550, 10, 11 และ 12 ธ.ค.; without a month only after วันที่ or a weekday. */
function readDays(
  reading: Reading,
  index: number,
  from: number,
  weekday: number | undefined,
  marked: boolean,
): DatesRead | undefined {
  const first = dayAt(reading, from);
  if (first === undefined) return undefined;
  const days = [{ day: first.day, at: from, next: first.next }];
  let joined: DatesRead['joined'] = 'one';
  let next = first.next;
  let month = monthAt(reading, past(reading, next), true);
  while (month === undefined && days.length < 6) {
    const join = joinAt(reading, next);
    if (join === undefined || (joined === 'range' && join.how === 'range')) break;
    const at = dayPlace(reading, join.next);
    const more = dayAt(reading, at);
    if (more === undefined) break;
    const wasRange = join.how === 'range' && days.length === 1;
    if (join.how === 'range' && !wasRange) break;
    days.push({ day: more.day, at, next: more.next });
    joined = wasRange ? 'range' : 'list';
    next = more.next;
    month = monthAt(reading, past(reading, next), true);
  }
  const lean = leanBefore(reading, index);
  const each = (rest: Partial<DateRead>, end: number): DatesRead => ({
    joined,
    next: end,
    dates: days.map(({ day, at, next: after }, place): DateRead => {
      const last = place === days.length - 1;
      const begin = place === 0 ? index : at;
      return readTo(reading, begin, last ? end : after, {
        ...rest,
        day,
        weekday: place === 0 ? weekday : undefined,
      });
    }),
  });
  if (month !== undefined) {
    const year = readYear(reading, month.next, { afterMonth: month.month, english: month.english });
    if (year !== undefined) return each({ month: month.month, year: year.year }, year.next);
    const after = leanAfter(reading, month.next);
    return each({ month: month.month, lean: after.lean ?? lean }, after.next);
  }
  const ofMonth = past(reading, next);
  const relative = relativeMonth(
    reading,
    roleAt(reading, ofMonth) === 'of' ? past(reading, ofMonth + 1) : ofMonth,
  );
  // "3 เดือนที่ผ่านมา" is three months; only หน้า speaks of a day without วันที่: "5 เดือนหน้า".
  if (relative !== undefined && (marked || (relative.ahead && reading.tokens[from]?.number !== undefined))) {
    return each({ month: relative.month, year: relative.year }, relative.next);
  }
  if (!marked) return undefined;
  const [only] = days;
  if (joined === 'list' || only === undefined) {
    days.length = 1;
    joined = 'one';
    next = first.next;
  }
  if (
    joined === 'one' &&
    (counted(reading, next) ||
      reading.text.endsWith('ทุก', startAt(reading, index)) ||
      isMonthly(reading, next))
  )
    return undefined;
  const after = leanAfter(reading, next);
  return each({ lean: after.lean ?? lean }, after.next);
}

/** Where the number of a further day stands: behind วันที่, or behind its weekday ("วันเสาร์ที่ 9 และวันอาทิตย์ที่ 10 ก.พ."). */
function dayPlace(reading: Reading, index: number): number {
  if (roleAt(reading, index) === 'date-mark') return past(reading, index + 1);
  if (wordAt(reading, index).weekday === undefined) return index;
  const after = past(reading, index + 1);
  return reading.tokens[after]?.form === 'ที่' ? past(reading, after + 1) : index;
}

/** "วันที่ 5 ของทุกเดือน": a day of every month, no date. */
function isMonthly(reading: Reading, index: number): boolean {
  const at = past(reading, index);
  return (
    reading.text.startsWith('ของทุกเดือน', startAt(reading, at)) ||
    reading.text.startsWith('ของเดือน', startAt(reading, at)) ||
    reading.text.startsWith('ทุกเดือน', startAt(reading, at))
  );
}

/** A unit or a slash after the number: "วันที่ 3 คน" is no date, "วันที่ 12/8" is read elsewhere. */
function counted(reading: Reading, index: number): boolean {
  const word = wordAt(reading, past(reading, index));
  return (
    word.baht === true ||
    word.place !== undefined ||
    (isMark(reading, index, '/') && reading.tokens[index + 1]?.number !== undefined)
  );
}

/** 12/8/69, 12/08/2569, 2026-11-24, 12.5.2551, 2569-11-24T09:00. */
function readNumeric(reading: Reading, index: number, from: number, marked: boolean): DateRead | undefined {
  const digits = (at: number): string => {
    const token = reading.tokens[at];
    return token?.number !== undefined &&
      token.number.length === token.end - token.start &&
      !token.number.includes('.')
      ? token.number
      : '';
  };
  const separator = reading.tokens[from + 1]?.mark;
  const first = digits(from);
  const second = digits(from + 2);
  if (
    first === '' ||
    second === '' ||
    second.length > 2 ||
    separator === undefined ||
    !'/-.'.includes(separator)
  )
    return undefined;
  const third = reading.tokens[from + 3]?.mark === separator ? digits(from + 4) : '';
  if (third === '') {
    if (
      separator !== '/' ||
      !marked ||
      first.length > 2 ||
      Number(second) > 12 ||
      Number(second) < 1 ||
      Number(first) > 31 ||
      Number(first) < 1
    ) {
      return undefined;
    }
    return readTo(reading, index, from + 3, {
      day: Number(first),
      month: Number(second),
      lean: leanBefore(reading, index),
    });
  }
  const next = from + 5;
  const after = reading.tokens[next];
  if (after?.mark === separator && reading.tokens[next + 1]?.number !== undefined) return undefined;
  if (first.length === 4) {
    const month = Number(second);
    const year = yearOf(reading, first, month);
    return year === undefined || month < 1 || month > 12 || third.length > 2
      ? undefined
      : readTo(reading, index, next, { year, month, day: Number(third) });
  }
  if (first.length > 2 || (third.length !== 4 && third.length !== 2)) return undefined;
  if (third.length === 2 && separator === '-' && !marked) return undefined;
  const swapped = Number(second) > 12 && Number(first) <= 12;
  const month = Number(swapped ? first : second);
  const day = Number(swapped ? second : first);
  const year = yearOf(reading, third, month);
  if (year === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return readTo(reading, index, next, { year, month, day });
}

function yearOf(reading: Reading, figure: string, month: number): number | undefined {
  return figure.length === 4 || figure.length === 2
    ? commonYear({ year: Number(figure), digits: figure.length }, reading.today.year, month)
    : undefined;
}

/** A month without a day: เดือนมกราคม 2567, ก.พ. 51, ม.ค.-มี.ค. 2551, มกราคมปีหน้า. */
function readMonths(reading: Reading, index: number): DatesRead | undefined {
  const first = monthAt(reading, index, true);
  if (first === undefined) return undefined;
  const marked = monthAt(reading, index, false) !== undefined;
  if (first.english) {
    const day = dayAt(reading, past(reading, first.next));
    const dayEnd = day === undefined ? 0 : day.next;
    if (
      day !== undefined &&
      !isMark(reading, dayEnd, ':') &&
      (reading.tokens[past(reading, first.next)]?.number ?? '00').length <= 2
    ) {
      const year = readYear(reading, dayEnd, { afterMonth: first.month, english: true });
      const rest = { month: first.month, day: day.day };
      return one(
        year === undefined
          ? readTo(reading, index, dayEnd, { ...rest, lean: leanBefore(reading, index) })
          : readTo(reading, index, year.next, { ...rest, year: year.year }),
      );
    }
  }
  const year = readYear(reading, first.next, { afterMonth: first.month, english: first.english });
  if (year !== undefined) {
    const monthAndDay = !year.sure && year.year < reading.today.year - 60;
    if (!monthAndDay) return one(readTo(reading, index, year.next, { month: first.month, year: year.year }));
  }
  const join = joinAt(reading, first.next);
  const second = join === undefined ? undefined : monthAt(reading, join.next, true);
  if (join !== undefined && second !== undefined) {
    const secondYear = readYear(reading, second.next, { afterMonth: second.month, english: second.english });
    const end = secondYear?.next ?? second.next;
    const startYear =
      secondYear === undefined
        ? undefined
        : first.month > second.month && join.how === 'range'
          ? secondYear.year - 1
          : secondYear.year;
    return {
      joined: join.how,
      next: end,
      dates: [
        readTo(reading, index, first.next, { month: first.month, year: startYear }),
        readTo(reading, join.next, end, { month: second.month, year: secondYear?.year }),
      ],
    };
  }
  if (!marked) return undefined;
  const after = leanAfter(reading, first.next);
  return one(
    readTo(reading, index, after.next, {
      month: first.month,
      lean: after.lean ?? leanBefore(reading, index),
    }),
  );
}

/** วันศุกร์ที่ 3 มี.ค., ศุกร์หน้า, next Friday, Friday 15 January. */
function readWeekday(
  reading: Reading,
  index: number,
  qualifier: 'this' | 'next' | 'last' | undefined,
): DatesRead | undefined {
  const from = qualifier === undefined ? index : past(reading, index + 1);
  const { weekday, shy, unit, weekdayPair } = wordAt(reading, from);
  if (weekday === undefined) return undefined;
  let at = past(reading, from + 1);
  const english = (reading.tokens[from]?.form ?? 'ก') < 'ก';
  if (english && isMark(reading, at, ',')) at = past(reading, at + 1);
  let marked = false;
  if (
    reading.tokens[at]?.form === 'ที่' ||
    roleAt(reading, at) === 'date-mark' ||
    (english && roleAt(reading, at) === 'of')
  ) {
    marked = true;
    at = past(reading, at + 1);
  }
  if (qualifier === undefined) {
    const numeric = readNumeric(reading, index, at, true);
    if (numeric !== undefined) return one({ ...numeric, weekday });
    const days = readDays(reading, index, at, weekday, marked);
    if (days !== undefined) return days;
    const months = english ? readMonths(reading, at) : undefined;
    const [month] = months?.dates ?? [];
    if (month?.day !== undefined) return one({ ...month, start: startAt(reading, index), weekday });
  }
  const after = past(reading, from + 1);
  const week =
    wordAt(reading, after).unit === 'week' ? stepOf(roleAt(reading, past(reading, after + 1))) : undefined;
  if (week !== undefined && weekdayPair !== true && qualifier === undefined) {
    const day = addDays(mondayOf(reading.today), ((weekday + 6) % 7) + week * 7);
    return one(readTo(reading, index, past(reading, after + 1) + 1, { ...day }));
  }
  if (reading.text.endsWith('ทุก', startAt(reading, index)) && qualifier === undefined) return undefined;
  if (qualifier === undefined && isWeekly(reading, from + 1)) return undefined;
  // อ., ส. are other things too: a date must follow them
  if (shy === true && (reading.tokens[from]?.form ?? '').endsWith('.')) return undefined;
  const role = qualifier ?? roleAt(reading, after);
  if (qualifier === undefined && shy === true && unit !== undefined) return undefined;
  const past_ = role === 'last' && reading.tokens[after]?.form !== 'ที่แล้ว' && qualifier === undefined;
  const how =
    role === 'this' || role === 'next' || role === 'coming'
      ? role
      : role === 'last'
        ? past_ || english
          ? 'past'
          : 'last'
        : role === 'before'
          ? 'past'
          : undefined;
  if (how === undefined && ((shy === true && weekdayPair !== true) || qualifier !== undefined))
    return undefined;
  const next = how !== undefined && qualifier === undefined ? after + 1 : from + 1;
  const fallback = leanBefore(reading, index) === 'past' ? 'past' : undefined;
  const day = weekdayDay(reading.today, weekday, how ?? fallback);
  if (weekdayPair !== true) return one(readTo(reading, index, next, { ...day }));
  const value = `${isoDay(day)}/${isoDay(addDays(day, 1))}`;
  return one(readTo(reading, index, next, { period: { kind: 'range', value } }));
}

/** วันจันทร์-ศุกร์, วันจันทร์ถึงวันศุกร์: days of every week, no date. */
function isWeekly(reading: Reading, index: number): boolean {
  const join = joinAt(reading, index);
  if (join?.how !== 'range' || wordAt(reading, join.next).weekday === undefined) return false;
  const after = past(reading, join.next + 1);
  return reading.tokens[after]?.form !== 'ที่' && stepOf(roleAt(reading, after)) === undefined;
}

/** The week, month, quarter or year around today: สัปดาห์หน้า, เดือนที่แล้ว, ปีนี้, next week. */
function readRelativeUnit(reading: Reading, index: number): DateRead | undefined {
  const word = wordAt(reading, index);
  const leading = stepOf(word.role);
  const english = leading !== undefined && (reading.tokens[index]?.form ?? 'ก') < 'ก';
  const unitIndex = english ? past(reading, index + 1) : index;
  const { unit } = wordAt(reading, unitIndex);
  if (unit === undefined) return undefined;
  const at = past(reading, unitIndex + 1);
  const role = roleAt(reading, at);
  const step = english ? leading : stepOf(role);
  const next = english ? unitIndex + 1 : at + 1;
  const { today } = reading;
  if (!english && role === 'same') {
    const { year, month, day } = reading.mentioned ?? today;
    if (unit === 'day') return readTo(reading, index, next, { year, month, day });
    if (unit === 'month') {
      const of = past(reading, next);
      const other = relativeYear(reading, roleAt(reading, of) === 'of' ? past(reading, of + 1) : of);
      return readTo(reading, index, other?.next ?? next, { year: other?.year ?? year, month });
    }
    return unit === 'year' ? readTo(reading, index, next, { year }) : undefined;
  }
  if (step === undefined || (role === 'before' && unit !== 'year' && !isBreak(reading, next)))
    return undefined;
  switch (unit) {
    case 'year':
      return readTo(reading, index, next, { year: today.year + step });
    case 'month': {
      const { year, month } = addMonths({ ...today, day: 1 }, step);
      return readTo(reading, index, next, { year, month });
    }
    case 'week': {
      const monday = addDays(mondayOf(today), step * 7);
      const value = `${isoDay(monday)}/${isoDay(addDays(monday, 6))}`;
      return readTo(reading, index, next, { period: { kind: 'range', value } });
    }
    case 'decade': {
      const from = Math.floor((today.year + 543) / 10) * 10 - 543 + step * 10;
      return readTo(reading, index, next, {
        period: { kind: 'range', value: `${isoYear(from)}/${isoYear(from + 9)}` },
      });
    }
    default:
      return undefined;
  }
}

/** 2 ปีก่อน, 3 วันที่แล้ว, 3 months ago, อีก 3 เดือน, in two weeks. The stretch itself is kept inside. */
function readShifted(reading: Reading, index: number): DateRead | undefined {
  const ahead = roleAt(reading, index) === 'ahead';
  const from = ahead ? past(reading, index + 1) : index;
  const duration = readDuration(reading, from);
  if (duration === undefined) return undefined;
  const at = past(reading, duration.next);
  const role = roleAt(reading, at);
  let direction: 1 | -1 | undefined = ahead ? 1 : undefined;
  let next = duration.next;
  if (role === 'from-now') {
    direction = 1;
    next = at + 1;
  } else if (
    !ahead &&
    (role === 'ago' ||
      role === 'last' ||
      (role === 'before' && (isBreak(reading, at + 1) || roleAt(reading, at + 1) === 'this')))
  ) {
    direction = -1;
    next = at + 1;
  }
  if (direction === undefined) return undefined;
  const found = shifted(reading, duration.parts, direction);
  if (found === undefined) return undefined;
  const inner: Found = {
    kind: 'duration',
    value: isoDuration(duration.parts),
    start: duration.start,
    end: duration.end,
  };
  const rest =
    found.day === undefined ? { period: { kind: found.kind, value: found.value } } : { ...found.day };
  return readTo(reading, index, next, { ...rest, inner: [inner] });
}

/** Everything that can begin at `index` and says when, hours apart. */
export function readDates(reading: Reading, index: number): DatesRead | undefined {
  const token = reading.tokens[index];
  if (token === undefined || token.space === true) return undefined;
  const word = token.word;
  if (token.number === undefined && word === undefined) return undefined;
  const single = (date: DateRead | undefined): DatesRead | undefined =>
    date === undefined ? undefined : one(date);
  if (word?.shift !== undefined) {
    // เมื่อคืนวันที่ 15: the part of another day
    const following = wordAt(reading, past(reading, index + 1));
    if (word.part !== undefined && (following.role === 'date-mark' || following.weekday !== undefined))
      return undefined;
    const day = addDays(reading.today, word.shift);
    return one(readTo(reading, index, index + 1, { ...day, night: word.part === 'night' }));
  }
  const marked = word?.role === 'date-mark' || word?.role === 'on';
  if (marked) {
    const from = past(reading, index + 1);
    const weekday = readWeekday(reading, from, undefined);
    if (weekday !== undefined && word.role === 'on') return weekday;
    const numeric = readNumeric(reading, index, from, true);
    return single(numeric) ?? readDays(reading, index, from, undefined, word.role === 'date-mark');
  }
  const spokenDay = word?.digit !== undefined || word?.place === 1 || word?.only === 'twenty';
  if (token.number !== undefined || spokenDay) {
    const numeric =
      token.number === undefined
        ? undefined
        : readNumeric(reading, index, index, expectsDate(reading, index));
    return (
      single(numeric) ??
      readDays(reading, index, index, undefined, false) ??
      single(readShifted(reading, index))
    );
  }
  if (word === undefined) return undefined;
  const leading =
    word.role === 'next' || word.role === 'last' || word.role === 'this' ? word.role : undefined;
  if (leading !== undefined && (token.form ?? 'ก') < 'ก') {
    return readWeekday(reading, index, leading) ?? single(readRelativeUnit(reading, index));
  }
  if (word.role === 'ahead' && (token.form ?? 'ก') < 'ก') {
    const inYear = commonYearAt(reading, past(reading, index + 1));
    if (inYear !== undefined) return readYearsFrom(reading, inYear.at, inYear);
  }
  if (word.role === 'ahead' || word.half === true || word.english !== undefined)
    return single(readShifted(reading, index));
  const period = readPeriod(reading, index);
  if (period !== undefined) return one(period);
  if (word.weekday !== undefined) {
    const found = readWeekday(reading, index, undefined);
    if (found !== undefined) return found;
  }
  const months = word.month !== undefined || word.unit === 'month' ? readMonths(reading, index) : undefined;
  if (months !== undefined) return months;
  if (word.unit !== undefined) {
    const relative = single(readRelativeUnit(reading, index));
    if (relative !== undefined) return relative;
    const shiftedRead = single(readShifted(reading, index));
    if (shiftedRead !== undefined) return shiftedRead;
  }
  if (word.unit === 'year' || word.era !== undefined || word.role === 'year-mark')
    return readYears(reading, index);
  return undefined;
}

/** ปี 2540, พ.ศ. 2475, ปี 2540-2545, ปี 2540 และ 2541. */
function readYears(reading: Reading, index: number): DatesRead | undefined {
  const first = readYear(reading, index);
  return first === undefined ? undefined : readYearsFrom(reading, index, first);
}

/** "in 2027", "since 1997": a bare common-era year after an English preposition. */
function commonYearAt(
  reading: Reading,
  at: number,
): { readonly at: number; readonly year: number; readonly next: number } | undefined {
  const figure = reading.tokens[at]?.number ?? '';
  if (!/^(?:19|20|21)\d\d$/.test(figure) || wordAt(reading, past(reading, at + 1)).classifier === true)
    return undefined;
  const { baht, place, unit } = wordAt(reading, past(reading, at + 1));
  return baht === true || place !== undefined || unit !== undefined
    ? undefined
    : { at, year: Number(figure), next: at + 1 };
}

function readYearsFrom(
  reading: Reading,
  index: number,
  first: { readonly year: number; readonly next: number },
): DatesRead {
  const figure = reading.tokens[first.next - 1]?.number ?? '';
  const start = readTo(reading, index, first.next, { year: first.year });
  const slash = isMark(reading, first.next, '/')
    ? { how: 'range' as const, next: first.next + 1 }
    : undefined;
  const join = joinAt(reading, first.next) ?? slash;
  const token = join === undefined ? undefined : reading.tokens[join.next];
  if (join === undefined || token?.number === undefined || figure === '') return one(start);
  const length = token.end - token.start;
  if (
    length !== token.number.length ||
    (length !== 4 && length !== 2) ||
    (length === 2 && join.how === 'list')
  )
    return one(start);
  const written =
    length === 4 ? Number(token.number) : Math.floor(Number(figure) / 100) * 100 + Number(token.number);
  const second = first.year + written - Number(figure);
  if (second <= first.year || second - first.year > 600 || (figure.length !== 4 && figure.length !== length))
    return one(start);
  const { place, classifier, baht } = wordAt(reading, past(reading, join.next + 1));
  if (
    place !== undefined ||
    baht === true ||
    classifier === true ||
    reading.tokens[join.next + 1]?.mark === '/'
  )
    return one(start);
  const end = readTo(reading, join.next, join.next + 1, { year: second });
  return { dates: [start, end], joined: join.how, next: end.next };
}

/** Words before a bare 12/8 that make it a date. */
function expectsDate(reading: Reading, index: number): boolean {
  const at = startAt(reading, index);
  const head = reading.text.slice(Math.max(0, at - 10), at).trimEnd();
  return ['นัด', 'ภายใน', 'ก่อน', 'ถึง', 'ตั้งแต่', 'เมื่อ', 'วัน', 'เกิด', 'หมดอายุ', 'date'].some(word =>
    head.endsWith(word),
  );
}
