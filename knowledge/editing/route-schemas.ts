import { z } from 'zod';

export const entryId = z.string().regex(/^[a-z0-9-]{1,60}$/u);
export const topicId = z.string().regex(/^(?:service|complaint|hotline):[a-z0-9-]{1,60}$/u);
export const why = z.string().trim().min(3).max(500);
export const moment = z.number().int().min(0).max(8_640_000_000_000_000);

export const problem = z.object({ field: z.string(), problem: z.string() });
export const author = z.object({ id: z.string(), name: z.string(), agencyId: z.string() });
export const entryView = z.object({
  id: z.string(),
  agencyId: z.string(),
  name: z.string(),
  state: z.enum(['draft', 'in-review', 'approved', 'shipped', 'published', 'archived']),
  revision: z.number(),
  publishedRevision: z.number(),
  reviewed: z.boolean(),
  archive: z.boolean(),
  author: author.optional(),
  approval: z.object({ by: author, at: z.number(), own: z.boolean() }).optional(),
  refusal: z.object({ by: author, at: z.number(), why: z.string() }).optional(),
  publishAt: z.number().optional(),
  expiresAt: z.number().optional(),
  reviewAt: z.number().optional(),
  changedAt: z.number().optional(),
});
const effect = z.object({ lines: z.number(), first: z.number(), wrong: z.number() });
export const publicationView = z.object({
  number: z.number(),
  base: z.number(),
  changes: z.array(z.string()),
  state: z.enum(['preparing', 'live', 'tried', 'failed']),
  trial: z.boolean(),
  by: author,
  why: z.string(),
  at: z.number(),
  readyAt: z.number().optional(),
  failure: z.string().optional(),
  effect: z.object({ before: effect, after: effect }).optional(),
});
export const announcementView = z.object({
  id: z.string(),
  topic: z.string(),
  agencyId: z.string(),
  text: z.object({ th: z.string() }).catchall(z.string()),
  from: z.number(),
  until: z.number(),
  by: author,
  at: z.number(),
});
export const switchView = z.object({ topic: z.string(), why: z.string(), by: author, at: z.number() });
/** What people are told for a while; both languages where somebody wrote them. */
export const announcementText = z.object({
  th: z.string().trim().min(3).max(500),
  en: z.string().trim().min(3).max(500).optional(),
});
export const done = z.object({ ok: z.literal(true) });
export const ok = { body: { ok: true } } as const;
