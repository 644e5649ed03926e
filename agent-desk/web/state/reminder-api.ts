import { z } from 'zod';
import { ask } from './api';
import { newId } from './new-id';
import type { ContactWay, EpisodeType } from './schemas';

const counts = z.record(z.string(), z.number());

const textValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.union([z.string(), z.record(z.string(), z.string())]) }),
  z.object({ kind: z.literal('moment'), at: z.number() }),
  z.object({ kind: z.literal('day'), date: z.string() }),
  z.object({ kind: z.literal('amount'), satang: z.number() }),
  z.object({ kind: z.literal('phone'), number: z.string() }),
]);
export type TextValue = z.infer<typeof textValue>;
const text = z.object({ template: z.string(), values: z.record(z.string(), textValue) });
export type ReminderText = z.infer<typeof text>;

export const purposes = [
  'appointment',
  'case',
  'document',
  'benefit',
  'renewal',
  'personal',
  'announcement',
  'promotion',
] as const;
export type Purpose = (typeof purposes)[number];

const reminder = z.object({
  id: z.string(),
  purpose: z.enum(purposes),
  state: z.enum(['scheduled', 'ended', 'cancelled', 'failed']),
  dueAt: z.number(),
  nextAt: z.number().optional(),
  personId: z.string().optional(),
  phone: z.string().optional(),
  text,
  answer: z.string().optional(),
  history: z.array(z.object({ at: z.number(), what: z.string(), why: z.string().optional() })),
});
export type Reminder = z.infer<typeof reminder>;

const dayCount = z.object({ day: z.string(), count: z.number(), more: z.boolean() });
export type DayCount = z.infer<typeof dayCount>;

const words = z.record(z.string(), z.string());
const knownDate = z.object({
  id: z.string(),
  purpose: z.enum(['benefit', 'renewal']),
  name: words,
  note: words,
  source: z.string(),
  leadsMs: z.array(z.number()),
  repeats: z.string().optional(),
  /** Midnight in Bangkok of the next last day; absent where it is each person's own. */
  day: z.number().optional(),
});
export type KnownDate = z.infer<typeof knownDate>;

const template = z.object({
  id: z.string(),
  purposes: z.array(z.enum(purposes)),
  variables: z.array(z.object({ name: z.string(), kind: z.string(), maxUnits: z.number().optional() })),
});
export type Template = z.infer<typeof template>;

const preview = z.object({
  fault: z.string().optional(),
  text: z.string().optional(),
  spoken: z.string().optional(),
  segments: z.number().optional(),
  units: z.number().optional(),
  costSatang: z.number().optional(),
  hints: z.array(z.object({ word: z.string(), instead: z.string() })),
});
export type Preview = z.infer<typeof preview>;

export const importStates = [
  'empty',
  'checking',
  'checked',
  'refused',
  'applying',
  'done',
  'cancelling',
  'cancelled',
] as const;
const importView = z.object({
  id: z.string(),
  name: z.string(),
  by: z.string(),
  kind: z.enum(['reminders', 'audience']),
  state: z.enum(importStates),
  rows: z.number().optional(),
  at: z.number(),
  problems: z.number(),
  made: z.number(),
  skipped: counts,
  tooLate: z.number(),
  fault: z.enum(['columns', 'no-rows', 'file']).optional(),
  needed: z.array(z.string()),
  createdAt: z.number(),
});
export type ImportView = z.infer<typeof importView>;
export const problemCodes = [
  'missing',
  'phone',
  'date',
  'past',
  'time',
  'amount',
  'year',
  'text',
  'twice',
  'consent',
] as const;
const problem = z.object({
  row: z.number(),
  column: z.string(),
  problem: z.enum(problemCodes),
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

const audience = z.object({
  people: z.number(),
  consenting: z.number(),
  areas: counts,
  groups: counts,
  services: counts,
});
export type Audience = z.infer<typeof audience>;

export const campaignStates = [
  'counting',
  'counted',
  'waiting-approval',
  'running',
  'paused',
  'stopping',
  'stopped',
  'done',
] as const;
const campaignRow = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(purposes),
  state: z.enum(campaignStates),
  by: z.string(),
  byMe: z.boolean(),
  approvedBy: z.string().optional(),
  needsApproval: z.boolean(),
  people: z.number(),
  leftOut: counts,
  segments: z.number(),
  costSatang: z.number(),
  createdAt: z.number(),
});
export type CampaignRow = z.infer<typeof campaignRow>;
const campaign = campaignRow.extend({
  text: z.string(),
  results: z.object({
    waiting: z.number(),
    skipped: counts,
    results: counts,
    failures: counts,
    replied: z.number(),
    optedOut: z.number(),
    perMinute: z.array(z.object({ at: z.number(), sent: z.number() })),
  }),
});
export type Campaign = z.infer<typeof campaign>;
export type CampaignAct = 'submit' | 'approve' | 'refuse' | 'start' | 'pause' | 'stop';

