import type { Clock, PersonalRecords, Scan } from '../core';
import type { Files } from './files';
import type { FileRecord } from './records';
import type { Vault } from './vault';

const pageSize = 200;
/** A file is written before its record says so; what stands alone for so long was left by a crash. */
const orphanAfterMs = 24 * 60 * 60 * 1000;

/** What files keep about people: listed, erased, and let go when their time is over. */
export function filePersonalRecords(
  files: Pick<Files, 'collection' | 'view'>,
  vault: Vault,
  parts: {
    readonly clock: Clock;
    readonly personOf: (addressId: string) => Promise<string | undefined>;
  },
): PersonalRecords {
  const { collection } = files;

  async function* all(scan: Omit<Scan, 'limit' | 'after'>): AsyncGenerator<FileRecord> {
    let after: string | undefined;
    do {
      const page = await collection.scan({ ...scan, limit: pageSize, ...(after ? { after } : {}) });
      yield* page.records;
      after = page.cursor;
    } while (after !== undefined);
  }

  /** The record first: without it nobody can read the bytes any more. */
  async function drop(file: FileRecord): Promise<boolean> {
    const gone = await collection.delete(file.id);
    await vault.remove(file.id);
    return gone;
  }

  async function orphans(dryRun: boolean): Promise<number> {
    let count = 0;
    for await (const { id, at } of vault.list()) {
      const [name = ''] = id.split('.');
      if (parts.clock() - at < orphanAfterMs || (id === name && (await collection.get(id)))) continue;
      count += 1;
      if (!dryRun) await vault.remove(id);
    }
    return count;
  }

  return {
    name: 'files',
    async collect({ conversationIds }) {
      const records: unknown[] = [];
      for (const id of conversationIds)
        for await (const file of all({ index: 'conversation', prefix: [id] })) {
          if (file.from === 'officer') continue;
          const { name, kind, bytes, at, state, place } = files.view(file);
          records.push({ name, kind, bytes, at, state, place });
        }
      return records.length > 0 ? [{ name: 'files', records }] : [];
    },
    async erase({ conversationIds }) {
      let count = 0;
      for (const id of conversationIds)
        for await (const file of all({ index: 'conversation', prefix: [id] }))
          if (await drop(file)) count += 1;
      return { files: count };
    },
    async expire({ before, isHeld, dryRun }) {
      let count = 0;
      const [single = 0, ofCase = 0] = [before('files'), before('cases')];
      for await (const file of all({ index: 'age', to: Math.max(single, ofCase) })) {
        if (file.at >= (file.ofCase ? ofCase : single)) continue;
        const personId = await parts.personOf(file.addressId);
        if (personId !== undefined && isHeld(personId)) continue;
        if (dryRun || (await drop(file))) count += 1;
      }
      return { files: count, 'files without a record': await orphans(dryRun) };
    },
  };
}
