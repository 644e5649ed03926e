import {
  AppError,
  type Clock,
  type Ids,
  type Jobs,
  type Officer,
  type OfficerRef,
  type ReminderTexts,
  type Reminders,
  type SendingTimes,
} from '../../core';
import { templateOf } from '../texts';
import type { ReminderSeal } from '../reminders/records';
import { count } from './counting';
import type { Recipients } from './recipients';
import type { Campaign, CampaignCollections, CampaignState } from './records';
import { createRunning } from './running';

export const campaignsQueue = 'campaigns';
/** Also how soon a pause is felt: what was handed over before is one second's worth. */
export const campaignTickMs = 1_000;

export interface CampaignParts extends CampaignCollections {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly jobs: Pick<Jobs, 'wake'>;
  readonly texts: ReminderTexts;
  readonly times: SendingTimes;
  readonly reminders: Pick<Reminders, 'create' | 'cancel' | 'ofCampaign' | 'mayRemind' | 'byKey'>;
  /** Where the people of a campaign come from. */
  readonly recipients: (campaign: Campaign) => Recipients;
  /** Whether a topic (`service:p1-04`) says of those who asked about it what nobody may sort people by. */
  readonly isSensitive: (topic: string) => boolean;
  /** The person behind a number, as far as somebody is known there. */
  readonly personOf: (phone: string) => Promise<string | undefined>;
  /** Campaigns to more people than this need a second person. */
  readonly approveAbove: number;
  /** The most people a second, whatever an officer asks. */
  readonly perSecond: number;
}

export type CampaignDraft = Pick<
  Campaign,
  'name' | 'purpose' | 'text' | 'language' | 'ways' | 'filter' | 'perSecond'
> & { readonly dueAt?: number };

export type CampaignAct = 'submit' | 'approve' | 'refuse' | 'start' | 'pause' | 'stop';

export interface Campaigns {
  /** Makes it and begins to count who would get it; nothing is sent. */
  create(officer: Officer, draft: CampaignDraft): Promise<Campaign>;
  get(id: string, officer: Officer): Promise<Campaign>;
  list(officer: Officer, limit: number): Promise<readonly Campaign[]>;
  act(id: string, officer: Officer, act: CampaignAct): Promise<Campaign>;
  /** Whether a second person has to agree before it begins. */
  needsApproval(campaign: Pick<Campaign, 'people'>): boolean;
  /** Goes on with one campaign for one tick; '' looks which there are. */
  run(id: string): Promise<void>;
}

const refOf = ({ id, name }: Officer): OfficerRef => ({ id, name });
const fromNow = 60_000;

/** What an act makes of a campaign, or why it cannot be done; `so`: it is done already. Pure. */
export function afterAct(
  campaign: Campaign,
  act: CampaignAct,
  officer: OfficerRef,
  now: number,
  needsApproval: boolean,
): { readonly next: Campaign } | { readonly so: true } | { readonly impossible: string } {
  const to = (state: CampaignState, more: Partial<Campaign> = {}): { next: Campaign } => ({
    next: {
      ...campaign,
      ...more,
      state,
      history: [...campaign.history, { at: now, what: act, by: officer.name }],
      changedAt: now,
    },
  });
  const { state } = campaign;
  switch (act) {
    case 'submit':
      if (state === 'waiting-approval') return { so: true };
      return state === 'counted' ? to('waiting-approval') : { impossible: `it is ${state}` };
    case 'approve':
      if (state !== 'waiting-approval') return { impossible: `it is ${state}` };
      // The second pair of eyes is another person's.
      if (officer.id === campaign.by.id) return { impossible: 'whoever made it cannot approve it' };
      return to('counted', { approval: { by: officer, at: now } });
    case 'refuse':
      return state === 'waiting-approval' ? to('stopped') : { impossible: `it is ${state}` };
    case 'start':
      if (state === 'running') return { so: true };
      if (state === 'paused') return to('running');
      if (state !== 'counted') return { impossible: `it is ${state}` };
      if (campaign.people === 0) return { impossible: 'nobody is in its audience' };
      if (campaign.dueAt !== undefined && campaign.dueAt <= now + fromNow)
        return { impossible: 'its moment has passed' };
      return needsApproval && !campaign.approval
        ? { impossible: 'a second person has to approve it' }
        : to('running');
    case 'pause':
      if (state === 'paused') return { so: true };
      return state === 'running' ? to('paused') : { impossible: `it is ${state}` };
    case 'stop':
      if (state === 'stopping' || state === 'stopped') return { so: true };
      return state === 'done' ? { impossible: 'it is done' } : to('stopping');
  }
}

