import { addDays, isoDay, type Day } from './calendar';
import { isoTime, readClock, type ClockRead } from './clock';
import { dateValue, type DateRead, type DateValue, type Found } from './date-read';
import { joinAt, readDates, type DatesRead } from './dates';
import { before, past, roleAt, startAt, wordAt, type Reading } from './tokens';

export interface Read {
  readonly found: readonly Found[];
  readonly next: number;
}

interface Times {
  readonly clocks: readonly ClockRead[];
  /** From the first to the second, not the one and the other. */
  readonly range: boolean;
  readonly next: number;
}

/** A clock time or a range of two. A number that only could be a time counts when its partner, เวลา or a date makes it one. */
function readTimes(reading: Reading, index: number, expected: boolean): Times | undefined {
  const first = readClock(reading, index);
  if (first === undefined) return undefined;
  const join = joinAt(reading, first.next);
  if (join !== undefined) {
    const at = roleAt(reading, join.next) === 'clock-mark' ? past(reading, join.next + 1) : join.next;
    const second = readClock(reading, at);
    if (
      second !== undefined &&
      (second.sure || (expected && reading.tokens[at]?.number?.includes('.') === true))
    ) {
      const plausible =
        first.sure || /[.:]/.test(reading.text.slice(first.start, first.end)) || join.how === 'range';
      if (plausible) {
        if (join.how === 'range')
          return { clocks: [halfDay(first, second), second], range: true, next: second.next };
        return { clocks: [first, second], range: false, next: second.next };
      }
    }
  }
  const pointed = reading.tokens[index]?.number?.includes('.') === true;
  return first.sure || (expected && pointed)
    ? { clocks: [first], range: false, next: first.next }
    : undefined;
}

/** "1-3 pm": the first hour is in the same half of the day as the second, if that keeps the order. */
function halfDay(first: ClockRead, second: ClockRead): ClockRead {
  if (first.sure || first.minutes > 720 || second.minutes <= 720) return first;
  const later = first.minutes + 720;
  return first.minutes < 720 && second.minutes > 720 && later < second.minutes && first.minutes < 420
    ? { ...first, minutes: later }
    : first;
}

/** Moves over what may stand between a date and its time: เวลา, ตอน, ประมาณ, a part of the day, a comma. */
function toTime(reading: Reading, index: number): { readonly at: number; readonly expected: boolean } {
  let at = index;
  let expected = false;
  for (let steps = 0; steps < 8; steps++) {
    const token = reading.tokens[at];
    const word = token?.word;
    const role = word?.role;
    if (token?.space === true || (token?.mark === ',' && steps < 2)) at++;
    else if (role === 'clock-mark') {
      expected = true;
      at++;
    } else if ((role === 'about' || role === 'this' || role === 'ahead') && word?.some !== true) at++;
    else if (word?.part !== undefined && role === undefined) at++;
    else if (word?.part !== undefined && role === 'bai' && readClock(reading, at) === undefined) at++;
    else break;
  }
  return { at, expected };
}

function span(read: { readonly start: number; readonly end: number }, kind: string, value: string): Found {
  return { kind, value, start: read.start, end: read.end };
}

function timesFound(times: Times): Found[] {
  const parts = times.clocks.map(clock => {
    const found = span(clock, 'time', isoTime(clock.minutes));
    return clock.open ? { ...found, confidence: 0.7 } : found;
  });
  const [first, second] = times.clocks;
  if (first === undefined || second === undefined || !times.range) return parts;
  const value = `${isoTime(first.minutes)}/${isoTime(second.minutes)}`;
  return [{ kind: 'range', value, start: first.start, end: second.end }, ...parts];
}

function moment(day: Day, minutes: number, night: boolean): string {
  const next = minutes >= 1440 || (night && minutes < 360);
  return `${isoDay(next ? addDays(day, 1) : day)}T${isoTime(minutes)}`;
}

/** Date and time together, with each of them inside, so that a reader who wants only one finds it. */
function together(start: number, end: number, date: Found, day: Day, times: Times, night: boolean): Found[] {
  const [first, second] = times.clocks;
  if (first === undefined) return [date];
  const from = moment(day, first.minutes, night);
  const whole: Found =
    second === undefined || !times.range
      ? { kind: 'datetime', value: from, start, end }
      : {
          kind: 'range',
          value: `${from}/${moment(second.minutes < first.minutes ? addDays(day, 1) : day, second.minutes, night)}`,
          start,
          end,
        };
  return [whole, date, ...timesFound(times)];
}

/** Gives what a date's neighbour in a range left unsaid: the year, then the month. */
function complete(first: DateRead, second: DateRead): DateRead {
  if (first.period !== undefined || second.period !== undefined) return first;
  if (first.month === undefined && first.day !== undefined && second.month !== undefined) {
    return { ...first, month: second.month, year: second.year };
  }
  if (
    first.year !== undefined ||
    second.year === undefined ||
    first.month === undefined ||
    second.month === undefined
  )
    return first;
  const wraps =
    first.month > second.month || (first.month === second.month && (first.day ?? 0) > (second.day ?? 0));
  return { ...first, year: wraps ? second.year - 1 : second.year };
}

function asFound(read: DateRead, value: DateValue): Found {
  return { ...span(read, value.kind, value.value), dated: read.year !== undefined };
}

