import fc from 'fast-check';
import { bangkokAt, bangkokIsoDate, bangkokTimeOf, reminderPurposes } from '../../core';
import { createWindows, nextDue, ruleFault, sendingTimes, sendingWindows } from './index';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const minute = 60_000;
const holidays = ['2026-12-07', '2027-04-12', '2027-05-19'];
const times = sendingTimes(holidays);
const windows = createWindows(holidays);
const bangkok = (text: string): number => Date.parse(`${text}+07:00`);

/** 2440 to 2640 of the Buddhist era. */
const firstMinute = bangkokAt(1897, 1, 1) / minute;
const lastMinute = bangkokAt(2097, 12, 31) / minute;
const moment = fc.integer({ min: firstMinute, max: lastMinute }).map(each => each * minute);
const purpose = fc.constantFrom(...reminderPurposes);

/** The slow way to know a day: counted one by one from a day everybody knows, by the rules of the calendar in words. */
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
function slowNextDay({ year, month, day }: Day): Day {
  if (day < lengthOf(year, month)) return { year, month, day: day + 1 };
  return month < 12 ? { year, month: month + 1, day: 1 } : { year: year + 1, month: 1, day: 1 };
}
const key = ({ year, month, day }: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

it('names every day from 2440 to 2640 of the Buddhist era, and its weekday, as counting does', () => {
  let day: Day = { year: 1897, month: 1, day: 1 };
  // 1 January 1897 was a Friday.
  let weekday = 5;
  let at = bangkokAt(1897, 1, 1);
  let wrong = 0;
  while (day.year < 2098) {
    const told = bangkokTimeOf(at);
    if (key(told) !== key(day) || told.weekday !== weekday || bangkokIsoDate(at) !== key(day)) wrong += 1;
    day = slowNextDay(day);
    weekday = (weekday + 1) % 7;
    at += dayMs;
  }
  expect(wrong).toBe(0);
  expect(key(bangkokTimeOf(at))).toBe('2098-01-01');
});

describe('hours', () => {
  /** The slow way: is this minute allowed, asked in words. */
  const yearly = '01-01 04-06 04-13 04-14 04-15 05-04 06-03 07-28 08-12 10-13 10-23 12-05 12-10 12-31'.split(
    ' ',
  );
  function allowedMinute(name: (typeof reminderPurposes)[number], at: number): boolean {
    const text = new Date(at + 7 * hourMs).toISOString();
    const { from, to, workingDays } = sendingWindows[name];
    const minutes = Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
    if (minutes < from || minutes >= to) return false;
    const weekday = new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay();
    const off = holidays.includes(text.slice(0, 10)) || yearly.includes(text.slice(5, 10));
    return !workingDays || (weekday > 0 && weekday < 6 && !off);
  }

  it('finds the first allowed minute as looking minute by minute does', () => {
    fc.assert(
      fc.property(purpose, moment, (name, at) => {
        let slow = at;
        while (!allowedMinute(name, slow)) slow += minute;
        expect(times.allowed(name, at)).toBe(slow);
      }),
      { numRuns: 200 },
    );
  });

  it('finds the last allowed minute as looking back minute by minute does', () => {
    fc.assert(
      fc.property(purpose, moment, (name, at) => {
        let slow = at;
        while (!allowedMinute(name, slow)) slow -= minute;
        expect(windows.atOrBefore(sendingWindows[name], at)).toBe(slow);
      }),
      { numRuns: 200 },
    );
  });

  it('never lets an invitation out between 21:00 and 09:00, whatever is asked', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 60 * 24 * 60 }), (due, leadMinutes) => {
        for (const at of [
          times.allowed('promotion', due),
          times.tellAt('promotion', due, leadMinutes * minute),
        ]) {
          const { minutes } = bangkokTimeOf(at);
          expect(minutes).toBeGreaterThanOrEqual(9 * 60);
          expect(minutes).toBeLessThan(21 * 60);
        }
      }),
    );
  });

  it.each([
    ['the day before, at the same hour', 'appointment', '2027-01-12T09:00', dayMs, '2027-01-11T09:00'],
    ['early, so the evening before', 'appointment', '2027-01-12T07:00', 2 * hourMs, '2027-01-11T19:59'],
    ['late, so early the next day', 'appointment', '2027-01-12T23:00', dayMs, '2027-01-12T07:00'],
    ['a Saturday, so the Monday', 'document', '2027-01-16T12:00', 7 * dayMs, '2027-01-11T08:30'],
    ['a Sunday, so the Monday itself', 'benefit', '2027-01-11T12:00', dayMs, '2027-01-11T08:30'],
    ['over the new year', 'renewal', '2027-01-08T12:00', 7 * dayMs, '2027-01-04T08:30'],
    ['deep in the night, so before it', 'personal', '2027-01-12T03:00', 0, '2027-01-11T22:59'],
    ['when the person said', 'personal', '2027-01-12T06:10', 0, '2027-01-12T06:10'],
    ['the last day is a Sunday, so the Friday', 'document', '2027-01-17T23:00', 0, '2027-01-15T17:59'],
  ] as const)('tells %s (%s)', (_, name, due, leadMs, expected) => {
    expect(bangkokIsoDate(times.tellAt(name, bangkok(due), leadMs))).toBe(expected.slice(0, 10));
    expect(times.tellAt(name, bangkok(due), leadMs)).toBe(bangkok(expected));
  });

  it('tells in the hours of the purpose, and while it helps', () => {
    fc.assert(
      fc.property(
        purpose,
        moment,
        fc.constantFrom(0, hourMs, dayMs, 7 * dayMs, 90 * dayMs),
        (name, due, leadMs) => {
          const at = times.tellAt(name, due, leadMs);
          expect(allowedMinute(name, at)).toBe(true);
          expect(at).toBeLessThan(times.usefulUntil(name, { key: '', dueAt: due, leadMs, at }));
          expect(times.allowed(name, at)).toBe(at);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['an appointment that has begun', 'appointment', dayMs, '2027-01-12T09:00', false],
    ['an appointment in half an hour', 'appointment', dayMs, '2027-01-12T08:30', true],
    ['the last day of a document, in the evening', 'document', 7 * dayMs, '2027-01-12T23:30', true],
    ['a document that ran out yesterday', 'document', 7 * dayMs, '2027-01-13T00:30', false],
  ] as const)('of %s: %s told %i ms ahead still helps at %s: %s', (_, name, leadMs, now, helps) => {
    const due = bangkok('2027-01-12T09:00');
    const until = times.usefulUntil(name, { key: '', dueAt: due, leadMs, at: due - leadMs });
    expect(bangkok(now) < until).toBe(helps);
  });
});

describe('repetition', () => {
  const addMonths = (from: Day, count: number): Day => {
    const months = from.year * 12 + from.month - 1 + count;
    const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
    return { year, month, day: Math.min(from.day, lengthOf(year, month)) };
  };
  /** The slow way: day after day, until the rule in words holds. */
  function slowNext(frequency: string, interval: number, first: Day, after: Day): Day {
    if (frequency === 'MONTHLY' || frequency === 'YEARLY') {
      const step = frequency === 'MONTHLY' ? interval : 12 * interval;
      for (let count = step; ; count += step) {
        const candidate = addMonths(first, count);
        if (key(candidate) > key(after)) return candidate;
      }
    }
    const step = frequency === 'DAILY' ? interval : 7 * interval;
    let day = first;
    for (let count = 0; ; count += 1) {
      if (count % step === 0 && key(day) > key(after)) return day;
      day = slowNextDay(day);
    }
  }

  it('goes on as the slow way does, over month ends and leap years, from 2440 to 2640', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: firstMinute, max: lastMinute - 6 * 366 * 1440 }),
        fc.integer({ min: 0, max: 800 }),
        (frequency, interval, firstAt, later) => {
          const first = bangkokTimeOf(firstAt * minute);
          const after = firstAt * minute + later * dayMs;
          const next = nextDue(`FREQ=${frequency};INTERVAL=${interval}`, firstAt * minute, after);
          const expected = slowNext(frequency, interval, first, bangkokTimeOf(after));
          expect(next).toBe(bangkokAt(expected.year, expected.month, expected.day, first.minutes));
        },
      ),
      { numRuns: 250 },
    );
  });

  it.each([
    [
      '29 February, in a year that has none',
      'FREQ=YEARLY',
      '2028-02-29T09:00',
      '2028-02-29T09:00',
      '2029-02-28T09:00',
    ],
    [
      '29 February, when it comes again',
      'FREQ=YEARLY',
      '2028-02-29T09:00',
      '2031-02-28T09:00',
      '2032-02-29T09:00',
    ],
    ['the 31st', 'FREQ=MONTHLY', '2027-01-31T09:00', '2027-01-31T09:00', '2027-02-28T09:00'],
    ['the 31st again', 'FREQ=MONTHLY', '2027-01-31T09:00', '2027-02-28T09:00', '2027-03-31T09:00'],
    ['the 30th', 'FREQ=MONTHLY', '2027-01-30T09:00', '2027-02-28T09:00', '2027-03-30T09:00'],
    [
      'every second Tuesday',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
      '2027-01-12T09:00',
      '2027-01-12T09:00',
      '2027-01-26T09:00',
    ],
    [
      'the last Friday',
      'FREQ=MONTHLY;BYDAY=-1FR',
      '2027-01-29T09:00',
      '2027-01-29T09:00',
      '2027-02-26T09:00',
    ],
    [
      'early in the morning, when it is still the day before in UTC',
      'FREQ=DAILY',
      '2027-01-12T05:00',
      '2027-01-12T05:00',
      '2027-01-13T05:00',
    ],
  ])('%s (%s)', (_, rule, first, after, expected) => {
    expect(nextDue(rule, bangkok(first), bangkok(after))).toBe(bangkok(expected));
  });

  it.each([
    ['counted out', 'FREQ=DAILY;COUNT=2', '2027-01-13T09:00'],
    ['past its end', 'FREQ=DAILY;UNTIL=20270113', '2027-01-13T09:00'],
    ['a day that never is', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', '2027-01-12T09:00'],
  ])('has ended: %s', (_, rule, after) => {
    expect(nextDue(rule, bangkok('2027-01-12T09:00'), bangkok(after))).toBeUndefined();
  });

  it.each([
    '',
    'FREQ=HOURLY',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;BYHOUR=3',
    'INTERVAL=2',
    'ทุกวัน',
    'FREQ=DAILY;FREQ=DAILY',
  ])('refuses the rule "%s"', rule => {
    expect(ruleFault(rule)).toBeDefined();
    expect(() => nextDue(rule, bangkok('2027-01-12T09:00'), bangkok('2027-01-12T09:00'))).toThrow(
      'cannot be used',
    );
  });
});
