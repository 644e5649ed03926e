import { z } from 'zod';
import {
  type CaseAct,
  type CaseDetails,
  type CaseDraft,
  caseKinds,
  channelNames,
  maskPersonalData,
} from '../core';

/** Milliseconds since the epoch. */
const moment = z.number().int().nonnegative();
const text = (most: number): z.ZodString => z.string().trim().min(1).max(most);
/** What somebody wrote: numbers that identify a person are masked, whoever typed them. */
const words = (most: number) => text(most).transform(maskPersonalData);
export const caseId = z.string().min(1).max(200);
/** Made by whoever asks, for one act; the same again changes nothing. */
export const clientKey = z.string().min(1).max(300);

export const topicSchema = z.strictObject({
  kind: z.enum(['service', 'complaint', 'hotline']),
  id: text(60),
});

export const attachmentSchema = z.strictObject({
  fileId: text(200),
  mediaType: text(100),
  bytes: z.number().int().nonnegative(),
  name: text(200).exactOptional(),
});

const placeSchema = z.strictObject({
  text: words(1_000).exactOptional(),
  province: text(100).exactOptional(),
  district: text(100).exactOptional(),
  latitude: z.number().min(-90).max(90).exactOptional(),
  longitude: z.number().min(-180).max(180).exactOptional(),
});

const matter = z.strictObject({
  kind: z.literal('matter'),
  what: words(8_000),
  where: placeSchema.exactOptional(),
  when: words(200).exactOptional(),
  attachments: z.array(attachmentSchema).max(20),
});
const appointment = z.strictObject({
  kind: z.literal('appointment'),
  servicePointId: text(100),
  startsAt: moment,
  endsAt: moment,
  priority: z.boolean(),
  state: z.enum(['booked', 'cancelled', 'came', 'no-show']),
});
const attempt = z.strictObject({
  at: moment,
  by: text(200),
  outcome: z.enum(['reached', 'no-answer', 'busy', 'wrong-number']),
});
const callback = z.strictObject({
  kind: z.literal('callback'),
  phone: text(20),
  about: words(2_000).exactOptional(),
  from: moment.exactOptional(),
  to: moment.exactOptional(),
  attempts: z.array(attempt),
});
const relayItem = z.strictObject({
  question: words(2_000),
  answer: words(8_000).exactOptional(),
  by: text(200).exactOptional(),
});
const relay = z.strictObject({
  kind: z.literal('relay'),
  village: text(200),
  forWhom: words(200).exactOptional(),
  consent: z.boolean(),
  items: z.array(relayItem).max(100),
});

export const detailsSchema = z.discriminatedUnion('kind', [
  matter,
  appointment,
  callback,
  relay,
]) satisfies z.ZodType<CaseDetails>;

/** Of a new matter: nobody has worked on it, so nobody can be said to have called or answered. */
const newDetailsSchema = z.discriminatedUnion('kind', [
  matter,
  appointment,
  callback.extend({ attempts: z.array(attempt).max(0) }),
  relay.extend({ items: z.array(relayItem.pick({ question: true })).max(100) }),
]) satisfies z.ZodType<CaseDetails>;

export const draftSchema = z.strictObject({
  key: clientKey,
  kind: z.enum(caseKinds),
  personId: text(200).exactOptional(),
  conversationId: text(300).exactOptional(),
  email: z.email().max(200).exactOptional(),
  language: text(20),
  onBehalfOf: words(200).exactOptional(),
  topic: topicSchema.exactOptional(),
  channel: z.enum(channelNames),
  against: z
    .object({
      officerId: text(200).exactOptional(),
      agencyId: text(200).exactOptional(),
      name: text(200).exactOptional(),
    })
    .exactOptional(),
  details: newDetailsSchema,
  secondFacts: z
    .object({
      phone: text(40).exactOptional(),
      id: text(40).exactOptional(),
      'birth-date': text(40).exactOptional(),
    })
    .exactOptional(),
  sensitive: z.boolean().exactOptional(),
  filedKey: text(100).exactOptional(),
}) satisfies z.ZodType<CaseDraft>;

export const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('note'), text: words(8_000) }),
  z.strictObject({ kind: z.literal('take') }),
  z.strictObject({ kind: z.literal('acknowledge'), theirReference: text(100).exactOptional() }),
  z.strictObject({ kind: z.literal('assign'), officerId: text(200), name: text(200) }),
  z.strictObject({ kind: z.literal('hand-on'), agencyId: text(60), why: words(2_000) }),
  z.strictObject({ kind: z.literal('finish-step'), step: text(60), note: words(2_000).exactOptional() }),
  z.strictObject({ kind: z.literal('tell'), text: words(4_000) }),
  z.strictObject({ kind: z.literal('ask-person'), needs: z.array(words(500)).min(1).max(20) }),
  z.strictObject({ kind: z.literal('answer'), text: words(4_000) }),
  z.strictObject({ kind: z.literal('refuse'), reasons: words(4_000), appeal: words(2_000) }),
  z.strictObject({ kind: z.literal('delay'), why: words(2_000), newDueAt: z.number().int().positive() }),
]) satisfies z.ZodType<CaseAct>;
