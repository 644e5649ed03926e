import {
  type Collection,
  type DayCount,
  type Reminder,
  bangkokAt,
  bangkokIsoDate,
  bangkokTimeOf,
} from '../../core';

const dayMs = 24 * 60 * 60 * 1000;

/** Of one day no more are counted: what a page shows as "200+" is looked through in its list. */
export const mostCounted = 200;

/** How many reminders of an agency are due on each of so many Bangkok days, from the day of `from` on; days without any are left out. */
export async function countByDay(
  reminders: Collection<Reminder>,
  agencyId: string,
  from: number,
  days: number,
): Promise<readonly DayCount[]> {
  const { year, month, day } = bangkokTimeOf(from);
  const first = bangkokAt(year, month, day);
  const counts: DayCount[] = [];
  for (let at = first; at < first + days * dayMs; at += dayMs) {
    // The first Bangkok day of all began before the epoch did.
    const bounds = { from: Math.max(0, at), to: at + dayMs, limit: mostCounted + 1 };
    const count = (await reminders.scan({ index: 'agency', prefix: [agencyId], ...bounds })).records.length;
    if (count > 0)
      counts.push({
        day: bangkokIsoDate(at),
        count: Math.min(count, mostCounted),
        more: count > mostCounted,
      });
  }
  return counts;
}
