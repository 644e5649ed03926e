import fc from 'fast-check';
import { icuCuts, thaiSegmenter } from '.';

const segmenter = thaiSegmenter();

describe('the segmenter', () => {
  it.each([
    ['เอกสารอะไรบ้าง', 'เอกสาร|อะไร|บ้าง'],
    ['ฝนตกหลังคาบ้านยายผุ', 'ฝน|ตก|หลังคา|บ้าน|ยาย|ผุ'],
    ['จ่าย 1,500.50 บาท', 'จ่าย| |1,500.50| |บาท'],
    ['ใช้ LINE ได้ไหม', 'ใช้| |LINE| |ได้|ไหม'],
    ['', ''],
  ])('cuts %s', (text, expected) => {
    expect(segmenter.words(text).join('|')).toBe(expected);
  });

  it('keeps an unknown word in one piece', () => {
    expect(segmenter.words('ไปกฟฉฌกับแม่').join('|')).toBe('ไป|กฟฉฌ|กับ|แม่');
  });

  it('loses nothing and begins no word with a mark, whatever comes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'กขคเแาิี่้์ำๆ ab1.,') }),
    );
    fc.assert(
      fc.property(text, input => {
        const words = segmenter.words(input);
        expect(words.join('')).toBe(input);
        expect(words.every(word => word.length > 0)).toBe(true);
        expect(
          words
            .slice(1)
            .some(
              (word, at) =>
                /^[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/u.test(word) && /[ก-ฮ]$/u.test(words[at] ?? ''),
            ),
        ).toBe(false);
      }),
    );
  });

  it.each([
    ['one run without a space', 'กา'.repeat(50_000)],
    ['leading vowels', 'เ'.repeat(100_000)],
    ['marks', '\u0e48'.repeat(100_000)],
  ])('goes through %s', (_, text) => {
    expect(segmenter.words(text).join('')).toBe(text);
  });
});

it("covers every unit by the platform's cuts, over slices too", () => {
  const text = 'บ้านยายหลังคาผุ '.repeat(400);
  const cuts = icuCuts(text);
  expect(cuts.at(-1)).toBe(text.length);
  expect(cuts.every((cut, at) => at === 0 || cut > (cuts[at - 1] ?? 0))).toBe(true);
});
