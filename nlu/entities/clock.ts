import { readCount, readDigit } from './numbers';
import { before, endBefore, isMark, past, roleAt, startAt, wordAt, type Reading } from './tokens';
import type { PartOfDay } from './words/word';

export interface ClockRead {
  /** Minutes since midnight; 1440 is the midnight that ends the day. */
  readonly minutes: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** Said as a time (a unit, a colon, an o'clock), not merely a number that could be one. */
  readonly sure: boolean;
  /** Said in words that leave am and pm open: 3 โมง, at 3. */
  readonly open: boolean;
}

export function isoTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

interface Minutes {
  readonly minutes: number;
  readonly next: number;
}

/** What may follow the hour: ครึ่ง, ตรง, 15 นาที, สิบห้า; digits without นาที would be a guess. */
function minutesAfter(reading: Reading, index: number): Minutes {
  const here = wordAt(reading, index);
  if (here.half === true) return { minutes: 30, next: index + 1 };
  if (here.role === 'exact') return { minutes: 0, next: index + 1 };
  const from = past(reading, index);
  if (
    from !== index &&
    wordAt(reading, from).half === true &&
    wordAt(reading, from + 1).place === undefined
  ) {
    return { minutes: 30, next: from + 1 };
  }
  const count = readCount(reading, from, 59);
  if (count === undefined) return { minutes: 0, next: index };
  const unit = past(reading, count.next);
  if (wordAt(reading, unit).unit === 'minute') return { minutes: count.value, next: unit + 1 };
  const spokenFives = count.digits === 0 && count.value >= 5 && count.value % 5 === 0;
  return spokenFives &&
    from === index &&
    wordAt(reading, unit).classifier === undefined &&
    wordAt(reading, unit).unit === undefined
    ? { minutes: count.value, next: count.next }
    : { minutes: 0, next: index };
}

function clock(
  reading: Reading,
  from: number,
  next: number,
  minutes: number,
  sure = true,
  open = false,
): ClockRead {
  return {
    minutes,
    start: startAt(reading, from),
    end: endBefore(reading, next),
    next,
    sure,
    open,
  };
}

/** The part of the day named just before or after, such as เย็น in "เย็นนี้ 6 โมง". */
function partNear(reading: Reading, index: number, next: number): PartOfDay | undefined {
  const after = wordAt(reading, past(reading, next)).part;
  if (after !== undefined) return after;
  let at = before(reading, index);
  for (let steps = 0; steps < 3; steps++) {
    const word = wordAt(reading, at);
    if (word.part !== undefined) return word.part;
    if (
      word.role !== 'about' &&
      word.role !== 'clock-mark' &&
      word.shift === undefined &&
      word.role !== 'this'
    )
      return undefined;
    at = before(reading, at);
  }
  return undefined;
}

/** `hour` with โมง, by what people mean: 6-11 in the morning, 1-5 in the afternoon unless เช้า is said (the old count from six). */
function mongHour(hour: number, part: PartOfDay | undefined): number {
  if (hour > 12 || hour === 12) return hour % 24;
  if (part === 'morning') return hour <= 5 ? hour + 6 : hour;
  if (part === 'evening' || part === 'afternoon') return hour <= 6 ? hour + 12 : hour;
  return hour <= 5 ? hour + 12 : hour;
}

function afterHour(reading: Reading, index: number, hour: number, hourNext: number): ClockRead | undefined {
  const sign = past(reading, hourNext);
  const role = roleAt(reading, sign);
  if (role === 'hour-sign' && hour <= 24) {
    const rest = minutesAfter(reading, sign + 1);
    return clock(reading, index, rest.next, hour * 60 + rest.minutes);
  }
  if (role === 'thum' && hour >= 1 && hour <= 6) {
    const rest = minutesAfter(reading, sign + 1);
    return clock(reading, index, rest.next, (hour + 18) * 60 + rest.minutes);
  }
  if (role === 'mong' && hour >= 1 && hour <= 23) {
    const early = minutesAfter(reading, sign + 1);
    const partIndex = past(reading, early.next);
    const said = wordAt(reading, partIndex).part;
    const named = said !== undefined && said !== 'night' ? said : undefined;
    const late = named === undefined ? early : minutesAfter(reading, partIndex + 1);
    const part = named ?? partNear(reading, index, early.next);
    const minutes =
      mongHour(hour, part) * 60 + Math.max(early.minutes, named === undefined ? 0 : late.minutes);
    return clock(
      reading,
      index,
      named === undefined ? early.next : late.next,
      minutes,
      true,
      part === undefined,
    );
  }
  return undefined;
}

/** `น.`, or `น` that no letter follows. */
function thaiSign(reading: Reading, index: number): number | undefined {
  const token = reading.tokens[index];
  if (
    token === undefined ||
    token.word !== undefined ||
    token.mark !== undefined ||
    token.number !== undefined
  )
    return undefined;
  if (reading.text.slice(token.start, token.end) !== 'น') return undefined;
  return isMark(reading, index + 1, '.') ? index + 2 : index + 1;
}

function written(reading: Reading, index: number): ClockRead | undefined {
  const number = reading.tokens[index]?.number ?? '';
  const [whole = '', decimals] = number.split('.');
  if (whole.length > 2) return undefined;
  const hour = Number(whole);
  if (hour > 24) return undefined;
  let minute = 0;
  let next = index + 1;
  let sure = false;
  if (decimals !== undefined) {
    if (decimals.length !== 2 || Number(decimals) > 59) return undefined;
    minute = Number(decimals);
  } else if (isMark(reading, index + 1, ':')) {
    const minutes = reading.tokens[index + 2]?.number ?? '';
    const [digits = ''] = minutes.split('.');
    if (digits.length !== 2 || Number(digits) > 59) return undefined;
    minute = Number(digits);
    next = index + 3;
    sure = true;
    if (isMark(reading, next, ':') && /^\d\d$/.test((reading.tokens[next + 1]?.number ?? '').slice(0, 2)))
      next += 2;
  }
  if (hour * 60 + minute > 1440) return undefined;
  const sign = past(reading, next);
  const role = roleAt(reading, sign);
  if (role === 'am' || role === 'pm') {
    if (hour < 1 || hour > 12) return undefined;
    return clock(reading, index, sign + 1, ((hour % 12) + (role === 'pm' ? 12 : 0)) * 60 + minute);
  }
  if (role === 'oclock' && minute === 0) return clock(reading, index, sign + 1, hour * 60, true, true);
  const thai = thaiSign(reading, sign) ?? (role === 'hour-sign' ? sign + 1 : undefined);
  if (thai !== undefined) {
    const rest =
      role === 'hour-sign' && decimals === undefined
        ? minutesAfter(reading, thai)
        : { minutes: 0, next: thai };
    return clock(reading, index, rest.next, hour * 60 + minute + rest.minutes);
  }
  return clock(reading, index, next, hour * 60 + minute, sure, false);
}

/** บ่ายโมง, บ่ายสอง, บ่าย 3 โมงครึ่ง. */
function afternoon(reading: Reading, index: number): ClockRead | undefined {
  let next = past(reading, index + 1);
  let hour = 1;
  if (roleAt(reading, next) === 'mong') {
    next++;
  } else {
    const digit = readDigit(reading, next);
    if (digit === undefined || digit.value < 1 || digit.value > 6) return undefined;
    hour = digit.value;
    const mong = past(reading, digit.next);
    if (roleAt(reading, mong) === 'mong') next = mong + 1;
    else if (reading.tokens[next]?.number !== undefined || wordAt(reading, digit.next).classifier === true)
      return undefined;
    else next = digit.next;
  }
  const rest = minutesAfter(reading, next);
  return clock(reading, index, rest.next, (hour + 12) * 60 + rest.minutes);
}

function beforeDawn(reading: Reading, index: number): ClockRead | undefined {
  const digit = readDigit(reading, past(reading, index + 1));
  if (digit === undefined || digit.value < 1 || digit.value > 6) return undefined;
  const rest = minutesAfter(reading, digit.next);
  return clock(reading, index, rest.next, digit.value * 60 + rest.minutes);
}

/** A clock time that begins at `index`. Numbers that only could be times come back with `sure` false. */
export function readClock(reading: Reading, index: number): ClockRead | undefined {
  const token = reading.tokens[index];
  if (token === undefined) return undefined;
  if (token.number !== undefined) {
    const whole = token.number.includes('.') ? undefined : readCount(reading, index, 24);
    return (
      (whole === undefined ? undefined : afterHour(reading, index, whole.value, whole.next)) ??
      written(reading, index)
    );
  }
  const { word } = token;
  if (word === undefined) return undefined;
  if (word.digit !== undefined || word.place === 1) {
    const count = readCount(reading, index, 24);
    return count === undefined ? undefined : afterHour(reading, index, count.value, count.next);
  }
  if (word.english !== undefined) {
    const count = readCount(reading, index, 12);
    if (count === undefined || count.value < 1) return undefined;
    const sign = past(reading, count.next);
    const role = roleAt(reading, sign);
    if (role === 'oclock') return clock(reading, index, sign + 1, count.value * 60, true, true);
    if (role !== 'am' && role !== 'pm') return undefined;
    return clock(reading, index, sign + 1, ((count.value % 12) + (role === 'pm' ? 12 : 0)) * 60);
  }
  switch (word.role) {
    case 'bai':
      return afternoon(reading, index);
    case 'ti':
      return beforeDawn(reading, index);
    case 'thum': {
      const after = wordAt(reading, index + 1);
      if (after.digit === 1) return clock(reading, index, index + 2, 19 * 60);
      if (after.half !== true && after.role !== 'exact') return undefined;
      return clock(reading, index, index + 2, 19 * 60 + (after.half === true ? 30 : 0));
    }
    case 'noon': {
      const rest = minutesAfter(reading, index + 1);
      return clock(reading, index, rest.next, 720 + rest.minutes);
    }
    case 'midnight': {
      const rest = minutesAfter(reading, index + 1);
      return clock(reading, index, rest.next, rest.minutes);
    }
    case 'dawn':
      return clock(reading, index, index + 1, 6 * 60);
    case 'dusk':
      return clock(reading, index, index + 1, 18 * 60);
    default:
      return undefined;
  }
}
