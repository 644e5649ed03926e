import { openAt, openBlocks, bangkokDay, type OpeningHours } from './opening-hours';

const hours: OpeningHours = {
  week: { 1: [{ from: '08:30', to: '16:30' }], 3: [{ from: '08:30', to: '12:30' }] },
  breaks: [{ from: '12:00', to: '13:00' }],
  holidays: [{ date: '2026-12-07', name: 'ชดเชยวันพ่อ' }],
  closures: [{ from: '2026-12-14', to: '2026-12-16', place: { th: 'น่าน' }, why: { th: 'น้ำท่วม' } }],
};
const at = (text: string): number => Date.parse(`${text}+07:00`);
const again = (text: string) => ({ open: false, opensAt: at(text) });

describe('opening hours', () => {
  it.each([
    ['before lunch', '2026-11-30T11:59', { open: true }],
    ['at lunch', '2026-11-30T12:00', { ...again('2026-11-30T13:00'), closed: { because: 'break' } }],
    ['at the end of lunch', '2026-11-30T13:00', { open: true }],
    ['at a lunch with no afternoon', '2026-12-02T12:10', { open: false, closed: { because: 'hours' } }],
    ['on a holiday', '2026-12-07T10:00', { ...again('2026-12-09T08:30'), closed: { because: 'holiday' } }],
    [
      'on the first day of a closure',
      '2026-12-14T10:00',
      { ...again('2026-12-21T08:30'), closed: { because: 'closure' } },
    ],
    ['on its last day', '2026-12-16T08:30', { ...again('2026-12-21T08:30'), closed: { because: 'closure' } }],
    ['when all is over', '2026-12-21T08:30', { open: true }],
  ])('%s', (_, moment, expected) => {
    expect(openAt(hours, at(moment))).toMatchObject(expected);
  });

  it('count lunch as working time, and days of a closure not', () => {
    const blocksOf = openBlocks(hours);
    const lengths = (day: string): number[] =>
      blocksOf(bangkokDay(at(`${day}T00:00`))).map(({ from, to }) => (to - from) / 3_600_000);
    expect(lengths('2026-11-30')).toEqual([8]);
    expect(lengths('2026-12-14')).toEqual([]);
  });
});
