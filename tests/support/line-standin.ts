import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type Answer, type Call, type Script, scriptedServer } from './scripted-server';
import { brokenRules } from './line-rules';

export { type Fault, type Script, faultsByCall } from './scripted-server';

const replyTokenMs = 60_000;
const redeliveredMs = 20 * 60_000;
const retryKeyMs = 24 * 60 * 60_000;
const maxBytes = 2 * 1024 * 1024;

/** `x-line-signature` of a webhook body. */
export const signLine = (secret: string, body: string | Buffer): string =>
  createHmac('sha256', secret).update(body).digest('base64');

export type LineSource =
  | { readonly type: 'user'; readonly userId: string }
  | { readonly type: 'group'; readonly groupId: string; readonly userId?: string }
  | { readonly type: 'room'; readonly roomId: string; readonly userId?: string };

export interface LineEvent {
  readonly type: string;
  readonly mode: string;
  readonly timestamp: number;
  readonly webhookEventId: string;
  readonly deliveryContext: { readonly isRedelivery: boolean };
  readonly source?: LineSource;
  readonly replyToken?: string;
  readonly [field: string]: unknown;
}

interface EventGiven {
  /** A `U…` id, or a whole source. */
  readonly from: string | LineSource;
  /** ms; now unless given. The reply token's minute starts here. */
  readonly at?: number;
  readonly id?: string;
}

/** A user id that looks like LINE's, the same for the same name. */
export const lineUserId = (name: string): string => `U${createHash('md5').update(name).digest('hex')}`;
export const lineGroupId = (name: string): string => `C${createHash('md5').update(name).digest('hex')}`;

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ulid = (): string => Array.from(randomBytes(26), byte => crockford[byte % 32]).join('');

/** A reply token that carries when it was given, so that any stand-in, in any process, can tell its age. */
const replyToken = (at: number): string =>
  `${at.toString(16).padStart(12, '0')}${randomBytes(10).toString('hex')}`;
const givenAt = (token: string): number | undefined =>
  /^[0-9a-f]{32}$/u.test(token) ? Number.parseInt(token.slice(0, 12), 16) : undefined;

let lastMessageId = 0;
const messageId = (): string =>
  `5${String(Date.now()).slice(-11)}${String((lastMessageId += 1)).padStart(6, '0')}`;

function event(
  type: string,
  given: EventGiven,
  fields: Readonly<Record<string, unknown>>,
  token = true,
): LineEvent {
  const at = given.at ?? Date.now();
  return {
    type,
    mode: 'active',
    timestamp: at,
    webhookEventId: given.id ?? ulid(),
    deliveryContext: { isRedelivery: false },
    source: typeof given.from === 'string' ? { type: 'user', userId: given.from } : given.from,
    ...(token ? { replyToken: replyToken(at) } : {}),
    ...fields,
  };
}

/** Webhook events as LINE makes them. */
export const lineEvent = {
  text: (
    given: EventGiven & { readonly text: string; readonly messageId?: string; readonly mention?: unknown },
  ): LineEvent =>
    event('message', given, {
      message: {
        type: 'text',
        id: given.messageId ?? messageId(),
        quoteToken: randomBytes(24).toString('base64url'),
        text: given.text,
        ...(given.mention === undefined ? {} : { mention: given.mention }),
      },
    }),
  /** Any other kind of message: `{ type: 'sticker', packageId, stickerId }` and so on. */
  message: (given: EventGiven & { readonly message: Readonly<Record<string, unknown>> }): LineEvent =>
    event('message', given, { message: { id: messageId(), ...given.message } }),
  postback: (given: EventGiven & { readonly data: string }): LineEvent =>
    event('postback', given, { postback: { data: given.data } }),
  follow: (given: EventGiven): LineEvent => event('follow', given, { follow: { isUnblocked: false } }),
  unfollow: (given: EventGiven): LineEvent => event('unfollow', given, {}, false),
  join: (given: EventGiven): LineEvent => event('join', given, {}),
  leave: (given: EventGiven): LineEvent => event('leave', given, {}, false),
  unsend: (given: EventGiven & { readonly messageId: string }): LineEvent =>
    event('unsend', given, { unsend: { messageId: given.messageId } }, false),
  other: (
    given: EventGiven & { readonly type: string; readonly fields?: Readonly<Record<string, unknown>> },
  ): LineEvent => event(given.type, given, given.fields ?? {}),
};

