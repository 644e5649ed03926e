import { setImmediate as nextRound } from 'node:timers/promises';
import {
  type LineEvent,
  lineCall,
  lineEvent,
  lineUserId,
  redelivered,
  signLine,
} from '../support/line-standin';
import type { Random } from '../support/random';
import { type Ledger, listOf } from './ledger';

export const lineSecret = 'fault-test-secret';

const words = [
  'บัตรประชาชนหายทำไง',
  'เบี้ยผู้สูงอายุได้เท่าไร',
  'ต่อใบขับขี่',
  'ขอบคุณค่ะ',
  'asdf qwer',
  'จ่ายค่าน้ำที่ไหน',
  'สวัสดี',
] as const;
const callWithinMs = 3_000;

export interface LineLoad {
  /** Sends one webhook call with events of some users; repeats nothing. */
  sendSome(url: string): Promise<void>;
  /** Sends old events again, as LINE does, marked as redelivered. */
  redeliver(url: string, count: number): Promise<void>;
  /** What was sent and never acknowledged, until it is: LINE sends those again too. */
  settle(url: string): Promise<void>;
  /** The user whose event carried a reply token. */
  userOf(replyToken: string): string | undefined;
}

/**
 * A sender that behaves as LINE does with redelivery on: a call that was not answered with 200 is sent again. Events of one user are
 * sent one after the other, so that the order of acceptance is the order of sending.
 */
export function lineLoad(parts: {
  ledger: Ledger;
  random: Random;
  users: number;
  clock: () => number;
}): LineLoad {
  const { ledger, random, clock } = parts;
  const users = Array.from({ length: parts.users }, (_, index) => lineUserId(`fault-${index}`));
  const busy = new Set<string>();
  const unanswered: LineEvent[][] = [];
  const acknowledged: LineEvent[] = [];
  const tokens = new Map<string, string>();
  let count = 0;

  const userIdOf = (event: LineEvent): string => (event.source?.type === 'user' ? event.source.userId : '');

  async function post(url: string, events: readonly LineEvent[]): Promise<boolean> {
    const body = lineCall(events);
    ledger.attempts += 1;
    try {
      const response = await fetch(`${url}/webhooks/line`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-line-signature': signLine(lineSecret, body) },
        body,
        signal: AbortSignal.timeout(callWithinMs),
      });
      await response.arrayBuffer();
      return response.status === 200;
    } catch {
      return false;
    }
  }

  function note(events: readonly LineEvent[]): void {
    for (const event of events) {
      const { message } = event as unknown as { message: { id: string; text: string } };
      listOf(ledger.line, userIdOf(event)).push({
        eventId: event.webhookEventId,
        messageId: message.id,
        text: message.text,
      });
      acknowledged.push(event);
    }
  }

  function freshEvents(): LineEvent[] {
    const free = users.filter(user => !busy.has(user));
    const wanted = 1 + random.below(4);
    const events: LineEvent[] = [];
    while (events.length < wanted && free.length > 0) {
      const [user] = free.splice(random.below(free.length), 1);
      if (user === undefined) break;
      count += 1;
      const event = lineEvent.text({ from: user, text: `${random.pick(words)} (${count})`, at: clock() });
      if (event.replyToken) tokens.set(event.replyToken, user);
      events.push(event);
    }
    return events;
  }

  async function deliver(url: string, events: LineEvent[]): Promise<void> {
    for (const event of events) busy.add(userIdOf(event));
    if (await post(url, events)) {
      note(events);
      for (const event of events) busy.delete(userIdOf(event));
    } else {
      unanswered.push(events.map(redelivered));
    }
  }

  return {
    async sendSome(url) {
      const again = random.next() < 0.3 ? unanswered.shift() : undefined;
      const events = again ?? freshEvents();
      if (events.length > 0) await deliver(url, events);
      // Everybody waits for an answer: it only comes when the event loop may turn.
      else await nextRound();
    },
    async redeliver(url, many) {
      for (let sent = 0; sent < many && acknowledged.length > 0; sent += 1) {
        await post(url, [redelivered(random.pick(acknowledged))]);
      }
    },
    async settle(url) {
      for (let tries = 0; unanswered.length > 0; tries += 1) {
        if (tries > 200) throw new Error('The product never acknowledged what it was sent.');
        const events = unanswered.shift();
        if (events) await deliver(url, events);
      }
    },
    userOf: token => tokens.get(token),
  };
}
