import type { CaseRecord, ChangeOutcome, Clock, Collection } from '../core';
import { type Change, applied, hasEvent, mostEvents } from './change';

/** What a decision on a record says: a change, why it cannot be, or that the record is none of theirs. */
export type Decided = Change | { readonly impossible: string } | 'not-found';

/** The one way a stored case changes: read, decide, compare-and-set, again when somebody was faster. */
export interface Ledger {
  change(
    caseId: string,
    key: string,
    decide: (record: CaseRecord, now: number) => Decided,
  ): Promise<ChangeOutcome>;
}

export function createLedger(
  cases: Collection<CaseRecord>,
  clock: Clock,
  onChange: (record: CaseRecord) => Promise<void>,
): Ledger {
  return {
    async change(caseId, key, decide) {
      for (;;) {
        const record = await cases.get(caseId);
        if (!record) return { outcome: 'not-found' };
        const now = clock();
        const decided = decide(record, now);
        if (decided === 'not-found') return { outcome: 'not-found' };
        if (hasEvent(record, key)) return { outcome: 'known', case: record };
        if ('impossible' in decided) return { outcome: 'impossible', why: decided.impossible };
        if (record.history.length >= mostEvents)
          return { outcome: 'impossible', why: `the case has ${mostEvents} entries already; open a new one` };
        const next = applied(record, key, decided, now);
        if (!(await cases.replace(next))) continue;
        const stored = { ...next, version: next.version + 1 };
        await onChange(stored);
        return { outcome: 'done', case: stored };
      }
    },
  };
}
