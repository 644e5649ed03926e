import type { Collection, Cutoffs, RecordDeclaration, Stored } from '../core';

const pageSize = 200;

const personOf = (record: object): string | undefined => {
  const personId: unknown = Reflect.get(record, 'personId');
  return typeof personId === 'string' ? personId : undefined;
};

/**
 * Lets go of the records of one collection whose term is over, as its declaration says; `undefined` where its module does that itself.
 * A record that was changed meanwhile stays for the next time.
 */
export async function expireCollection<T extends Stored>(
  records: Collection<T>,
  keeps: RecordDeclaration | undefined,
  { before, isHeld, dryRun }: Cutoffs,
): Promise<number | undefined> {
  if (keeps?.ages === undefined) return undefined;
  const to = before(keeps.retention);
  let count = 0;
  for (let after: string | undefined, more = to !== undefined; more && to !== undefined;) {
    const page = await records.scan({ index: keeps.ages, to, limit: pageSize, ...(after ? { after } : {}) });
    for (const record of page.records) {
      const personId = personOf(record);
      if (personId !== undefined && isHeld(personId)) continue;
      if (dryRun || (await records.delete(record.id, record.version))) count += 1;
    }
    after = page.cursor;
    more = after !== undefined;
  }
  return count;
}
