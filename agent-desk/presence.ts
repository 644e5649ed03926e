import type { Clock, Engine, Officer, OfficerRef, Stored } from '../core';

interface Presence extends Stored {
  readonly officerId: string;
  readonly name: string;
  readonly agencyId: string;
  readonly until: number;
}

/** A desk that was not heard of for so long is away. */
const awayAfterMs = 30_000;
/** How often an open desk says that it is there. */
export const beatEveryMs = 10_000;

/** Which officers are at their desks: leases in the store, so that all processes agree. */
export interface PresenceBook {
  here(officer: Officer): Promise<void>;
  gone(officer: Officer): Promise<void>;
  /** Who of an agency is there. */
  who(agencyId: string): Promise<readonly OfficerRef[]>;
}

const most = 1_000;

export function createPresence(engine: Engine, clock: Clock): PresenceBook {
  const records = engine.collection<Presence>({
    name: 'presence',
    revision: 1,
    keeps: {
      purpose: 'work',
      basis: 'public-task',
      retention: 'transient',
      personal: ['name'],
      ages: 'until',
    },
    indexes: { until: presence => [presence.until] },
  });
  return {
    async here(officer) {
      const until = clock() + awayAfterMs;
      const record = {
        id: officer.id,
        officerId: officer.id,
        name: officer.name,
        agencyId: officer.agencyId,
        until,
      };
      if (await records.insert(record)) return;
      const known = await records.get(officer.id);
      if (known) await records.replace({ ...record, version: known.version });
    },
    async gone(officer) {
      await records.delete(officer.id);
    },
    async who(agencyId) {
      const { records: here } = await records.scan({ index: 'until', from: clock(), limit: most });
      return here
        .filter(each => each.agencyId === agencyId)
        .map(({ officerId, name }) => ({ id: officerId, name }))
        .sort((a, b) => a.id.localeCompare(b.id));
    },
  };
}
