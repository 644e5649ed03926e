import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { AppError, type Parsed, type RawRequest, type Webhook } from '../../core';
import { signLine } from '../../tests/support/line-standin';
import { lineChannel } from '.';

const secret = 'f00dfeedf00dfeedf00dfeedf00dfeed';
/** A minute after the fixtures' events. */
const now = 1_795_500_160_000;
const person = 'U4af4980629a1b2c3d4e5f60718293a4b';
const group = 'Ca56f94637c4d5e6f708192a3b4c5d6e7';
const room = 'Ra8dbf4673c4d5e6f708192a3b4c5d6e7';

const fixtures = join(__dirname, 'fixtures');
const fixture = (name: string): Buffer => readFileSync(join(fixtures, `${name}.json`));

function webhookOf(account = 'main', clock = (): number => now): Webhook {
  const [webhook] = lineChannel({ account, secret, token: 'token', clock }).webhooks;
  if (!webhook) throw new Error('the channel has no webhook');
  return webhook;
}

function request(body: Buffer, signature: string | undefined = signLine(secret, body)): RawRequest {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (signature !== undefined) headers['x-line-signature'] = signature;
  return { method: 'POST', url: '/webhooks/line', headers, body };
}

const parse = (body: Buffer | string, clock = (): number => now): readonly Parsed[] =>
  webhookOf('main', clock).parse(request(Buffer.from(body)));

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
};

describe('signature', () => {
  const body = fixture('text');
  const good = signLine(secret, body);
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };

  const cafe = '{"events":[],"text":"ร้าน café น้ำ"}';

  it.each([
    ['what LINE signed', body],
    ['text in NFC', Buffer.from(cafe.normalize('NFC'))],
    ['text in NFD', Buffer.from(cafe.normalize('NFD'))],
  ])('accepts %s', (_, sent) => {
    expect(codeOf(() => webhookOf().verify(request(sent)))).toBeUndefined();
  });

  it.each<[string, Buffer, string | undefined]>([
    ['absent', body, ''],
    ['of another body', body, signLine(secret, '{}')],
    ['of another channel', body, signLine('another', body)],
    ['too short', body, 'AAAA'],
    ['doubled', body, `${good}, ${good}`],
    ['with a space', body, ` ${good}`],
    [
      'the same bytes in other letters',
      body,
      good.replace(/.=$/u, match => `${String.fromCharCode(match.charCodeAt(0) + 1)}=`),
    ],
    ['over one other bit', flipped(body, 40), good],
    ['over re-made JSON', Buffer.from(JSON.stringify(JSON.parse(body.toString()))), good],
    ['over the text in NFD', Buffer.from(cafe.normalize('NFD')), signLine(secret, cafe.normalize('NFC'))],
    ['over the text in NFC', Buffer.from(cafe.normalize('NFC')), signLine(secret, cafe.normalize('NFD'))],
  ])('refuses one that is %s', (_, sent, signature) => {
    expect(codeOf(() => webhookOf().verify(request(sent, signature)))).toBe('CHANNEL_SIGNATURE_INVALID');
  });

  it('refuses a request without the header', () => {
    const { headers: _headers, ...rest } = request(body);
    expect(codeOf(() => webhookOf().verify({ ...rest, headers: {} }))).toBe('CHANNEL_SIGNATURE_INVALID');
  });
});

