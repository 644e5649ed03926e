import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ReminderText, type TextValue, bangkokAt, hasLink, segmentsOf } from '../../core';
import { costOf, createTexts, mostSegments, phonesIn, plainHints, templates, textFaults } from './index';

const locale = (tag: string): Record<string, string> =>
  JSON.parse(readFileSync(join(__dirname, '..', '..', 'locales', tag, 'sms.json'), 'utf8')) as Record<
    string,
    string
  >;
const catalogue = { th: locale('th'), en: locale('en') };
const texts = createTexts({ catalogue, operator: 'อบต.ปัว', phone: '+6654123456' });

const dueAt = bangkokAt(2027, 1, 12, 9 * 60);
const now = bangkokAt(2027, 1, 5, 9 * 60);
const th = { language: 'th', dueAt, now };
const say = (text: string): TextValue => ({ kind: 'text', text });
const visit: ReminderText = {
  template: 'appointment',
  values: { matter: say('เบี้ยผู้สูงอายุ'), place: say(' อบต.ปัว') },
};

describe('texts', () => {
  it('writes an appointment in one part, in the short form because that saves one', () => {
    const { text, segments } = texts.write(visit, th);
    expect(text).toBe('นัดเบี้ยผู้สูงอายุ อบต.ปัว อังคาร 12 ม.ค. 70 9 โมงเช้า โทร 054123456');
    expect(segments).toBe(1);
  });

  it('finds the fault of each text and language anew, however many were looked at before', () => {
    const long: ReminderText = { template: 'personal', values: { what: say('ก'.repeat(400)) } };
    for (let round = 0; round < 2; round += 1) {
      expect(texts.fault(visit, 'th')).toBeUndefined();
      expect(texts.fault(long, 'th')).toBeDefined();
      for (let n = 0; n < 250; n += 1)
        expect(texts.fault({ template: 'personal', values: { what: say(`ยา ${n}`) } }, 'th')).toBeUndefined();
    }
  });

  it.each<[string, ReminderText, string]>([
    [
      'a document',
      { template: 'document', values: { document: say('ใบขับขี่') } },
      'อบต.ปัว: ใบขับขี่ใช้ได้ถึงอังคาร 12 ม.ค. 70 โทร 054123456',
    ],
    [
      'an amount',
      {
        template: 'benefit-amount',
        values: { benefit: say('เบี้ยยังชีพ'), amount: { kind: 'amount', satang: 60_000 } },
      },
      'อบต.ปัว: เบี้ยยังชีพ 600 บาท ยื่นได้ถึงวันอังคารที่ 12 ม.ค. 2570 ยื่นแล้วไม่ต้องทำอะไร โทร 054123456',
    ],
    [
      'a reminder to oneself, without a number',
      { template: 'personal', values: { what: say('ต่อใบขับขี่') } },
      'อบต.ปัว: ที่ฝากเตือนไว้: ต่อใบขับขี่ อังคาร 12 ม.ค. 70 9 โมงเช้า',
    ],
    [
      'another number in place of ours',
      {
        template: 'free-call',
        values: { text: say('พรุ่งนี้น้ำไม่ไหลทั้งวัน'), call: { kind: 'phone', number: '1662' } },
      },
      'อบต.ปัว: พรุ่งนี้น้ำไม่ไหลทั้งวัน โทร 1662',
    ],
  ])('writes %s', (_, text, expected) => {
    expect(texts.fault(text, 'th')).toBeUndefined();
    expect(texts.write(text, th).text).toBe(expected);
  });

  it('says today and tomorrow beside the date', () => {
    const text: ReminderText = { template: 'renewal', values: { thing: say('ยื่นภาษี') } };
    expect(texts.write(text, { ...th, now: dueAt - 86_400_000 }).text).toContain('ถึงพรุ่งนี้ ');
    expect(texts.write(text, { ...th, now: dueAt - 3_600_000 }).text).toContain('ถึงวันนี้ ');
    expect(texts.write(text, th).text).not.toMatch(/พรุ่งนี้|วันนี้/u);
  });

  it('reads aloud without a digit or an abbreviation, the number slowly, everything twice', () => {
    const { spoken } = texts.write(visit, th);
    const said =
      'นัดเบี้ยผู้สูงอายุ ที่องค์การบริหารส่วนตำบลปัว วันอังคารที่ สิบสอง มกราคม สองพันห้าร้อยเจ็ดสิบ เก้าโมงเช้า โทร ศูนย์ ห้า, สี่ หนึ่ง สอง, สาม สี่ ห้า หก';
    expect(spoken).toBe(`สวัสดี โทรจากองค์การบริหารส่วนตำบลปัว ${said} ขอพูดอีกครั้ง ${said}`);
  });

  it('writes English for whoever reads that', () => {
    expect(
      texts.write(
        { template: 'document', values: { document: say('driving licence') } },
        { ...th, language: 'en' },
      ).text,
    ).toBe(
      'อบต.ปัว: Your driving licence is valid until Tuesday 12 Jan 2027. Please renew it. Call 054123456',
    );
  });
});

