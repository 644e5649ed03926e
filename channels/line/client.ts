import type { messagingApi } from '@line/bot-sdk';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, type RequestOptions, request as tlsRequest } from 'node:https';
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
  /** No answer after so long: the call is given up. */
  readonly timeoutMs: number;
}

/** Failures of making the connection, its TLS part included: nothing of the request was sent. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT_.+|ERR_TLS_CERT_.+|DEPTH_ZERO_.+|SELF_SIGNED_.+|UNABLE_TO_.+)$/u;

/** A field of an error. Not by `instanceof`: errors of the network come from another realm in some surroundings. */
function fieldOf(error: unknown, name: 'name' | 'code'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function failure(error: unknown): Answer {
  const name = fieldOf(error, 'name');
  if (name === 'TimeoutError' || name === 'AbortError')
    return { kind: 'unsettled', why: 'line did not answer in time' };
  const code = fieldOf(error, 'code');
  if (typeof code === 'string' && neverConnected.test(code))
    return { kind: 'unreached', why: `line was not reached (${code})` };
  return {
    kind: 'unsettled',
    why: `the connection to line broke (${typeof code === 'string' ? code : 'no code'})`,
  };
}

/** LINE answers in a few hundred bytes; of anything longer only the beginning counts. */
const longestAnswer = 64 * 1024;

/** Connections are kept: a new one costs more than the call itself. */
const agents = { plain: new PlainAgent({ keepAlive: true }), tls: new Agent({ keepAlive: true }) };

function exchange(url: URL, options: RequestOptions, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const send = secure ? tlsRequest : plainRequest;
    let brokeOff: (() => void) | undefined;
    const request = send(url, { ...options, agent: secure ? agents.tls : agents.plain }, response => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const settle = (text: string | undefined): void => {
        const requestId = String(response.headers['x-line-request-id'] ?? '')
          .replace(/[^\w-]/gu, '')
          .slice(0, 64);
        resolve({ kind: 'answered', status: response.statusCode ?? 0, requestId, body: text });
      };
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= longestAnswer) chunks.push(chunk);
      });
      response.on('end', () => settle(Buffer.concat(chunks).toString()));
      // Where the text breaks off, the status counts all the same.
      brokeOff = () => settle(undefined);
      response.on('error', brokeOff);
    });
    request.on('error', error => (brokeOff ? brokeOff() : reject(error)));
    request.end(body);
  });
}

/**
 * The two calls we make. The SDK's own client has no time-out and takes no abort signal, so that a silent server would hold a
 * worker for minutes; its types are used here, its client is not.
 */
export function lineApi(parts: LineApiParts): LineApi {
  async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    const bytes = Buffer.from(JSON.stringify(body));
    try {
      return await exchange(
        new URL(path, parts.baseUrl),
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${parts.token}`,
            'content-type': 'application/json',
            'content-length': bytes.length,
            ...headers,
          },
          signal: AbortSignal.timeout(parts.timeoutMs),
        },
        bytes,
      );
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
