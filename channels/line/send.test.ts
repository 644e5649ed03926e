import type { Outgoing, Sent } from '../../core';
import {
  type AcceptedSend,
  type Fault,
  type LineStandIn,
  faultsByCall,
  lineEvent,
  lineMonthlyLimit,
  lineRateLimited,
  lineUserId,
  startLineStandIn,
} from '../../tests/support/line-standin';
import { lineChannel } from '.';

const person = lineUserId('สมชาย');
const start = 1_795_500_000_000;
const minute = 60_000;
const token = 'a-channel-access-token';

let now = start;
const clock = (): number => now;
let line: LineStandIn;

beforeEach(async () => {
  now = start;
  line = await startLineStandIn({ clock, token, monthlyLimit: 3 });
});
afterEach(() => line.stop());

/** Long enough never to strike by chance; `impatient` is for calls that are never answered. */
const channel = (given: { token?: string; timeoutMs?: number; apiBaseUrl?: string } = {}) =>
  lineChannel({
    account: 'main',
    secret: 'secret',
    token,
    clock,
    apiBaseUrl: line.url,
    timeoutMs: 5_000,
    ...given,
  });
const impatient = { timeoutMs: 100 };

const freshToken = (): string => lineEvent.follow({ from: person, at: now }).replyToken ?? '';

function outgoing(change: Partial<Outgoing> = {}): Outgoing {
  return {
    id: 'conversation/o2',
    externalId: person,
    replies: [{ kind: 'text', text: 'ไปที่อำเภอ พร้อมเอกสาร 2 อย่างนี้ค่ะ' }],
    language: 'th',
    sender: { kind: 'bot' },
    attempt: 1,
    doubt: false,
    firstTriedAt: start,
    ...change,
  };
}
const withToken = (change: Partial<Outgoing> = {}): Outgoing =>
  outgoing({ replyHandle: { handle: freshToken(), expiresAt: now + minute }, ...change });

const kinds = (): AcceptedSend['kind'][] => line.accepted().map(send => send.kind);

