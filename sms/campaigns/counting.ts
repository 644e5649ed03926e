import type { Clock, Reminders } from '../../core';
import { matches, type Audience } from './audience';
import { toldId } from './told';
import type { ReminderSeal } from '../reminders/records';
import type { Campaign, CampaignCollections } from './records';

export interface CountingParts extends Pick<CampaignCollections, 'campaigns' | 'people' | 'told'> {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly audience: Audience;
  readonly reminders: Pick<Reminders, 'mayRemind'>;
  readonly personOf: (phone: string) => Promise<string | undefined>;
}

/** Fixes who gets a campaign, page by page; a crash goes on at the page it was at, and the same person is one row. */
export async function count(from: Campaign, parts: CountingParts): Promise<void> {
  const { campaigns, people, audience, clock } = parts;
  let campaign = from;
  for (;;) {
    const page = await audience.page(campaign.agencyId, campaign.after);
    let added = 0;
    const leftOut = { ...campaign.leftOut };
    for (const member of page.members) {
      if (!matches(member, campaign.filter, campaign.purpose, campaign.createdAt)) continue;
      const phone = audience.phone(member);
      const personId = await parts.personOf(phone);
      const mayBeTold =
        personId === undefined || (await parts.reminders.mayRemind(personId, campaign.purpose));
      const had = await parts.told.get(toldId(parts.seal, phone, campaign.text));
      const why = mayBeTold ? (had && had.campaignId !== campaign.id ? 'same' : undefined) : 'stopped';
      if (why !== undefined) {
        leftOut[why] = (leftOut[why] ?? 0) + 1;
        continue;
      }
      added += 1;
      await people.insert({
        ...{ id: `${campaign.id}/${member.id}`, campaignId: campaign.id, memberId: member.id },
        ...{ state: 'waiting' as const, createdAt: clock() },
      });
    }
    const { after: _before, ...rest } = campaign;
    const next: Campaign = {
      ...rest,
      people: campaign.people + added,
      leftOut,
      changedAt: clock(),
      ...(page.cursor === undefined ? { state: 'counted' as const } : { after: page.cursor }),
    };
    // Somebody stopped it, or another process counts: what was added is one row for each person either way.
    if (!(await campaigns.replace(next)) || page.cursor === undefined) return;
    campaign = { ...next, version: next.version + 1 };
  }
}
