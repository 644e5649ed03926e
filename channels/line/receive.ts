import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  AppError,
  type Clock,
  type Content,
  type InboundDraft,
  type Parsed,
  type RawRequest,
  type ReplyHandle,
} from '../../core';
import { lineId, oldestEventMs, redeliveredTokenMs, replyTokenMs } from './limits';
import { type LineEvent, type LineMessage, callSchema, eventSchema } from './schema';

/** Proves that LINE sent these bytes: Base64 of their HMAC-SHA256 under the channel secret. */
export function verifySignature(request: RawRequest, secret: string): void {
  const given = Buffer.from(request.headers['x-line-signature'] ?? '');
  // The texts are compared, not what they decode to: several texts decode to the same bytes.
  const expected = Buffer.from(createHmac('sha256', secret).update(request.body).digest('base64'));
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new AppError(
    'CHANNEL_SIGNATURE_INVALID',
    'The LINE webhook signature does not match; check LINE_CHANNEL_SECRET.',
  );
}

interface Source {
  readonly externalId: string;
  readonly audience: InboundDraft['audience'];
}

/** The chat it happened in. In a group `userId` may be missing or change, so the group is the address. */
function sourceOf(event: LineEvent): Source | undefined {
  const { type, userId, groupId, roomId } = event.source ?? {};
  const externalId = type === 'group' ? groupId : type === 'room' ? roomId : userId;
  if (externalId === undefined || !lineId.test(externalId)) return undefined;
  return { externalId, audience: type === 'group' || type === 'room' ? 'group' : 'person' };
}

/** The right to answer for free. It starts when the call comes in; for a redelivered event it also ends 20 minutes after the event. */
function replyHandleOf(event: LineEvent, now: number): ReplyHandle | undefined {
  if (event.replyToken === undefined) return undefined;
  const last = event.deliveryContext?.isRedelivery ? event.timestamp + redeliveredTokenMs : Infinity;
  const expiresAt = Math.min(now + replyTokenMs, last);
  return expiresAt > now ? { handle: event.replyToken, expiresAt } : undefined;
}

/** Our name at the beginning, as people type who do not know how to mention; not "ถามรัฐบาล" and the like. */
const calledByName = /^\s*@?(?:น้อง)?(?:ถามรัฐ(?!บาล|มนตรี|วิสาหกิจ|สภา|ธรรม)|thamrat\b)[\s,:]*/iu;

/** The words without the mentions of ourselves. Offsets are UTF-16 units of the text as sent. */
function withoutMentions(message: LineMessage): string {
  const own = (message.mention?.mentionees ?? []).filter(each => each.isSelf);
  let text = message.text ?? '';
  for (const { index = 0, length = 0 } of own.toSorted((a, b) => (b.index ?? 0) - (a.index ?? 0))) {
    text = `${text.slice(0, index)} ${text.slice(index + length)}`;
  }
  return text.replace(/ {2,}/gu, ' ').trim().replace(calledByName, '');
}

const isAddressed = (message: LineMessage): boolean =>
  message.mention?.mentionees.some(each => each.isSelf) === true || calledByName.test(message.text ?? '');

function mediaOf(message: LineMessage, media: 'image' | 'video' | 'audio' | 'file' | 'sticker'): Content {
  const description =
    media === 'file'
      ? message.fileName
      : media === 'sticker'
        ? message.keywords?.slice(0, 3).join(', ')
        : undefined;
  return {
    kind: 'media',
    media,
    ...(message.id === undefined ? {} : { reference: message.id }),
    ...(description ? { description } : {}),
  };
}

function contentOf(message: LineMessage, audience: Source['audience']): Content {
  switch (message.type) {
    case 'text': {
      const text = audience === 'group' ? withoutMentions(message) : (message.text ?? '');
      // Somebody called our name and said nothing else.
      return text === '' && audience === 'group' ? { kind: 'opened' } : { kind: 'text', text };
    }
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
    case 'sticker':
      return mediaOf(message, message.type);
    case 'location': {
      const { latitude, longitude, title, address } = message;
      if (latitude === undefined || longitude === undefined) return { kind: 'unsupported', type: 'location' };
      return {
        kind: 'location',
        latitude,
        longitude,
        ...(title ? { title } : {}),
        ...(address ? { address } : {}),
      };
    }
    default:
      return { kind: 'unsupported', type: message.type.slice(0, 40) };
  }
}

