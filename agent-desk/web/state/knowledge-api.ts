import { z } from 'zod';
import { ask, told } from './api';

const author = z.object({ id: z.string(), name: z.string() });
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
  refusal: z.object({ by: author, why: z.string() }).optional(),
  publishAt: z.number().optional(),
  expiresAt: z.number().optional(),
  reviewAt: z.number().optional(),
});
export type EntryView = z.infer<typeof entryView>;

/** An entry as the page edits it; what the page does not show goes back as it came. */
export type EntryContent = Readonly<Record<string, unknown>>;
const content = z.record(z.string(), z.unknown());
const problem = z.object({ field: z.string(), problem: z.string() });
export type Problem = z.infer<typeof problem>;

/** Moments in ms; `null` takes one back. */
export interface Plan {
  readonly publishAt?: number | null;
  readonly expiresAt: number | null;
  readonly reviewAt: number | null;
}

const announcement = z.object({
  id: z.string(),
  topic: z.string(),
  text: z.object({ th: z.string(), en: z.string().optional() }),
  until: z.number(),
  by: author,
});
const effect = z.object({ lines: z.number(), first: z.number(), wrong: z.number() });
const publication = z.object({
  number: z.number(),
  changes: z.array(z.string()),
  state: z.enum(['preparing', 'live', 'tried', 'failed']),
  trial: z.boolean(),
  by: author,
  why: z.string(),
  at: z.number(),
  failure: z.string().optional(),
  effect: z.object({ before: effect, after: effect }).optional(),
});
export type Publication = z.infer<typeof publication>;

const group = z.object({
  count: z.number(),
  ids: z.array(z.string()),
  examples: z.array(z.string()),
  topics: z.array(z.object({ id: z.string(), name: z.string() })),
  lastAt: z.number(),
});
export type QuestionGroup = z.infer<typeof group>;

export const feedbackReasons = ['wrong', 'unclear', 'other-question', 'outdated'] as const;
const feedback = z.object({
  topic: z.string(),
  name: z.string(),
  question: z.string().optional(),
  /** The version of the register that answered. */
  knowledge: z.string(),
  channel: z.string(),
  useful: z.boolean(),
  why: z.enum(feedbackReasons).optional(),
  at: z.number(),
});
export type Feedback = z.infer<typeof feedback>;

export const entryParts = [
  'answer-en',
  'documents',
  'where',
  'eligibility',
  'steps',
  'fee',
  'hours',
  'phones',
  'links',
  'read-aloud',
  'questions',
  'synonyms',
  'review',
] as const;
export type EntryPart = (typeof entryParts)[number];
const reported = z.object({ id: z.string(), name: z.string(), agencyId: z.string() });
const report = z.object({
  agencies: z.array(
    z.object({
      agencyId: z.string(),
      written: z.number(),
      unwritten: z.number(),
      missing: z.record(z.enum(entryParts), z.number()),
    }),
  ),
  entries: z.array(reported.extend({ missing: z.array(z.enum(entryParts)) })),
  unwritten: z.array(reported),
});
export type AgencyReport = z.infer<typeof report>['agencies'][number];

const named = z.object({ th: z.string(), en: z.string().optional() });
const choice = z.object({ id: z.string(), label: named });
export const serviceKinds = ['apply', 'book', 'check', 'pay', 'feedback', 'info'] as const;
/** The first words of an entry for a service that the catalogue does not have. */
export interface NewEntry {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly answer: string;
  readonly agencyId: string;
  readonly kind: (typeof serviceKinds)[number];
  readonly category: string;
  readonly source: string;
}

const importReport = z.object({
  dryRun: z.boolean(),
  rows: z.number(),
  changed: z.array(z.string()),
  unchanged: z.number(),
  problems: z.array(
    z.object({ sheet: z.string(), row: z.number(), column: z.string(), problem: z.string() }),
  ),
});
export type ImportReport = z.infer<typeof importReport>;

const anything = z.unknown();
const fieldChange = z.object({ field: z.string(), before: anything.optional(), after: anything.optional() });
export type FieldChange = z.infer<typeof fieldChange>;
const base = '/api/v1/knowledge';
const entryPath = (id: string, more = ''): string => `${base}/entries/${encodeURIComponent(id)}${more}`;

