import { type Collection, bangkokIsoDate, bangkokTimeOf } from '../../core';
import type { EntryRecord } from './records';

/** Who is told that something is to be looked at again, and how early, ms. */
export const dueWithinMs = 14 * 24 * 60 * 60 * 1000;

const dayMs = 24 * 60 * 60 * 1000;
const mostDue = 1_000;

/** What its owner is reminded of, as one notice. */
export interface DueNotice {
  /** One a week for each agency; telling it twice under this id tells it once. */
  readonly id: string;
  readonly agencyId: string;
  /** The earliest first. */
  readonly entries: readonly {
    readonly id: string;
    readonly name: string;
    readonly why: 'review' | 'expiry';
    readonly at: number;
  }[];
}

/** The Monday of the week in Bangkok, as an ISO date. */
function weekOf(now: number): string {
  const sinceMonday = (bangkokTimeOf(now).weekday + 6) % 7;
  return bangkokIsoDate(now - sinceMonday * dayMs);
}

/**
 * What comes due within two weeks, or is due already, by owning agency: each week again until somebody has looked at it, so that two mails
 * come before the day, and a forgotten entry is not forgotten twice.
 */
export async function dueNotices(
  entries: Pick<Collection<EntryRecord>, 'scan'>,
  now: number,
): Promise<readonly DueNotice[]> {
  const to = now + dueWithinMs + 1;
  const [review, expiry] = await Promise.all(
    (['review', 'expires'] as const).map(index => entries.scan({ index, to, limit: mostDue })),
  );
  const due = [
    ...(review?.records ?? []).map(each => ({ each, why: 'review' as const, at: each.reviewAt ?? 0 })),
    ...(expiry?.records ?? []).map(each => ({ each, why: 'expiry' as const, at: each.expiresAt ?? 0 })),
  ]
    // What left the register, or was approved to, is nobody's to review.
    .filter(({ each }) => !(each.archive && each.state === 'approved'))
    .sort((a, b) => a.at - b.at);
  const agencies = [...new Set(due.map(({ each }) => each.agencyId))];
  return agencies.map(agencyId => ({
    id: `knowledge-due/${agencyId}/${weekOf(now)}`,
    agencyId,
    entries: due
      .filter(({ each }) => each.agencyId === agencyId)
      .map(({ each: { id, name }, why, at }) => ({ id, name, why, at })),
  }));
}
