import { z } from 'zod';

/** Fields that are there but of another type count as absent: LINE adds and changes without notice. */
const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);
const text = z.string();
const shortText = z.string().max(2_000);

const sourceSchema = z.object({
  type: optional(text),
  userId: optional(text),
  groupId: optional(text),
  roomId: optional(text),
});

const mentioneeSchema = z.object({
  index: optional(z.number().int().min(0)),
  length: optional(z.number().int().min(0)),
  isSelf: optional(z.boolean()),
});

/** The kind of mentionee list: one that is odd is left out, the others stay. */
const mentioneesSchema = z
  .array(z.unknown())
  .transform(list => list.flatMap(each => mentioneeSchema.safeParse(each).data ?? []));

export const messageSchema = z.object({
  id: optional(shortText),
  type: shortText,
  text: optional(text),
  mention: optional(z.object({ mentionees: mentioneesSchema })),
  fileName: optional(shortText),
  keywords: optional(z.array(shortText).max(100)),
  latitude: optional(z.number().min(-90).max(90)),
  longitude: optional(z.number().min(-180).max(180)),
  title: optional(shortText),
  address: optional(shortText),
});

export const eventSchema = z.object({
  type: shortText,
  timestamp: z.number().int().min(0).max(8.64e15),
  webhookEventId: z.string().regex(/^[\w-]{1,64}$/u),
  mode: optional(shortText),
  replyToken: optional(z.string().regex(/^[\w-]{1,256}$/u)),
  source: optional(sourceSchema),
  deliveryContext: optional(z.object({ isRedelivery: optional(z.boolean()) })),
  message: optional(messageSchema),
  unsend: optional(z.object({ messageId: optional(shortText) })),
  postback: optional(z.object({ data: optional(z.string().max(2_000)) })),
});

export const callSchema = z.object({ events: z.array(z.unknown()).max(1_000) });

export type LineEvent = z.infer<typeof eventSchema>;
export type LineMessage = z.infer<typeof messageSchema>;

/** LINE's answer to a send that worked, and to one that was sent before. */
export const sentSchema = z.object({ sentMessages: z.array(z.object({ id: z.string().max(200) })).min(1) });

/** LINE's answer to what it refuses. */
export const refusalSchema = z.object({
  message: z.string(),
  details: optional(z.array(z.object({ property: optional(shortText), message: optional(shortText) }))),
});
