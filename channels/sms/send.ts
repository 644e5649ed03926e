import twilio from 'twilio';
import type { Clock, Outgoing, Sent } from '../../core';
import { classOf, faultOf, reasonFor } from './codes';
import { renderSms } from './render';
import { phoneNumber } from './schema';

const secondMs = 1_000;
const minuteMs = 60_000;

/** How long after the first attempt a message in doubt is looked for at Twilio, when the list cannot be read. */
const lookForMs = 10 * minuteMs;

/** Twilio may list a message a moment late. */
const listedAfterMs = 3 * secondMs;

/** Twilio's times have whole seconds, and its clock is not ours. */
const clockToleranceMs = 2 * secondMs;

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

type Failure =
  /** Twilio answered. */
  | { readonly kind: 'answered'; readonly status: number; readonly code: number | undefined }
  /** The request may have been carried out. */
  | { readonly kind: 'unsettled' }
  /** Twilio was never spoken to. */
  | { readonly kind: 'unreached' };

const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT_.+|ERR_TLS_CERT_.+|DEPTH_ZERO_.+|SELF_SIGNED_.+|UNABLE_TO_.+)$/u;

/** Read by their fields: errors of the network may come from another realm, and the SDK's own carry `status` and `code`. */
function failureOf(error: unknown): Failure {
  const field = (name: 'status' | 'code'): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  const status = field('status');
  const code = field('code');
  if (typeof status === 'number')
    return { kind: 'answered', status, code: typeof code === 'number' ? code : undefined };
  return typeof code === 'string' && neverConnected.test(code)
    ? { kind: 'unreached' }
    : { kind: 'unsettled' };
}

/** The SDK's time-out watches for silence; this one ends an answer that trickles on for ever. */
function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('twilio did not answer in time')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const backoff = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(attempt - 1, 0), 20));

/** What a failed call to create a message means. */
function afterFailure(failure: Failure, attempt: number): Sent {
  if (failure.kind === 'unreached') {
    return {
      outcome: 'retry',
      afterMs: backoff(attempt, 5 * secondMs, 10 * minuteMs),
      why: 'twilio was not reached',
    };
  }
  if (failure.kind === 'unsettled')
    return { outcome: 'unclear', afterMs: listedAfterMs, why: 'twilio did not answer in time' };
  const { status, code } = failure;
  const why = code === undefined ? `twilio answered ${status}` : reasonFor(code);
  if (status >= 500) return { outcome: 'unclear', afterMs: listedAfterMs, why: `twilio answered ${status}` };
  const kind = classOf(code);
  if (status === 429 || kind === 'later')
    return { outcome: 'retry', afterMs: backoff(attempt, 5 * secondMs, 10 * minuteMs), why };
  if (kind === 'configuration' || status === 401 || status === 403) {
    return {
      outcome: 'retry',
      afterMs: backoff(attempt, minuteMs, 30 * minuteMs),
      why: `configuration: ${why}`,
    };
  }
  return { outcome: 'refused', why, ...faultOf(code) };
}

/** How texts get out. Twilio has no key that makes sending twice harmless, so that a message in doubt is looked up, never sent again. */
export function smsSender(parts: SendParts): (outgoing: Outgoing) => Promise<Sent> {
  const { clock, timeoutMs } = parts;
  const client = twilio(parts.accountSid, parts.authToken, { timeout: timeoutMs, autoRetry: false });
  if (parts.apiBaseUrl !== undefined) client.api.baseUrl = parts.apiBaseUrl;
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
