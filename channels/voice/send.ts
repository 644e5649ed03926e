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

const minuteMs = 60_000;

/** How long after the first attempt a call in doubt is looked for at Twilio. */
const lookForMs = 10 * minuteMs;

/** It rings so long: an older person needs time to reach the phone. Twilio adds its own few seconds. */
const ringSeconds = 45;

export interface CallParts {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number of ours that may call out. */
  readonly from: string;
  readonly apiBaseUrl?: string;
  /** Where Twilio asks what to say; the id of the sending is added to it. */
  readonly answerUrl: (outgoingId: string) => string;
  readonly statusCallback: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** How calls get out. Twilio has no key that makes calling twice harmless, so that a call in doubt is looked up, never made again. */
export function caller(parts: CallParts): (outgoing: Outgoing) => Promise<Sent> {
  const { clock, timeoutMs } = parts;
  const client = twilioClient(parts);

  async function create(outgoing: Outgoing): Promise<Sent> {
    try {
      const call = await within(
        client.calls.create({
          to: outgoing.externalId,
          from: parts.from,
          url: parts.answerUrl(outgoing.id),
          statusCallback: parts.statusCallback,
          statusCallbackEvent: ['completed'],
          timeout: ringSeconds,
        }),
        timeoutMs,
      );
      return { outcome: 'sent', ...(typeof call.sid === 'string' ? { reference: call.sid } : {}) };
    } catch (error) {
      return afterFailure(failureOf(error), outgoing.attempt);
    }
  }

  /** Looks for the call an earlier attempt may have made to this number since then; calls to one number are made one by one. */
  async function settle(outgoing: Outgoing): Promise<Sent> {
    const since = outgoing.firstTriedAt - clockToleranceMs;
    try {
      const calls = await within(
        client.calls.list({ to: outgoing.externalId, limit: 20, pageSize: 20 }),
        timeoutMs,
      );
      const found = calls.find(
        each => each.direction !== 'inbound' && new Date(each.dateCreated).getTime() >= since,
      );
      return found
        ? { outcome: 'sent', reference: found.sid, why: 'an earlier attempt had got through' }
        : { outcome: 'unknown', why: 'twilio did not confirm the call, and does not list it' };
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

  return outgoing => (outgoing.doubt ? settle(outgoing) : create(outgoing));
}