/** The same event as LINE sends it again. */
export const redelivered = (given: LineEvent): LineEvent => ({
  ...given,
  deliveryContext: { isRedelivery: true },
});

/** The body of one webhook call. */
export const lineCall = (events: readonly unknown[], destination = lineUserId('official-account')): string =>
  JSON.stringify({ destination, events });

/** One send that LINE accepted: what a person would have seen. */
export interface AcceptedSend {
  readonly kind: 'reply' | 'push';
  readonly replyToken?: string;
  readonly to?: string;
  readonly retryKey?: string;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly messageIds: readonly string[];
  /** By the stand-in's clock, ms. */
  readonly at: number;
  /** Number of the call that brought it. */
  readonly call: number;
  /** False for people who blocked the account: LINE answers 200 all the same. */
  readonly delivered: boolean;
}

export interface LineStandInOptions {
  readonly clock?: () => number;
  /** The channel access token it wants to see; any unless given. */
  readonly token?: string;
  /** Pushed messages allowed this month; no limit unless given. */
  readonly monthlyLimit?: number;
}

export interface LineStandIn {
  readonly url: string;
  /** Everything sent, in order. */
  readonly accepted: () => readonly AcceptedSend[];
  /** Every call that came in, refused ones included. */
  readonly calls: () => readonly Call[];
  /** What to do wrong, by call. */
  readonly script: (script: Script) => void;
  /** Content that can be got; `preparing` answers 202 until it is given, `gone` 410. */
  content(messageId: string, content: Buffer | 'preparing' | 'gone'): void;
  /** From now on these people have blocked the account. */
  block(...userIds: string[]): void;
  /** The event of this token was sent again: a fresh minute, within 20 minutes of the event. */
  renew(token: string): void;
  readonly stop: () => Promise<void>;
}

const refuse = (status: number, message: string, details?: unknown): Answer => ({
  status,
  body: { message, ...(details === undefined ? {} : { details }) },
});

interface Kept {
  readonly hash: string;
  readonly at: number;
  readonly requestId: string;
  readonly body: unknown;
}

/**
 * LINE's Messaging API as its documents describe it: reply tokens that work once and for a minute, retry keys with a memory, the
 * limits of every message object, both kinds of 429, and a ledger of what got through.
 */