describe('events', () => {
  const draft = (name: string) => {
    const [only, ...more] = parse(fixture(name));
    if (only?.kind !== 'event' || more.length > 0)
      throw new Error(`${name} is not one event: ${JSON.stringify(only)}`);
    return only.event;
  };

  it.each([
    ['text', { kind: 'text', text: 'แม่อายุ 65 แล้วจะลงทะเบียนรับเบี้ยผู้สูงอายุได้ที่ไหน' }],
    ['text-emoji', { kind: 'text', text: '(love) ขอบคุณ' }],
    ['image', { kind: 'media', media: 'image', reference: '590000000000000003' }],
    ['video', { kind: 'media', media: 'video', reference: '590000000000000004' }],
    ['audio', { kind: 'media', media: 'audio', reference: '590000000000000005' }],
    [
      'file',
      { kind: 'media', media: 'file', reference: '590000000000000006', description: 'สำเนาทะเบียนบ้าน.pdf' },
    ],
    [
      'sticker',
      { kind: 'media', media: 'sticker', reference: '590000000000000008', description: 'thanks, smile, bow' },
    ],
    [
      'location',
      {
        kind: 'location',
        latitude: 19.1782,
        longitude: 100.9145,
        title: 'ที่ว่าการอำเภอปัว',
        address: 'ตำบลปัว อำเภอปัว จังหวัดน่าน 55120',
      },
    ],
    ['unknown-message', { kind: 'unsupported', type: 'hologram' }],
    ['follow', { kind: 'opened' }],
    ['unfollow', { kind: 'left' }],
    ['postback', { kind: 'choice', choice: 'aspect:steps:service:12', label: 'ดูขั้นตอน' }],
    ['postback-date', { kind: 'choice', choice: 'appointment' }],
    ['unsend', { kind: 'unsent', providerMessageId: '590000000000000001' }],
    ['redelivery', { kind: 'text', text: 'บัตรหาย' }],
  ])('reads %s of a person', (name, content) => {
    expect(draft(name)).toMatchObject({
      channel: 'line',
      account: 'main',
      externalId: person,
      audience: 'person',
      content,
    });
  });

  it.each([
    ['join', group, { kind: 'opened' }],
    ['leave', room, { kind: 'left' }],
    ['group-mention', group, { kind: 'text', text: 'บัตรประชาชนหายต้องทำไง' }],
    ['group-mention-only', group, { kind: 'opened' }],
    ['room-mention', room, { kind: 'text', text: 'ขอเบอร์สายด่วน หน่อย' }],
    ['group-postback', group, { kind: 'choice', choice: 'handover' }],
  ])('reads %s of a group', (name, externalId, content) => {
    expect(draft(name)).toMatchObject({ externalId, audience: 'group', content });
  });

  it.each([
    ['ถามรัฐ บัตรหายทำไง', { kind: 'text', text: 'บัตรหายทำไง' }],
    ['@ถามรัฐ: บัตรหายทำไง', { kind: 'text', text: 'บัตรหายทำไง' }],
    ['น้องถามรัฐบัตรหายทำไง', { kind: 'text', text: 'บัตรหายทำไง' }],
    ['ThamRat how do I renew my ID?', { kind: 'text', text: 'how do I renew my ID?' }],
    ['ถามรัฐ', { kind: 'opened' }],
    ['ถามรัฐบาลสิ ใครจะไปรู้', undefined],
    ['ลองถามรัฐดูไหม', undefined],
  ])('hears %p in a group only when it begins with our name', (text, content) => {
    const [only] = parse(Buffer.from(fixture('group-text').toString('utf8').replace('กินข้าวยัง', text)));
    expect(only?.kind === 'event' ? only.event.content : undefined).toEqual(content);
  });

  it.each([
    ['group-text', /not addressed/u],
    ['group-mention-other', /not addressed/u],
    ['member-joined', /memberJoined/u],
    ['member-left', /memberLeft/u],
    ['message-edited', /edited/u],
    ['video-play-complete', /videoPlayComplete/u],
    ['beacon', /beacon/u],
    ['account-link', /accountLink/u],
    ['membership', /membership/u],
    ['delivery', /without a usable source/u],
    ['module-activated', /activated/u],
    ['bot-suspended', /without a usable source/u],
    ['standby', /standby/u],
  ])('ignores %s, with the reason', (name, why) => {
    const [only, ...more] = parse(fixture(name));
    expect(more).toEqual([]);
    expect(only).toMatchObject({ kind: 'ignored', account: 'main', why: expect.stringMatching(why) });
  });

  it('answers a check of the address, which has no events', () => {
    expect(parse(fixture('verify'))).toEqual([]);
  });

  it('reads several events of one call, oldest first', () => {
    const texts = parse(fixture('several')).map(each =>
      each.kind === 'event' && each.event.content.kind === 'text' ? each.event.content.text : '',
    );
    expect(texts).toEqual(['หนึ่ง', 'สอง', 'สาม']);
  });

  it('keeps what identifies and orders an event', () => {
    expect(draft('text')).toMatchObject({
      providerEventId: '01KAX000000000000000000001',
      providerMessageId: '590000000000000001',
      occurredAt: 1_795_500_001_000,
    });
  });

  it('has every fixture in one of these tables', () => {
    const source = readFileSync(__filename, 'utf8');
    const names = readdirSync(fixtures).map(file => file.replace('.json', ''));
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter(name => !source.includes(`'${name}'`))).toEqual([]);
  });

  it('names the account in the address and in the events', () => {
    const webhook = webhookOf('health');
    expect(webhook.path).toBe('/webhooks/line/health');
    expect(webhook.parse(request(fixture('text')))[0]).toMatchObject({ event: { account: 'health' } });
    expect(webhookOf().path).toBe('/webhooks/line');
  });
});

