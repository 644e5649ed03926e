import fc from 'fast-check';
import { type Card, type Choice, type Outgoing, type Reply, graphemeCount } from '../../core';
import { brokenRules } from '../../tests/support/line-rules';
import { telUri } from './flex';
import { batchReplies, renderCall } from './render';

const bot: Outgoing['sender'] = { kind: 'bot' };
const text = (content: string): Reply => ({ kind: 'text', text: content });
const choices = (...list: Choice[]): Reply => ({ kind: 'choices', text: 'หมายถึงเรื่องไหนคะ', choices: list });
const choice = (id: string, label = id): Choice => ({ id, label });
const numbered = (count: number): Choice[] =>
  Array.from({ length: count }, (_, index) => choice(`c${index}`, `ข้อ ${index}`));

const card: Card = {
  title: 'เบี้ยยังชีพผู้สูงอายุ',
  subtitle: 'กรมส่งเสริมการปกครองท้องถิ่น',
  lead: 'ลงทะเบียนที่ อบต. หรือเทศบาลตามทะเบียนบ้านค่ะ',
  sections: [{ label: 'ต้องเตรียมอะไร', lines: ['บัตรประชาชน', 'ทะเบียนบ้าน'] }],
  footnote: 'ข้อมูลเบื้องต้น',
  actions: [
    { kind: 'phone', label: 'โทร 1506', number: '1506' },
    { kind: 'link', label: 'เว็บไซต์', url: 'https://www.dla.go.th/' },
    { kind: 'choice', id: 'handover', label: 'คุยกับเจ้าหน้าที่' },
  ],
};
const cardReply: Reply = { kind: 'card', text: 'เบี้ยยังชีพผู้สูงอายุ ลงทะเบียนที่ อบต.', card };

/** Everything found under a key, at any depth. */
function all(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<unknown>(Object(value)).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...all(inner, key),
  ]);
}

describe('text', () => {
  it.each([
    [4_999, 1],
    [5_000, 1],
    [5_001, 2],
    [10_001, 3],
  ])('of %i units becomes %i objects', (units, objects) => {
    const rendered = renderCall([text('ก'.repeat(units))], bot);
    expect(rendered).toHaveLength(objects);
    expect(brokenRules(rendered)).toEqual([]);
  });

  it('is broken at word ends and loses nothing', () => {
    const words = 'บัตรประชาชนหายต้องทำอย่างไร'.repeat(400);
    const parts = renderCall([text(words)], bot).map(each =>
      each.type === 'text' && 'text' in each ? each.text : '',
    );
    expect(parts.join('')).toBe(words);
    const starts = new Set(
      Array.from(
        new Intl.Segmenter('th', { granularity: 'word' }).segment('บัตรประชาชนหายต้องทำอย่างไร'),
        word => word.segment,
      ),
    );
    for (const part of parts.slice(1)) expect([...starts].some(word => part.startsWith(word))).toBe(true);
  });

  it.each([
    ['empty', ''],
    ['blank', ' \n\t '],
  ])('that is %s shows nothing', (_, content) => {
    expect(renderCall([text(content)], bot)).toEqual([]);
  });

  it('with lone surrogates goes out well-formed', () => {
    expect(brokenRules(renderCall([text('บัตร\ud800')], bot))).toEqual([]);
  });
});

