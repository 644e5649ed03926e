import { z } from 'zod';

const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

/** A message or a text of Twilio's: SM… or MM… and 32 hexadecimal digits. */
export const messageSid = z.string().regex(/^[A-Z]{2}[0-9a-f]{32}$/iu);

/** A number that can be answered. Names of senders and short codes cannot. */
export const phoneNumber = /^\+[1-9][0-9]{6,14}$/u;

/** What we read of an incoming text. Twilio adds fields without notice. https://www.twilio.com/docs/messaging/guides/webhook-request */
export const messageSchema = z.object({
  MessageSid: messageSid,
  From: z.string(),
  Body: optional(z.string()),
  NumMedia: optional(z.coerce.number().int().min(0).max(100)),
  MediaUrl0: optional(z.string().max(2_000)),
  MediaContentType0: optional(z.string().max(200)),
  OptOutType: optional(z.string()),
});

/** What we read of news about a text we sent. https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
export const statusSchema = z.object({
  MessageSid: messageSid,
  MessageStatus: z.string(),
  ErrorCode: optional(z.coerce.number().int()),
});
