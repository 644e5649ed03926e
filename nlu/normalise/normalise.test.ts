import fc from 'fast-check';
import { maxUnits, normalise } from '.';

describe('normalise', () => {
  it.each([
    ['doubled marks', 'ที่ี่บ้าน', 'ที่บ้าน'],
    ['นิคหิต and อา', 'น\u0e4d\u0e49า', 'น้ำ'],
    ['two เ for แ', 'เเม่', 'แม่'],
    ['a tone mark before its vowel', 'ผ\u0e49\u0e39', 'ผู้'],
    ['repeated letters', 'มากกกกกก', 'มาก'],
    ['digits that may repeat', 'โทร 1111', 'โทร 1111'],
    ['Thai digits', '๑๒๓', '123'],
    ['full width', 'ＡＢＣ１', 'abc1'],
    ['decorated letters', '𝐀𝐁', 'ab'],
    ['what cannot be seen', 'บัตร\u200b\u200dหาย', 'บัตรหาย'],
    ['spaced letters', 'บ ั ต ร ห า ย ทำไง', 'บัตรหาย ทำไง'],
    ['a common misspelling', 'เบี่ยผุ้สูงอายุ', 'เบี้ยผู้สูงอายุ'],
    ['a particle', 'ขอบคุนคับ', 'ขอบคุณครับ'],
    ['a right word that holds a wrong one', 'บังคับ ร้องไห้', 'บังคับ ร้องไห้'],
    ['a dotted abbreviation', 'ก.ย.ศ. กยศ.', 'กยศ กยศ'],
    ['an abbreviation', 'บัตร ปชช', 'บัตร ประชาชน'],
    ['plain text', 'ต่อใบขับขี่ที่ไหน', 'ต่อใบขับขี่ที่ไหน'],
  ])('mends %s', (_, text, expected) => {
    expect(normalise(text).text).toBe(expected);
  });

  it('keeps how much was shouted', () => {
    expect(normalise('ช่วยด้วยยยยย').emphasis).toBe(4);
    expect(normalise('ช่วยด้วย').emphasis).toBe(0);
  });

  it('knows where each unit came from', () => {
    const text = 'ขอ  ผุ้ใหญ่';
    const { text: read, starts, ends } = normalise(text);
    const at = read.indexOf('ผู้');
    expect(text.slice(starts[at], ends[at + 2])).toBe('ผุ้');
  });

  it('gives spans inside any text, in order, and reads its own output alike', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), thaiText()), text => {
        const once = normalise(text);
        expect(once.text.length).toBeLessThanOrEqual(maxUnits * 8);
        expect(once.starts).toHaveLength(once.text.length);
        for (let at = 0; at < once.text.length; at += 1) {
          expect(once.starts[at]).toBeGreaterThanOrEqual(at === 0 ? 0 : (once.starts[at - 1] ?? 0));
          expect(once.ends[at]).toBeLessThanOrEqual(text.length);
          expect(once.ends[at]).toBeGreaterThan(once.starts[at] ?? 0);
        }
        expect(normalise(text)).toEqual(once);
      }),
    );
  });
});

function thaiText(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...'กขคงบปผรลสหอเแโใไะาิีึืุูั็่้๊๋์ํำๆฯ .ab1'), maxLength: 60 });
}
