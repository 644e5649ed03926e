import { createHmac } from 'node:crypto';
import type { Outgoing, RawRequest } from '../../core';
import { type ScriptedServer, scriptedServer } from '../../tests/support/scripted-server';
import { withFailover } from './failover';
import { gatewayReports, gatewaySchema, gatewaySender } from './gateway';

const outgoing: Outgoing = {
  id: 'conversation/o1',
  externalId: '+66812345678',
  replies: [{ kind: 'text', text: 'พรุ่งนี้นัดทำบัตร' }],
  language: 'th',
  sender: { kind: 'bot' },
  attempt: 1,
  doubt: false,
  firstTriedAt: 1,
};
const secret = 'a-secret-of-the-gateway';

describe('an SMS gateway by configuration', () => {
  let server: ScriptedServer;
  let status: number;
  let answer: unknown;

  beforeAll(async () => {
    server = await scriptedServer(() => ({ status, body: answer }));
  });
  beforeEach(() => {
    status = 200;
    answer = { phone_number_list: [{ number: '66812345678', message_id: 'm-1' }], bad_phone_number_list: [] };
    server.script(() => undefined);
  });
  afterAll(() => server.stop());

  const gateway = (over: object = {}) =>
    gatewaySchema.parse({
      name: 'thai-gateway',
      url: `${server.url}/sms`,
      headers: { authorization: 'Basic a2V5OnNlY3JldA==' },
      encoding: 'form',
      sender: 'AMPHOE',
      fields: { msisdn: '{national}', message: '{text}', sender: '{sender}', key: '{id}' },
      reference: 'phone_number_list.0.message_id',
      reports: {
        secret,
        reference: 'id',
        state: 'status',
        delivered: ['DELIVRD'],
        failed: ['UNDELIV', 'UNKNOWN'],
        badNumber: ['UNKNOWN'],
      },
      ...over,
    });
  const send = (given: Partial<Outgoing> = {}, over: object = {}) =>
    gatewaySender({ gateway: gateway(over), fetch, timeoutMs: 200 })({ ...outgoing, ...given });

  it('fills its fields and takes its id of the message', async () => {
    expect(await send()).toEqual({ outcome: 'sent', reference: 'm-1' });
    const form = new URLSearchParams(server.calls().at(-1)?.body.toString());
    expect(Object.fromEntries(form)).toEqual({
      ...{ msisdn: '0812345678', sender: 'AMPHOE', key: outgoing.id },
      message: 'พรุ่งนี้นัดทำบัตร',
    });
  });

  it.each([
    [429, {}, 'retry'],
    [401, {}, 'retry'],
    [400, {}, 'refused'],
    [200, { phone_number_list: [], bad_phone_number_list: [{ number: 'x' }] }, 'refused'],
    [503, {}, 'unknown'],
  ])('reads the answer %s %j as %s', async (given, body, outcome) => {
    status = given;
    answer = body;
    expect((await send()).outcome).toBe(outcome);
  });

  it('asks again in doubt only where the same id is one message', async () => {
    server.script(() => ({ kind: 'hang', accept: true }));
    expect((await send()).outcome).toBe('unknown');
    expect((await send({}, { idempotent: true })).outcome).toBe('unclear');
    server.script(() => undefined);
    const before = server.calls().length;
    expect((await send({ doubt: true })).outcome).toBe('unknown');
    expect(server.calls()).toHaveLength(before);
    expect((await send({ doubt: true }, { idempotent: true })).outcome).toBe('sent');
  });

  it('takes over what the first provider did not send, and never what is in doubt with it', async () => {
    const second = { name: 'thai-gateway', send: (each: Outgoing) => send(each) };
    const gone = await scriptedServer(() => ({ status: 200 }));
    await gone.stop();
    const down = gatewaySender({
      gateway: gateway({ url: gone.url }),
      fetch,
      timeoutMs: 500,
    });
    const both = withFailover({ name: 'twilio', send: down }, second);
    const first = await both(outgoing);
    expect(first).toMatchObject({ outcome: 'retry', stage: 'thai-gateway', afterMs: 0 });
    expect(await both({ ...outgoing, attempt: 2, stage: 'thai-gateway' })).toMatchObject({ outcome: 'sent' });
    const unclear = withFailover(
      { name: 'twilio', send: async () => ({ outcome: 'unclear', afterMs: 3_000, why: 'no answer' }) },
      second,
    );
    expect(await unclear(outgoing)).toEqual({ outcome: 'unclear', afterMs: 3_000, why: 'no answer' });
  });

  describe('reports', () => {
    const report = (body: object, signature?: string): RawRequest => {
      const bytes = Buffer.from(JSON.stringify(body));
      const own = createHmac('sha256', secret).update(bytes).digest('hex');
      return {
        method: 'POST',
        url: '/webhooks/sms-gateway',
        headers: { 'x-signature': signature ?? own },
        body: bytes,
      };
    };
    const webhook = () => {
      const [first] = gatewayReports(gateway());
      if (!first) throw new Error('it has reports');
      return first;
    };

    it.each([
      ['DELIVRD', [{ state: 'delivered' }]],
      ['UNDELIV', [{ state: 'failed', permanent: false, why: 'the gateway says UNDELIV' }]],
      ['UNKNOWN', [{ state: 'failed', permanent: true, why: 'the gateway says UNKNOWN', fault: 'number' }]],
      ['ENROUTE', []],
    ])('reads %s', (state, news) => {
      const request = report({ id: 'm-1', status: state });
      webhook().verify(request);
      expect(webhook().parse(request)).toEqual(
        news.map(each => ({ kind: 'delivery', reference: 'm-1', ...each })),
      );
    });

    it.each([['00'.repeat(32)], ['zz'], ['']])('refuses the signature "%s"', signature => {
      expect(() => webhook().verify(report({ id: 'm-1', status: 'DELIVRD' }, signature))).toThrow(
        'does not match',
      );
    });
  });
});
