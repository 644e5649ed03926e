import type { Clock, ReminderDraft, Reminders, SendingTimes } from '../../core';
import type { ReminderSeal } from '../reminders/records';
import { together } from '../together';
import type { Recipient, Recipients } from './recipients';
import type { Campaign, CampaignCollections, CampaignPerson } from './records';
import { toldId } from './told';

/** Between two ticks, so that two processes together are no faster than one. */
const tickMs = 1_000;
/** The pace doubles after so many ticks, from one person a second, until it is the campaign's own. */
const ticksToDouble = 10;
const pageSize = 200;
const dayMs = 24 * 60 * 60 * 1000;

export interface RunningParts extends Pick<CampaignCollections, 'campaigns' | 'people' | 'told'> {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly times: SendingTimes;
  readonly recipients: (campaign: Campaign) => Recipients;
  readonly reminders: Pick<Reminders, 'create' | 'cancel' | 'ofCampaign'>;
}

/** People in this second: it begins with one, so that a mistake is seen before everybody has it. Pure. */
export const paceOf = ({ perSecond, ticks }: Pick<Campaign, 'perSecond' | 'ticks'>): number =>
  Math.min(perSecond, 2 ** Math.min(30, Math.floor(ticks / ticksToDouble)));

export interface Running {
  /** Hands over one second's worth of people to the reminders. */
  tick(campaign: Campaign): Promise<void>;
  /** Takes back what was handed over and is not sent yet. */
  takeBack(campaign: Campaign): Promise<void>;
}

export function createRunning(parts: RunningParts): Running {
  const { campaigns, people, told, clock, times, reminders, seal } = parts;

  function draftOf(
    campaign: Campaign,
    { phone, personId }: Recipient,
    key: string,
    now: number,
  ): ReminderDraft {
    // Told now: the moment it is about is later, or it is about none.
    const dueAt = campaign.dueAt ?? now;
    return {
      ...{ key, dueAt, leadsMs: [Math.max(0, dueAt - now)] },
      ...(phone === undefined ? {} : { phone }),
      ...(personId === undefined ? {} : { personId }),
      ...{ agencyId: campaign.agencyId, campaignId: campaign.id, purpose: campaign.purpose },
      basis:
        campaign.purpose === 'promotion'
          ? { basis: 'consent', at: now, how: 'agreed to invitations, as the audience says' }
          : { basis: 'public-task', at: now, how: `campaign ${campaign.name}` },
      text: campaign.text,
      ladder: campaign.ways.map(way => ({ way })),
      language: campaign.language,
      expiresAt: dueAt + 2 * dayMs,
      asks: false,
      by: { kind: 'officer', officer: campaign.approval?.by ?? campaign.by },
    };
  }

  /** Why nothing goes to this person, or nothing once it was handed over. Can be repeated. */
  async function handOver(campaign: Campaign, person: CampaignPerson): Promise<string | undefined> {
    const recipient = await parts.recipients(campaign).get(campaign, person);
    if (!recipient) return 'erased';
    const id = toldId(seal, recipient, campaign.text);
    if (!(await told.insert({ id, campaignId: campaign.id, at: clock() }))) {
      const known = await told.get(id);
      if (known && known.campaignId !== campaign.id) return 'same';
    }
    const key = `campaign/${campaign.id}/${person.memberId}`;
    const made = await reminders.create(draftOf(campaign, recipient, key, clock()));
    return made.outcome === 'refused' ? made.why : undefined;
  }

  return {
    async tick(campaign) {
      const now = clock();
      if (now - campaign.tickedAt < tickMs && now >= campaign.tickedAt) return;
      if (times.allowed(campaign.purpose, now) > now) return;
      const mine = { ...campaign, tickedAt: now, ticks: campaign.ticks + 1, changedAt: now };
      // One process takes this second; a pause that came first wins.
      if (!(await campaigns.replace(mine))) return;
      const page = await people.scan({
        index: 'state',
        prefix: [campaign.id, 'waiting'],
        limit: paceOf(campaign),
      });
      await together(page.records, async person => {
        const why = await handOver(campaign, person);
        const state = why === undefined ? 'handed' : 'skipped';
        await people.replace({ ...person, state, ...(why === undefined ? {} : { why }) });
      });
      if (page.records.length > 0) return;
      const done = { at: clock(), what: 'done', by: '' };
      await campaigns.replace({
        ...mine,
        version: mine.version + 1,
        state: 'done',
        history: [...campaign.history, done],
      });
    },
    async takeBack(campaign) {
      const by = { kind: 'officer', officer: campaign.by } as const;
      for (let after: string | undefined; ;) {
        const page = await reminders.ofCampaign(campaign.id, {
          limit: pageSize,
          ...(after === undefined ? {} : { after }),
        });
        for (const each of page.reminders)
          if (each.state === 'scheduled') await reminders.cancel(each.id, by, 'the campaign was stopped');
        if (page.cursor === undefined) break;
        after = page.cursor;
      }
      await campaigns.replace({ ...campaign, state: 'stopped', changedAt: clock() });
    },
  };
}
