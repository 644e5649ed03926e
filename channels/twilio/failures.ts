import type { Sent } from '../../core';
import { classOf, faultOf, reasonFor } from './codes';

const secondMs = 1_000;
const minuteMs = 60_000;

/** Twilio may list a message or a call a moment late. */
export const listedAfterMs = 3 * secondMs;

/** Twilio's times have whole seconds, and its clock is not ours. */
export const clockToleranceMs = 2 * secondMs;

/** How a call to Twilio went wrong. */
export type Failure =
  /** Twilio answered. */
  | { readonly kind: 'answered'; readonly status: number; readonly code: number | undefined }
  /** The request may have been carried out. */
  | { readonly kind: 'unsettled' }
  /** Twilio was never spoken to. */
  | { readonly kind: 'unreached' };

const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT_.+|ERR_TLS_CERT_.+|DEPTH_ZERO_.+|SELF_SIGNED_.+|UNABLE_TO_.+)$/u;

/** Read by their fields: errors of the network may come from another realm, and the SDK's own carry `status` and `code`. */
export function failureOf(error: unknown): Failure {
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
export function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('twilio did not answer in time')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export const backoff = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(attempt - 1, 0), 20));

/** What a failed call to create a message means. */
export function afterFailure(failure: Failure, attempt: number): Sent {
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
