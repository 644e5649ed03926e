import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { AppError, type Parsed, type RawRequest, type Webhook } from '../../core';
import { signTwilio, twilioForm } from '../../tests/support/twilio-standin';
import { smsChannel } from '.';

const authToken = 'feedfacefeedfacefeedfacefeedface';
const now = 1_795_500_160_000;
const publicUrl = 'https://chat.example.go.th';

const webhooks = (given: { publicUrl?: string } = {}): readonly Webhook[] =>
  smsChannel({
    accountSid: `AC${'0'.repeat(32)}`,
    authToken,
    from: '+15005550006',
    publicUrl,
    clock: () => now,
    ...given,
  }).webhooks;
const webhook = (path: string, given = {}): Webhook => {
  const found = webhooks(given).find(each => each.path === path);
  if (!found) throw new Error(`no webhook at ${path}`);
  return found;
};
const sms = '/webhooks/twilio/sms';
const status = '/webhooks/twilio/status';

const fixtures = join(__dirname, 'fixtures');
const fixture = (name: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(readFileSync(join(fixtures, `${name}.form`), 'utf8')));

function request(
  body: string,
  signature?: string,
  url = sms,
  headers: Record<string, string> = {},
): RawRequest {
  const signed = signature === undefined ? {} : { 'x-twilio-signature': signature };
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...signed, ...headers },
    body: Buffer.from(body),
  };
}

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
};

describe('signature', () => {
  const fields = fixture('text');
  const body = twilioForm(fields);
  const good = signTwilio(authToken, `${publicUrl}${sms}`, fields);

  it.each<[string, RawRequest, string]>([
    ['of the configured address', request(body, good), publicUrl],
    [
      'of an address with a query',
      request(body, signTwilio(authToken, `${publicUrl}${sms}?a=1`, fields), `${sms}?a=1`),
      publicUrl,
    ],
    [
      'with the port written out',
      request(body, signTwilio(authToken, `${publicUrl}:443${sms}`, fields)),
      publicUrl,
    ],
    [
      'whatever Host says',
      request(body, good, sms, { host: 'internal:3000', 'x-forwarded-host': 'evil.example' }),
      publicUrl,
    ],
    ['with a slash after the address', request(body, good), `${publicUrl}/`],
  ])('accepts one %s', (_, sent, address) => {
    expect(codeOf(() => webhook(sms, { publicUrl: address }).verify(sent))).toBeUndefined();
  });

  it.each<[string, RawRequest]>([
    ['absent', request(body)],
    ['empty', request(body, '')],
    ['too short', request(body, 'AAAA')],
    ['doubled', request(body, `${good}, ${good}`)],
    ['of another token', request(body, signTwilio('another', `${publicUrl}${sms}`, fields))],
    ['of another address', request(body, signTwilio(authToken, `${publicUrl}${status}`, fields))],
    [
      'of the host in the headers',
      request(body, signTwilio(authToken, `https://evil.example${sms}`, fields), sms, {
        host: 'evil.example',
      }),
    ],
    ['of other fields', request(twilioForm({ ...fields, Body: 'อื่น' }), good)],
    ['of fewer fields', request(`${body}&Extra=1`, good)],
    [
      'of a field that comes twice',
      request(`${body}&${new URLSearchParams({ Body: fields.Body ?? '' }).toString()}`, good),
    ],
    ['of trimmed fields', request(twilioForm({ ...fields, Body: `${fields.Body ?? ''} ` }), good)],
  ])('refuses one that is %s', (_, sent) => {
    expect(codeOf(() => webhook(sms).verify(sent))).toBe('CHANNEL_SIGNATURE_INVALID');
  });
});