/** The HTTP side of the knowledge that editors own. */
export const knowledgeApi = {
  entries: async (state: string) =>
    (
      await ask(
        'GET',
        `${base}/${state === 'due' ? 'due' : `entries${state ? `?state=${state}` : ''}`}`,
        z.object({ entries: z.array(entryView) }),
      )
    ).entries,
  entry: (id: string, revision?: number) =>
    ask(
      'GET',
      entryPath(id, revision === undefined ? '' : `?revision=${revision}`),
      z.object({ entry: entryView, content: content.optional() }),
    ),
  revisions: async (id: string) =>
    (
      await ask(
        'GET',
        entryPath(id, '/revisions'),
        z.object({
          revisions: z.array(z.object({ revision: z.number(), author, at: z.number(), why: z.string() })),
        }),
      )
    ).revisions,
  diff: async (id: string, from: number, to: number) =>
    (
      await ask(
        'GET',
        entryPath(id, `/diff?from=${from}&to=${to}`),
        z.object({ changes: z.array(fieldChange) }),
      )
    ).changes,
  save: (id: string, edit: { base: number; content: EntryContent; why: string }) =>
    told('PUT', entryPath(id), z.object({ problems: z.array(problem) }), edit),
  act: (id: string, act: 'submit' | 'archive' | 'review' | 'restore', body?: object) =>
    ask('POST', entryPath(id, `/${act}`), entryView, body),
  publications: async () =>
    (await ask('GET', `${base}/publications`, z.object({ publications: z.array(publication) }))).publications,
  publication: (number: number) => ask('GET', `${base}/publications/${number}`, publication),
  publish: (entries: readonly string[], why: string) =>
    ask('POST', `${base}/publications`, publication, { entries, why }),
  try: (entries: readonly string[]) => ask('POST', `${base}/trials`, publication, { entries }),
  undo: (why: string) => ask('POST', `${base}/undo`, publication, { why }),
  off: async () =>
    (
      await ask(
        'GET',
        `${base}/switches`,
        z.object({
          off: z.array(z.object({ topic: z.string(), why: z.string(), by: author, at: z.number() })),
        }),
      )
    ).off,
  turn: (topic: string, off: boolean, why: string) =>
    ask('POST', `${base}/switches${topic === 'all' ? '/all' : ''}`, anything, {
      off,
      why,
      ...(topic === 'all' ? {} : { topic }),
    }),
  announcements: async (topic: string) =>
    (
      await ask('GET', `${base}/announcements`, z.object({ announcements: z.array(announcement) }))
    ).announcements.filter(each => each.topic === topic),
  announce: (topic: string, text: { readonly th: string; readonly en?: string }, until: number) =>
    ask('POST', `${base}/announcements`, z.object({ told: z.number() }), { topic, text, until }),
  withdraw: (id: string) => ask('DELETE', `${base}/announcements/${encodeURIComponent(id)}`, anything),
  questions: async () => (await ask('GET', `${base}/questions`, z.object({ groups: z.array(group) }))).groups,
  feedback: async (useful: boolean | undefined) =>
    (
      await ask(
        'GET',
        `${base}/feedback?limit=500${useful === undefined ? '' : `&useful=${useful}`}`,
        z.object({ feedback: z.array(feedback) }),
      )
    ).feedback,
  report: () => ask('GET', `${base}/report`, report),
  agencies: async () =>
    (
      await ask(
        'GET',
        `${base}/agencies`,
        z.object({ agencies: z.array(z.object({ id: z.string(), name: named })) }),
      )
    ).agencies,
  categories: async () =>
    (
      await ask(
        'GET',
        '/api/v1/services?perPage=1',
        z.object({ groups: z.object({ category: z.array(choice) }) }),
      )
    ).groups.category,
  begin: (entry: NewEntry) =>
    told('POST', `${base}/entries`, z.object({ problems: z.array(problem) }), entry),
  plan: (id: string, plan: Plan) => ask('PUT', entryPath(id, '/plan'), entryView, plan),
  asPhrases: (ids: readonly string[], entryId: string) =>
    ask('POST', `${base}/questions/phrases`, z.object({ revision: z.number() }), { ids, entryId }),
  dismiss: (ids: readonly string[]) => ask('POST', `${base}/questions/dismiss`, anything, { ids }),
  import: (file: Blob, dryRun: boolean) =>
    told('POST', `${base}/import?dryRun=${dryRun}`, importReport, file),
};

const lookEveryMs = 1_000;

/** The publication once it is prepared, one way or the other. */
export async function ended(number: number): Promise<Publication> {
  for (;;) {
    const now = await knowledgeApi.publication(number);
    if (now.state !== 'preparing') return now;
    await new Promise(resolve => setTimeout(resolve, lookEveryMs));
  }
}

/** After the switch the answering process makes its index first; so long, in looks, is waited for that. */
const mostLooks = 120;

/** Publishes one entry and waits until it is what people are told, or until that failed. */
export async function publishEntry(id: string, why: string): Promise<void> {
  const { number } = await knowledgeApi.publish([id], why);
  if ((await ended(number)).state !== 'live') return;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const { entry } = await knowledgeApi.entry(id);
    if (entry.state !== 'approved') return;
    await new Promise(resolve => setTimeout(resolve, lookEveryMs));
  }
}

export const exportAddress = (format: string): string => `${base}/export?format=${format}`;
