import type { Clock, Reminder, Reminders } from '../../core';
import type { Campaign, CampaignCollections } from './records';

/** What came of one person's telling, the latest that is known. */
export type Result = 'handed' | 'sent' | 'delivered' | 'in-doubt' | 'failed' | 'cancelled';

export interface CampaignResults {
  readonly people: number;
  readonly waiting: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** Everybody who was handed over is in one of these. */
  readonly results: Readonly<Record<Result, number>>;
  /** Of those that failed, by reason. */
  readonly failures: Readonly<Record<string, number>>;
  readonly replied: number;
  readonly optedOut: number;
  /** Tellings sent, by minute (ms since the epoch), ascending. */
  readonly perMinute: readonly { readonly at: number; readonly sent: number }[];
}

interface Line {
  readonly result: Result;
  readonly why?: string;
  readonly replied: boolean;
  readonly optedOut: boolean;
  readonly sentAt?: number;
}

const pageSize = 500;
const minuteMs = 60_000;
/** Campaigns whose results a process remembers; each costs one short line a person. */
const remembered = 4;
const mostMinutes = 240;
const mostCounted = 100_000;

/** The latest of what happened to a reminder, and what the person answered. Pure. */
export function lineOf({ history, state, answer }: Pick<Reminder, 'history' | 'state' | 'answer'>): Line {
  let result: Result = 'handed';
  let why: string | undefined;
  let sentAt: number | undefined;
  for (const event of history) {
    switch (event.what) {
      case 'sent':
        if (result !== 'delivered') result = 'sent';
        sentAt ??= event.at;
        break;
      case 'delivered':
      case 'in-doubt':
        result = event.what;
        break;
      case 'failed':
      case 'stale':
      case 'withheld':
        result = 'failed';
        why = event.why ?? event.what;
        break;
      case 'cancelled':
        if (result === 'handed') result = 'cancelled';
        break;
      default:
        break;
    }
  }
  if (state === 'cancelled' && result === 'handed') result = 'cancelled';
  return {
    result,
    ...(why === undefined || result !== 'failed' ? {} : { why }),
    replied: answer !== undefined && answer !== 'stop',
    optedOut: answer === 'stop',
    ...(sentAt === undefined ? {} : { sentAt }),
  };
}

/**
 * Live results, counted from the reminders themselves: what changed since the last look is read again, so that a look costs what
 * changed, and nothing that is counted here can drift from what happened.
 */
export function createResults(
  parts: Pick<CampaignCollections, 'people'> & {
    readonly reminders: Pick<Reminders, 'ofCampaign'>;
    readonly clock: Clock;
  },
): (campaign: Campaign) => Promise<CampaignResults> {
  const seen = new Map<string, { from: number; lines: Map<string, Line> }>();

  async function linesOf(campaignId: string): Promise<ReadonlyMap<string, Line>> {
    const known = seen.get(campaignId) ?? { from: 0, lines: new Map<string, Line>() };
    seen.delete(campaignId);
    seen.set(campaignId, known);
    for (const oldest of seen.keys()) if (seen.size > remembered) seen.delete(oldest);
    for (let after: string | undefined; ;) {
      const page = await parts.reminders.ofCampaign(campaignId, {
        from: known.from,
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      });
      for (const each of page.reminders) {
        known.lines.set(each.id, lineOf(each));
        // The same millisecond is read again: others may have changed in it since.
        known.from = Math.max(known.from, each.changedAt);
      }
      if (page.cursor === undefined) return known.lines;
      after = page.cursor;
    }
  }

  async function skippedOf(campaignId: string): Promise<Record<string, number>> {
    const reasons: Record<string, number> = {};
    let looked = 0;
    for (let after: string | undefined; looked < mostCounted;) {
      const page = await parts.people.scan({
        ...{ index: 'state', prefix: [campaignId, 'skipped'], limit: pageSize },
        ...(after === undefined ? {} : { after }),
      });
      looked += page.records.length;
      for (const { why = 'unknown' } of page.records) reasons[why] = (reasons[why] ?? 0) + 1;
      if (page.cursor === undefined) break;
      after = page.cursor;
    }
    return reasons;
  }

  return async campaign => {
    const [lines, skipped] = await Promise.all([linesOf(campaign.id), skippedOf(campaign.id)]);
    const results = { handed: 0, sent: 0, delivered: 0, 'in-doubt': 0, failed: 0, cancelled: 0 };
    const failures: Record<string, number> = {};
    const minutes = new Map<number, number>();
    let [replied, optedOut] = [0, 0];
    for (const line of lines.values()) {
      results[line.result] += 1;
      if (line.why !== undefined) failures[line.why] = (failures[line.why] ?? 0) + 1;
      if (line.replied) replied += 1;
      if (line.optedOut) optedOut += 1;
      if (line.sentAt === undefined) continue;
      const at = Math.floor(line.sentAt / minuteMs) * minuteMs;
      minutes.set(at, (minutes.get(at) ?? 0) + 1);
    }
    const left = Object.values(skipped).reduce((sum, each) => sum + each, 0);
    return {
      people: campaign.people,
      waiting: Math.max(0, campaign.people - lines.size - left),
      ...{ skipped, results, failures, replied, optedOut },
      perMinute: [...minutes]
        .map(([at, sent]) => ({ at, sent }))
        .sort((a, b) => a.at - b.at)
        .slice(-mostMinutes),
    };
  };
}