describe('texts', () => {
  const parse = (name: string): readonly Parsed[] => webhook(sms).parse(request(twilioForm(fixture(name))));

  it.each([
    ['text', { kind: 'text', text: 'บัตรประชาชนหายต้องทำไง' }],
    ['choice', { kind: 'text', text: '2' }],
    ['stop', { kind: 'choice', choice: 'stop', label: 'STOP' }],
    ['stop-thai', { kind: 'choice', choice: 'stop', label: 'ยกเลิก' }],
    ['start', { kind: 'choice', choice: 'start', label: 'Start' }],
    ['media', { kind: 'media', media: 'image', description: 'image/jpeg' }],
  ])('reads %s', (name, content) => {
    const sid = fixture(name).MessageSid;
    expect(parse(name)).toMatchObject([
      {
        kind: 'event',
        event: {
          channel: 'sms',
          account: 'main',
          providerEventId: sid,
          externalId: '+66812345678',
          occurredAt: now,
          content,
        },
      },
    ]);
  });

  it('ignores who cannot be answered', () => {
    expect(parse('short-code')).toMatchObject([
      { kind: 'ignored', why: expect.stringMatching(/cannot|not a number/u) },
    ]);
  });

  it.each([
    ['หยุด', true],
    ['ยกเลิก', true],
    [' Stop. ', true],
    ['UNSUBSCRIBE', true],
    ['ยกเลิกนัด', false],
    ['หยุดยาวไปไหนดี', false],
    ['stop it', false],
  ])('hears "%s" as STOP: %s', (text, stops) => {
    const [only] = webhook(sms).parse(request(twilioForm({ ...fixture('text'), Body: text })));
    expect(only).toMatchObject({
      event: { content: stops ? { kind: 'choice', choice: 'stop' } : { kind: 'text', text } },
    });
  });

  it('answers with empty TwiML', () => {
    expect(webhook(sms).accepted).toEqual({
      status: 200,
      type: 'text/xml',
      body: expect.stringContaining('<Response/>'),
    });
  });
});

describe('news about texts we sent', () => {
  it.each([
    ['status-queued', []],
    ['status-unknown', []],
    ['status-sent', [{ state: 'sent' }]],
    ['status-delivered', [{ state: 'delivered' }]],
    [
      'status-undelivered',
      [{ state: 'failed', permanent: false, why: 'twilio 30003: the phone cannot be reached' }],
    ],
    [
      'status-failed',
      [{ state: 'failed', permanent: true, why: 'twilio 30006: a landline', fault: 'number' }],
    ],
  ])('reads %s', (name, news) => {
    const reference = fixture(name).MessageSid;
    expect(webhook(status).parse(request(twilioForm(fixture(name)), undefined, status))).toEqual(
      news.map(each => ({ kind: 'delivery', reference, ...each })),
    );
  });

  it('has every fixture in a table', () => {
    const source = readFileSync(__filename, 'utf8');
    const names = readdirSync(fixtures).map(file => file.replace('.form', ''));
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter(name => !source.includes(`'${name}'`))).toEqual([]);
  });
});

describe('anything at all', () => {
  const name = fc.constantFrom(
    'MessageSid',
    'From',
    'To',
    'Body',
    'NumMedia',
    'MessageStatus',
    'ErrorCode',
    '__proto__',
    'constructor',
    'x',
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '-1', '1e999', '[object Object]', '+66812345678', `SM${'0'.repeat(32)}`),
  );

  it.each([sms, status])('is verified and parsed at %s, or refused', path => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), fc.string(), (pairs, signature) => {
        const body = pairs
          .map(([key, content]) => `${key}=${encodeURIComponent(content.toWellFormed())}`)
          .join('&');
        const sent = request(body, signature, path);
        expect(codeOf(() => webhook(path).verify(sent))).toBe('CHANNEL_SIGNATURE_INVALID');
        expect([undefined, 'BODY_MALFORMED']).toContain(codeOf(() => webhook(path).parse(sent)));
      }),
      { numRuns: 400 },
    );
  });

  it.each([sms, status])('of bytes is refused at %s, or parsed', path => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const sent = { ...request('', 'x', path), body: Buffer.from(bytes) };
        expect([undefined, 'BODY_MALFORMED']).toContain(codeOf(() => webhook(path).parse(sent)));
      }),
      { numRuns: 400 },
    );
  });
});