export async function startLineStandIn(options: LineStandInOptions = {}): Promise<LineStandIn> {
  const clock = options.clock ?? Date.now;
  const accepted: AcceptedSend[] = [];
  const usedTokens = new Set<string>();
  const renewedAt = new Map<string, number>();
  const retryKeys = new Map<string, Kept>();
  const blocked = new Set<string>();
  const contents = new Map<string, Buffer | 'preparing' | 'gone'>();
  let pushed = 0;

  function accept(
    call: Call,
    send: Pick<AcceptedSend, 'kind' | 'replyToken' | 'to' | 'retryKey' | 'messages'>,
  ): unknown {
    const messageIds = send.messages.map(() => messageId());
    accepted.push({
      ...send,
      messageIds,
      at: clock(),
      call: call.number,
      delivered: send.to === undefined || !blocked.has(send.to),
    });
    return {
      sentMessages: messageIds.map(id => ({ id, quoteToken: randomBytes(24).toString('base64url') })),
    };
  }

  function tokenLives(token: string): boolean {
    const at = givenAt(token);
    if (at === undefined || usedTokens.has(token)) return false;
    const renewed = renewedAt.get(token);
    const now = clock();
    return (
      now - at <= replyTokenMs ||
      (renewed !== undefined && now - renewed <= replyTokenMs && now - at <= redeliveredMs)
    );
  }

  function reply(call: Call, body: Readonly<Record<string, unknown>>): Answer {
    if (call.headers['x-line-retry-key'] !== undefined)
      return refuse(400, 'The retry key is not supported in this API');
    const broken = brokenRules(body.messages);
    if (broken.length > 0) return refuse(400, `The request body has ${broken.length} error(s)`, broken);
    const token = String(body.replyToken);
    if (!tokenLives(token)) return refuse(400, 'Invalid reply token');
    usedTokens.add(token);
    return {
      status: 200,
      body: accept(call, {
        kind: 'reply',
        replyToken: token,
        messages: body.messages as AcceptedSend['messages'],
      }),
    };
  }

  function push(call: Call, body: Readonly<Record<string, unknown>>): Answer {
    const header = call.headers['x-line-retry-key'];
    const retryKey = typeof header === 'string' ? header : undefined;
    if (header !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(String(header)))
      return refuse(400, 'Invalid retry key');
    const hash = createHash('sha256').update(call.body).digest('hex');
    const kept = retryKey === undefined ? undefined : retryKeys.get(retryKey);
    if (kept && clock() - kept.at <= retryKeyMs) {
      // LINE asks for an identical body; a stand-in that forgave another one would hide a bug.
      if (kept.hash !== hash) return refuse(400, 'The retry key was used with another body');
      const headers = { 'x-line-accepted-request-id': kept.requestId };
      return {
        status: 409,
        headers,
        body: { message: 'The retry key is already accepted', ...Object(kept.body) },
      };
    }
    const broken = brokenRules(body.messages);
    if (broken.length > 0) return refuse(400, `The request body has ${broken.length} error(s)`, broken);
    const to = String(body.to);
    if (!/^[UCR][0-9a-f]{32}$/u.test(to))
      return refuse(400, "The property, 'to', in the request body is invalid (line: -, column: -)");
    if (options.monthlyLimit !== undefined && pushed >= options.monthlyLimit)
      return refuse(429, 'You have reached your monthly limit.');
    pushed += blocked.has(to) ? 0 : 1;
    const answer = accept(call, {
      kind: 'push',
      to,
      messages: body.messages as AcceptedSend['messages'],
      ...(retryKey ? { retryKey } : {}),
    });
    if (retryKey) retryKeys.set(retryKey, { hash, at: clock(), requestId: randomUUID(), body: answer });
    return { status: 200, body: answer };
  }

  function contentOf(id: string): Answer {
    const content = contents.get(id);
    if (content === 'preparing') return { status: 202 };
    if (content === 'gone') return refuse(410, 'Gone');
    return content
      ? { status: 200, bytes: content, headers: { 'content-type': 'application/octet-stream' } }
      : refuse(404, 'Not found');
  }

  function carryOut(call: Call): Answer {
    const auth = call.headers.authorization ?? '';
    const wanted = options.token;
    if (!/^Bearer \S+$/u.test(auth) || (wanted !== undefined && auth !== `Bearer ${wanted}`)) {
      return refuse(
        401,
        'Authentication failed. Confirm that the access token in the authorization header is valid.',
      );
    }
    if (call.body.length > maxBytes) return refuse(413, 'Request Entity Too Large');
    if (call.method === 'GET' && call.path === '/v2/bot/message/quota/consumption')
      return { status: 200, body: { totalUsage: pushed } };
    const asked = /^\/v2\/bot\/message\/(\d+)\/content$/u.exec(call.path)?.[1];
    if (call.method === 'GET' && asked !== undefined) return contentOf(asked);
    if (call.method !== 'POST' || !['/v2/bot/message/reply', '/v2/bot/message/push'].includes(call.path))
      return refuse(404, 'Not found');
    let body: unknown;
    try {
      body = JSON.parse(call.body.toString('utf8'));
    } catch {
      return refuse(400, 'The request body could not be parsed as JSON');
    }
    const fields: Readonly<Record<string, unknown>> = Object(body);
    return call.path.endsWith('/reply') ? reply(call, fields) : push(call, fields);
  }

  const server = await scriptedServer(call => {
    const answer = carryOut(call);
    return { ...answer, headers: { 'x-line-request-id': randomUUID(), ...answer.headers } };
  });
  return {
    url: server.url,
    accepted: () => accepted,
    calls: server.calls,
    script: server.script,
    content: (id, content) => void contents.set(id, content),
    block: (...userIds) => userIds.forEach(id => blocked.add(id)),
    renew: token => renewedAt.set(token, clock()),
    stop: server.stop,
  };
}

/** Both 429s of LINE, as faults. */
export const lineRateLimited = {
  kind: 'status',
  status: 429,
  body: '{"message":"The API rate limit has been exceeded. Try again later."}',
} as const;
export const lineMonthlyLimit = {
  kind: 'status',
  status: 429,
  body: '{"message":"You have reached your monthly limit."}',
} as const;