describe('a reply', () => {
  it('goes out by its token, once, without a retry key', async () => {
    const sent = await channel().send(withToken());
    expect(sent).toEqual({ outcome: 'sent', reference: line.accepted()[0]?.messageIds[0] });
    expect(kinds()).toEqual(['reply']);
    expect(line.calls()[0]?.headers['x-line-retry-key']).toBeUndefined();
  });

  it('becomes a push when its token has been used or has expired at LINE, and nothing is in doubt', async () => {
    const first = withToken();
    await channel().send(first);
    expect(await channel().send({ ...first, id: 'conversation/o3' })).toMatchObject({
      outcome: 'retry',
      afterMs: 0,
      stage: 'push',
    });
    expect(
      await channel().send({ ...first, id: 'conversation/o3', stage: 'push', attempt: 2 }),
    ).toMatchObject({ outcome: 'sent' });
    expect(kinds()).toEqual(['reply', 'push']);
  });

  it('is not tried after its minute', async () => {
    const late = withToken();
    now += minute;
    expect(await channel().send(late)).toMatchObject({ outcome: 'retry', afterMs: 0, stage: 'push' });
    expect(line.calls()).toEqual([]);
  });

  it.each<[string, Fault, number]>([
    ['an answer that never comes, carried out', { kind: 'hang', accept: true }, 1],
    ['an answer that never comes, not carried out', { kind: 'hang', accept: false }, 0],
    ['a connection that breaks, carried out', { kind: 'drop', accept: true }, 1],
    ['a connection that breaks, not carried out', { kind: 'drop', accept: false }, 0],
    ['500, carried out', { kind: 'status', status: 500, accept: true }, 1],
    ['503, not carried out', { kind: 'status', status: 503 }, 0],
  ])('in doubt after %s is settled by the same reply', async (_, fault, carriedOut) => {
    line.script(faultsByCall({ 1: fault }));
    const item = withToken();
    const first = await channel(fault.kind === 'hang' ? impatient : {}).send(item);
    expect(first).toMatchObject({ outcome: 'unclear' });
    expect(line.accepted()).toHaveLength(carriedOut);
    now += first.outcome === 'unclear' ? first.afterMs : 0;
    expect(await channel().send({ ...item, doubt: true, attempt: 2 })).toMatchObject({ outcome: 'sent' });
    expect(kinds()).toEqual(['reply']);
  });

  it('in doubt when its minute ends is unknown, and is never pushed', async () => {
    line.script(() => ({ kind: 'drop', accept: false }));
    const item = withToken();
    let sent: Sent = await channel().send(item);
    let attempts = 1;
    while (sent.outcome === 'unclear') {
      now += sent.afterMs;
      attempts += 1;
      sent = await channel().send({ ...item, doubt: true, attempt: attempts });
    }
    expect(sent.outcome).toBe('unknown');
    expect(attempts).toBeGreaterThan(5);
    expect(now - start).toBeLessThanOrEqual(minute + 8_000);
    expect(line.calls().every(call => call.path.endsWith('/reply'))).toBe(true);
  });

  it('in doubt and answered by a reason that cannot be read is asked for again', async () => {
    line.script(faultsByCall({ 1: { kind: 'drop', accept: true }, 2: { kind: 'malformed' } }));
    const item = withToken();
    await channel().send(item);
    expect(await channel().send({ ...item, doubt: true, attempt: 2 })).toMatchObject({ outcome: 'unclear' });
    expect(await channel().send({ ...item, doubt: true, attempt: 3 })).toMatchObject({ outcome: 'sent' });
    expect(line.accepted()).toHaveLength(1);
  });

  it('is not settled so late that the token may have died of age meanwhile', async () => {
    const item = withToken({ doubt: true, attempt: 5 });
    now += minute - 4_999;
    expect(await channel().send(item)).toMatchObject({ outcome: 'unknown' });
    expect(line.calls()).toEqual([]);
  });

  it.each<[string, Fault, Partial<Sent>, Partial<Sent>]>([
    ['rate limit', lineRateLimited, { outcome: 'retry' }, { outcome: 'unclear' }],
    ['wrong token', { kind: 'status', status: 401 }, { outcome: 'retry' }, { outcome: 'unclear' }],
    ['forbidden', { kind: 'status', status: 403 }, { outcome: 'retry' }, { outcome: 'unclear' }],
    [
      'redirect',
      { kind: 'status', status: 302, headers: { location: '/elsewhere' } },
      { outcome: 'retry' },
      { outcome: 'unclear' },
    ],
    [
      'bad request',
      { kind: 'status', status: 400, body: '{"message":"The request body has 1 error(s)"}' },
      { outcome: 'refused' },
      { outcome: 'unknown' },
    ],
    ['too large', { kind: 'status', status: 413 }, { outcome: 'refused' }, { outcome: 'unknown' }],
  ])('met by %s keeps the doubt it had', async (_, fault, sure, doubting) => {
    line.script(() => fault);
    const item = withToken();
    expect(await channel().send(item)).toMatchObject(sure);
    expect(await channel().send({ ...item, doubt: true, attempt: 2 })).toMatchObject(doubting);
    expect(line.accepted()).toEqual([]);
  });
});