describe('choices', () => {
  const items = (list: readonly Choice[]): unknown[] => {
    const quickReply = all(renderCall([choices(...list)], bot), 'items')[0];
    return Array.isArray(quickReply) ? quickReply : [];
  };

  it.each([
    [1, 1, 1],
    [13, 13, 1],
    [14, 13, 2],
    [40, 13, 2],
  ])('%i of them are %i quick replies and %i objects', (count, quick, objects) => {
    const list = numbered(count);
    expect(items(list)).toHaveLength(quick);
    const rendered = renderCall([choices(...list)], bot);
    expect(rendered).toHaveLength(objects);
    expect(brokenRules(rendered)).toEqual([]);
  });

  it.each([
    ['20 visible characters', 'ที่นี่'.repeat(5), false],
    ['21 visible characters', 'ก'.repeat(21), true],
  ])('with a label of %s: a list with the whole label is %s', (_, label, listed) => {
    const rendered = renderCall([choices(choice('a', label))], bot);
    expect(all(rendered, 'type').includes('bubble')).toBe(listed);
    expect(all(rendered, 'text').includes(label)).toBe(listed);
    expect(brokenRules(rendered)).toEqual([]);
  });

  it('counts 20 as the eye does: tone marks do not count', () => {
    expect(graphemeCount('ที่นี่'.repeat(5))).toBeLessThanOrEqual(20);
    expect('ที่นี่'.repeat(5).length).toBeGreaterThan(20);
  });

  it('carry the id, and the label where both fit', () => {
    expect(all(items([choice('topic:service:1', 'ทำบัตร')]), 'data')).toEqual(['topic:service:1\nทำบัตร']);
    expect(all(items([choice('x'.repeat(299), 'ทำบัตร')]), 'data')).toEqual(['x'.repeat(299)]);
    expect(all(items([choice('x'.repeat(300), 'ก')]), 'data')).toEqual(['x'.repeat(300)]);
    expect(items([choice('x'.repeat(301), 'ก')])).toEqual([]);
  });

  it('hang on the last object of the call', () => {
    const rendered = renderCall([choices(choice('a')), text('หนึ่ง'), text('สอง')], bot);
    expect(rendered.map(object => object.quickReply !== undefined)).toEqual([false, false, true]);
  });
});

describe('cards', () => {
  it('show everything, with calls and links to tap', () => {
    const rendered = renderCall([cardReply], bot);
    expect(brokenRules(rendered)).toEqual([]);
    expect(rendered).toHaveLength(1);
    expect(all(rendered, 'text')).toEqual(
      expect.arrayContaining([
        card.title,
        card.subtitle,
        card.lead,
        '• บัตรประชาชน',
        '• ทะเบียนบ้าน',
        card.footnote,
      ]),
    );
    expect(all(rendered, 'uri')).toEqual(['tel:1506', 'https://www.dla.go.th/']);
    expect(all(rendered, 'data')).toEqual(['handover\nคุยกับเจ้าหน้าที่']);
    expect(all(rendered, 'altText')).toEqual([cardReply.text]);
  });

  it('larger than 30 KB become text', () => {
    const sections = [{ label: 'ขั้นตอน', lines: Array.from({ length: 200 }, () => 'ก'.repeat(100)) }];
    const rendered = renderCall([{ kind: 'card', text: 'อ่านเป็นข้อความ', card: { ...card, sections } }], bot);
    expect(rendered).toEqual([{ type: 'text', text: 'อ่านเป็นข้อความ' }]);
  });

  it.each([
    [1, 1],
    [12, 1],
    [13, 2],
  ])('%i of them are %i rows', (count, rows) => {
    const rendered = renderCall(
      [{ kind: 'cards', text: card.lead, cards: Array.from({ length: count }, () => card) }],
      bot,
    );
    expect(rendered).toHaveLength(rows);
    expect(brokenRules(rendered)).toEqual([]);
  });

  it('in a row of more than 50 KB are split into rows, and those over 30 KB are shortened', () => {
    const big = {
      ...card,
      sections: [{ label: 'ขั้นตอน', lines: Array.from({ length: 20 }, () => 'ก'.repeat(200)) }],
    };
    const huge = {
      ...card,
      sections: [{ label: 'ขั้นตอน', lines: Array.from({ length: 200 }, () => 'ก'.repeat(100)) }],
    };
    const rendered = renderCall([{ kind: 'cards', text: 'ใกล้เคียง', cards: [big, big, big, huge, big] }], bot);
    expect(rendered.length).toBeGreaterThan(1);
    expect(brokenRules(rendered)).toEqual([]);
    expect(all(rendered, 'text').filter(each => each === card.title)).toHaveLength(5);
  });

  it('are introduced by a text that does not retell them', () => {
    const rendered = renderCall([{ kind: 'cards', text: 'เรื่องใกล้เคียงมีตามนี้', cards: [card, card] }], bot);
    expect(rendered.map(object => object.type)).toEqual(['text', 'flex']);
    expect(renderCall([{ kind: 'cards', text: 'ยังไม่มี', cards: [] }], bot)).toEqual([
      { type: 'text', text: 'ยังไม่มี' },
    ]);
  });

  it('cut a long alt text', () => {
    const [flex] = renderCall([{ ...cardReply, text: 'ก'.repeat(2_000) }], bot);
    expect(all(flex, 'altText')[0]).toHaveLength(1_500);
  });
});

