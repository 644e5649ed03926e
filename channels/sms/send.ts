import type { Clock, Outgoing, Sent } from '../../core';
import {
  afterFailure,
  backoff,
  clockToleranceMs,
  failureOf,
  listedAfterMs,
  twilioClient,
  within,
} from '../twilio';
import { renderSms } from './render';
import { phoneNumber } from './schema';

const minuteMs = 60_000;

/** How long after the first attempt a message in doubt is looked for at Twilio, when the list cannot be read. */
const lookForMs = 10 * minuteMs;

/** A text nobody could be given in so long is no longer true: officers and reminders speak of today. Twilio's own limit is ten hours. */
const validitySeconds = 4 * 60 * 60;

export interface SendParts {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number, a registered name, or a Messaging Service (`MG…`). */
  readonly from: string;
  readonly apiBaseUrl?: string;
  /** Where Twilio reports delivery; absent where it could not reach us. */
  readonly statusCallback?: string;
  readonly operatorName?: string;
  readonly clock: Clock;
  /** Longest time one call takes. */
  readonly timeoutMs: number;
}

/** How texts get out. Twilio has no key that makes sending twice harmless, so that a message in doubt is looked up, never sent again. */
export function smsSender(parts: SendParts): (outgoing: Outgoing) => Promise<Sent> {
  const { clock, timeoutMs } = parts;
  const client = twilioClient(parts);
  const sender = /^MG[0-9a-f]{32}$/u.test(parts.from)
    ? { messagingServiceSid: parts.from }
    : { from: parts.from };

  async function create(outgoing: Outgoing, body: string): Promise<Sent> {
    try {
      const message = await within(
        client.messages.create({
          to: outgoing.externalId,
          body,
          ...sender,
          validityPeriod: validitySeconds,
          ...(parts.statusCallback === undefined ? {} : { statusCallback: parts.statusCallback }),
        }),
        timeoutMs,
      );
      return { outcome: 'sent', ...(typeof message.sid === 'string' ? { reference: message.sid } : {}) };
    } catch (error) {
      return afterFailure(failureOf(error), outgoing.attempt);
    }
  }

  /** Looks once for the message an earlier attempt may have made: same person, same text, made since that attempt. */
  async function settle(outgoing: Outgoing, body: string): Promise<Sent> {
    const since = outgoing.firstTriedAt - clockToleranceMs;
    try {
      const messages = await within(
        client.messages.list({ to: outgoing.externalId, limit: 50, pageSize: 50 }),
        timeoutMs,
      );
      const found = messages.find(
        each =>
          each.direction !== 'inbound' && each.body === body && new Date(each.dateCreated).getTime() >= since,
      );
      return found
        ? { outcome: 'sent', reference: found.sid, why: 'an earlier attempt had got through' }
        : { outcome: 'unknown', why: 'twilio did not confirm the message, and does not list it' };
    } catch (error) {
      const failure = failureOf(error);
      const why =
        failure.kind === 'answered'
          ? `twilio answered ${failure.status} when asked`
          : 'twilio did not answer when asked';
      return clock() - outgoing.firstTriedAt > lookForMs
        ? { outcome: 'unknown', why }
        : { outcome: 'unclear', afterMs: backoff(outgoing.attempt, listedAfterMs, 2 * minuteMs), why };
    }
  }

  return async outgoing => {
    if (!phoneNumber.test(outgoing.externalId))
      return { outcome: 'refused', why: 'not a telephone number', fault: 'number' };
    const { operatorName } = parts;
    const body = renderSms(
      outgoing.replies,
      outgoing.sender,
      operatorName === undefined ? {} : { operatorName },
    );
    if (body === '') return { outcome: 'refused', why: 'there is nothing to show' };
    return outgoing.doubt ? settle(outgoing, body) : create(outgoing, body);
  };
}
