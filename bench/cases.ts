import { join } from 'node:path';
import { v7 } from 'uuid';
import { workingTime } from '../cases';
import type { CaseRecord, Draft } from '../core';
import { sqliteEngine } from '../store';
import { removeFolder, temporaryFolder } from '../tests/support/product';
import { aDraft, officeHours, openCases, officerOf } from '../tests/support/case-world';
import { type BenchResult, alone, quantile } from './result';

const count = 1_000_000;
const insertsAtOnce = 5_000;
const agencies = 105;
const lookups = 5_000;
const lists = 500;
const dayMs = 24 * 60 * 60 * 1000;

/** Numbers without pattern that are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function measured(times: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const startedAt = performance.now();
    await work(n);
    took.push(performance.now() - startedAt);
  }
  return took;
}

/** A million cases of 105 agencies, a third of them open: looking one up, and what is due and overdue at one agency. */
export async function casesBench(onProgress: (line: string) => void): Promise<readonly BenchResult[]> {
  const folder = temporaryFolder();
  const engine = sqliteEngine({ file: join(folder, 'bench.db') });
  try {
    const world = await openCases(engine);
    const { cases } = world.collections;
    const sample = await world.service.file(aDraft({ key: 'sample', kind: 'complaint' }));
    const made = sample.outcome === 'filed' ? await cases.get(sample.caseId) : undefined;
    if (!made) throw new Error('the sample was not filed');
    const random = seeded(7);
    const now = world.now();
    const references: string[] = [];
    const draft = (n: number): Draft<CaseRecord> => {
      const open = n % 3 === 0;
      const reference = String(100_000_000_000 + n * 7_919 + random(7_919));
      references.push(reference);
      return {
        ...made,
        id: `case-${v7()}`,
        key: `bench-${n}`,
        reference,
        agencyId: `agency-${random(agencies)}`,
        personId: `p-${random(count / 3)}`,
        state: open ? 'working' : 'answered',
        kind: n % 5 === 0 ? 'question' : 'complaint',
        filedAt: now - random(365) * dayMs,
        dueAt: now + (random(60) - 20) * dayMs,
        pending: [],
      };
    };
    const startedAt = performance.now();
    for (let first = 0; first < count; first += insertsAtOnce) {
      await Promise.all(Array.from({ length: insertsAtOnce }, (_, n) => cases.insert(draft(first + n))));
      if (first % 100_000 === 0) onProgress(`${first} cases`);
    }
    onProgress(`${count} cases in ${Math.round((performance.now() - startedAt) / 1000)} s`);

    const at = (index: number): string => references[index] ?? '';
    const officer = (): ReturnType<typeof officerOf> =>
      officerOf('o-1', 'officer', `agency-${random(agencies)}`);
    const byReference = await measured(lookups, () =>
      cases.scan({ index: 'reference', prefix: [at(random(count))], limit: 1 }),
    );
    const byPerson = await measured(lookups, () => world.service.ofPerson(`p-${random(count / 3)}`, 20));
    const due = await measured(lists, () => world.desk.due(officer(), { limit: 50 }));
    const overdue = await measured(lists, () =>
      world.desk.due(officer(), { limit: 50, before: now, kind: 'question' }),
    );
    const time = workingTime(officeHours);
    const sla = await measured(lookups, async () =>
      time.add(now - random(365) * dayMs, random(240) * 3_600_000),
    );
    return [
      alone('cases 1M: by number p99', quantile(byReference, 0.99), 'ms'),
      alone('cases 1M: of a person p99', quantile(byPerson, 0.99), 'ms'),
      alone('cases 1M: due list p99', quantile(due, 0.99), 'ms'),
      alone('cases 1M: overdue of a kind p99', quantile(overdue, 0.99), 'ms'),
      alone('cases: working time p99', quantile(sla, 0.99), 'ms'),
    ];
  } finally {
    await engine.close();
    removeFolder(folder);
  }
}
