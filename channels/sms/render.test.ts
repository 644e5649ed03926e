import fc from 'fast-check';
import { type Card, type Outgoing, type Reply, segmentsOf, unitsIn, withoutLinks } from '../../core';
import { botParts, officerParts, renderSms } from './render';

const bot: Outgoing['sender'] = { kind: 'bot' };
const text = (content: string): Reply => ({ kind: 'text', text: content });

describe('parts', () => {
  it.each([
    ['nothing', '', 0],
    ['160 Latin characters', 'a'.repeat(160), 1],
    ['161 Latin characters', 'a'.repeat(161), 2],
    ['306 Latin characters', 'a'.repeat(306), 2],
    ['307 Latin characters', 'a'.repeat(307), 3],
    ['80 euro signs', '€'.repeat(80), 1],
    ['81 euro signs', '€'.repeat(81), 2],
    ['70 Thai units', 'ก'.repeat(70), 1],
    ['71 Thai units', 'ก'.repeat(71), 2],
    ['134 Thai units', 'ก'.repeat(134), 2],
    ['135 Thai units', 'ก'.repeat(135), 3],
    ['one smart quote among 70 Latin characters', `’${'a'.repeat(70)}`, 2],
    ['an emoji that would be torn at the joint', `${'ก'.repeat(66)}😀${'ก'.repeat(66)}`, 3],
    ['the reminder of the style guide', 'นัดเบี้ยผู้สูงอายุ อบต.ปัว อังคาร 12 ม.ค. 70 9 โมงเช้า โทร 054123456', 1],
  ])('of %s', (_, content, parts) => {
    expect(segmentsOf(content)).toBe(parts);
  });
});

describe('links', () => {
  it.each([
    ['จองคิวที่ https://q.bora.dopa.go.th/queue?a=1 ได้เลย', 'จองคิวที่ ได้เลย'],
    ['ดู www.dla.go.thได้เลย', 'ดู ได้เลย'],
    ['ดู dla.go.th/pension นะ', 'ดู นะ'],
    ['ดู https://ถามรัฐ.ไทย', 'ดู'],
    ['bit.ly/abc', ''],
    ['HTTPS://EXAMPLE.COM', ''],
    ['lin.ee/AbC แล้วโทร 1111', 'แล้วโทร 1111'],
    ['โทร 02-123-4567 ต่อ 12', 'โทร 02-123-4567 ต่อ 12'],
    ['ส่งที่ somchai@example.go.th', 'ส่งที่ somchai@example.go.th'],
    ['อบต.ปัว เวลา 9.30 น. 600.50 บาท', 'อบต.ปัว เวลา 9.30 น. 600.50 บาท'],
  ])('%s', (given, shown) => {
    expect(renderSms([text(given)], { kind: 'officer', name: '' })).toBe(shown);
  });
});

describe('the voice of an SMS', () => {
  it.each([
    ['ไปที่อำเภอได้เลยค่ะ', 'ไปที่อำเภอได้เลย'],
    ['ให้เจ้าหน้าที่ช่วยตอบไหมคะ', 'ให้เจ้าหน้าที่ช่วยตอบไหม'],
    ['จะแจ้งนะครับ แล้วพบกัน', 'จะแจ้ง แล้วพบกัน'],
    ['คะแนนสอบ', 'คะแนนสอบ'],
  ])('goes without particles: %s', (given, shown) => {
    expect(renderSms([text(given)], bot)).toBe(shown);
  });

  it('leaves the words of an officer as they are, with the name', () => {
    expect(renderSms([text('มาได้เลยค่ะ')], { kind: 'officer', name: 'สมหญิง' })).toBe('สมหญิง: มาได้เลยค่ะ');
  });

  it('abbreviates where that saves a part, and only there', () => {
    const long = `ยื่นที่องค์การบริหารส่วนตำบลปัว ภายในวันที่ 30 พฤศจิกายน 2569 ${'ก'.repeat(15)}`;
    expect(segmentsOf(long)).toBe(2);
    expect(renderSms([text(long)], bot)).toBe(`ยื่นที่อบต.ปัว ภายในวันที่ 30 พ.ย. 2569 ${'ก'.repeat(15)}`);
    expect(renderSms([text('ไปโรงพยาบาลปัว')], bot)).toBe('ไปโรงพยาบาลปัว');
  });

  it('says who sends in every SMS, once, and never cuts that off', () => {
    const by = { operatorName: 'อบต.ปัว' };
    expect(renderSms([text('นัดพรุ่งนี้')], bot, by)).toBe('อบต.ปัว: นัดพรุ่งนี้');
    expect(renderSms([text('ก'.repeat(62))], bot, by)).toBe(`อบต.ปัว: ${'ก'.repeat(62)}`);
    expect(renderSms([text('ก'.repeat(5_000))], bot, by)).toMatch(/^อบต\.ปัว: ก+…$/u);
    expect(renderSms([text('รับเรื่องแล้ว')], { kind: 'officer', name: 'สมหญิง' }, by)).toBe(
      'อบต.ปัว สมหญิง: รับเรื่องแล้ว',
    );
    expect(renderSms([text('พบกันที่ อบต.ปัว')], bot, by)).toBe('พบกันที่ อบต.ปัว');
  });

  it('leaves something of the answer beside the longest name and many choices', () => {
    const name = 'ศูนย์บริการร่วมของรัฐประจำจังหวัดที่มีชื่อยาวมากแห่งหนึ่ง';
    const asked: Reply = {
      kind: 'choices',
      text: 'หมายถึงเรื่องไหน พิมพ์ตัวเลขตอบกลับมาได้เลย',
      choices: Array.from({ length: 7 }, (_, index) => ({
        id: `${index}`,
        label: `เรื่องที่ ${index} ${'ก'.repeat(14)}`,
      })),
    };
    expect(renderSms([asked], bot, { operatorName: name })).toContain(`${name}: หมายถึงเรื่องไหน`);
  });
});

