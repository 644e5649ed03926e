import fc from 'fast-check';
import type { OpeningHours } from '../../core';
import { openAt } from '../../core';
import { workingTime } from './working-time';

const minuteMs = 60_000;
const bangkok = (text: string): number => Date.parse(`${text}+07:00`);

const office: OpeningHours = {
  week: Object.fromEntries(
    ['1', '2', '3', '4', '5'].map(day => [
      day,
      [
        { from: '08:30', to: '12:00' },
        { from: '13:00', to: '16:30' },
      ],
    ]),
  ),
  holidays: [
    { date: '2026-12-07', name: 'ชดเชยวันพ่อแห่งชาติ' },
    { date: '2026-12-10', name: 'วันรัฐธรรมนูญ' },
  ],
};

/** The slow way: is this minute open, asked of the calendar in words, minute by minute. */
function openMinute(hours: OpeningHours, at: number): boolean {
  const shifted = new Date(at + 7 * 60 * minuteMs).toISOString();
  const date = shifted.slice(0, 10);
  const time = shifted.slice(11, 16);
  const weekday = String(new Date(`${date}T00:00:00Z`).getUTCDay());
  if (hours.holidays.some(holiday => holiday.date === date)) return false;
  return (hours.week[weekday] ?? []).some(block => block.from <= time && time < block.to);
}

function slowBetween(hours: OpeningHours, from: number, to: number): number {
  let open = 0;
  for (let at = from; at < to; at += minuteMs) if (openMinute(hours, at)) open += minuteMs;
  return open;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const block = fc
  .tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 }))
  .map(([a, b]) => ({ from: clock(Math.min(a, b)), to: clock(Math.max(a, b)) }));
const firstDay = Date.UTC(2026, 11, 20);
const dayOf = (offset: number): string => new Date(firstDay + offset * 86_400_000).toISOString().slice(0, 10);
const anyHours: fc.Arbitrary<OpeningHours> = fc.record({
  week: fc.dictionary(fc.constantFrom('0', '1', '2', '3', '4', '5', '6'), fc.array(block, { maxLength: 3 })),
  holidays: fc
    .uniqueArray(fc.integer({ min: -2, max: 30 }), { maxLength: 10 })
    .map(days => days.map(day => ({ date: dayOf(day), name: 'วันหยุด' }))),
});
const moment = fc.integer({ min: 0, max: 20 * 1440 }).map(minute => firstDay + minute * minuteMs);

describe('working time', () => {
  it.each([
    ['within a block', '2026-11-25T09:00', 60, '2026-11-25T10:00'],
    ['over the noon break', '2026-11-25T11:30', 60, '2026-11-25T13:30'],
    ['to the very end of a block', '2026-11-25T11:00', 60, '2026-11-25T12:00'],
    ['over night', '2026-11-25T16:00', 60, '2026-11-26T09:00'],
    ['over a weekend', '2026-11-27T16:00', 60, '2026-11-30T09:00'],
    ['over a weekend and the holiday behind it', '2026-12-04T16:00', 60, '2026-12-08T09:00'],
    ['from a holiday', '2026-12-10T10:00', 30, '2026-12-11T09:00'],
    ['before the office opens', '2026-11-25T05:00', 60, '2026-11-25T09:30'],
  ])('counts %s', (_, from, minutes, expected) => {
    expect(workingTime(office).add(bangkok(from), minutes * minuteMs)).toBe(bangkok(expected));
  });

  it('ends where hours never open', () => {
    expect(workingTime({ week: {}, holidays: [] }).add(firstDay, 1)).toBeUndefined();
    expect(workingTime({ week: {}, holidays: [] }).endOfWorkingDay(firstDay, 1)).toBeUndefined();
  });

  it('gives a working day its end, weekends and holidays left out', () => {
    const time = workingTime(office);
    expect(time.endOfWorkingDay(bangkok('2026-12-04T10:00'), 1)).toBe(bangkok('2026-12-08T16:30'));
    expect(time.endOfWorkingDay(bangkok('2026-12-05T10:00'), 1)).toBe(bangkok('2026-12-08T16:30'));
  });

  it('counts between two moments as the slow way does', () => {
    fc.assert(
      fc.property(anyHours, moment, moment, (hours, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(workingTime(hours).between(from, to)).toBe(slowBetween(hours, from, to));
      }),
      { numRuns: 60 },
    );
  });

  it('adds as the slow way does: the first moment by which so much open time has passed', () => {
    fc.assert(
      fc.property(anyHours, moment, fc.integer({ min: 1, max: 3_000 }), (hours, from, minutes) => {
        const end = workingTime(hours).add(from, minutes * minuteMs);
        if (end === undefined || end > from + 40 * 86_400_000) return;
        expect(slowBetween(hours, from, end)).toBe(minutes * minuteMs);
        expect(openMinute(hours, end - minuteMs)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('knows whether the office is open, and when it opens next, as the slow way does', () => {
    fc.assert(
      fc.property(anyHours, moment, (hours, at) => {
        const { open, opensAt } = openAt(hours, at);
        expect(open).toBe(openMinute(hours, at));
        if (opensAt === undefined) return;
        expect(slowBetween(hours, at, opensAt)).toBe(0);
        expect(openMinute(hours, opensAt)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['2026-12-01T05:30:00Z', { because: 'break' }],
    ['2026-12-01T01:00:00Z', { because: 'hours' }],
    ['2026-12-01T12:00:00Z', { because: 'hours' }],
    ['2026-12-10T05:30:00Z', { because: 'holiday', name: 'วันรัฐธรรมนูญ' }],
    ['2026-12-01T03:00:00Z', undefined],
  ])('says of %s why nobody is on duty', (at, closed) => {
    const day = [
      { from: '08:30', to: '12:00' },
      { from: '13:00', to: '16:30' },
    ];
    const hours = { week: { 2: day, 4: day }, holidays: [{ date: '2026-12-10', name: 'วันรัฐธรรมนูญ' }] };
    expect(openAt(hours, Date.parse(at)).closed).toEqual(closed);
  });
});