/** The second date of "30 พ.ย.–2 ธ.ค. 2550", after a first that stands alone. */
function joinedTo(reading: Reading, first: DatesRead): DatesRead {
  const [start] = first.dates;
  if (first.joined !== 'one' || start === undefined) return first;
  const join = joinAt(reading, first.next);
  if (join?.how !== 'range') return first;
  let at = join.next;
  for (let steps = 0; steps < 2 && reading.tokens[at]?.space === true; steps++) at++;
  const second = readDates(reading, at);
  const [end] = second?.dates ?? [];
  if (
    second === undefined ||
    end === undefined ||
    second.joined !== 'one' ||
    end.inner?.some(part => part.kind === 'duration') === true
  ) {
    return first;
  }
  if ((start.day === undefined) !== (end.day === undefined)) return first;
  return { dates: [complete(start, end), end], joined: 'range', next: second.next };
}

function rangeOf(
  reading: Reading,
  first: DateRead,
  second: DateRead,
): readonly [DateValue, DateValue] | undefined {
  const end = dateValue(reading, second);
  if (end === undefined) return undefined;
  const anchored =
    first.year === undefined && first.month !== undefined && end.day !== undefined
      ? complete(first, { ...second, year: end.day.year, month: end.day.month, day: end.day.day })
      : first;
  const filled =
    anchored.month === undefined && anchored.day !== undefined && end.day !== undefined
      ? { ...anchored, month: end.day.month, year: end.day.year }
      : anchored;
  const start = dateValue(reading, filled);
  return start === undefined || start.value > end.value ? undefined : [start, end];
}

function readFromDate(reading: Reading, index: number): Read | undefined {
  const raw = readDates(reading, index);
  if (raw === undefined) return undefined;
  const read = joinedTo(reading, raw);
  const found: Found[] = read.dates.flatMap(date => [...(date.inner ?? [])]);
  const [first, second] = read.dates;
  if (first === undefined) return undefined;
  if (read.joined === 'range' && second !== undefined) {
    const pair = rangeOf(reading, first, second);
    if (pair !== undefined) {
      const [start, end] = pair;
      found.push({
        kind: 'range',
        value: `${start.value}/${end.value}`,
        start: first.start,
        end: second.end,
      });
      found.push(asFound(first, start), asFound(second, end));
      if (end.day !== undefined) reading.mentioned = end.day;
      return { found, next: read.next };
    }
  }
  let lastValue: DateValue | undefined;
  let lastRead: DateRead = first;
  for (const date of read.dates) {
    const value = dateValue(reading, date);
    if (value === undefined) continue;
    found.push(asFound(date, value));
    lastValue = value;
    lastRead = date;
  }
  if (lastValue === undefined) return undefined;
  if (lastValue.day === undefined) return { found, next: read.next };
  reading.mentioned = lastValue.day;
  const { at, expected } = toTime(reading, read.next);
  const times = readTimes(reading, at, expected);
  const [clock] = times?.clocks ?? [];
  if (times === undefined || clock === undefined) return { found, next: read.next };
  const date = found.pop();
  if (date === undefined) return undefined;
  const end = times.clocks[times.clocks.length - 1]?.end ?? clock.end;
  const night = lastRead.night === true || wordAt(reading, before(reading, index)).part === 'night';
  found.push(...together(lastRead.start, end, date, lastValue.day, times, night));
  return { found, next: times.next };
}

function readFromTime(reading: Reading, index: number): Read | undefined {
  const lead = roleAt(reading, before(reading, index));
  const times = readTimes(reading, index, lead === 'clock-mark' || lead === 'about');
  const [first] = times?.clocks ?? [];
  if (times === undefined || first === undefined) return undefined;
  let at = past(reading, times.next);
  for (let steps = 0; steps < 3; steps++) {
    const { role, part } = wordAt(reading, at);
    if (role === 'of' || (part !== undefined && role === undefined) || reading.tokens[at]?.mark === ',')
      at = past(reading, at + 1);
  }
  const dates = dateAfter(reading, at);
  const [date] = dates?.dates ?? [];
  const value = date === undefined || dates?.joined !== 'one' ? undefined : dateValue(reading, date);
  if (dates === undefined || date === undefined || value?.day === undefined)
    return { found: timesFound(times), next: times.next };
  reading.mentioned = value.day;
  return {
    found: together(
      startAt(reading, index),
      date.end,
      asFound(date, value),
      value.day,
      times,
      date.night === true,
    ),
    next: dates.next,
  };
}

/** A date that says it is one: not a bare number after a time. */
function dateAfter(reading: Reading, index: number): DatesRead | undefined {
  const word = wordAt(reading, index);
  const says =
    word.role === 'date-mark' ||
    word.role === 'on' ||
    word.shift !== undefined ||
    word.weekday !== undefined ||
    word.role === 'next';
  const dates = says || reading.tokens[index]?.number !== undefined ? readDates(reading, index) : undefined;
  const [date] = dates?.dates ?? [];
  return date?.day === undefined || (!says && date.month === undefined) || date.inner !== undefined
    ? undefined
    : dates;
}

/** The longest phrase of time that begins at `index`. */
export function readTemporal(reading: Reading, index: number): Read | undefined {
  return readFromDate(reading, index) ?? readFromTime(reading, index);
}
