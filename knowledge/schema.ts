import { z } from 'zod';
import { entitlementRulesSchema } from './quiz/schema';

const text = z.object({ th: z.string().min(1) }).catchall(z.string());
const lines = z.object({ th: z.array(z.string().min(1)) }).catchall(z.array(z.string().min(1)));
const topicId = z.string().regex(/^[a-z0-9-]{1,60}$/u);

/** A row of the roadmap's catalogue, as the four files share it. */
const catalogueRow = z.object({
  id: topicId,
  nameTh: z.string().min(1),
  nameEn: z.string().min(1),
  agencyId: topicId,
});

export const serviceRowSchema = catalogueRow.extend({
  kind: z.enum(['apply', 'book', 'check', 'pay', 'feedback', 'info']),
  category: z.string().min(1),
  targetGroups: z.array(z.string()),
  lifeStages: z.array(z.string()),
});

export const complaintRowSchema = catalogueRow.extend({ topics: z.array(z.string()) });

export const hotlineRowSchema = catalogueRow.extend({ number: z.string().nullable() });

export const agencyRowSchema = z.object({
  id: topicId,
  nameTh: z.string().min(1),
  nameEn: z.string().min(1),
  abbrTh: z.string().nullable(),
  ministryTh: z.string().min(1),
  ministryEn: z.string().min(1),
});

/** Web addresses and nothing else: no script, no data. */
const webUrl = z.url({ protocol: /^https?$/u });

/** One written entry, `data/services/<id>.json`. */
export const entrySchema = z.strictObject({
  id: topicId,
  /** For services outside the roadmap's 260: what the catalogue says of the others. */
  register: z
    .strictObject({
      nameTh: z.string().min(1),
      nameEn: z.string().min(1),
      agencyId: topicId,
      kind: serviceRowSchema.shape.kind,
      category: z.string().min(1),
      targetGroups: z.array(z.string()),
      lifeStages: z.array(z.string()),
    })
    .optional(),
  name: text,
  synonyms: lines,
  answer: text,
  eligibility: lines,
  documents: lines,
  where: lines,
  hours: text.nullable(),
  fee: text.nullable(),
  duration: text.nullable(),
  steps: lines,
  phones: z.array(z.strictObject({ number: z.string().regex(/^[0-9 -]{3,15}$/u), label: text })),
  links: z.array(z.strictObject({ url: webUrl, label: text })),
  connection: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  related: z.array(topicId),
  incompatible: z.array(z.strictObject({ id: topicId, why: text })),
  sensitivity: z.string().nullable(),
  standing: z.strictObject({
    state: z.enum(['exists', 'renamed', 'ended', 'unsure']),
    note: text.nullable(),
    /** The service that took its place. */
    successor: topicId.optional(),
  }),
  /** Forms to fill in and how; absent where nobody wrote that down. */
  forms: z
    .array(z.strictObject({ form: text, part: text, how: text }))
    .min(1)
    .max(50)
    .optional(),
  /** How the agency decides who gets it. */
  criteria: lines.optional(),
  /** The answer in sign language. */
  signVideo: webUrl.optional(),
  /** Who the quizzes show it to, in place of what we ship; `null`: nobody. Rules are never shown as they are. */
  entitlement: entitlementRulesSchema.nullable().optional(),
  /** How people ask for it, for training alone: never shown. */
  phrases: z.array(z.string().min(1).max(300)).max(500).optional(),
  readAloud: text.nullable(),
  questions: z.array(z.strictObject({ ask: lines, answer: text })),
  source: z.string().min(1),
  writtenAt: z.iso.date(),
  status: z.enum(['draft', 'reviewed']),
});

export type Entry = z.infer<typeof entrySchema>;
export type ServiceRow = z.infer<typeof serviceRowSchema>;
export type ComplaintRow = z.infer<typeof complaintRowSchema>;
export type HotlineRow = z.infer<typeof hotlineRowSchema>;
export type AgencyRow = z.infer<typeof agencyRowSchema>;

/** A public number that stands beside the roadmap's ten hotlines, `data/hotlines.json`. */
export const publicHotlineSchema = z.strictObject({
  id: topicId,
  number: z.string().regex(/^[0-9]{3,10}$/u),
  name: text,
  agency: text,
  /** How sure we are of the number: `confirmed` by several sources, or `one-source`. */
  certainty: z.enum(['confirmed', 'one-source']),
});
export type PublicHotline = z.infer<typeof publicHotlineSchema>;
