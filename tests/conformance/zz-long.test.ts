import fc from 'fast-check';
import {
  AppError,
  type OutboxItem,
  type Outgoing,
  type RawRequest,
  type Reply,
  type ReplyHandle,
  type Sent,
  type SentChannel,
} from '../../core';
import { afterAttempt, leaseMs } from '../../jobs/workers/delivery';
import { lineChannel } from '../../channels/line';
import { smsChannel } from '../../channels/sms';
import {
  type Fault,
  type Script,
  lineCall,
  lineEvent,
  lineMonthlyLimit,
  lineRateLimited,
  lineUserId,
  signLine,
  startLineStandIn,
} from '../support/line-standin';
import {
  incomingText,
  signTwilio,
  startTwilioStandIn,
  twilioForm,
  twilioRateLimited,
} from '../support/twilio-standin';

/** What a channel under test brings: itself, the other end, and requests as the vendor signs them. */
interface Subject {
  readonly channel: SentChannel;
  readonly externalId: string;
  /** Text of every send that the vendor accepted. */
  readonly accepted: () => readonly string[];
  readonly script: (script: Script) => void;
  readonly stop: () => Promise<void>;
  /** A one-time right to answer, where the vendor gives one. */
  readonly replyHandle?: () => ReplyHandle;
  readonly request: (path: string, text: string) => RawRequest;
  readonly signatureHeader: string;
}

/** Where a test has the time. */
interface Time {
  now: number;
}

const start = 1_795_500_000_000;
const publicUrl = 'https://chat.example.go.th';

async function lineSubject(time: Time): Promise<Subject> {
  const clock = (): number => time.now;
  const line = await startLineStandIn({ clock });
  const externalId = lineUserId('conformance');
  return {
    channel: lineChannel({
      account: 'main',
      secret: 'secret',
      token: 'token',
      apiBaseUrl: line.url,
      clock,
      timeoutMs: 80,
    }),
    externalId,
    accepted: () => line.accepted().flatMap(send => send.messages.map(message => String(message.text))),
    script: line.script,
    stop: line.stop,
    replyHandle: () => ({
      handle: lineEvent.follow({ from: externalId, at: time.now }).replyToken ?? '',
      expiresAt: time.now + 60_000,
    }),
    request(path, text) {
      const body = Buffer.from(lineCall([lineEvent.text({ from: externalId, text, at: time.now })]));
      return { method: 'POST', url: path, headers: { 'x-line-signature': signLine('secret', body) }, body };
    },
    signatureHeader: 'x-line-signature',
  };
}

async function smsSubject(time: Time): Promise<Subject> {
  const clock = (): number => time.now;
  const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' };
  const twilio = await startTwilioStandIn({ ...account, clock });
  const externalId = '+66812345678';
  return {
    channel: smsChannel({
      ...account,
      from: '+15005550006',
      publicUrl,
      apiBaseUrl: twilio.url,
      clock,
      timeoutMs: 80,
    }),
    externalId,
    accepted: () => twilio.accepted().map(text => text.body),
    script: twilio.script,
    stop: twilio.stop,
    request(path, text) {
      const fields = {
        ...incomingText({ from: externalId, to: '+15005550006', body: text }),
        MessageStatus: 'delivered',
      };
      const signature = signTwilio(account.authToken, `${publicUrl}${path}`, fields);
      return {
        method: 'POST',
        url: path,
        headers: { 'x-twilio-signature': signature },
        body: Buffer.from(twilioForm(fields)),
      };
    },
    signatureHeader: 'x-twilio-signature',
  };
}

const item = (id: string, replyHandle: ReplyHandle | undefined, now: number): OutboxItem => ({
  id,
  version: 1,
  conversationId: 'c',
  addressId: 'a',
  channel: 'line',
  account: 'main',
  seq: 1,
  messageIds: [],
  language: 'th',
  state: 'waiting',
  attempts: 0,
  doubt: false,
  dueAt: now,
  createdAt: now,
  ...(replyHandle ? { replyHandle } : {}),
});

function outgoingOf(leased: OutboxItem, externalId: string): Outgoing {
  return {
    id: leased.id,
    externalId,
    replies: [{ kind: 'text', text: leased.id }],
    language: 'th',
    sender: { kind: 'bot' },
    attempt: leased.attempts,
    doubt: leased.doubt,
    firstTriedAt: leased.firstTriedAt ?? leased.dueAt,
    ...(leased.replyHandle ? { replyHandle: leased.replyHandle } : {}),
    ...(leased.stage === undefined ? {} : { stage: leased.stage }),
  };
}

