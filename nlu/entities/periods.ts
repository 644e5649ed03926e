import { addDays, addMonths, daysInMonth, isoDay, isoMonth, isoYear } from './calendar';
import type { DateRead, Found } from './date-read';
import { commonYear } from './eras';
import { readCount } from './numbers';
import { mondayOf, yearFor } from './resolve';
import { endBefore, isMark, past, roleAt, startAt, wordAt, type Reading } from './tokens';
import type { Phase } from './words/word';
import { readYear } from './years';

interface Month {
  readonly year: number;
  readonly month: number;
}

/** First and last day of a phase of a month; its last day alone for สิ้นเดือน. */
function phaseOfMonth(
  { year, month }: Month,
  phase: Phase,
): { readonly kind: 'date' | 'range'; readonly value: string } {
  const last = daysInMonth(year, month);
  const span = (from: number, to: number): string =>
    `${isoDay({ year, month, day: from })}/${isoDay({ year, month, day: to })}`;
  switch (phase) {
    case 'start':
      return { kind: 'range', value: span(1, 10) };
    case 'middle':
      return { kind: 'range', value: span(11, 20) };
    case 'end':
      return { kind: 'range', value: span(21, last) };
    case 'first-half':
      return { kind: 'range', value: span(1, 15) };
    case 'second-half':
      return { kind: 'range', value: span(16, last) };
    case 'last-day':
      return { kind: 'date', value: isoDay({ year, month, day: last }) };
  }
}

function phaseOfYear(
  year: number,
  phase: Phase,
): { readonly kind: 'date' | 'range'; readonly value: string } {
  const span = (from: number, to: number): string => `${isoMonth(year, from)}/${isoMonth(year, to)}`;
  switch (phase) {
    case 'start':
      return { kind: 'range', value: span(1, 4) };
    case 'middle':
      return { kind: 'range', value: span(5, 8) };
    case 'end':
      return { kind: 'range', value: span(9, 12) };
    case 'first-half':
      return { kind: 'range', value: span(1, 6) };
    case 'second-half':
      return { kind: 'range', value: span(7, 12) };
    case 'last-day':
      return { kind: 'date', value: `${isoYear(year)}-12-31` };
  }
}

function result(
  reading: Reading,
  index: number,
  next: number,
  period: { readonly kind: 'date' | 'range'; readonly value: string },
  inner?: Found,
): DateRead {
  const span = { start: startAt(reading, index), end: endBefore(reading, next), next, period };
  return inner === undefined ? span : { ...span, inner: [inner] };
}

function inside(reading: Reading, from: number, next: number, value: string): Found {
  return { kind: 'date', value, start: startAt(reading, from), end: endBefore(reading, next) };
}

function stepAt(reading: Reading, index: number): number | undefined {
  const role = roleAt(reading, index);
  if (role === 'this') return 0;
  if (role === 'next' || role === 'coming') return 1;
  return role === 'last' || role === 'before' ? -1 : undefined;
}

/** ต้นเดือน, สิ้นเดือนนี้, กลางเดือนมกราคม 2551, ปลายปี 2550, ครึ่งปีแรก 2551. */
function readPhase(reading: Reading, index: number, phase: Phase): DateRead | undefined {
  const { today } = reading;
  let at = past(reading, index + 1);
  const ofYear = (reading.tokens[index]?.form ?? '').includes('ปี');
  if (roleAt(reading, at) === 'of') at = past(reading, at + 1);
  const word = wordAt(reading, at);
  const monthIndex = word.unit === 'month' ? past(reading, at + 1) : at;
  const { month, shy } = wordAt(reading, monthIndex);
  const bareAbbreviation = shy === true && (reading.tokens[monthIndex]?.form ?? '').length <= 3;
  if (month !== undefined && (word.unit === 'month' || !bareAbbreviation)) {
    const year = readYear(reading, monthIndex + 1, { afterMonth: month });
    const stated = { year: year?.year ?? yearFor(today, month, 15), month };
    const lean = year === undefined ? past(reading, monthIndex + 1) : 0;
    const ended = year?.next ?? (stepAt(reading, lean) === undefined ? monthIndex + 1 : lean + 1);
    return result(
      reading,
      index,
      ended,
      phaseOfMonth(stated, phase),
      inside(reading, at, ended, isoMonth(stated.year, stated.month)),
    );
  }
  if (word.unit === 'month') {
    const qualifier = past(reading, at + 1);
    const step = stepAt(reading, qualifier);
    const target = addMonths({ ...today, day: 1 }, step ?? 0);
    return result(reading, index, step === undefined ? at + 1 : qualifier + 1, phaseOfMonth(target, phase));
  }
  const year = readYear(reading, at, ofYear ? { afterMonth: 12 } : {});
  if (year !== undefined) {
    return result(
      reading,
      index,
      year.next,
      phaseOfYear(year.year, phase),
      inside(reading, at, year.next, isoYear(year.year)),
    );
  }
  if (ofYear) {
    const step = stepAt(reading, at);
    return result(
      reading,
      index,
      step === undefined ? index + 1 : at + 1,
      phaseOfYear(today.year + (step ?? 0), phase),
    );
  }
  if (word.unit === 'week') {
    const qualifier = past(reading, at + 1);
    const step = stepAt(reading, qualifier);
    return readPhaseOfWeek(reading, index, phase, step ?? 0, step === undefined ? at + 1 : qualifier + 1);
  }
  if (word.unit === 'year') return result(reading, index, at + 1, phaseOfYear(today.year, phase));
  return undefined;
}

