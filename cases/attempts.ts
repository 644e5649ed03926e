import type { Clock, Collection, Engine, Stored } from '../core';
import type { CaseSeal } from './seal';

/** Wrong or unproven tries within one window. `subject` is a keyed hash: what was tried is not kept. */
interface Attempts extends Stored {
  readonly subject: 'reference' | 'asker';
  readonly count: number;
  /** Ends of wrong tries of all windows: what an operator looks at. */
  readonly wrongInAll: number;
  readonly windowEndsAt: number;
}

const windowMs = 60 * 60 * 1000;
const most = { reference: 5, asker: 10 } as const;
const purgeBatch = 500;

/** Counts tries before they are looked at, so that many at once gain nothing. */
export interface AttemptLimits {
  /** Takes a try from both budgets; the moment to try again when one is used up. */
  take(reference: string, asker: string): Promise<{ readonly retryAt?: number }>;
  /** Gives the try back: it was right. */
  giveBack(reference: string, asker: string): Promise<void>;
  /** Who tried most, for the operator: keyed hashes and counts. */
  worst(limit: number): Promise<readonly { id: string; subject: string; wrongInAll: number }[]>;
  /** Forgets windows that ended long ago. */
  purge(): Promise<void>;
}

export function attemptsCollection(engine: Engine): Collection<Attempts> {
  return engine.collection<Attempts>({
    name: 'case-attempts',
    revision: 1,
    keeps: {
      purpose: 'security',
      basis: 'legal-obligation',
      retention: 'transient',
      personal: ['id'],
      ages: 'ended',
    },
    indexes: {
      ended: attempts => [attempts.windowEndsAt],
      wrong: attempts => (attempts.wrongInAll > 0 ? [attempts.wrongInAll] : undefined),
    },
  });
}

export function createAttempts(records: Collection<Attempts>, seal: CaseSeal, clock: Clock): AttemptLimits {
  const idOf = (subject: Attempts['subject'], value: string): string =>
    `${subject}-${seal.lookup(`case-attempt-${subject}`, value)}`;

  async function count(subject: Attempts['subject'], value: string, by: 1 | -1): Promise<number | undefined> {
    const id = idOf(subject, value);
    for (;;) {
      const now = clock();
      const stored = await records.get(id);
      const live = stored && now < stored.windowEndsAt ? stored : undefined;
      if (by === 1 && live && live.count >= most[subject]) return live.windowEndsAt;
      const next = {
        id,
        subject,
        count: Math.max(0, (live?.count ?? 0) + by),
        wrongInAll: Math.max(0, (stored?.wrongInAll ?? 0) + by),
        windowEndsAt: live?.windowEndsAt ?? now + windowMs,
      };
      const written = stored
        ? await records.replace({ ...next, version: stored.version })
        : by === -1 || (await records.insert(next));
      if (written) return undefined;
    }
  }

  return {
    async take(reference, asker) {
      const askerBlocked = await count('asker', asker, 1);
      if (askerBlocked !== undefined) return { retryAt: askerBlocked };
      const referenceBlocked = await count('reference', reference, 1);
      return referenceBlocked === undefined ? {} : { retryAt: referenceBlocked };
    },
    async giveBack(reference, asker) {
      await Promise.all([count('asker', asker, -1), count('reference', reference, -1)]);
    },
    async worst(limit) {
      const { records: worst } = await records.scan({ index: 'wrong', limit, descending: true });
      return worst.map(({ id, subject, wrongInAll }) => ({ id, subject, wrongInAll }));
    },
    async purge() {
      const { records: old } = await records.scan({
        index: 'ended',
        to: Math.max(0, clock() - 30 * 24 * windowMs),
        limit: purgeBatch,
      });
      for (const each of old) await records.delete(each.id, each.version);
    },
  };
}