describe('what may not go out', () => {
  const free = (text: string): ReminderText => ({ template: 'free', values: { text: say(text) } });
  it.each<[string, ReminderText, RegExp]>([
    ['an unknown template', { template: 'x', values: {} }, /there is no "x"/u],
    ['a missing value', { template: 'document', values: {} }, /document: text is missing/u],
    [
      'a value of another kind',
      { template: 'document', values: { document: { kind: 'amount', satang: 1 } } },
      /document/u,
    ],
    ['an empty value', { template: 'document', values: { document: say('  ') } }, /document/u],
    [
      'a value inherited by every object',
      { template: 'document', values: Object.create({ document: say('x') }) as ReminderText['values'] },
      /missing/u,
    ],
    [
      'a value that is too long',
      { template: 'document', values: { document: say('ก'.repeat(51)) } },
      /longer than 50/u,
    ],
    ['a link', free('ดูที่ https://example.go.th/a'), /link/u],
    ['a short link without a scheme', free('กด bit.ly/abc'), /link/u],
    ['a second number', free('โทรหมอ 081 234 5678'), /phones/u],
    ['a second hotline', free('สายด่วน 1669'), /phones/u],
    ['a picture sign', free('ยินดีด้วย 🎉'), /signs/u],
    ['a hidden sign', free('ฟรี\u202Eabc'), /signs/u],
    ['a mark without its letter', free('่อย่าลืม'), /signs/u],
    ['half a character', free('อย่า\uD83C'), /signs/u],
  ])('%s', (_, text, why) => {
    expect(texts.fault(text, 'th')).toMatch(why);
  });

  it('is nothing of these in a plain text', () => {
    expect(
      texts.fault(free('วันนี้รถหมอเคลื่อนที่มาที่วัดดอนแก้ว 9 โมงถึงเที่ยง เบี้ย 1,500 บาท ปี 2570'), 'th'),
    ).toBeUndefined();
  });

  it('holds for whatever is filled in: refused, or whole, in three parts, one number, no link', () => {
    const filling = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 70 }),
      fc
        .array(
          fc.constantFrom('ก', 'น้ำ', 'ที่', ' ', '0', '812345678', '081', 'th', '.', 'go', 'โทร', '1', 'ำ', '่'),
          { maxLength: 40 },
        )
        .map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.array(filling, { minLength: 4, maxLength: 4 }),
        fc.constantFrom('th', 'en'),
        (template, fill, language) => {
          const text: ReminderText = {
            template: template.id,
            values: Object.fromEntries(
              template.variables.map(({ name, kind }, index): [string, TextValue] => [
                name,
                kind === 'amount'
                  ? { kind, satang: 60_000 }
                  : kind === 'phone'
                    ? { kind, number: '1300' }
                    : say(fill[index] ?? ''),
              ]),
            ),
          };
          if (texts.fault(text, language) !== undefined) return;
          const written = texts.write(text, { language, dueAt, now });
          expect(written.segments).toBe(segmentsOf(written.text));
          expect(written.segments).toBeLessThanOrEqual(mostSegments);
          expect(hasLink(written.text)).toBe(false);
          expect(phonesIn(written.text)).toHaveLength(template.withoutPhone ? 0 : 1);
          for (const each of template.variables) {
            const value = text.values[each.name];
            if (value?.kind === 'text' && typeof value.text === 'string')
              expect(written.text.replace(/\s/gu, '')).toContain(value.text.replace(/\s/gu, ''));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('has every template in both languages, with exactly what it is filled with', () => {
    for (const { id, variables, withoutPhone } of templates)
      for (const language of ['th', 'en'] as const) {
        const named = [...(catalogue[language][`template.${id}`] ?? '').matchAll(/\{(\w+)/gu)].map(
          each => each[1],
        );
        const short: string = catalogue[language][`template.${id}.short`] ?? '';
        for (const name of named) if (short) expect(short).toContain(`{${name}`);
        const asked = new Set([...named].filter(name => name !== 'due' && name !== 'phone'));
        expect([...asked].sort()).toEqual(variables.map(each => each.name).sort());
        expect(named.filter(name => name === 'phone' || name === 'call')).toHaveLength(withoutPhone ? 0 : 1);
      }
  });
});

describe('plain words', () => {
  it('shows where it sounds like an office', () => {
    expect(plainHints('ท่านต้องดำเนินการยื่นคำร้อง ณ ที่ว่าการอำเภอ')).toEqual([
      { word: 'ดำเนินการยื่นคำร้อง', instead: 'ยื่นเรื่อง' },
      { word: 'ที่ว่าการอำเภอ', instead: 'อำเภอ' },
      { word: 'ท่าน', instead: '' },
      { word: 'ณ', instead: 'ที่' },
    ]);
  });
  it('has nothing to say to how we write ourselves', () => {
    for (const sentence of Object.values(catalogue.th)) expect(plainHints(sentence)).toEqual([]);
  });
  it('counts faults of a plain text and its price', () => {
    expect(textFaults('', { phones: 1 })).toEqual(['empty']);
    expect(costOf(2, 100_000, 35)).toBe(7_000_000);
  });
});
