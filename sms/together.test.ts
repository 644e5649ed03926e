import { eachOf, together } from './together';

/** Work that ends when it is told to. */
function held(): { work: (item: number) => Promise<void>; begun: number[]; end: (item: number) => void } {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  return {
    begun,
    work: item =>
      new Promise(resolve => {
        begun.push(item);
        ends.set(item, resolve);
      }),
    end: item => ends.get(item)?.(),
  };
}

const turns = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('work on many', () => {
  it('begins the next when one is done, and asks for no more items than it works on', async () => {
    const { work, begun, end } = held();
    let made = 0;
    function* endless(): Generator<number> {
      while (made < 5) yield made++;
    }
    const all = eachOf(endless(), 2, work);
    expect(begun).toEqual([0, 1]);
    expect(made).toBe(2);
    end(1);
    await turns();
    expect(begun).toEqual([0, 1, 2]);
    for (const item of [0, 2, 3, 4]) {
      end(item);
      await turns();
    }
    await all;
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('begins nothing more after a failure, and fails with it', async () => {
    const begun: number[] = [];
    const all = eachOf([1, 2, 3, 4], 1, async item => {
      begun.push(item);
      await turns();
      if (item === 2) throw new Error('no room');
    });
    await expect(all).rejects.toThrow('no room');
    expect(begun).toEqual([1, 2]);
  });

  it('gives results in the order of the items, whichever is done first', async () => {
    const items = Array.from({ length: 250 }, (_, index) => index);
    const results = await together(items, async (item, index) => {
      for (let wait = item % 3; wait > 0; wait -= 1) await turns();
      return `${item}/${index}`;
    });
    expect(results).toEqual(items.map(item => `${item}/${item}`));
  });
});
