import type { Clock, Engine, OfficerRef, Stored } from '../core';

/** Records of a person that a law or a case wants kept, whatever else is asked. The id is the person's. */
export interface Hold extends Stored {
  readonly reason: string;
  readonly by: OfficerRef;
  readonly since: number;
  readonly ended?: { readonly at: number; readonly by: OfficerRef };
}

export interface Holds {
  put(personId: string, reason: string, by: OfficerRef): Promise<void>;
  end(personId: string, by: OfficerRef): Promise<boolean>;
  /** The hold that keeps one of these persons' records. */
  of(personIds: readonly string[]): Promise<Hold | undefined>;
  inForce(): Promise<readonly Hold[]>;
}

const holdsAtMost = 10_000;

export function createHolds(engine: Engine, clock: Clock): Holds {
  const records = engine.collection<Hold>({
    name: 'legal-holds',
    revision: 1,
    keeps: {
      purpose: 'rights',
      basis: 'legal-obligation',
      retention: 'requests',
      personal: ['reason', 'by'],
      ages: 'ended',
    },
    indexes: {
      ended: hold => (hold.ended ? [hold.ended.at] : undefined),
      inForce: hold => (hold.ended ? undefined : [hold.since]),
    },
  });
  return {
    async put(personId, reason, by) {
      const hold = { id: personId, reason, by, since: clock() };
      if (await records.insert(hold)) return;
      for (;;) {
        const before = await records.get(personId);
        if (!before || (await records.replace({ ...hold, version: before.version }))) return;
      }
    },
    async end(personId, by) {
      for (;;) {
        const hold = await records.get(personId);
        if (!hold || hold.ended) return false;
        if (await records.replace({ ...hold, ended: { at: clock(), by } })) return true;
      }
    },
    async of(personIds) {
      const found = await Promise.all(personIds.map(id => records.get(id)));
      return found.find(hold => hold && !hold.ended);
    },
    inForce: async () => (await records.scan({ index: 'inForce', limit: holdsAtMost })).records,
  };
}