/** Delivers one item as the worker does, on a clock of its own, losing the process after the attempts that `crashes` names. */
async function deliver(
  subject: Subject,
  time: Time,
  first: OutboxItem,
  crashes: ReadonlySet<number>,
): Promise<OutboxItem> {
  let current = first;
  for (let attempt = 1; current.state === 'waiting' || current.state === 'sending'; attempt += 1) {
    if (attempt > 200) throw new Error(`no end after 200 attempts: ${JSON.stringify(current)}`);
    time.now = Math.max(time.now, current.dueAt);
    const leased: OutboxItem = {
      ...current,
      state: 'sending',
      doubt: current.doubt || current.state === 'sending',
      attempts: current.attempts + 1,
      dueAt: time.now + leaseMs,
      firstTriedAt: current.firstTriedAt ?? time.now,
    };
    const sent = await subject.channel.send(outgoingOf(leased, subject.externalId));
    current = crashes.has(attempt) ? leased : afterAttempt(leased, sent, time.now);
  }
  return current;
}

const commonFaults: readonly Fault[] = [
  { kind: 'drop', accept: true },
  { kind: 'drop', accept: false },
  { kind: 'status', status: 500, accept: true },
  { kind: 'status', status: 503 },
  { kind: 'hang', accept: true },
  { kind: 'hang', accept: false },
  { kind: 'malformed' },
];

