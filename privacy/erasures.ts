import { z } from 'zod';
import type { Clock, DataSubject, Engine, Stored } from '../core';

/** An erasure that was carried out, in ids alone: a backup that is older than it is brought up to it again. */
export interface Erasure extends Stored, DataSubject {
  readonly at: number;
}
export type ErasureEntry = Omit<Erasure, 'version'>;

const ids = z.array(z.string().min(1).max(400)).max(10_000);
const entry = z.object({
  id: z.string().min(1).max(400),
  at: z.number().int().positive(),
  personIds: ids,
  addressIds: ids,
  conversationIds: ids,
});
/** One line of a list: as the command prints it, or as it stands in the log. */
const line = z.union([entry, z.looseObject({ erasure: entry }).transform(logged => logged.erasure)]);

/** The entries of a list or a log; lines that are about something else are left out. */
export function erasuresIn(text: string): readonly ErasureEntry[] {
  const found = new Map<string, ErasureEntry>();
  for (const each of text.split('\n')) {
    if (!each.includes('"personIds"')) continue;
    const read = line.parse(JSON.parse(each));
    found.set(read.id, read);
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

export interface Erasures {
  note(requestId: string, subject: DataSubject, at?: number): Promise<ErasureEntry>;
  /** Oldest first. */
  list(): AsyncGenerator<ErasureEntry>;
}

const pageSize = 200;

/** Kept longer than any backup may be. */
export function createErasures(engine: Engine, clock: Clock): Erasures {
  const records = engine.collection<Erasure>({
    name: 'erasures',
    revision: 1,
    keeps: {
      purpose: 'rights',
      basis: 'legal-obligation',
      retention: 'erasures',
      personal: ['personIds', 'addressIds', 'conversationIds'],
      ages: 'at',
    },
    indexes: { at: erasure => [erasure.at] },
  });
  return {
    async note(id, { personIds, addressIds, conversationIds }, at = clock()) {
      await records.insert({ id, at, personIds, addressIds, conversationIds });
      const { version: _version, ...noted } = (await records.get(id)) ?? {
        ...{ id, at, personIds, addressIds, conversationIds, version: 1 },
      };
      return noted;
    },
    async *list() {
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await records.scan({ index: 'at', limit: pageSize, ...(after ? { after } : {}) });
        for (const { version: _version, ...erasure } of page.records) yield erasure;
        after = page.cursor;
      }
    },
  };
}
