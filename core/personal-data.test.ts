import {
  hasLuhnCheckDigit,
  hasThaiIdCheckDigit,
  holdsMaskedId,
  maskContacts,
  maskPersonalData,
} from './personal-data';
import fc from 'fast-check';

/** A number with the right check digit. */
const idOf = (first12: string): string => {
  const last = Array.from({ length: 10 }, (_, n) => String(n)).find(digit =>
    hasThaiIdCheckDigit(first12 + digit),
  );
  return first12 + (last ?? '');
};
const shown = '1-xxxx-xxxxx-xx-8';

describe('masking of national ids', () => {
  it.each([
    ['as one number', 'เลขบัตร 1101700230708 ค่ะ', `เลขบัตร ${shown} ค่ะ`],
    ['glued to Thai words', 'เลข1101700230708ครับ', `เลข${shown}ครับ`],
    ['glued to Latin letters', 'ID1101700230708', `ID${shown}`],
    ['in the shape of the card', '1-1017-00230-70-8', shown],
    ['in the shape of the card, with spaces', '1 1017 00230 70 8', shown],
    ['in the shape of the card, with a wrong check digit', '1-1017-00230-70-7', '1-xxxx-xxxxx-xx-7'],
    ['digit by digit', '1 1 0 1 7 0 0 2 3 0 7 0 8', shown],
    ['in threes and fours', '110 170 023 0708', shown],
    ['with dashes of other kinds', '1–1017–00230–70–8', shown],
    ['with characters of no width', '11017\u200b00230708', shown],
    ['in Thai digits', '๑๑๐๑๗๐๐๒๓๐๗๐๘', '๑-xxxx-xxxxx-xx-๘'],
    ['in full-width digits', '１１０１７００２３０７０８', '１-xxxx-xxxxx-xx-８'],
    [
      'with a wrong check digit after words that announce it',
      'เลขบัตรประชาชน 1101700230707',
      'เลขบัตรประชาชน 1-xxxx-xxxxx-xx-7',
    ],
    ['behind a phone number', '0812345678 1101700230708', `0812345678 ${shown}`],
    ['before a phone number', '1101700230708 0812345678', `${shown} 0812345678`],
    ['twice', '1101700230708, 1101700230708', `${shown}, ${shown}`],
    ['in an address of the web', 'https://x.go.th/?id=1101700230708', `https://x.go.th/?id=${shown}`],
  ])('hides one %s', (_, text, expected) => {
    expect(maskPersonalData(text)).toBe(expected);
  });

  it.each([
    ['a wrong check digit and no cue', 'พัสดุ 1101700230707'],
    ['a phone number and an amount', 'โทร 081-234-5678 100 บาท'],
    ['fourteen digits', '11017002307081'],
    ['twelve digits', '110170023070'],
    ['a hotline', 'โทร 1111 หรือ 1669'],
    ['a date and a time', '25/11/2569 10.30 น.'],
    ['a bank account that a fraud report names', 'โอนไปบัญชี 123-4-56789-0'],
    ['no digits', 'สวัสดีค่ะ'],
    ['nothing', ''],
  ])('leaves %s alone', (_, text) => {
    expect(maskPersonalData(text)).toBe(text);
  });

  it('hides every valid id in every grouping, and changes nothing the second time', () => {
    const first12 = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 99_999_999_999 }))
      .map(([first, rest]) => `${first}${String(rest).padStart(11, '0')}`);
    const separator = fc.constantFrom('', ' ', '-', '.', '–');
    fc.assert(
      fc.property(first12, separator, fc.string(), fc.string(), (start, between, before, after) => {
        const id = idOf(start);
        const typed = [id.slice(0, 1), id.slice(1, 5), id.slice(5, 10), id.slice(10, 12), id.slice(12)].join(
          between,
        );
        const text = `${before.replace(/\d/gu, '')}: ${typed} :${after.replace(/\d/gu, '')}`;
        const masked = maskPersonalData(text);
        expect(masked).not.toContain(typed);
        expect(holdsMaskedId(masked)).toBe(true);
        expect(maskPersonalData(masked)).toBe(masked);
      }),
    );
  });

  it('takes no longer than its text is long', () => {
    const hostile = [
      '1 '.repeat(40_000),
      '1-'.repeat(40_000),
      '1'.repeat(80_000),
      'passport '.repeat(9_000),
      'a@'.repeat(40_000),
    ];
    for (const text of hostile) expect(typeof maskContacts(text)).toBe('string');
  }, 5_000);
});

describe('masking of other numbers', () => {
  it.each([
    ['a card', 'บัตรเครดิต 4111111111111111', 'บัตรเครดิต xxxx-xxxx-xxxx-1111'],
    ['a card in fours', '5555 5555 5555 4444', 'xxxx-xxxx-xxxx-4444'],
    ['a card of fifteen digits', '3782-822463-10005', 'xxxx-xxxx-xxxx-0005'],
    ['the code of an identity card', 'หลังบัตร JT1-1234567-89', 'หลังบัตร xxx-xxxxxxx-xx'],
    ['a passport', 'พาสปอร์ตเลขที่ AA1234567', 'พาสปอร์ตเลขที่ xxxxxx67'],
  ])('hides %s', (_, text, expected) => {
    expect(maskPersonalData(text)).toBe(expected);
  });

  it('leaves a number without the check digit of a card alone', () => {
    expect(hasLuhnCheckDigit('4111111111111112')).toBe(false);
    expect(maskPersonalData('4111111111111112')).toBe('4111111111111112');
  });

  it.each([
    ['a mobile number', 'โทร 081-234-5678', 'โทร xxx-xxx-xxxx'],
    ['a number with the country', '+66812345678', 'xxx-xxx-xxxx'],
    ['Thai digits', '๐๘๑๒๓๔๕๖๗๘', 'xxx-xxx-xxxx'],
    ['a mail address', 'somchai.j@example.go.th ค่ะ', 'x@x ค่ะ'],
  ])('hides %s in logs', (_, text, expected) => {
    expect(maskContacts(text)).toBe(expected);
    expect(maskPersonalData(text)).toBe(text);
  });
});
