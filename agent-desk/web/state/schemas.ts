import { z } from 'zod';

/** What the server sends, as this page reads it: only the fields it uses. */

const officerRef = z.object({ id: z.string(), name: z.string() });
export type OfficerRef = z.infer<typeof officerRef>;

export const officer = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: z.enum(['officer', 'supervisor', 'editor', 'reviewer', 'agencyadmin', 'admin']),
  agencyId: z.string(),
});
export type Officer = z.infer<typeof officer>;
/** `needed`: nothing but one's own account is open yet. */
export const whoIs = officer.extend({ secondFactor: z.literal('needed').optional() });

const owner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bot') }),
  z.object({ kind: z.literal('queue'), since: z.number(), urgent: z.boolean() }),
  z.object({
    kind: z.literal('officer'),
    officer: officerRef,
    since: z.number(),
    offer: z.object({ to: officerRef, by: officerRef, note: z.string().optional() }).optional(),
    declinedBy: officerRef.optional(),
  }),
]);

export const episodeType = z.enum(['inquiry', 'help', 'complaint']);
export type EpisodeType = z.infer<typeof episodeType>;
export const episodeResult = z.enum(['resolved', 'referred', 'follow-up', 'no-answer', 'abandoned']);
export type EpisodeResult = z.infer<typeof episodeResult>;
export const danger = z.enum(['self-harm', 'violence', 'medical', 'fire', 'missing', 'scam']);
export type Danger = z.infer<typeof danger>;
export const contactWay = z.enum(['walk-in', 'call', 'kiosk', 'webchat', 'line', 'sms', 'relay', 'other']);
export type ContactWay = z.infer<typeof contactWay>;

export const conversation = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string().optional(),
  channel: z.string(),
  language: z.string(),
  owner,
  seq: z.number(),
  topic: z.string().optional(),
  topicName: z.string().optional(),
  lastText: z.string().optional(),
  changedAt: z.number(),
  left: z.boolean(),
  episode: z
    .object({
      id: z.string(),
      type: episodeType,
      danger: danger.optional(),
      startedAt: z.number(),
      note: z.string().optional(),
    })
    .optional(),
});
export type Conversation = z.infer<typeof conversation>;

const card = z.object({
  title: z.string(),
  subtitle: z.string().optional(),
  lead: z.string(),
  sections: z.array(z.object({ label: z.string(), lines: z.array(z.string()) })),
  footnote: z.string().optional(),
  actions: z.array(z.object({ kind: z.string(), label: z.string() })),
});
export type Card = z.infer<typeof card>;

/** Kinds this page does not know are shown by their text, which every reply has. */
const reply = z.object({
  kind: z.string(),
  text: z.string(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
  card: card.optional(),
  cards: z.array(card).optional(),
  url: z.string().optional(),
  label: z.string().optional(),
});
export type Reply = z.infer<typeof reply>;

const content = z.object({
  kind: z.string(),
  text: z.string().optional(),
  choice: z.string().optional(),
  label: z.string().optional(),
  media: z.string().optional(),
  reference: z.string().optional(),
  description: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  title: z.string().optional(),
  address: z.string().optional(),
});
export type Content = z.infer<typeof content>;

export const message = z.object({
  id: z.string(),
  seq: z.number(),
  from: z.enum(['citizen', 'bot', 'officer', 'system']),
  name: z.string().optional(),
  at: z.number(),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reply'), reply }),
    z.object({ kind: z.literal('content'), content }),
  ]),
  clientId: z.string().optional(),
  unsent: z.boolean().optional(),
});
export type Message = z.infer<typeof message>;

export const delivery = z.object({
  messageIds: z.array(z.string()),
  state: z.enum(['waiting', 'sending', 'sent', 'unknown', 'refused']),
  why: z.string().optional(),
  delivered: z.enum(['delivered', 'failed']).optional(),
});
export type Delivery = z.infer<typeof delivery>;

export const episode = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string().optional(),
  conversationId: z.string().optional(),
  way: contactWay,
  type: episodeType,
  status: z.enum(['open', 'waiting', 'with-officer', 'closed']),
  topic: z.string().optional(),
  topicName: z.string().optional(),
  danger: danger.optional(),
  officer: officerRef.optional(),
  note: z.string().optional(),
  result: episodeResult.optional(),
  rating: z.number().optional(),
  startedAt: z.number(),
});
export type Episode = z.infer<typeof episode>;

export const person = z.object({
  id: z.string(),
  name: z.string().optional(),
  phone: z.string().optional(),
  changedAt: z.number(),
});
export type Person = z.infer<typeof person>;

export const topic = z.object({ id: z.string(), kind: z.string(), name: z.string(), agency: z.string() });
export type Topic = z.infer<typeof topic>;

export const lists = z.object({
  offered: z.array(conversation),
  waiting: z.array(conversation),
  mine: z.array(conversation),
  team: z.array(conversation),
});
export type Lists = z.infer<typeof lists>;

/** Live events, by name. */
export const events = {
  queue: lists.extend({ version: z.number() }),
  presence: z.object({ version: z.number(), officers: z.array(officerRef) }),
  conversation: z.object({ conversation }),
  message: message.extend({ conversation: z.string() }),
  deliveries: z.object({ conversation: z.string(), deliveries: z.array(delivery) }),
  gone: z.object({ conversation: z.string() }),
  viewers: z.object({ conversation: z.string(), viewers: z.array(officerRef) }),
  read: z.object({ conversation: z.string(), seq: z.number() }),
  typing: z.object({
    conversation: z.string(),
    from: z.enum(['citizen', 'officer']),
    name: z.string().optional(),
  }),
} as const;

/** How the server answers an act; `claim` has its own words. */
export const answer = z.union([
  z.object({ ok: z.literal(true), seq: z.number().optional() }),
  z.object({ ok: z.literal(false), code: z.string() }),
]);
export const claimAnswer = z.union([
  z.object({ outcome: z.literal('claimed') }),
  z.object({ outcome: z.literal('taken'), by: z.string().optional() }),
  z.object({ ok: z.literal(false), code: z.string() }),
]);
export type ClaimAnswer = z.infer<typeof claimAnswer>;
