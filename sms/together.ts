/** So many at once: what the store is asked together it writes in one commit. */
const atOnce = 100;

/**
 * Does `work` for each item, `limit` at a time: the next is begun when one is done, so that all are in memory only where the items are.
 * After a failure none is begun.
 */
export async function eachOf<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let next = left.next(); !next.done && !failed; next = left.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

/** Does `work` for each item, some at a time; results stand in the order of the items. */
export async function together<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  await eachOf(items.entries(), atOnce, async ([index, item]) => {
    results[index] = await work(item, index);
  });
  return results;
}