interface EventJson {
  [field: string]: unknown;
  timestamp: number;
}
const callWith = (change: (event: EventJson) => void, name = 'text'): string => {
  const call = JSON.parse(fixture(name).toString());
  change(call.events[0]);
  return JSON.stringify(call);
};

describe('reply token', () => {
  const expiry = (body: string, clock = (): number => now): number | undefined => {
    const [only] = parse(body, clock);
    return only?.kind === 'event' ? only.event.replyHandle?.expiresAt : undefined;
  };
  const occurred = 1_795_500_000_000;
  const minute = 60_000;

  it.each([
    ['first delivery, at once', false, 0, minute],
    ['first delivery, ten minutes late', false, 10 * minute, minute],
    ['redelivery after ten minutes', true, 10 * minute, minute],
    ['redelivery after 19:30', true, 19.5 * minute, 0.5 * minute],
    ['redelivery after 20 minutes', true, 20 * minute, undefined],
    ['redelivery after an hour', true, 60 * minute, undefined],
  ])('lives for a minute from receipt: %s', (_, isRedelivery, lateMs, leftMs) => {
    const received = occurred + lateMs;
    const body = callWith(event =>
      Object.assign(event, { timestamp: occurred, deliveryContext: { isRedelivery } }),
    );
    expect(expiry(body, () => received)).toBe(leftMs === undefined ? undefined : received + leftMs);
  });

  it('is absent where LINE gave none', () => {
    expect(expiry(callWith(event => delete event.replyToken))).toBeUndefined();
  });
});