describe('choices', () => {
  const asked: Reply = {
    kind: 'choices',
    text: 'หมายถึงเรื่องไหนคะ',
    choices: [
      { id: 'a', label: 'ทำบัตรใหม่' },
      { id: 'b', label: 'บัตรหาย' },
      { id: 'c', label: 'ไม่มีข้อไหนตรง' },
    ],
  };

  it('are numbered', () => {
    expect(renderSms([asked], bot)).toBe('หมายถึงเรื่องไหน\n1 ทำบัตรใหม่\n2 บัตรหาย\n3 ไม่มีข้อไหนตรง');
  });

  it('stay whole when the text above them is cut', () => {
    const shown = renderSms([text('คำตอบยาวมาก '.repeat(40)), asked], bot);
    expect(shown).toMatch(/…\nหมายถึงเรื่องไหน\n1 ทำบัตรใหม่\n2 บัตรหาย\n3 ไม่มีข้อไหนตรง$/u);
    expect(segmentsOf(shown)).toBeLessThanOrEqual(botParts);
  });
});

describe('cards', () => {
  const card: Card = {
    title: 'เบี้ยยังชีพผู้สูงอายุ',
    lead: 'ลงทะเบียนที่ อบต. หรือเทศบาลตามทะเบียนบ้านค่ะ',
    sections: [
      { label: 'ต้องเตรียมอะไร', lines: ['บัตรประชาชน', 'ทะเบียนบ้าน', 'สมุดบัญชีธนาคาร', 'หนังสือมอบอำนาจ'] },
    ],
    footnote: 'ข้อมูลเบื้องต้น 20 พ.ย. 2569 ยังไม่ได้ตรวจทาน',
    actions: [
      { kind: 'phone', label: 'โทร 1506', number: '1506' },
      { kind: 'link', label: 'เว็บไซต์', url: 'https://www.dla.go.th/' },
    ],
  };

  it('keep the first line, one number to call, and how far to trust them', () => {
    const shown = renderSms([{ kind: 'card', text: 'ไม่ใช้', card }], bot);
    expect(shown).toMatch(/^เบี้ยยังชีพผู้สูงอายุ\nลงทะเบียนที่ อบต\. หรือเทศบาลตามทะเบียนบ้าน\n/u);
    expect(shown).toMatch(/\nโทร 1506\nข้อมูลเบื้องต้น 20 พ\.ย\. 2569 ยังไม่ได้ตรวจทาน$/u);
    expect(shown).not.toMatch(/dla/u);
    expect(segmentsOf(shown)).toBeLessThanOrEqual(botParts);
  });
});

describe('length', () => {
  const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' });
  const words = new Intl.Segmenter('th', { granularity: 'word' });
  const sentence = 'ถ้าทำบัตรประชาชนหายให้ไปแจ้งที่ว่าการอำเภอหรือสำนักงานเขตใกล้บ้านภายในหกสิบวัน';

  it.each([
    [bot, botParts],
    [{ kind: 'officer', name: 'สมหญิง' } as const, officerParts],
  ])('is bounded, and the cut is at a word end: %j', (sender, parts) => {
    const shown = renderSms([text(sentence.repeat(20))], sender);
    expect(segmentsOf(shown)).toBeLessThanOrEqual(parts);
    expect(shown.length).toBeGreaterThan(unitsIn(parts) - 20);
    const cut = shown.slice(shown.indexOf(':') + 1, -1).trim();
    expect(shown.endsWith('…')).toBe(true);
    const ends = new Set(Array.from(words.segment(sentence.repeat(20)), ({ index }) => index));
    expect(ends.has(cut.length)).toBe(true);
  });

  it('never tears what the eye sees as one character, and never passes the limit', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(
        '',
        '👨‍👩‍👧‍👦'.repeat(40),
        'กี่'.repeat(200),
        `ก${'้'.repeat(900)}`,
        '😀'.repeat(150),
        '\ud800'.repeat(90),
      ),
    );
    const anyReply: fc.Arbitrary<Reply> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: anyText }),
      fc.record({
        kind: fc.constant('choices' as const),
        text: anyText,
        choices: fc.array(fc.record({ id: anyText, label: anyText }), { maxLength: 12 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(anyReply, { maxLength: 4 }), replies => {
        const shown = renderSms(replies, bot);
        expect(segmentsOf(shown)).toBeLessThanOrEqual(botParts);
        expect(shown.isWellFormed()).toBe(true);
        expect(withoutLinks(shown)).toBe(shown);
      }),
      { numRuns: 500 },
    );
    const family = '👨‍👩‍👧‍👦';
    for (const lead of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const shown = renderSms([text('ก'.repeat(lead) + family.repeat(40))], bot);
      expect(shown.endsWith('…')).toBe(true);
      const whole = new Set(['ก', family, '…']);
      for (const { segment } of graphemes.segment(shown)) expect(whole.has(segment)).toBe(true);
    }
  });
});
