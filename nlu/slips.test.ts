import fc from 'fast-check';
import { randomFrom } from './classify';
import { bareOf } from './normalise';
import { withSlips } from './slips';

const sentence = 'พ่อหนูอยากต่อใบขับขี่ ต้องใช้เอกสารอะไรบ้าง';

it('changes a text a little, by the same slips for the same seed', () => {
  const once = withSlips(sentence, 1, randomFrom(3));
  expect(once).toBe(withSlips(sentence, 1, randomFrom(3)));
  expect(
    new Set(Array.from({ length: 20 }, (_, seed) => withSlips(sentence, 2, randomFrom(seed)))).size,
  ).toBeGreaterThan(15);
});

it('takes or adds at most a letter a slip, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 4 }), (text, count) => {
      expect(Math.abs(withSlips(text, count, randomFrom(count)).length - text.length)).toBeLessThanOrEqual(
        count,
      );
    }),
  );
});

it('is undone by reading sounds alone where tone marks are gone or letters sound alike', () => {
  expect(bareOf('ตอใบขับขี')).toBe(bareOf('ต่อใบขับขี่'));
  expect(bareOf('โทรสับหาย')).not.toBe(bareOf('โทรศัพท์หาย'));
  expect(bareOf('ศึกษา')).toBe(bareOf('สึกสา'));
});