/** The choice, and the label that was shown with it, as `render` wrote them. */
export function choiceOf(data: string): Content {
  const end = data.indexOf('\n');
  if (end < 0) return { kind: 'choice', choice: data };
  return { kind: 'choice', choice: data.slice(0, end), label: data.slice(end + 1) };
}

type Heard =
  { readonly content: Content; readonly providerMessageId?: string } | { readonly ignored: string };

/** What a person or a group did, or why it is none of our business. */
function heard(event: LineEvent, audience: Source['audience']): Heard {
  switch (event.type) {
    case 'message': {
      const { message } = event;
      if (!message) return { ignored: 'message event without a message' };
      if (audience === 'group' && !isAddressed(message))
        return { ignored: 'group message not addressed to us' };
      return {
        content: contentOf(message, audience),
        ...(message.id === undefined ? {} : { providerMessageId: message.id }),
      };
    }
    case 'unsend': {
      const providerMessageId = event.unsend?.messageId;
      return providerMessageId
        ? { content: { kind: 'unsent', providerMessageId } }
        : { ignored: 'unsend event without a message id' };
    }
    case 'postback': {
      const data = event.postback?.data;
      return data ? { content: choiceOf(data) } : { ignored: 'postback event without data' };
    }
    case 'follow':
    case 'join':
      return { content: { kind: 'opened' } };
    case 'unfollow':
    case 'leave':
      return { content: { kind: 'left' } };
    case 'messageEdited':
      return { ignored: 'an edited message was answered as it was first sent' };
    default:
      return { ignored: `nothing to do for ${event.type.slice(0, 40)} events` };
  }
}

interface Call {
  readonly account: string;
  readonly now: number;
  /** A name for an event of this call that has none we can use: the same when the same bytes come again. */
  readonly nameless: (index: number) => string;
}

function parseEvent(
  raw: unknown,
  index: number,
  call: Call,
): { readonly at: number; readonly parsed: Parsed } {
  const { account, now } = call;
  const result = eventSchema.safeParse(raw);
  if (!result.success) {
    const field = result.error.issues[0]?.path.map(String).join('.') || 'event';
    return {
      at: now,
      parsed: {
        kind: 'ignored',
        account,
        providerEventId: call.nameless(index),
        why: `${field} is missing or malformed`,
      },
    };
  }
  const event = result.data;
  const ignored = (why: string): { at: number; parsed: Parsed } => ({
    at: event.timestamp,
    parsed: { kind: 'ignored', account, providerEventId: event.webhookEventId, why },
  });
  // In standby another system has the conversation; nothing may be sent.
  if (event.mode === 'standby') return ignored('the channel is in standby for this chat');
  if (now - event.timestamp > oldestEventMs) return ignored('older than 30 days');
  const source = sourceOf(event);
  if (!source) return ignored(`${event.type.slice(0, 40)} event without a usable source`);
  const what = heard(event, source.audience);
  if ('ignored' in what) return ignored(what.ignored);
  const replyHandle = replyHandleOf(event, now);
  const draft: InboundDraft = {
    channel: 'line',
    account,
    providerEventId: event.webhookEventId,
    occurredAt: event.timestamp,
    ...source,
    ...what,
    ...(replyHandle ? { replyHandle } : {}),
  };
  return { at: event.timestamp, parsed: { kind: 'event', event: draft } };
}

function eventsOf(body: Buffer): readonly unknown[] {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new AppError('BODY_MALFORMED', 'The LINE webhook body is not JSON in UTF-8.', { cause });
  }
  const call = callSchema.safeParse(json);
  if (!call.success) throw new AppError('BODY_MALFORMED', 'The LINE webhook body has no list of events.');
  return call.data.events;
}

/** Everything of one call, oldest first; the same event twice in one call counts once. Unknown types and fields are not errors. */
export function parseCall(request: RawRequest, account: string, clock: Clock): readonly Parsed[] {
  const now = clock();
  const hash = createHash('sha256').update(request.body).digest('hex').slice(0, 40);
  const call: Call = { account, now, nameless: index => `sha256-${hash}-${index}` };
  const parsed = eventsOf(request.body).map((raw, index) => parseEvent(raw, index, call));
  const seen = new Set<string>();
  return parsed
    .toSorted((a, b) => a.at - b.at)
    .map(each => each.parsed)
    .filter(each => {
      const id =
        each.kind === 'event'
          ? each.event.providerEventId
          : each.kind === 'ignored'
            ? each.providerEventId
            : undefined;
      if (id === undefined || seen.has(id)) return false;
      seen.add(id);
      return true;
    });
}
