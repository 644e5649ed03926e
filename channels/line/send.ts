import { v5 as uuidV5 } from 'uuid';
import type { Clock, Outgoing, ReplyHandle, Sent } from '../../core';
import { type Answer, type LineApi, referenceIn, refusalIn } from './client';
import { lineId, retryKeyMs } from './limits';
import { renderCall } from './render';

/** Names the retry keys of this project; changing it would let messages in doubt be sent again. */
const retryKeySpace = '6f2b7a52-3a55-5c1c-9d5e-0b8f3c7a1e44';

/** The stage of a sending whose reply token is gone: from here on it is a push. */
const pushStage = 'push';

const secondMs = 1_000;
const minuteMs = 60_000;

/** Doubles from `firstMs` with every attempt, up to `mostMs`. */
const backoff = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(attempt - 1, 0), 20));

const sent = (body: string | undefined): Sent => {
  const reference = referenceIn(body);
  return { outcome: 'sent', ...(reference === undefined ? {} : { reference }) };
};

/** Not sent this time. What an earlier attempt left in doubt stays in doubt. */
function again(outgoing: Outgoing, afterMs: number, why: string): Sent {
  return outgoing.doubt ? { outcome: 'unclear', afterMs, why } : { outcome: 'retry', afterMs, why };
}

const isTokenSpent = (reason: string): boolean => /invalid reply token/iu.test(reason);
const isMonthlyLimit = (reason: string): boolean => /monthly limit/iu.test(reason);

type Answered = Answer & { kind: 'answered' };
type Messages = ReturnType<typeof renderCall>;

/** What both kinds of call share; `undefined` where they differ. */
function common(outgoing: Outgoing, answer: Answer): Sent | undefined {
  if (answer.kind === 'unreached')
    return again(outgoing, backoff(outgoing.attempt, secondMs, 5 * minuteMs), answer.why);
  if (answer.kind === 'unsettled') return undefined;
  const { status, body } = answer;
  if (status >= 200 && status < 300) return sent(body);
  const why = reasonOf(answer);
  // A wrong token or plan: nothing gets out until somebody mends it, and then this should. Delivery gives up after a day.
  if (status === 401 || status === 403)
    return again(outgoing, backoff(outgoing.attempt, 30 * secondMs, 30 * minuteMs), `configuration: ${why}`);
  if (status >= 300 && status < 400)
    return again(outgoing, backoff(outgoing.attempt, 30 * secondMs, 30 * minuteMs), `configuration: ${why}`);
  return undefined;
}

const reasonOf = (answer: Answered): string =>
  `line answered ${answer.status}${answer.requestId ? ` (request ${answer.requestId})` : ''}: ${refusalIn(answer.body) ?? 'no reason that could be read'}`;

export interface SendParts {
  readonly api: LineApi;
  readonly clock: Clock;
  /** Longest time one call takes. */
  readonly timeoutMs: number;
}

/**
 * A reply costs nothing and its token works once. So doubt is settled by the same reply with the same token: 200 means sent now,
 * "Invalid reply token" that the first one had got through. That holds while the token lives; afterwards nobody can tell.
 * https://developers.line.biz/en/reference/messaging-api/#send-reply-message
 */
async function reply(
  parts: SendParts,
  outgoing: Outgoing,
  messages: Messages,
  handle: ReplyHandle,
): Promise<Sent> {
  const now = parts.clock();
  // A settling call must have been answered before the token dies of age, else "invalid" would mean nothing.
  const usable = outgoing.doubt ? now + parts.timeoutMs <= handle.expiresAt : now < handle.expiresAt;
  if (!usable && outgoing.doubt)
    return { outcome: 'unknown', why: 'line did not confirm the reply while its token lived' };
  if (!usable) return { outcome: 'retry', afterMs: 0, why: 'the reply token has expired', stage: pushStage };
  const answer = await parts.api.reply({ replyToken: handle.handle, messages });
  const settled = common(outgoing, answer);
  if (settled) return settled;
  const soon = backoff(outgoing.attempt, secondMs / 2, 8 * secondMs);
  if (answer.kind !== 'answered') return { outcome: 'unclear', afterMs: soon, why: answer.why };
  const why = reasonOf(answer);
  if (answer.status === 429) return again(outgoing, soon, why);
  if (answer.status >= 500 || answer.status === 408) return { outcome: 'unclear', afterMs: soon, why };
  // A 400 whose reason cannot be read tells nothing about the token: ask again.
  if (answer.status === 400 && refusalIn(answer.body) === undefined) return again(outgoing, soon, why);
  if (answer.status === 400 && isTokenSpent(why)) {
    return outgoing.doubt
      ? { outcome: 'sent', why: 'an earlier attempt had got through' }
      : { outcome: 'retry', afterMs: 0, why, stage: pushStage };
  }
  return { outcome: outgoing.doubt ? 'unknown' : 'refused', why };
}

/**
 * A push carries a key made from our own id, the same on every attempt: LINE answers 409 to what it has accepted before.
 * https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 */
async function push(parts: SendParts, outgoing: Outgoing, messages: Messages): Promise<Sent> {
  if (parts.clock() - outgoing.firstTriedAt >= retryKeyMs) {
    const why = 'line never confirmed the push, and has forgotten its retry key';
    return { outcome: outgoing.doubt ? 'unknown' : 'refused', why };
  }
  const answer = await parts.api.push(
    { to: outgoing.externalId, messages },
    uuidV5(outgoing.id, retryKeySpace),
  );
  const settled = common(outgoing, answer);
  if (settled) return settled;
  const later = backoff(outgoing.attempt, secondMs, 10 * minuteMs);
  if (answer.kind !== 'answered') return { outcome: 'unclear', afterMs: later, why: answer.why };
  const why = reasonOf(answer);
  if (answer.status === 409) return { ...sent(answer.body), why: 'an earlier attempt had got through' };
  if (answer.status === 429 && isMonthlyLimit(why))
    return { outcome: outgoing.doubt ? 'unknown' : 'refused', why };
  if (answer.status === 429) return again(outgoing, later, why);
  if (answer.status >= 500 || answer.status === 408) return { outcome: 'unclear', afterMs: later, why };
  return { outcome: 'refused', why };
}

/** Makes one call to LINE: a reply while its token lives, a push otherwise. */
export async function sendToLine(parts: SendParts, outgoing: Outgoing): Promise<Sent> {
  if (!lineId.test(outgoing.externalId))
    return { outcome: 'refused', why: 'not an id of a LINE user, group or room' };
  const messages = renderCall(outgoing.replies, outgoing.sender);
  if (messages.length === 0) return { outcome: 'refused', why: 'there is nothing to show' };
  const { replyHandle, stage } = outgoing;
  return replyHandle && stage !== pushStage
    ? reply(parts, outgoing, messages, replyHandle)
    : push(parts, outgoing, messages);
}
