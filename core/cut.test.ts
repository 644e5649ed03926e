import fc from 'fast-check';
import { cutGraphemes, cutText, graphemeCount, splitText } from './cut';

const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' });

describe('splitting', () => {
  it.each([
    ['at a line end', 'หนึ่งสอง\nสามสี่ห้า', 12, ['หนึ่งสอง', 'สามสี่ห้า']],
    ['at a space', 'หนึ่งสอง สามสี่ห้า', 12, ['หนึ่งสอง', 'สามสี่ห้า']],
    ['at a word end', 'ทำบัตรประชาชน', 8, ['ทำบัตร', 'ประชาชน']],
    ['not at all', 'ทำบัตร', 6, ['ทำบัตร']],
    ['into nothing', ' \n ', 6, []],
  ])('%s', (_, text, most, parts) => {
    expect(splitText(text, most)).toEqual(parts);
  });

  it('keeps every letter in order, within the limit, and whole where a part can hold it', () => {
    const unit = fc.constantFrom('ก', 'กี่', 'น้ำ', 'บัตร', ' ', '\n', 'a', '😀', '👨‍👩‍👧', 'é', '\ud800');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 200 }), fc.integer({ min: 12, max: 80 }), (units, most) => {
        const text = units.join('');
        const parts = splitText(text, most);
        expect(parts.every(part => part.length > 0 && part.length <= most)).toBe(true);
        const letters = (given: string): string => given.replace(/\s/gu, '');
        expect(letters(parts.join(''))).toBe(letters(text.toWellFormed()));
        const whole = new Set(Array.from(graphemes.segment(text.toWellFormed()), ({ segment }) => segment));
        for (const part of parts) {
          for (const { segment } of graphemes.segment(part)) expect(whole.has(segment)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('breaks one endless character where it must', () => {
    const parts = splitText(`ก${'้'.repeat(2_000)}`, 500);
    expect(parts.join('')).toHaveLength(2_001);
    expect(parts.every(part => part.length <= 500)).toBe(true);
  });
});

describe('cutting', () => {
  it.each([
    ['บัตรประชาชน', 11, 'บัตรประชาชน'],
    ['บัตรประชาชน', 10, 'บัตร…'],
    ['ก', 1, 'ก'],
    ['กข', 1, 'ก'],
    ['', 5, ''],
  ])('"%s" to %i units', (text, most, cut) => {
    expect(cutText(text, most)).toBe(cut);
  });

  it.each([
    ['ที่นี่', 2, 'ที่นี่'],
    ['ที่นี่ที่นั่น', 4, 'ที่นี่ที่…'],
    ['👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2, '👨‍👩‍👧…'],
  ])('"%s" to %i visible characters', (text, most, cut) => {
    expect(cutGraphemes(text, most)).toBe(cut);
    expect(graphemeCount(cut)).toBeLessThanOrEqual(most);
  });
});
