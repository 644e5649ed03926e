import type { messagingApi } from '@line/bot-sdk';
import type { z } from 'zod';
import { refusalSchema, sentSchema } from './schema';

/**
 * How one HTTP call to LINE ended. `unsettled`: it may have been carried out, nobody answered. `unreached`: LINE was never spoken to.
 */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly requestId: string;
      readonly body: string | undefined;
    }
  | { readonly kind: 'unsettled'; readonly why: string }
  | { readonly kind: 'unreached'; readonly why: string };

export interface LineApi {
  reply(request: messagingApi.ReplyMessageRequest): Promise<Answer>;
  push(request: messagingApi.PushMessageRequest, retryKey: string): Promise<Answer>;
}

export interface LineApiParts {
  readonly token: string;
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  /** No answer after so long: the call is given up. */
  readonly timeoutMs: number;
}

/** Failures of making the connection, its TLS part included: nothing of the request was sent. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|CERT_.+|ERR_TLS_CERT_.+|DEPTH_ZERO_.+|SELF_SIGNED_.+|UNABLE_TO_.+)$/u;

/** A field of an error. Not by `instanceof`: errors of the network come from another realm in some surroundings. */
function fieldOf(error: unknown, name: 'name' | 'code' | 'cause'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function failure(error: unknown): Answer {
  const name = fieldOf(error, 'name');
  if (name === 'TimeoutError' || name === 'AbortError')
    return { kind: 'unsettled', why: 'line did not answer in time' };
  const code = fieldOf(fieldOf(error, 'cause'), 'code') ?? fieldOf(error, 'code');
  if (typeof code === 'string' && neverConnected.test(code))
    return { kind: 'unreached', why: `line was not reached (${code})` };
  return {
    kind: 'unsettled',
    why: `the connection to line broke (${typeof code === 'string' ? code : 'no code'})`,
  };
}

/** The answer's text; `undefined` when it broke off: the status counts all the same. */
async function textOf(response: Response): Promise<string | undefined> {
  try {
    return await response.text();
  } catch {
    return undefined;
  }
}

/**
 * The two calls we make. The SDK's own client has no time-out and takes no abort signal, so that a silent server would hold a
 * worker for minutes; its types are used here, its client is not.
 */
export function lineApi(parts: LineApiParts): LineApi {
  async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    try {
      const response = await parts.fetch(new URL(path, parts.baseUrl), {
        method: 'POST',
        headers: { authorization: `Bearer ${parts.token}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(parts.timeoutMs),
      });
      const requestId = (response.headers.get('x-line-request-id') ?? '')
        .replace(/[^\w-]/gu, '')
        .slice(0, 64);
      return { kind: 'answered', status: response.status, requestId, body: await textOf(response) };
    } catch (error) {
      return failure(error);
    }
  }

  return {
    reply: request => post('/v2/bot/message/reply', request),
    push: (request, retryKey) => post('/v2/bot/message/push', request, { 'x-line-retry-key': retryKey }),
  };
}

function read<T extends z.ZodType>(schema: T, body: string | undefined): z.infer<T> | undefined {
  try {
    return schema.safeParse(JSON.parse(body ?? '')).data;
  } catch {
    return undefined;
  }
}

/** LINE's id of the first message sent, where the answer has it. */
export const referenceIn = (body: string | undefined): string | undefined =>
  read(sentSchema, body)?.sentMessages[0]?.id;

/** LINE's reason for refusing and the field it means, never what was said; `undefined` where the answer cannot be read. */
export function refusalIn(body: string | undefined): string | undefined {
  const refusal = read(refusalSchema, body);
  const property = refusal?.details?.[0]?.property;
  return refusal && [refusal.message, property].filter(Boolean).join(' at ').slice(0, 200);
}