describe('telephone numbers', () => {
  it.each([
    ['1669', 'tel:1669'],
    ['๑๖๖๙', 'tel:1669'],
    ['0 2123 4567', 'tel:021234567'],
    ['02-123-4567 ต่อ 12', 'tel:021234567'],
    ['+66 2 123 4567', 'tel:+6621234567'],
    ['02-123-4567, 02-123-4568', 'tel:021234567'],
    ['ไม่มี', undefined],
    ['19', undefined],
  ])('%s is dialled as %s', (number, uri) => {
    expect(telUri(number)).toBe(uri);
  });
});

describe('other replies', () => {
  it.each<[string, Reply, unknown]>([
    [
      'read-aloud',
      { kind: 'read-aloud', text: 'ประกาศ', speak: 'ประกาศ' },
      [{ type: 'text', text: 'ประกาศ' }],
    ],
    [
      'link',
      { kind: 'link', text: 'จองคิวได้ที่นี่', label: 'จองคิว', url: 'https://q.bora.dopa.go.th/' },
      [{ type: 'text', text: 'จองคิวได้ที่นี่\nจองคิว\nhttps://q.bora.dopa.go.th/' }],
    ],
    [
      'link that is a script',
      { kind: 'link', text: 'ก', label: 'ข', url: 'javascript:alert(1)' },
      [{ type: 'text', text: 'ก\nข' }],
    ],
    [
      'image',
      { kind: 'image', text: 'แผนที่', url: 'https://example.go.th/a.png' },
      [
        { type: 'text', text: 'แผนที่' },
        {
          type: 'image',
          originalContentUrl: 'https://example.go.th/a.png',
          previewImageUrl: 'https://example.go.th/a.png',
        },
      ],
    ],
    [
      'image without TLS',
      { kind: 'image', text: 'แผนที่', url: 'http://example.go.th/a.png' },
      [{ type: 'text', text: 'แผนที่\nhttp://example.go.th/a.png' }],
    ],
    [
      'location',
      {
        kind: 'location',
        text: 'ที่ว่าการอำเภอปัว',
        title: 'ที่ว่าการอำเภอปัว',
        address: '',
        latitude: 19.1,
        longitude: 100.9,
      },
      [
        {
          type: 'location',
          title: 'ที่ว่าการอำเภอปัว',
          address: 'ที่ว่าการอำเภอปัว',
          latitude: 19.1,
          longitude: 100.9,
        },
      ],
    ],
  ])('%s', (_, reply, expected) => {
    const rendered = renderCall([reply], bot);
    expect(rendered).toEqual(expected);
    expect(brokenRules(rendered)).toEqual([]);
  });
});

describe('an officer', () => {
  it('is shown by name', () => {
    const rendered = renderCall([text('สวัสดี')], { kind: 'officer', name: 'สมหญิง ใจดี' });
    expect(rendered).toEqual([{ type: 'text', text: 'สวัสดี', sender: { name: 'สมหญิง ใจดี' } }]);
    expect(brokenRules(rendered)).toEqual([]);
  });

  it.each([20, 30, 300])('with a name of %i units is shown in at most 20', units => {
    const [first] = renderCall([text('สวัสดี')], {
      kind: 'officer',
      name: 'สมหญิง '.repeat(60).slice(0, units),
    });
    expect(first?.sender?.name).toMatch(units > 20 ? /^สมหญิง.{0,13}…$/u : /^สมหญิง.{0,14}$/u);
    expect(brokenRules([first])).toEqual([]);
  });

  it('whose name LINE forbids stands in the text', () => {
    const rendered = renderCall([text('สวัสดี')], { kind: 'officer', name: 'Caroline' });
    expect(rendered).toEqual([{ type: 'text', text: 'Caroline:\nสวัสดี' }]);
    expect(brokenRules(rendered)).toEqual([]);
  });
});

