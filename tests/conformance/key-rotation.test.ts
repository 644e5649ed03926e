import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Stored } from '../../core';
import { type Declared, noting } from '../../privacy';
import { type DataKey, type Records, type Seal, createRecords, createSeal } from '../../store';
import { type TestData, describeStores } from '../support/stores';

const now = 1_800_000_000_000;
const people = 230;

interface Nested extends Stored {
  readonly factor?: { readonly sealed: string; readonly step: number };
}

describeStores('rotation of the data keys', newData => {
  let data: TestData;
  const lookup = randomBytes(32);
  const oldKey: DataKey = { id: 'k1', key: randomBytes(32) };
  const newKey: DataKey = { id: 'k2', key: randomBytes(32) };

  beforeEach(() => (data = newData()));
  afterEach(() => data.remove());

  async function open(keys: readonly DataKey[]): Promise<{
    records: Records;
    nested: ReturnType<ReturnType<typeof noting>['engine']['collection']>;
    declared: () => readonly Declared[];
    seal: Seal;
    close: () => Promise<void>;
  }> {
    const { engine, declared } = noting(data.engine());
    const seal = createSeal(keys, lookup);
    const records = createRecords({ engine, seal, ids: v7, agencyId: 'operator' });
    const nested = engine.collection<Nested>({
      name: 'nested',
      revision: 1,
      keeps: {
        ...{ purpose: 'work', basis: 'public-task', retention: 'accounts', personal: ['factor'] },
        sealed: { fields: ['factor.sealed'], index: 'all' },
      },
      indexes: { all: record => [record.id] },
    });
    await engine.open();
    return { records, nested: nested, declared, seal, close: () => engine.close() };
  }

  const rotate = async (
    { declared, seal }: Awaited<ReturnType<typeof open>>,
    onPage: (looked: number) => void = () => undefined,
  ): Promise<number[]> => {
    const changed: number[] = [];
    for (const each of declared()) changed.push((await each.reseal(seal, onPage)).changed);
    return changed.filter(count => count > 0);
  };

  it('seals everything anew, goes on where it was cut off, and then needs the old key no longer', async () => {
    const before = await open([oldKey]);
    for (let n = 0; n < people; n += 1)
      await before.records.people.create({ name: `คน ${n}`, phone: `+668${n}` }, 'operator', now);
    const draft = { channel: 'line', account: 'main', externalId: 'U-1', audience: 'person' } as const;
    const address = await before.records.addresses.ensure(draft, now);
    const factor = { sealed: before.seal.seal('SECRET'), step: 4 };
    await before.nested.insert({ id: 'n-1', factor } as never);
    await before.close();

    const cut = await open([newKey, oldKey]);
    const stop = new Error('cut off');
    await expect(
      rotate(cut, looked => {
        if (looked >= 200) throw stop;
      }),
    ).rejects.toBe(stop);
    await cut.close();

    const again = await open([newKey, oldKey]);
    const changed = await rotate(again);
    expect(changed.reduce((sum, count) => sum + count, 0)).toBe(people - 200 + 2);
    expect(await rotate(again)).toEqual([]);
    await again.close();

    const after = await open([newKey]);
    const [person] = await after.records.people.byPhone('+66817');
    expect(person && after.records.people.phone(person)).toBe('+66817');
    const kept = await after.records.addresses.get(address.id);
    expect(kept && after.records.addresses.externalId(kept)).toBe('U-1');
    const nested = (await after.nested.get('n-1')) as unknown as Nested;
    expect(nested.factor?.step).toBe(4);
    expect(after.seal.open(nested.factor?.sealed ?? '')).toBe('SECRET');
  });
});