export interface ContactFilter {
  /** Contacts that began in [from, to), ms. */
  readonly from?: number;
  readonly to?: number;
  readonly topics: readonly string[];
  readonly ways: readonly ContactWay[];
  readonly types: readonly EpisodeType[];
  readonly provinces: readonly string[];
  readonly districts: readonly string[];
}

export interface AudienceFilter {
  /** Draws on who had contact; absent: on who was imported. */
  readonly contacts?: ContactFilter;
  readonly areas: readonly string[];
  readonly groups: readonly string[];
  readonly services: readonly string[];
  readonly consent: boolean;
  readonly ageFrom?: number;
  readonly ageTo?: number;
}

export const everyContact: ContactFilter = { topics: [], ways: [], types: [], provinces: [], districts: [] };

const anything = z.unknown();
const path = (id: string): string => encodeURIComponent(id);

/** The HTTP side of reminders, imports and campaigns. */
export const reminderApi = {
  /** How many on each day, `2026-12-31`, from a moment on. */
  byDay: async (from: number, days: number) =>
    (
      await ask(
        'GET',
        `/api/v1/reminder-days?from=${from}&days=${days}`,
        z.object({ days: z.array(dayCount) }),
      )
    ).days,
  between: (from: number, to: number, after?: string) =>
    ask(
      'GET',
      `/api/v1/reminders?from=${from}&to=${to}&limit=50${after === undefined ? '' : `&after=${path(after)}`}`,
      z.object({ reminders: z.array(reminder), cursor: z.string().optional() }),
    ),
  dates: async () =>
    (await ask('GET', '/api/v1/reminder-dates', z.object({ dates: z.array(knownDate) }))).dates,
  troubled: () =>
    ask('GET', '/api/v1/reminders?list=troubled&limit=100', z.object({ reminders: z.array(reminder) })),
  cancel: (id: string) => ask('POST', `/api/v1/reminders/${path(id)}/cancel`, reminder, {}),
  dealWith: (id: string, how: 'told' | 'again') =>
    ask('POST', `/api/v1/reminders/${path(id)}/dealt-with`, anything, { how }),
  make: (draft: object) => ask('POST', '/api/v1/reminders', reminder, draft),
  templates: async () =>
    (await ask('GET', '/api/v1/reminder-templates', z.object({ templates: z.array(template) }))).templates,
  preview: (given: ReminderText, dueAt: number | undefined) =>
    ask('POST', '/api/v1/reminder-texts/preview', preview, { text: given, ...(dueAt ? { dueAt } : {}) }),
  test: (given: ReminderText, phone: string, dueAt: number | undefined) =>
    ask('POST', '/api/v1/reminder-texts/test', anything, {
      text: given,
      phone,
      clientId: newId(),
      ...(dueAt ? { dueAt } : {}),
    }),
  imports: async () =>
    (await ask('GET', '/api/v1/reminder-imports', z.object({ imports: z.array(importView) }))).imports,
  importOne: (id: string) => ask('GET', `/api/v1/reminder-imports/${path(id)}`, importView),
  async hand(name: string, settings: object, file: Blob) {
    const { id } = await ask('POST', '/api/v1/reminder-imports', importView, { name, settings });
    return ask('PUT', `/api/v1/reminder-imports/${path(id)}/file`, importView, file);
  },
  importAct: (id: string, act: 'apply' | 'cancel') =>
    ask('POST', `/api/v1/reminder-imports/${path(id)}/acts`, importView, { act }),
  problems: (id: string) =>
    ask(
      'GET',
      `/api/v1/reminder-imports/${path(id)}/problems`,
      z.object({ problems: z.array(problem), cursor: z.string().optional() }),
    ),
  audience: () => ask('GET', '/api/v1/campaign-audience', audience),
  campaigns: async () =>
    (await ask('GET', '/api/v1/campaigns', z.object({ campaigns: z.array(campaignRow) }))).campaigns,
  campaign: (id: string) => ask('GET', `/api/v1/campaigns/${path(id)}`, campaign),
  makeCampaign: (draft: object) => ask('POST', '/api/v1/campaigns', campaignRow, draft),
  campaignAct: (id: string, act: CampaignAct) =>
    ask('POST', `/api/v1/campaigns/${path(id)}/acts`, campaign, { act }),
};
