import { z } from 'zod';
import { type AuditAction, type Role, type Route, reminderPurposes, reminderWays, route } from '../../core';
import { textSchema } from '../reminders/records';
import type { Audience } from './audience';
import type { Campaigns } from './campaigns';
import { type Campaign, filterSchema } from './records';
import type { CampaignResults } from './results';

const leaders: readonly Role[] = ['supervisor', 'agencyadmin', 'admin'];
const params = z.strictObject({ id: z.string().min(1).max(60) });
const counts = z.record(z.string(), z.number());
const acts = ['submit', 'approve', 'refuse', 'start', 'pause', 'stop'] as const;
const actNames = {
  submit: 'campaign.submitted',
  approve: 'campaign.approved',
  refuse: 'campaign.refused',
  start: 'campaign.started',
  pause: 'campaign.paused',
  stop: 'campaign.stopped',
} as const satisfies Readonly<Record<(typeof acts)[number], AuditAction>>;

const row = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(reminderPurposes),
  state: z.enum([
    'counting',
    'counted',
    'waiting-approval',
    'running',
    'paused',
    'stopping',
    'stopped',
    'done',
  ]),
  by: z.string(),
  byMe: z.boolean(),
  approvedBy: z.string().optional(),
  needsApproval: z.boolean(),
  people: z.number(),
  leftOut: counts,
  segments: z.number(),
  costSatang: z.number(),
  perSecond: z.number(),
  dueAt: z.number().optional(),
  createdAt: z.number(),
});
const whole = row.extend({
  text: z.string(),
  filter: filterSchema,
  ways: z.array(z.enum(reminderWays)),
  history: z.array(z.object({ at: z.number(), what: z.string(), by: z.string() })),
  results: z.object({
    people: z.number(),
    waiting: z.number(),
    skipped: counts,
    results: counts,
    failures: counts,
    replied: z.number(),
    optedOut: z.number(),
    perMinute: z.array(z.object({ at: z.number(), sent: z.number() })),
  }),
});

export interface CampaignRouteParts {
  readonly campaigns: Campaigns;
  readonly audience: Pick<Audience, 'summary'>;
  readonly results: (campaign: Campaign) => Promise<CampaignResults>;
  readonly textOf: (campaign: Campaign) => string;
  readonly satangPerSegment: number;
}

/** Campaigns: who gets them, what they cost, who agrees, how they go. */
export function campaignRoutes(parts: CampaignRouteParts): Route[] {
  const { campaigns } = parts;

  function rowOf(campaign: Campaign, officerId: string): z.infer<typeof row> {
    const { id, name, purpose, state, by, approval, people, leftOut, segments, perSecond, dueAt } = campaign;
    return {
      ...{ id, name, purpose, state, by: by.name, byMe: by.id === officerId, people, segments, perSecond },
      needsApproval: campaigns.needsApproval(campaign) && !approval,
      leftOut: { ...leftOut },
      costSatang: people * segments * parts.satangPerSegment,
      createdAt: campaign.createdAt,
      ...(approval ? { approvedBy: approval.by.name } : {}),
      ...(dueAt === undefined ? {} : { dueAt }),
    };
  }

  async function wholeOf(campaign: Campaign, officerId: string): Promise<z.infer<typeof whole>> {
    const results = await parts.results(campaign);
    return {
      ...rowOf(campaign, officerId),
      text: parts.textOf(campaign),
      filter: campaign.filter,
      ways: [...campaign.ways],
      history: [...campaign.history],
      results: { ...results, perMinute: [...results.perMinute] },
    };
  }

  return [
    route({
      method: 'get',
      path: '/api/v1/campaign-audience',
      summary: 'The people who may be written to: how many, by area, group and service',
      access: leaders,
      returns: z.object({
        people: z.number(),
        consenting: z.number(),
        areas: counts,
        groups: counts,
        services: counts,
      }),
      handle: async ({ officer }) => ({ body: await parts.audience.summary(officer.agencyId) }),
    }),
    route({
      method: 'get',
      path: '/api/v1/campaigns',
      summary: 'The campaigns of the agency, newest first',
      access: leaders,
      returns: z.object({ campaigns: z.array(row) }),
      handle: async ({ officer }) => ({
        body: { campaigns: (await campaigns.list(officer, 50)).map(each => rowOf(each, officer.id)) },
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/campaigns',
      summary: 'Makes a campaign and counts who would get it; nothing is sent',
      audit: 'campaign.made',
      access: leaders,
      body: z.strictObject({
        name: z.string().trim().min(1).max(120),
        purpose: z.enum(reminderPurposes).extract(['announcement', 'promotion', 'benefit', 'renewal']),
        text: textSchema,
        language: z.string().min(2).max(20).default('th'),
        dueAt: z.number().int().positive().exactOptional(),
        ways: z
          .array(z.enum(reminderWays).extract(['sms', 'line', 'voice']))
          .min(1)
          .max(3),
        filter: filterSchema,
        perSecond: z.number().int().min(1).max(1_000).default(10),
      }),
      returns: row,
      handle: async ({ body, officer }) => ({
        body: rowOf(await campaigns.create(officer, body), officer.id),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/campaigns/:id',
      summary: 'One campaign and its results up to now',
      access: leaders,
      params,
      returns: whole,
      handle: async ({ params: { id }, officer }) => ({
        body: await wholeOf(await campaigns.get(id, officer), officer.id),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/campaigns/:id/acts',
      summary: 'Hands a campaign to a second person, approves it, starts, pauses or stops it',
      audit: ({ act }) => actNames[act],
      access: leaders,
      params,
      body: z.strictObject({ act: z.enum(acts) }),
      returns: whole,
      handle: async ({ params: { id }, body: { act }, officer }) => ({
        body: await wholeOf(await campaigns.act(id, officer, act), officer.id),
      }),
    }),
  ];
}
