import { createServer } from 'node:http';
import type { Outgoing, RawRequest, Sent } from '../../core';
import {
  type Fault,
  type TwilioStandIn,
  faultsByCall,
  startTwilioStandIn,
  twilioRateLimited,
} from '../../tests/support/twilio-standin';
import { smsChannel } from '.';

const accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
const authToken = 'feedfacefeedfacefeedfacefeedface';
const person = '+66812345678';
const start = 1_795_500_000_000;

let now = start;
const clock = (): number => now;
let twilio: TwilioStandIn;

beforeEach(async () => {
  now = start;
  twilio = await startTwilioStandIn({ accountSid, authToken, clock });
});
afterEach(() => twilio.stop());

/** Long enough never to strike by chance; `impatient` is for calls that are never answered. */
const channel = (
  given: {
    authToken?: string;
    timeoutMs?: number;
    apiBaseUrl?: string;
    from?: string;
    publicUrl?: string;
  } = {},
) =>
  smsChannel({
    accountSid,
    authToken,
    from: '+15005550006',
    publicUrl: 'https://chat.example.go.th',
    apiBaseUrl: twilio.url,
    clock,
    timeoutMs: 5_000,
    ...given,
  });
const impatient = { timeoutMs: 100 };

const outgoing = (change: Partial<Outgoing> = {}): Outgoing => ({
  id: 'conversation/o2',
  externalId: person,
  replies: [{ kind: 'text', text: 'ไปที่อำเภอ พร้อมเอกสาร 2 อย่าง' }],
  language: 'th',
  sender: { kind: 'bot' },
  attempt: 1,
  doubt: false,
  firstTriedAt: start,
  ...change,
});
const creations = (): number => twilio.calls().filter(call => call.method === 'POST').length;

