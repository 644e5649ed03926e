import type { Clock, Reminders } from '../../core';
import type { ReminderSeal } from '../reminders/records';
import { together } from '../together';
import type { Found, LeftOut, Recipients } from './recipients';
import type { Campaign, CampaignCollections } from './records';
import { toldId } from './told';

const pageSize = 500;

export interface CountingParts extends Pick<CampaignCollections, 'campaigns' | 'people' | 'told'> {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly recipients: (campaign: Campaign) => Recipients;
  readonly reminders: Pick<Reminders, 'mayRemind'>;
  readonly personOf: (phone: string) => Promise<string | undefined>;
}

/** Fixes who gets a campaign, page by page; a crash goes on at the page it was at, and the same person is one row. */
export async function count(from: Campaign, parts: CountingParts): Promise<void> {
  const { campaigns, people, clock } = parts;

  async function whyNot(campaign: Campaign, someone: Found): Promise<LeftOut | undefined> {
    if (someone.leftOut) return someone.leftOut;
    const { phone } = someone;
    const personId = someone.personId ?? (phone === undefined ? undefined : await parts.personOf(phone));
    if (personId !== undefined && !(await parts.reminders.mayRemind(personId, campaign.purpose)))
      return 'stopped';
    const had = await parts.told.get(toldId(parts.seal, someone, campaign.text));
    return had && had.campaignId !== campaign.id ? 'same' : undefined;
  }

  async function put(campaign: Campaign, someone: Found): Promise<void> {
    const { memberId, personId } = someone;
    const why = await whyNot(campaign, someone);
    await people.insert({
      ...{ id: `${campaign.id}/${memberId}`, campaignId: campaign.id, memberId, createdAt: clock() },
      ...(personId === undefined ? {} : { personId }),
      ...(why === undefined ? { state: 'waiting' } : { state: 'left-out', why }),
    });
  }

  /** From the rows themselves, as somebody may have been found twice. */
  async function totals(campaignId: string): Promise<Pick<Campaign, 'people' | 'leftOut'>> {
    let waiting = 0;
    const leftOut: Record<string, number> = {};
    for (const state of ['waiting', 'left-out'] as const)
      for (let after: string | undefined; ;) {
        const page = await people.scan({
          ...{ index: 'state', prefix: [campaignId, state], limit: pageSize },
          ...(after === undefined ? {} : { after }),
        });
        for (const { why } of page.records)
          if (why === undefined) waiting += 1;
          else leftOut[why] = (leftOut[why] ?? 0) + 1;
        if (page.cursor === undefined) break;
        after = page.cursor;
      }
    return { people: waiting, leftOut };
  }

  const recipients = parts.recipients(from);
  let campaign = from;
  for (;;) {
    const page = await recipients.page(campaign);
    await together(page.found, each => put(campaign, each));
    const { after: _before, ...rest } = campaign;
    const next: Campaign = {
      ...rest,
      changedAt: clock(),
      ...(page.cursor === undefined
        ? { state: 'counted', ...(await totals(campaign.id)) }
        : { after: page.cursor, people: campaign.people + page.found.filter(each => !each.leftOut).length }),
    };
    // Somebody stopped it, or another process counts: what was added is one row for each person either way.
    if (!(await campaigns.replace(next)) || page.cursor === undefined) return;
    campaign = { ...next, version: next.version + 1 };
  }
}
