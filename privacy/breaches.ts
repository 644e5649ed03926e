import { AppError, type Clock, type Engine, type Ids, type OfficerRef, type Stored } from '../core';

/** One entry of the breach register: section 37 (4). */
export interface Breach extends Stored {
  /** When we came to know of it. */
  readonly noticedAt: number;
  /** 72 hours later the regulator must know, unless there is no risk. */
  readonly reportBy: number;
  readonly what: string;
  readonly people: number;
  readonly risk: 'unknown' | 'none' | 'some' | 'high';
  readonly reportedAt?: number;
  /** With a high risk people are told without delay. */
  readonly peopleToldAt?: number;
  /** Why the report came late. */
  readonly lateBecause?: string;
  readonly closedAt?: number;
  readonly steps: readonly { readonly at: number; readonly by: OfficerRef; readonly what: string }[];
}

const reportWithinMs = 72 * 60 * 60 * 1000;

export type BreachState = 'running' | 'overdue' | 'reported' | 'reported-late' | 'no-report-needed';

/** Where a breach stands by its 72-hour clock. */
export function breachState({ risk, reportedAt, reportBy }: Breach, now: number): BreachState {
  if (reportedAt !== undefined) return reportedAt <= reportBy ? 'reported' : 'reported-late';
  if (risk === 'none') return 'no-report-needed';
  return now > reportBy ? 'overdue' : 'running';
}

export interface Breaches {
  open(breach: Pick<Breach, 'noticedAt' | 'what' | 'people' | 'risk'>, by: OfficerRef): Promise<Breach>;
  change(
    id: string,
    change: Partial<
      Pick<Breach, 'what' | 'people' | 'risk' | 'reportedAt' | 'peopleToldAt' | 'lateBecause' | 'closedAt'>
    >,
    by: OfficerRef,
  ): Promise<Breach>;
  list(limit: number): Promise<readonly Breach[]>;
}

export function createBreaches(engine: Engine, clock: Clock, ids: Ids): Breaches {
  const records = engine.collection<Breach>({
    name: 'breaches',
    revision: 1,
    keeps: {
      purpose: 'security',
      basis: 'legal-obligation',
      retention: 'breaches',
      personal: ['what', 'steps'],
      // An entry that nobody closed is still work.
      ages: 'closed',
    },
    indexes: {
      closed: breach => (breach.closedAt === undefined ? undefined : [breach.closedAt]),
      noticed: breach => [breach.noticedAt],
    },
  });
  return {
    async open(given, by) {
      const breach = {
        ...given,
        id: `b-${ids()}`,
        reportBy: given.noticedAt + reportWithinMs,
        steps: [{ at: clock(), by, what: 'opened' }],
      };
      await records.insert(breach);
      return { ...breach, version: 1 };
    },
    async change(id, change, by) {
      for (;;) {
        const breach = await records.get(id);
        if (!breach) throw new AppError('NOT_FOUND', 'There is no such breach in the register.');
        const changed: Breach = { ...breach, ...change };
        if (changed.reportedAt !== undefined && changed.reportedAt > changed.reportBy && !changed.lateBecause)
          throw new AppError('INPUT_INVALID', 'lateBecause: a report after 72 hours needs its reason.');
        const what = Object.keys(change).sort().join(', ');
        const next = { ...changed, steps: [...breach.steps, { at: clock(), by, what }] };
        if (await records.replace(next)) return { ...next, version: next.version + 1 };
      }
    },
    list: async limit => (await records.scan({ index: 'noticed', limit, descending: true })).records,
  };
}