describe('calls', () => {
  it('hold at most five objects and every reply once, in order', () => {
    const replies = [
      text('ก'.repeat(12_000)),
      text('ข'),
      cardReply,
      text('ค'),
      choices(...numbered(20)),
      text('ง'),
    ];
    const batches = batchReplies(replies);
    expect(batches.flat()).toEqual(replies);
    expect(batches.map(batch => renderCall(batch, bot).length)).toEqual([5, 4]);
  });

  it('keep replies that show nothing, so that none is taken for another', () => {
    expect(batchReplies([text(''), text('ก'), text('')]).flat()).toHaveLength(3);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '',
      ' ',
      '\ud800',
      'ก้'.repeat(4_000),
      '\u200b'.repeat(6_000),
      '👨‍👩‍👧'.repeat(900),
      `ก${'้'.repeat(9_000)}`,
    ),
  );
  const anyAction = fc.oneof(
    fc.record({ kind: fc.constant('choice' as const), id: anyText, label: anyText }),
    fc.record({ kind: fc.constant('link' as const), label: anyText, url: fc.oneof(fc.webUrl(), anyText) }),
    fc.record({
      kind: fc.constant('phone' as const),
      label: anyText,
      number: fc.oneof(fc.constant('1669'), anyText),
    }),
  );
  const anyCard: fc.Arbitrary<Card> = fc.record({
    title: anyText,
    lead: anyText,
    sections: fc.array(fc.record({ label: anyText, lines: fc.array(anyText, { maxLength: 4 }) }), {
      maxLength: 4,
    }),
    footnote: anyText,
    actions: fc.array(anyAction, { maxLength: 4 }),
  });
  const anyReply: fc.Arbitrary<Reply> = fc.oneof(
    fc.record({ kind: fc.constantFrom('text' as const), text: anyText }),
    fc.record({
      kind: fc.constant('choices' as const),
      text: anyText,
      choices: fc.array(fc.record({ id: anyText, label: anyText }), { maxLength: 30 }),
    }),
    fc.record({ kind: fc.constant('card' as const), text: anyText, card: anyCard }),
    fc.record({
      kind: fc.constant('cards' as const),
      text: anyText,
      cards: fc.array(anyCard, { maxLength: 15 }),
    }),
    fc.record({
      kind: fc.constant('link' as const),
      text: anyText,
      label: anyText,
      url: fc.oneof(fc.webUrl(), anyText),
    }),
    fc.record({ kind: fc.constant('image' as const), text: anyText, url: fc.oneof(fc.webUrl(), anyText) }),
    fc.record({
      kind: fc.constant('location' as const),
      text: anyText,
      title: anyText,
      address: anyText,
      latitude: fc.constant(19),
      longitude: fc.constant(100),
    }),
    fc.record({ kind: fc.constant('read-aloud' as const), text: anyText, speak: anyText }),
  );
  const anySender: fc.Arbitrary<Outgoing['sender']> = fc.oneof(
    fc.constant(bot),
    fc.record({ kind: fc.constant('officer' as const), name: anyText }),
  );

  it('never break a rule of LINE, whatever the replies', () => {
    fc.assert(
      fc.property(fc.array(anyReply, { maxLength: 4 }), anySender, (replies, sender) => {
        const batches = batchReplies(replies);
        expect(batches.flat()).toEqual(replies);
        for (const batch of batches) {
          const rendered = renderCall(batch, sender);
          if (rendered.length > 0) expect(brokenRules(rendered)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
