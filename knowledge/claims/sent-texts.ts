import {
  type Clock,
  type Collection,
  type Engine,
  type PersonalRecords,
  type SentTexts,
  type Stored,
  maskPersonalData,
} from '../../core';

/** Words that were sent, as a keyed hash: whoever has the text can ask for it, nobody can read it. */
interface SentText extends Stored {
  readonly sentAt: number;
}

/** Shorter texts ("ครับ") prove nothing. */
const leastCharacters = 20;

/** A text as it survives forwarding: no spaces, signs or invisible characters, no numbers of people. */
const essence = (text: string): string =>
  maskPersonalData(text)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');

function collectionOf(engine: Engine): Collection<SentText> {
  return engine.collection<SentText>({
    name: 'sent-texts',
    revision: 1,
    keeps: { purpose: 'none', basis: 'public-task', retention: 'sendings', personal: [] },
    indexes: { age: record => [record.sentAt] },
  });
}

/** Before `engine.open()`. `mac` is a hash that only this installation can make. */
export function createSentTexts(parts: {
  readonly engine: Engine;
  readonly mac: (text: string) => string;
  readonly clock: Clock;
}): SentTexts & { readonly records: PersonalRecords } {
  const records = collectionOf(parts.engine);
  return {
    async note(text) {
      const words = essence(text);
      if (words.length < leastCharacters) return;
      await records.insert({ id: parts.mac(words), sentAt: parts.clock() });
    },
    async sentAt(text) {
      const words = essence(text);
      return words.length < leastCharacters ? undefined : (await records.get(parts.mac(words)))?.sentAt;
    },
    records: sentTextRecords(records),
  };
}

const pageSize = 500;

/** Hashes are of nobody: they go with time, like the record of the sending. */
function sentTextRecords(records: Collection<SentText>): PersonalRecords {
  return {
    name: 'sent-texts',
    collect: async () => [],
    erase: async () => ({}),
    async expire(cutoffs) {
      const before = cutoffs.before('sendings');
      if (before === undefined) return {};
      let removed = 0;
      let after: string | undefined;
      do {
        const page = await records.scan({
          index: 'age',
          to: before,
          limit: pageSize,
          ...(after ? { after } : {}),
        });
        for (const record of page.records) if (!cutoffs.dryRun) await records.delete(record.id);
        removed += page.records.length;
        after = page.cursor;
      } while (after);
      return { 'sent-texts': removed };
    },
  };
}
