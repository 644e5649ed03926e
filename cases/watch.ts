import type { CaseRecord, Clock, Collection } from '../core';
import type { Ledger } from './ledger';
import type { WorkingTime } from './sla/working-time';
import { titleOf } from './view';
import type { Knowledge } from '../core';

const batchSize = 200;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Looks for what time alone changes: cases whose due date passed, and those handed on that nobody acknowledged within a working day.
 * Each is told once: to the person, honestly and without a promise that nobody made, and to those who lead.
 */
export function createWatch(parts: {
  readonly cases: Collection<CaseRecord>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly time: WorkingTime;
  readonly knowledge: () => Knowledge;
}): () => Promise<void> {
  const { cases, ledger, clock, time } = parts;

  async function overdue(now: number): Promise<void> {
    const { records } = await cases.scan({ index: 'untold', to: now, limit: batchSize });
    for (const { id, dueAt } of records) {
      await ledger.change(id, `overdue-${dueAt}`, record =>
        record.dueAt === dueAt
          ? {
              by: { kind: 'system' },
              kind: 'overdue',
              public: true,
              ...(record.kind === 'appointment'
                ? {}
                : { notice: { key: 'case.overdue', values: { title: titleOf(record, parts.knowledge()) } } }),
              mails: [{ mail: 'overdue', to: 'managers' }],
              set: { overdueTold: dueAt },
            }
          : { impossible: 'it got another date meanwhile' },
      );
    }
  }

  async function unacknowledged(now: number): Promise<void> {
    const { records } = await cases.scan({ index: 'unacknowledged', to: now, limit: batchSize });
    for (const { id, filedAt } of records) {
      if ((time.endOfWorkingDay(filedAt, 1) ?? filedAt + dayMs) > now) continue;
      await ledger.change(id, 'unacknowledged', record =>
        record.state === 'forwarding'
          ? {
              by: { kind: 'system' },
              kind: 'unacknowledged',
              public: false,
              mails: [{ mail: 'unacknowledged', to: 'managers' }],
              set: { unacknowledgedTold: true },
            }
          : { impossible: 'it was acknowledged meanwhile' },
      );
    }
  }

  return async () => {
    const now = clock();
    await overdue(now);
    await unacknowledged(now);
  };
}
