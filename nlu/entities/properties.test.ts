import fc from 'fast-check';
import { createEntityReader } from '.';
import { addDays, dayNumber, dayOf, isoDay, weekdayOf } from './calendar';
import { commonYear, fromTwoDigits } from './eras';

const read = createEntityReader({ agencies: [{ id: 'slf', names: ['กยศ.'] }] });
const now = Date.parse('2026-11-24T10:00:00+07:00');

/** Pieces that readers look for, so that random texts reach deep into the grammar. */
const pieces =
  'วันที่ 15 ก.พ. 51 ปี พ.ศ. 2551 - ถึง และ , . / : ครึ่ง ล้าน แสน ห้า สิบ เอ็ด ยี่ ทุ่ม โมง ตี บ่าย น. เดือน หน้า ที่แล้ว อีก อายุ เกิด บาท % ๑๒ เเ \u200b ่่ 081-234-5678 1-1017 อ. ต. จ. เขต กทม แม่ @a.co http:// 12/8/69 next Friday 3 pm two million 99999999999999999999'.split(
    ' ',
  );
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.constant(' '), fc.string({ maxLength: 2 })))
    .map(parts => parts.join('')),
);

describe('for any text', () => {
  it('gives spans inside the text, in order, the same each time', () => {
    fc.assert(
      fc.property(texts, fc.oneof(fc.constant(now), fc.double()), (text, moment) => {
        const entities = read(text, moment);
        let before = 0;
        for (const { start, end, text: words, value } of entities) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(words).toBe(text.slice(start, end));
          expect(value).not.toMatch(/NaN|undefined|Infinity/u);
          before = start;
        }
        expect(read(text, moment)).toEqual(entities);
      }),
      { numRuns: 1500 },
    );
  });
});

const thaiMonths =
  'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม'.split(' ');

/** The slow reference: one day after the other, by the lengths of months alone. */
function* everyDay(
  fromYear: number,
  toYear: number,
): Generator<{ year: number; month: number; day: number; weekday: number }> {
  // 1 January 1897 was a Friday.
  let weekday = 5;
  for (let year = fromYear; year <= toYear; year++) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (const [index, length] of lengths.entries()) {
      for (let day = 1; day <= length; day++) {
        yield { year, month: index + 1, day, weekday };
        weekday = (weekday + 1) % 7;
      }
    }
  }
}

describe('the calendar from พ.ศ. 2440 to 2640', () => {
  it('agrees with counting day by day, and comes back from every written date', () => {
    let previous: number | undefined;
    const wrong: string[] = [];
    for (const { year, month, day, weekday } of everyDay(1897, 2097)) {
      const date = { year, month, day };
      const number = dayNumber(date);
      if (previous !== undefined && number !== previous + 1) wrong.push(`${isoDay(date)} number`);
      previous = number;
      if (isoDay(dayOf(number)) !== isoDay(date) || weekdayOf(date) !== weekday)
        wrong.push(`${isoDay(date)} back`);
      if (isoDay(addDays(date, 1)) !== isoDay(dayOf(number + 1))) wrong.push(`${isoDay(date)} next`);
      if (day !== 1 && day !== 15 && day < 28) continue;
      const oldStyle = month <= 3 && year - 1 + 543 < 2484 ? year + 542 : year + 543;
      const written = `${day} ${thaiMonths[month - 1] ?? ''} ${oldStyle}`;
      const [entity] = read(written, now);
      if (entity?.kind !== 'date' || entity.value !== isoDay(date))
        wrong.push(`${written} → ${entity?.value ?? ''}`);
    }
    expect(wrong).toEqual([]);
  });

  it('reads two digits in the Buddhist era, at most twenty years ahead', () => {
    for (let year = 0; year < 100; year++) {
      const full = fromTwoDigits(year, 2026);
      expect(full % 100).toBe(year);
      expect(full).toBeLessThanOrEqual(2026 + 543 + 20);
      expect(full).toBeGreaterThan(2026 + 543 - 80);
    }
  });

  it.each([
    [{ year: 2399, digits: 4 }, undefined],
    [{ year: 2400, digits: 4 }, 1857],
    [{ year: 2700, digits: 4 }, 2157],
    [{ year: 1900, digits: 4 }, 1900],
    [{ year: 2200, digits: 4 }, 2200],
    [{ year: 2201, digits: 4 }, undefined],
    [{ year: 112, digits: 3, era: 'RS' as const }, 1893],
  ])('takes %j as %s', (written, expected) => {
    expect(commonYear(written, 2026)).toBe(expected);
  });
});
