import { AppError, type Clock, type Content, type Parsed, type RawRequest } from '../../core';
import { faultOf, fieldsOf, isLasting, reasonFor } from '../twilio';
import { messageSchema, messageSid, phoneNumber, statusSchema } from './schema';

/** Words that end or begin messages, alone in a text. The English ones are Twilio's own. */
const stopWords: ReadonlySet<string> = new Set([
  ...['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout'],
  ...['หยุด', 'ยกเลิก', 'หยุดส่ง', 'ยกเลิกรับข้อความ'],
]);
const startWords: ReadonlySet<string> = new Set(['start', 'unstop', 'get messages', 'เริ่ม', 'รับข้อความ']);

/** STOP and START as the choices that the dialogs of consent are called by. */
function consentChoice(body: string, optOutType: string | undefined): Content | undefined {
  const word = body
    .normalize('NFC')
    .trim()
    .replace(/(?<![.!])[.!]+$/u, '')
    .toLowerCase();
  if (optOutType === 'STOP' || stopWords.has(word))
    return { kind: 'choice', choice: 'stop', label: body.trim() };
  if (optOutType === 'START' || startWords.has(word))
    return { kind: 'choice', choice: 'start', label: body.trim() };
  return undefined;
}

function mediaOf(url: string | undefined, type: string | undefined): Content {
  const kinds = ['image', 'video', 'audio'] as const;
  const media = kinds.find(kind => type?.startsWith(`${kind}/`)) ?? 'file';
  return { kind: 'media', media, ...(url ? { reference: url } : {}), ...(type ? { description: type } : {}) };
}

/** An incoming text. Twilio gives no time of sending, so that it happened when it came in. */
export function parseMessage(request: RawRequest, account: string, clock: Clock): readonly Parsed[] {
  const fields = fieldsOf(request);
  const parsed = messageSchema.safeParse(fields);
  if (!parsed.success) return unusable(fields, account);
  const { MessageSid, From, Body = '', NumMedia = 0, MediaUrl0, MediaContentType0, OptOutType } = parsed.data;
  if (!phoneNumber.test(From)) {
    return [
      {
        kind: 'ignored',
        account,
        providerEventId: MessageSid,
        why: 'the sender is not a number that can be answered',
      },
    ];
  }
  const empty = Body.trim() === '';
  const content: Content =
    consentChoice(Body, OptOutType) ??
    (empty && NumMedia > 0 ? mediaOf(MediaUrl0, MediaContentType0) : { kind: 'text', text: Body });
  return [
    {
      kind: 'event',
      event: {
        channel: 'sms',
        account,
        providerEventId: MessageSid,
        providerMessageId: MessageSid,
        externalId: From,
        audience: 'person',
        occurredAt: clock(),
        content,
      },
    },
  ];
}

/** A signed form without what a message needs: recorded once where it has an id, refused where it has none. */
function unusable(fields: Readonly<Record<string, string>>, account: string): readonly Parsed[] {
  const sid = messageSid.safeParse(fields.MessageSid);
  if (!sid.success) throw new AppError('BODY_MALFORMED', 'The Twilio webhook form has no MessageSid.');
  return [{ kind: 'ignored', account, providerEventId: sid.data, why: 'the form has no sender' }];
}

/** News about a text we sent. States before `sent` say nothing new; unknown ones may come at any time. */
export function parseStatus(request: RawRequest): readonly Parsed[] {
  const parsed = statusSchema.safeParse(fieldsOf(request));
  if (!parsed.success)
    throw new AppError('BODY_MALFORMED', 'The Twilio status form has no MessageSid or no MessageStatus.');
  const { MessageSid: reference, MessageStatus, ErrorCode } = parsed.data;
  switch (MessageStatus) {
    case 'sent':
      return [{ kind: 'delivery', reference, state: 'sent' }];
    case 'delivered':
    case 'read':
      return [{ kind: 'delivery', reference, state: 'delivered' }];
    case 'failed':
    case 'undelivered':
    case 'canceled':
      return [
        {
          kind: 'delivery',
          reference,
          state: 'failed',
          permanent: isLasting(ErrorCode),
          ...faultOf(ErrorCode),
          why: reasonFor(ErrorCode),
        },
      ];
    default:
      return [];
  }
}
