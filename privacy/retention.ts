import { z } from 'zod';
import type { Clock, Cutoffs, PersonalRecords } from '../core';
import type { Holds } from './holds';
import type { Declared } from './processing';

const text = z.object({ th: z.string().min(1), en: z.string().min(1) });

export const retentionSchema = z.strictObject({
  types: z.array(
    z.strictObject({
      type: z.string().regex(/^[a-z-]{1,40}$/u),
      /** `null`: not removed by time. */
      days: z.number().int().min(1).nullable(),
      name: text,
      why: text,
    }),
  ),
});
export type Retention = z.infer<typeof retentionSchema>;

const dayMs = 24 * 60 * 60 * 1000;

export interface RetentionReport {
  readonly dryRun: boolean;
  /** Removed (or, in a dry run, to be removed) by module and collection; `held` counts what a legal hold kept. */
  readonly removed: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Lets go of what is past its time, module by module; what stands under a legal hold stays. */
export async function expireAll(parts: {
  retention: Retention;
  sources: readonly PersonalRecords[];
  /** Every collection there is; those that say how their records age are swept here. */
  declared: readonly Pick<Declared, 'collection' | 'expire'>[];
  holds: Holds;
  clock: Clock;
  dryRun: boolean;
}): Promise<RetentionReport> {
  const now = parts.clock();
  const days = new Map(parts.retention.types.map(each => [each.type, each.days]));
  const held = new Set((await parts.holds.inForce()).map(hold => hold.id));
  const cutoffs: Cutoffs = {
    before(type) {
      const kept = days.get(type);
      return kept === undefined || kept === null ? undefined : Math.max(0, now - kept * dayMs);
    },
    isHeld: personId => held.has(personId),
    dryRun: parts.dryRun,
  };
  const removed: Record<string, Record<string, number>> = {};
  for (const source of parts.sources) removed[source.name] = { ...(await source.expire(cutoffs)) };
  const swept: Record<string, number> = {};
  for (const { collection, expire } of parts.declared) {
    const count = await expire(cutoffs);
    if (count !== undefined) swept[collection] = count;
  }
  return { dryRun: parts.dryRun, removed: { ...removed, records: swept } };
}