describe('a push', () => {
  it('carries a key made from our id: another attempt is known again', async () => {
    line.script(faultsByCall({ 1: { kind: 'status', status: 500, accept: true } }));
    const item = outgoing();
    expect(await channel().send(item)).toMatchObject({ outcome: 'unclear' });
    const second = await channel().send({ ...item, doubt: true, attempt: 2 });
    expect(second).toMatchObject({ outcome: 'sent', reference: line.accepted()[0]?.messageIds[0] });
    expect(kinds()).toEqual(['push']);
    const keys = line.calls().map(call => call.headers['x-line-retry-key']);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/u);
    expect(new Set(keys).size).toBe(1);
    expect(line.calls()[0]?.body.equals(line.calls()[1]?.body ?? Buffer.of())).toBe(true);
  });

  it('of another message carries another key', async () => {
    await channel().send(outgoing());
    await channel().send(outgoing({ id: 'conversation/o3' }));
    expect(new Set(line.accepted().map(send => send.retryKey)).size).toBe(2);
  });

  it.each<[string, Fault]>([
    ['never answered, carried out', { kind: 'hang', accept: true }],
    ['never answered, not carried out', { kind: 'hang', accept: false }],
    ['broken off, carried out', { kind: 'drop', accept: true }],
    ['broken off, not carried out', { kind: 'drop', accept: false }],
    ['answered 503', { kind: 'status', status: 503 }],
  ])('%s is sent once by the next attempt', async (_, fault) => {
    line.script(faultsByCall({ 1: fault }));
    const first = await channel(fault.kind === 'hang' ? impatient : {}).send(outgoing());
    expect(first).toMatchObject({ outcome: 'unclear' });
    expect(await channel().send(outgoing({ doubt: true, attempt: 2 }))).toMatchObject({ outcome: 'sent' });
    expect(kinds()).toEqual(['push']);
  });

  it.each<[string, Fault, string]>([
    ['a body that is no JSON', { kind: 'malformed' }, 'sent'],
    ['half a body', { kind: 'half-body' }, 'sent'],
    ['an answer in its own time', { kind: 'delay', ms: 20 }, 'sent'],
  ])('is sent by its status, whatever else: %s', async (_, fault, outcome) => {
    line.script(() => fault);
    const sent = await channel(fault.kind === 'half-body' ? { timeoutMs: 500 } : {}).send(outgoing());
    expect(sent).toMatchObject({ outcome });
    expect(kinds()).toEqual(['push']);
  });

  it('over the monthly limit is refused, with the reason; over the rate it is tried again', async () => {
    line.script(faultsByCall({ 1: lineMonthlyLimit, 2: lineRateLimited }));
    expect(await channel().send(outgoing())).toMatchObject({
      outcome: 'refused',
      why: expect.stringMatching(/monthly limit/u),
    });
    expect(await channel().send(outgoing())).toMatchObject({
      outcome: 'retry',
      afterMs: 1_000,
      why: expect.stringMatching(/rate limit/u),
    });
  });

  it('over the monthly limit while in doubt is unknown', async () => {
    line.script(() => lineMonthlyLimit);
    expect(await channel().send(outgoing({ doubt: true, attempt: 2 }))).toMatchObject({ outcome: 'unknown' });
  });

  it('stops at the limit that LINE counts', async () => {
    const outcomes: string[] = [];
    for (const id of ['a', 'b', 'c', 'd']) outcomes.push((await channel().send(outgoing({ id }))).outcome);
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'refused']);
  });

  it('with a wrong token waits longer each time', async () => {
    const wrong = channel({ token: 'wrong' });
    const waits = await Promise.all([1, 2, 3, 20].map(attempt => wrong.send(outgoing({ attempt }))));
    expect(waits.map(each => (each.outcome === 'retry' ? each.afterMs : each.outcome))).toEqual([
      30_000, 60_000, 120_000, 1_800_000,
    ]);
    expect(waits[0]).toMatchObject({ why: expect.stringMatching(/^configuration: line answered 401/u) });
  });

  it.each([
    [false, 'refused'],
    [true, 'unknown'],
  ])('a day after the first attempt (in doubt: %s) is given up as %s', async (doubt, outcome) => {
    now = start + 24 * 60 * minute;
    expect(await channel().send(outgoing({ doubt }))).toMatchObject({ outcome });
    expect(line.calls()).toEqual([]);
  });

  it('is tried again when LINE cannot be reached at all: nothing can have been sent', async () => {
    const gone = await startLineStandIn();
    await gone.stop();
    expect(await channel({ apiBaseUrl: gone.url }).send(outgoing())).toMatchObject({ outcome: 'retry' });
    expect(await channel({ apiBaseUrl: gone.url }).send(outgoing({ doubt: true }))).toMatchObject({
      outcome: 'unclear',
    });
  });

  it('to somebody who blocked us is accepted by LINE, like any other', async () => {
    line.block(person);
    expect(await channel().send(outgoing())).toMatchObject({ outcome: 'sent' });
    expect(line.accepted()).toMatchObject([{ to: person, delivered: false }]);
  });
});

describe('before any call', () => {
  it.each([
    ['a path', '../../v2/bot/info'],
    ['empty', ''],
    ['of another channel', '+66812345678'],
    ['in capitals', person.toUpperCase()],
    ['with a line end', `${person}\n`],
  ])('refuses a receiver that is %s', async (_, externalId) => {
    expect(await channel().send(outgoing({ externalId }))).toMatchObject({ outcome: 'refused' });
    expect(line.calls()).toEqual([]);
  });

  it('refuses to send nothing', async () => {
    expect(await channel().send(outgoing({ replies: [{ kind: 'text', text: ' ' }] }))).toMatchObject({
      outcome: 'refused',
    });
    expect(line.calls()).toEqual([]);
  });

  it('never gives what was said as a reason', async () => {
    line.script(() => ({
      kind: 'status',
      status: 400,
      body: '{"message":"bad","details":[{"message":"x","property":"messages[0].text"}]}',
    }));
    const sent = await channel().send(outgoing());
    expect(sent).toMatchObject({ outcome: 'refused', why: 'line answered 400: bad at messages[0].text' });
  });
});