function describeChannel(
  name: string,
  open: (time: Time) => Promise<Subject>,
  own: { readonly faults: readonly Fault[]; readonly messagePath: string },
): void {
  describe(`channel ${name}`, () => {
    let time: Time;
    let subject: Subject;
    beforeEach(async () => {
      time = { now: start };
      subject = await open(time);
    });
    afterEach(() => subject.stop());

    const webhookAt = (path: string) => {
      const found = subject.channel.webhooks.find(each => each.path === path);
      if (!found) throw new Error(`no webhook at ${path}`);
      return found;
    };
    const codeOf = (work: () => unknown): string | undefined => {
      try {
        work();
        return undefined;
      } catch (error) {
        return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
      }
    };

    it('has webhooks of its own, all under /webhooks/', () => {
      const paths = subject.channel.webhooks.map(webhook => webhook.path);
      expect(paths.length).toBeGreaterThan(0);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths.every(path => /^\/webhooks\/[a-z0-9/-]+$/u.test(path))).toBe(true);
      expect(subject.channel.webhooks.every(webhook => webhook.accepted.status === 200)).toBe(true);
    });

    it('takes what the vendor signed, at each of its webhooks, and nothing else', () => {
      for (const webhook of subject.channel.webhooks) {
        const good = subject.request(webhook.path, 'สวัสดี');
        expect(codeOf(() => webhook.verify(good))).toBeUndefined();
        const { [subject.signatureHeader]: signature = '', ...headers } = good.headers;
        const variants: RawRequest[] = [
          { ...good, headers },
          ...['', 'x', `${signature}, ${signature}`, signature.toLowerCase(), signature.slice(0, -1)].map(
            wrong => ({
              ...good,
              headers: { ...headers, [subject.signatureHeader]: wrong },
            }),
          ),
          { ...good, body: Buffer.concat([good.body, Buffer.from(' ')]) },
          { ...good, body: Buffer.alloc(0) },
        ];
        expect(variants.map(bad => codeOf(() => webhook.verify(bad)))).toEqual(
          variants.map(() => 'CHANNEL_SIGNATURE_INVALID'),
        );
      }
    });

    it('refuses a body with any one byte changed', () => {
      const webhook = webhookAt(own.messagePath);
      const good = subject.request(own.messagePath, 'บัตรหาย');
      fc.assert(
        fc.property(fc.nat(good.body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
          const body = Buffer.from(good.body);
          body[at] = (body[at] ?? 0) ^ change;
          // A form has several spellings for the same fields; only another meaning must be refused.
          const same = own.messagePath.includes('twilio') && sameForm(body, good.body);
          expect(codeOf(() => webhook.verify({ ...good, body }))).toBe(
            same ? undefined : 'CHANNEL_SIGNATURE_INVALID',
          );
        }),
        { numRuns: 300 },
      );
    });

    it('reads a text, the same each time, under an id that comes with it', () => {
      const webhook = webhookAt(own.messagePath);
      const request = subject.request(own.messagePath, 'แม่อายุ 65 แล้ว');
      const once = webhook.parse(request);
      expect(once).toMatchObject([
        {
          kind: 'event',
          event: {
            channel: subject.channel.name,
            account: subject.channel.account,
            externalId: subject.externalId,
            audience: 'person',
            content: { kind: 'text', text: 'แม่อายุ 65 แล้ว' },
          },
        },
      ]);
      expect(webhook.parse(request)).toEqual(once);
      const ids = [...once, ...webhook.parse(subject.request(own.messagePath, 'แม่อายุ 65 แล้ว'))].map(each =>
        each.kind === 'event' ? each.event.providerEventId : '',
      );
      expect(new Set(ids).size).toBe(2);
    });

    it('puts every reply into exactly one call, in order', () => {
      const reply: fc.Arbitrary<Reply> = fc.oneof(
        fc.record({ kind: fc.constant('text' as const), text: fc.string() }),
        fc.record({ kind: fc.constant('text' as const), text: fc.constant('ก'.repeat(12_000)) }),
        fc.record({
          kind: fc.constant('link' as const),
          text: fc.string(),
          label: fc.string(),
          url: fc.webUrl(),
        }),
      );
      fc.assert(
        fc.property(fc.array(reply, { maxLength: 12 }), replies => {
          const batches = subject.channel.batch(replies, 'th');
          expect(batches.flat()).toEqual(replies);
          expect(batches.every(batch => batch.length > 0)).toBe(true);
        }),
      );
    });

    it('ends a call that is never answered well within a lease', async () => {
      subject.script(() => ({ kind: 'hang', accept: false }));
      const sent = await subject.channel.send(
        outgoingOf(item('silent', undefined, time.now), subject.externalId),
      );
      expect(sent.outcome).toBe('unclear');
    });

    it('never rejects, whatever it is given', async () => {
      const replies = [{ kind: 'text', text: 'ก' }] as const;
      const base = outgoingOf(item('odd', undefined, time.now), subject.externalId);
      const odd: Outgoing[] = ['', '../..', '\u0000', '💥', '{"$ne":null}'].map(externalId => ({
        ...base,
        replies,
        externalId,
      }));
      const sent: Sent[] = await Promise.all(
        [...odd, { ...base, replies: [] }].map(each => subject.channel.send(each)),
      );
      expect(sent.map(each => each.outcome)).toEqual(sent.map(() => 'refused'));
      expect(subject.accepted()).toEqual([]);
    });

    it('sends each item once, or says that it cannot tell, through any faults and crashes', async () => {
      const faults = [...commonFaults, ...own.faults];
      const scripts = fc.record({
        faults: fc.array(fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 3 }), {
          maxLength: 12,
        }),
        crashes: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
        handled: fc.boolean(),
        waitMs: fc.constantFrom(0, 0, 1_000, 50_000, 59_999, 60_000, 70_000),
      });
      let items = 0;
      const ends: string[] = [];
      await fc.assert(
        fc.asyncProperty(scripts, async plan => {
          const id = `item-${(items += 1)}-end`;
          let calls = 0;
          subject.script(() => plan.faults[calls++]);
          const handle = plan.handled ? subject.replyHandle?.() : undefined;
          const waiting = item(id, handle, time.now);
          time.now += plan.waitMs;
          const end = await deliver(subject, time, waiting, new Set(plan.crashes));
          const count = subject.accepted().filter(text => text === id).length;
          ends.push(end.state);
          expect({ state: end.state, count }).toEqual({
            state: end.state,
            count: end.state === 'sent' ? 1 : end.state === 'unknown' ? Math.min(count, 1) : 0,
          });
        }),
        { numRuns: 1000 },
      );
      // The run was worth something: most items got through although nearly every one met faults.
      expect(ends.filter(state => state === 'sent').length).toBeGreaterThan(30);
    }, 550_000);
  });
}

const fieldsIn = (body: Buffer): string =>
  JSON.stringify([...new URLSearchParams(body.toString('utf8'))].sort());
const sameForm = (a: Buffer, b: Buffer): boolean => fieldsIn(a) === fieldsIn(b);

describeChannel('line', lineSubject, {
  faults: [lineRateLimited, lineMonthlyLimit, { kind: 'half-body' }],
  messagePath: '/webhooks/line',
});
describeChannel('sms', smsSubject, { faults: [twilioRateLimited], messagePath: '/webhooks/twilio/sms' });
