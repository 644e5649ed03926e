import type { CaseRecord } from '../core';
import { type CaseWorld, aDraft, openCases } from '../tests/support/case-world';
import { type TestData, sqliteData } from '../tests/support/stores';

const quarterMs = 15 * 60 * 1000;

describe('asking the agencies’ systems of our own accord', () => {
  let data: TestData;
  let world: CaseWorld;
  let asked: string[];
  let answers: boolean;

  beforeEach(async () => {
    data = sqliteData();
    asked = [];
    answers = true;
    world = await openCases(data.engine(), {
      connection: () => ({ api: true }),
      reachable: () => answers,
      refresh(record, ledger) {
        asked.push(record.id);
        if (!answers) return Promise.resolve(record);
        return ledger
          .change(record.id, `news-${asked.length}`, () => ({
            by: { kind: 'system' },
            kind: 'x',
            public: false,
          }))
          .then(outcome => ('case' in outcome ? outcome.case : record));
      },
    });
  });
  afterEach(() => data.remove());

  /** A complaint in the hands of an agency. */
  async function handed(key: string): Promise<CaseRecord> {
    const topic = { kind: 'complaint', id: 'c-20' } as const;
    const outcome = await world.service.file(aDraft({ key, kind: 'complaint', topic }));
    if (outcome.outcome !== 'forwarding') throw new Error(outcome.outcome);
    await world.ledger.change(outcome.caseId, 'ack', record => ({
      by: { kind: 'system' },
      kind: 'acknowledged',
      public: false,
      to: 'received',
      set: { handOn: { by: 'api', attempts: 1, theirReference: key, ...record.handOn } },
    }));
    const record = await world.collections.cases.get(outcome.caseId);
    if (!record) throw new Error('it is gone');
    await world.collections.cases.replace({
      ...record,
      handOn: { by: 'api', attempts: 1, theirReference: key },
    });
    return record;
  }

  it('asks for every open one once in a quarter of an hour, and for nothing else', async () => {
    const [one, two] = [await handed('a'), await handed('b')];
    await world.filed({ key: 'ours' });
    await world.poll();
    expect(asked).toEqual([]);
    world.pass(quarterMs + 1);
    await world.poll();
    expect([...asked].sort()).toEqual([one.id, two.id].sort());
    await world.poll();
    expect(asked).toHaveLength(2);
    await world.service.withdraw({ key: 'w', caseId: one.id, personId: 'p-1' });
    world.pass(quarterMs + 1);
    await world.poll();
    expect(asked.slice(2)).toEqual([two.id]);
  });

  it('leaves a silent system alone until the next round, and asks again then', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) await handed(key);
    world.pass(quarterMs + 1);
    answers = false;
    await world.poll();
    // Those already under way when it fell silent; the rest is not even tried.
    expect(asked.length).toBeLessThanOrEqual(4);
    answers = true;
    asked = [];
    await world.poll();
    expect(new Set(asked).size).toBe(10);
  });
});
