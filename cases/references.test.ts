import fc from 'fast-check';
import { checkDigit, newReference, parseReference, spokenReference } from './references';

const seeded = fc.infiniteStream(fc.nat());
const reference = seeded.map(stream => newReference(below => (stream.next().value ?? 0) % below));
const at = (text: string, index: number): string => text.charAt(index);

describe('references', () => {
  it('has the check digit of the published example', () => {
    expect(checkDigit('572')).toBe(4);
  });

  it('is read back however it is written', () => {
    fc.assert(
      fc.property(reference, number => {
        const thai = number.replace(/\d/gu, digit => String.fromCharCode(0x0e50 + Number(digit)));
        expect(number).toMatch(/^[1-9]\d{11}$/u);
        for (const written of [
          number,
          spokenReference(number),
          thai,
          ` ${number.replace(/(\d{4})(?=\d)/gu, '$1-')} `,
        ])
          expect(parseReference(written)).toBe(number);
      }),
    );
  });

  it('notices every single wrong digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(reference, fc.nat(11), fc.integer({ min: 1, max: 9 }), (number, index, add) => {
        const other = String((Number(at(number, index)) + add) % 10);
        expect(parseReference(number.slice(0, index) + other + number.slice(index + 1))).toBeUndefined();
        if (index === 11 || at(number, index) === at(number, index + 1)) return;
        const swapped =
          number.slice(0, index) + at(number, index + 1) + at(number, index) + number.slice(index + 2);
        expect(parseReference(swapped)).toBeUndefined();
      }),
    );
  });

  it.each(['', '123', '0812345678', '1234567890123', 'abcdefghijkl', '1234 5678 9012 อีก'])(
    'takes %p for no reference',
    text => expect(parseReference(text)).toBeUndefined(),
  );
});