describe('odd calls', () => {
  const day = 24 * 60 * 60_000;

  it.each([
    ['just inside 30 days', now - 30 * day, 'event'],
    ['a moment over 30 days', now - 30 * day - 1, 'ignored'],
  ])('takes or ignores an event %s', (_, timestamp, kind) => {
    expect(parse(callWith(event => (event.timestamp = timestamp)))[0]).toMatchObject({ kind });
  });

  it.each<[string, (event: EventJson) => void]>([
    ['no id', event => delete event.webhookEventId],
    ['an id that is a path', event => (event.webhookEventId = '../../x')],
    ['a timestamp in words', event => Object.assign(event, { timestamp: 'yesterday' })],
    ['a source that is a path', event => (event.source = { type: 'user', userId: '../../v2/bot/info' })],
    ['a source with an operator', event => (event.source = { type: 'user', userId: { $ne: null } })],
    ['no source', event => delete event.source],
    ['a message that is a list', event => (event.message = [])],
    ['no message', event => delete event.message],
  ])('ignores an event with %s', (_, change) => {
    expect(parse(callWith(change))).toMatchObject([{ kind: 'ignored' }]);
  });

  it.each<[string, (event: EventJson) => void]>([
    ['an unknown field', event => (event.telepathy = { strength: 7 })],
    ['a mode we do not know', event => (event.mode = 'dreaming')],
    ['a context of another type', event => (event.deliveryContext = 'none')],
    ['a reply token that is a path', event => (event.replyToken = '../x')],
  ])('takes an event with %s', (_, change) => {
    expect(parse(callWith(change))).toMatchObject([{ kind: 'event', event: { externalId: person } }]);
  });

  it('takes nothing from a prototype key', () => {
    const odd =
      '"__proto__": { "mode": "standby", "source": {} }, "constructor": { "prototype": { "mode": "standby" } }, "type":';
    const body = fixture('text').toString().replace('"type":', odd);
    expect(body).toContain('__proto__');
    expect(parse(body)).toEqual(parse(fixture('text')));
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('counts an event that comes twice in one call once', () => {
    const { events, ...call } = JSON.parse(fixture('text').toString());
    expect(parse(JSON.stringify({ ...call, events: [...events, ...events] }))).toHaveLength(1);
  });

  it('gives an event without an id the same name when the same bytes come again', () => {
    const body = callWith(event => delete event.webhookEventId);
    expect(parse(body)).toEqual(parse(body));
  });

  it.each([
    ['empty', ''],
    ['not JSON', '{"events":[}'],
    ['cut off', fixture('text').subarray(0, 100)],
    [
      'not UTF-8',
      Buffer.concat([Buffer.from('{"events":[],"x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    ],
    ['{}', '{}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['events that are not a list', '{"events":{}}'],
  ])('refuses a body that is %s', (_, body) => {
    expect(codeOf(() => parse(Buffer.from(body)))).toBe('BODY_MALFORMED');
  });

  it('survives JSON nested 200,000 deep', () => {
    const deep = `{"events":[${'['.repeat(100_000)}${']'.repeat(100_000)}, {"a":${'{"b":'.repeat(50_000)}1${'}'.repeat(50_000)}}]}`;
    expect(parse(deep).every(each => each.kind === 'ignored')).toBe(true);
  });

  it.each([
    ['100,000 characters', 'ก'.repeat(100_000)],
    ['lone surrogates', '\ud800 บัตร \udfff'],
    ['control characters', '\u0000\u0007บัตร\u001b[31m'],
    ['zero-width characters', 'บัตร\u200b'.repeat(5_000)],
    ['right-to-left overrides', '\u202eบัตร\u202c'],
    ['stacked tone marks', `ก${'้'.repeat(10_000)}`],
  ])('hands on a text with %s as it came', (_, text) => {
    const body = callWith(event => (event.message = { type: 'text', id: '1', text }));
    expect(parse(body)).toMatchObject([{ kind: 'event', event: { content: { kind: 'text', text } } }]);
  });
});

describe('anything at all', () => {
  const refusedWell = (body: Buffer): boolean => {
    const code = codeOf(() => parse(body));
    return code === undefined || code === 'BODY_MALFORMED';
  };

  it('parses random bytes or refuses them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => refusedWell(Buffer.from(bytes))),
      { numRuns: 500 },
    );
  });

  it('parses random JSON or refuses it', () => {
    fc.assert(
      fc.property(fc.array(fc.json()), events =>
        refusedWell(Buffer.from(`{"events":[${events.join(',')}]}`)),
      ),
      { numRuns: 500 },
    );
  });

  it('parses genuine events with any field replaced by anything', () => {
    const names = readdirSync(fixtures);
    const paths = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
      typeof value === 'object' && value !== null
        ? [
            path,
            ...Object.entries<unknown>(Object(value)).flatMap(([key, inner]) => paths(inner, [...path, key])),
          ]
        : [path];
    const replaced = (value: unknown, path: readonly string[], by: unknown): unknown => {
      const [key, ...rest] = path;
      if (key === undefined) return by;
      if (Array.isArray(value))
        return value.map((inner: unknown, index) =>
          String(index) === key ? replaced(inner, rest, by) : inner,
        );
      return typeof value === 'object' && value !== null
        ? {
            ...value,
            [key]: replaced(
              Object.entries<unknown>(Object(value)).find(([name]) => name === key)?.[1],
              rest,
              by,
            ),
          }
        : value;
    };
    const cases = names.flatMap(name => {
      const call: unknown = JSON.parse(fixture(name.replace('.json', '')).toString());
      return paths(call).map(path => ({ call, path }));
    });
    const anything = fc.oneof(
      fc.constantFrom(
        null,
        '__proto__',
        'constructor',
        -1,
        1e308,
        2 ** 53,
        '',
        [],
        {},
        { $gt: '' },
        '\ud800',
        true,
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...cases), anything, ({ call, path }, by) =>
        refusedWell(Buffer.from(JSON.stringify(replaced(call, path, by)))),
      ),
      { numRuns: 1_500 },
    );
  });
});
