import fc from 'fast-check';
import {
  amountWords,
  bangkokAt,
  bangkokMidnight,
  bangkokTimeOf,
  dayWords,
  nearDay,
  timeWords,
} from './index';

const at = bangkokAt(2027, 1, 12, 9 * 60);

it.each([
  ['full', 'วันอังคารที่ 12 ม.ค. 2570'],
  ['short', 'อังคาร 12 ม.ค. 70'],
  ['spoken', 'วันอังคารที่ 12 มกราคม 2570'],
] as const)('writes a day %s as %s', (fullness, expected) => {
  expect(dayWords(at, 'th', fullness)).toBe(expected);
});

it('writes a day in English with the year of the common era', () => {
  expect(dayWords(at, 'en')).toBe('Tuesday 12 Jan 2027');
});

it.each([
  [0, 'เที่ยงคืน', 'เที่ยงคืน'],
  [30, 'เที่ยงคืนครึ่ง', 'เที่ยงคืนครึ่ง'],
  [150, 'ตีสองครึ่ง', 'ตี 2 ครึ่ง'],
  [360, 'หกโมงเช้า', '6 โมงเช้า'],
  [390, 'หกโมงครึ่งตอนเช้า', '6 โมงครึ่งตอนเช้า'],
  [540, 'เก้าโมงเช้า', '9 โมงเช้า'],
  [570, 'เก้าโมงครึ่ง', '9 โมงครึ่ง'],
  [645, 'สิบโมงสี่สิบห้านาที', '10 โมง 45 นาที'],
  [720, 'เที่ยง', 'เที่ยง'],
  [780, 'บ่ายโมง', 'บ่ายโมง'],
  [840, 'บ่ายสองโมง', 'บ่าย 2 โมง'],
  [990, 'สี่โมงครึ่งตอนเย็น', '4 โมงครึ่งตอนเย็น'],
  [1080, 'หกโมงเย็น', '6 โมงเย็น'],
  [1140, 'หนึ่งทุ่ม', '1 ทุ่ม'],
  [1410, 'ห้าทุ่มครึ่ง', '5 ทุ่มครึ่ง'],
])('says minute %i of the day as %s', (minutes, full, short) => {
  expect(timeWords(minutes, 'th')).toBe(full);
  expect(timeWords(minutes, 'th', 'short')).toBe(short);
});

it('says no two minutes of a day alike, however short', () => {
  for (const fullness of ['full', 'short', 'spoken'] as const) {
    const said = Array.from({ length: 1440 }, (_, minutes) => timeWords(minutes, 'th', fullness));
    expect(new Set(said).size).toBe(1440);
  }
});

it('goes from a moment to the day and back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: bangkokAt(1897, 1, 1) / 60_000, max: bangkokAt(2097, 12, 31) / 60_000 }),
      minute => {
        const { year, month, day, minutes } = bangkokTimeOf(minute * 60_000);
        expect(bangkokAt(year, month, day, minutes)).toBe(minute * 60_000);
      },
    ),
  );
});

it('knows that there is no 29 February 2027', () => {
  expect(bangkokMidnight('2027-02-29')).toBeUndefined();
  expect(bangkokMidnight('2028-02-29')).toBe(bangkokAt(2028, 2, 29));
});

it.each([
  [60_000, '600 บาท'],
  [125_050, '1,250.50 บาท'],
  [123_456_700, '1,234,567 บาท'],
])('writes %i satang as %s', (satang, expected) => {
  expect(amountWords(satang, 'th')).toBe(expected);
});

it('tells today from tomorrow by the day in Bangkok', () => {
  expect(nearDay(at, at - 60_000)).toBe('today');
  expect(nearDay(at, at - 9 * 3_600_000 - 1)).toBe('tomorrow');
  expect(nearDay(at, at - 34 * 3_600_000)).toBeUndefined();
});