export function createCampaigns(parts: CampaignParts): Campaigns {
  const { campaigns, clock, ids, jobs, texts } = parts;
  const running = createRunning(parts);
  const needsApproval = ({ people }: Pick<Campaign, 'people'>): boolean => people > parts.approveAbove;

  async function get(id: string, { agencyId, role }: Officer): Promise<Campaign> {
    const campaign = await campaigns.get(id);
    if (!campaign || (campaign.agencyId !== agencyId && role !== 'admin'))
      throw new AppError('NOT_FOUND', 'There is no such campaign, or it belongs to another agency.');
    return campaign;
  }

  function checked(draft: CampaignDraft, now: number): number {
    const template = templateOf(draft.text.template);
    if (!template?.purposes.includes(draft.purpose))
      throw new AppError('INPUT_INVALID', `The template ${draft.text.template} is not for ${draft.purpose}.`);
    const fault = texts.fault(draft.text, draft.language);
    if (fault !== undefined) throw new AppError('INPUT_INVALID', `The text cannot be sent: ${fault}.`);
    if (draft.filter.contacts?.topics.some(parts.isSensitive))
      throw new AppError('INPUT_INVALID', 'Nobody is chosen by having asked about a sensitive matter.');
    if (draft.dueAt !== undefined && draft.dueAt <= now)
      throw new AppError('INPUT_INVALID', 'The moment it is about has passed.');
    return texts.write(draft.text, { language: draft.language, dueAt: draft.dueAt ?? now, now }).segments;
  }

  return {
    get,
    needsApproval,
    async create(officer, draft) {
      const now = clock();
      const segments = checked(draft, now);
      const id = ids();
      const record = {
        ...draft,
        ...{ id, agencyId: officer.agencyId, by: refOf(officer), state: 'counting' as const, people: 0 },
        perSecond: Math.max(1, Math.min(draft.perSecond, parts.perSecond)),
        ...{ leftOut: {}, segments, ticks: 0, tickedAt: 0, createdAt: now, changedAt: now },
        history: [{ at: now, what: 'create', by: officer.name }],
      };
      await campaigns.insert(record);
      await jobs.wake(campaignsQueue, id);
      return { ...record, version: 1 };
    },
    async list({ agencyId }, limit) {
      return (await campaigns.scan({ index: 'agency', prefix: [agencyId], descending: true, limit })).records;
    },
    async act(id, officer, act) {
      for (;;) {
        const campaign = await get(id, officer);
        const after = afterAct(campaign, act, refOf(officer), clock(), needsApproval(campaign));
        if ('so' in after) return campaign;
        if ('impossible' in after)
          throw new AppError('CONFLICT', `This cannot be done: ${after.impossible}.`);
        if (!(await campaigns.replace(after.next))) continue;
        await jobs.wake(campaignsQueue, id);
        return { ...after.next, version: after.next.version + 1 };
      }
    },
    async run(id) {
      if (id === '') {
        const page = await campaigns.scan({ index: 'active', to: clock() + 1, limit: 100 });
        for (const each of page.records) await jobs.wake(campaignsQueue, each.id);
        return;
      }
      const campaign = await campaigns.get(id);
      if (campaign?.state === 'counting') await count(campaign, parts);
      if (campaign?.state === 'running') await running.tick(campaign);
      if (campaign?.state === 'stopping') await running.takeBack(campaign);
    },
  };
}
