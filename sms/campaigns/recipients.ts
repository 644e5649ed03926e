import type { Campaign, CampaignPerson } from './records';

/** Somebody a campaign may be told to: whoever has a number, or a person of the shared history. */
export interface Recipient {
  readonly memberId: string;
  /** E.164. */
  readonly phone?: string;
  readonly personId?: string;
}

/** Why somebody who was asked for is not to be told; the desk has words for each. */
export type LeftOut = 'no-consent' | 'held' | 'stopped' | 'no-way' | 'same';

export interface Found extends Recipient {
  readonly leftOut?: LeftOut;
}

/** Where the people of a campaign come from. The same person may be found more than once. */
export interface Recipients {
  /** The next ones asked for, from `campaign.after` on. */
  page(campaign: Campaign): Promise<{ readonly found: readonly Found[]; readonly cursor?: string }>;
  /** Somebody who was found before, as they are now; `undefined`: erased since. */
  get(campaign: Campaign, person: CampaignPerson): Promise<Recipient | undefined>;
}