describe('a text', () => {
  it('goes out once, with the address for news about it', async () => {
    expect(await channel().send(outgoing())).toEqual({
      outcome: 'sent',
      reference: twilio.accepted()[0]?.sid,
    });
    expect(twilio.accepted()).toMatchObject([
      {
        to: person,
        from: '+15005550006',
        body: 'ไปที่อำเภอ พร้อมเอกสาร 2 อย่าง',
        statusCallback: 'https://chat.example.go.th/webhooks/twilio/status',
      },
    ]);
  });

  it('goes out by a Messaging Service where one is set', async () => {
    const service = `MG${'0'.repeat(32)}`;
    await channel({ from: service }).send(outgoing());
    expect(new URLSearchParams(twilio.calls()[0]?.body.toString()).get('MessagingServiceSid')).toBe(service);
  });

  it.each<[string, Fault, 'sent' | 'unknown', number]>([
    ['never answered, carried out', { kind: 'hang', accept: true }, 'sent', 1],
    ['never answered, not carried out', { kind: 'hang', accept: false }, 'unknown', 0],
    ['broken off, carried out', { kind: 'drop', accept: true }, 'sent', 1],
    ['broken off, not carried out', { kind: 'drop', accept: false }, 'unknown', 0],
    ['answered 500, carried out', { kind: 'status', status: 500, accept: true }, 'sent', 1],
    ['answered 503, not carried out', { kind: 'status', status: 503 }, 'unknown', 0],
    ['answered by half a body, carried out', { kind: 'half-body' }, 'sent', 1],
  ])('%s is looked up, and never sent again', async (_, fault, outcome, sent) => {
    twilio.script(faultsByCall({ 1: fault }));
    const silent = fault.kind === 'hang' || fault.kind === 'half-body';
    const first = await channel(silent ? impatient : {}).send(outgoing());
    expect(first).toMatchObject({ outcome: 'unclear' });
    now += first.outcome === 'unclear' ? first.afterMs : 0;
    expect(await channel().send(outgoing({ doubt: true, attempt: 2 }))).toMatchObject({ outcome });
    expect(twilio.accepted()).toHaveLength(sent);
    expect(creations()).toBe(1);
  });

  it('in doubt is not taken for one of yesterday, of another text or to another person', async () => {
    now = start - 60_000;
    await channel().send(outgoing({ id: 'earlier' }));
    now = start;
    await channel().send(outgoing({ id: 'other', replies: [{ kind: 'text', text: 'เรื่องอื่น' }] }));
    await channel().send(outgoing({ id: 'person', externalId: '+66899999999' }));
    expect(await channel().send(outgoing({ doubt: true, attempt: 2 }))).toMatchObject({ outcome: 'unknown' });
  });

  it('in doubt while Twilio does not answer is asked for again, for ten minutes', async () => {
    twilio.script(() => ({ kind: 'status', status: 503 }));
    let sent: Sent = { outcome: 'unclear', afterMs: 0, why: '' };
    for (let attempt = 2; sent.outcome === 'unclear' && attempt < 50; attempt += 1) {
      now += sent.afterMs;
      sent = await channel().send(outgoing({ doubt: true, attempt }));
    }
    expect(sent.outcome).toBe('unknown');
    expect(now - start).toBeGreaterThan(10 * 60_000);
    expect(creations()).toBe(0);
  });

  it.each([
    [21610, 'refused', /opted out/u],
    [21614, 'refused', /not a mobile/u],
    [21408, 'refused', /country/u],
    [21612, 'refused', /cannot reach/u],
    [21611, 'retry', /queue/u],
    [30001, 'retry', /30001/u],
    [29999, 'refused', /29999/u],
  ])('refused with %i is %s', async (code, outcome, why) => {
    twilio.refuse(person, code);
    expect(await channel().send(outgoing())).toMatchObject({ outcome, why: expect.stringMatching(why) });
    expect(twilio.accepted()).toEqual([]);
  });

  it('over the rate waits longer each time', async () => {
    twilio.script(() => twilioRateLimited);
    const waits = await Promise.all([1, 2, 3, 30].map(attempt => channel().send(outgoing({ attempt }))));
    expect(waits.map(each => (each.outcome === 'retry' ? each.afterMs : each.outcome))).toEqual([
      5_000, 10_000, 20_000, 600_000,
    ]);
  });

  it('with a wrong token waits for somebody to mend it', async () => {
    expect(await channel({ authToken: 'wrong' }).send(outgoing())).toMatchObject({
      outcome: 'retry',
      why: expect.stringMatching(/^configuration: twilio 20003/u),
    });
  });

  it('is tried again when Twilio cannot be reached at all: nothing can have been sent', async () => {
    const gone = await startTwilioStandIn({ accountSid, authToken });
    await gone.stop();
    expect(await channel({ apiBaseUrl: gone.url }).send(outgoing())).toMatchObject({ outcome: 'retry' });
    expect(await channel({ apiBaseUrl: gone.url }).send(outgoing({ doubt: true, attempt: 2 }))).toMatchObject(
      { outcome: 'unclear' },
    );
  });

  it.each([
    ['a LINE id', `U${'0'.repeat(32)}`],
    ['a hotline', '1111'],
    ['a local number', '0812345678'],
    ['empty', ''],
  ])('to %s is refused before any call', async (_, externalId) => {
    expect(await channel().send(outgoing({ externalId }))).toMatchObject({ outcome: 'refused' });
    expect(twilio.calls()).toEqual([]);
  });

  it('that is only a link is not sent', async () => {
    const replies = [{ kind: 'text', text: 'https://example.go.th' }] as const;
    expect(await channel().send(outgoing({ replies }))).toMatchObject({ outcome: 'refused' });
    expect(twilio.calls()).toEqual([]);
  });
});

describe('news about a text', () => {
  it('comes back signed, and says what became of it', async () => {
    const received: RawRequest[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = { 'x-twilio-signature': String(request.headers['x-twilio-signature']) };
        received.push({ method: 'POST', url: request.url ?? '', headers, body: Buffer.concat(chunks) });
        response.end();
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const publicUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const sms = channel({ publicUrl });
    const sent = await sms.send(outgoing());
    const reference = sent.outcome === 'sent' ? (sent.reference ?? '') : '';
    expect(await twilio.report(reference, 'delivered')).toBe(200);
    expect(await twilio.report(reference, 'undelivered', 30005)).toBe(200);
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));

    const webhook = sms.webhooks.find(each => each.path === '/webhooks/twilio/status');
    const news = received.flatMap(request => {
      webhook?.verify(request);
      return webhook?.parse(request) ?? [];
    });
    expect(news).toMatchObject([
      { kind: 'delivery', reference, state: 'delivered' },
      { kind: 'delivery', reference, state: 'failed', permanent: true },
    ]);
  });
});