/** ต้นสัปดาห์ is Monday and Tuesday, กลาง Wednesday and Thursday, ปลาย Friday to Sunday. */
function readPhaseOfWeek(
  reading: Reading,
  index: number,
  phase: Phase,
  step: number,
  next: number,
): DateRead {
  const monday = addDays(mondayOf(reading.today), step * 7);
  const [from, to] = phase === 'start' ? [0, 1] : phase === 'middle' ? [2, 3] : [4, 6];
  const value = `${isoDay(addDays(monday, from))}/${isoDay(addDays(monday, to))}`;
  return result(reading, index, next, { kind: 'range', value });
}

const ordinals: readonly string[] = ['แรก', 'สอง', 'สาม', 'สุดท้าย'];

/** ไตรมาส 3/2567, ไตรมาสที่ 2 ปี 2551, ไตรมาสแรก, ไตรมาสนี้. */
function readQuarter(reading: Reading, index: number): DateRead | undefined {
  const { today } = reading;
  const after = past(reading, index + 1);
  const step = stepAt(reading, after);
  const render = ({ year, month }: Month): { readonly kind: 'range'; readonly value: string } => {
    const end = { year, month: month + 2, day: daysInMonth(year, month + 2) };
    return { kind: 'range', value: `${isoDay({ year, month, day: 1 })}/${isoDay(end)}` };
  };
  if (step !== undefined) {
    const first = today.month - ((today.month - 1) % 3);
    const { year, month } = addMonths({ year: today.year, month: first, day: 1 }, step * 3);
    return result(reading, index, after + 1, render({ year, month }));
  }
  let at = reading.tokens[after]?.form === 'ที่' ? past(reading, after + 1) : after;
  let quarter: number | undefined;
  const gap = reading.tokens[at];
  const tail =
    gap === undefined || gap.word !== undefined
      ? undefined
      : ordinals.find(name => reading.text.startsWith(name, gap.start));
  if (tail === 'แรก' || tail === 'สุดท้าย') {
    quarter = tail === 'แรก' ? 1 : 4;
    at++;
  } else {
    const slashed = reading.tokens[at]?.number?.length === 1 ? Number(reading.tokens[at]?.number) : undefined;
    const count = slashed === undefined ? readCount(reading, at, 4) : { value: slashed, next: at + 1 };
    if (count === undefined || count.value < 1 || count.value > 4) return undefined;
    quarter = count.value;
    at = count.next;
  }
  let year: number | undefined;
  if (isMark(reading, at, '/')) {
    const figure = reading.tokens[at + 1]?.number ?? '';
    year = commonYear({ year: Number(figure), digits: figure.length }, today.year);
    if (year !== undefined) at += 2;
  } else {
    const from =
      roleAt(reading, past(reading, at)) === 'of' ? past(reading, past(reading, at) + 1) : past(reading, at);
    const read =
      readYear(reading, from) ??
      (/^\d{4}$/.test(reading.tokens[from]?.number ?? '')
        ? readYear(reading, from, { afterMonth: 12 })
        : undefined);
    if (read !== undefined) {
      year = read.year;
      at = read.next;
    }
  }
  return result(reading, index, at, render({ year: year ?? today.year, month: quarter * 3 - 2 }));
}

/** ทศวรรษ 1990, ทศวรรษที่ 2530, ศตวรรษที่ 20. */
function readEpoch(reading: Reading, index: number, years: 10 | 100): DateRead | undefined {
  let at = past(reading, index + 1);
  if (reading.tokens[at]?.form === 'ที่') at = past(reading, at + 1);
  const number = reading.tokens[at]?.number;
  if (number === undefined) return undefined;
  if (years === 100) {
    const century = Number(number);
    if (!/^\d\d?$/.test(number) || century < 1 || century > 26) return undefined;
    const first = (century - 1) * 100 + 1 - (century >= 24 ? 543 : 0);
    return result(reading, index, at + 1, {
      kind: 'range',
      value: `${isoYear(first)}/${isoYear(first + 99)}`,
    });
  }
  const first = /^\d{4}$/.test(number)
    ? commonYear({ year: Number(number), digits: 4 }, reading.today.year)
    : undefined;
  if (first === undefined) return undefined;
  return result(reading, index, at + 1, { kind: 'range', value: `${isoYear(first)}/${isoYear(first + 9)}` });
}

/** A feast of a fixed date, with its year if one follows: วันปีใหม่ 2551. */
function readFeast(reading: Reading, index: number, feast: string): DateRead {
  const [month = 1, day = 1] = feast.split('-').map(Number);
  const year = readYear(reading, index + 1, { afterMonth: month });
  const next = year?.next ?? index + 1;
  return {
    start: startAt(reading, index),
    end: endBefore(reading, next),
    next,
    month,
    day,
    year: year?.year,
  };
}

/** A named stretch of the calendar that begins at `index`. */
export function readPeriod(reading: Reading, index: number): DateRead | undefined {
  const word = wordAt(reading, index);
  if (word.feast !== undefined) return readFeast(reading, index, word.feast);
  if (word.phase !== undefined && reading.text.endsWith('ทุก', startAt(reading, index))) return undefined;
  if (word.phase !== undefined) return readPhase(reading, index, word.phase);
  if (word.unit === 'quarter') return readQuarter(reading, index);
  if (word.unit === 'decade') return readEpoch(reading, index, 10);
  if (word.unit === 'century') return readEpoch(reading, index, 100);
  return undefined;
}
