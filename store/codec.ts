import { AppError, type CollectionDefinition, type Draft, type Stored } from '../core';
import { encodeKey, encodeText } from './keys';

/** What an engine writes of one record. */
export interface Row {
  readonly id: string;
  readonly version: number;
  readonly revision: number;
  /** The whole record as JSON: escapes keep lone surrogates and control characters, and `$` or dots in names mean nothing. */
  readonly text: string;
  /** Encoded keys in the order of `indexNames`; `undefined` where the record is not in the index. */
  readonly keys: readonly (string | undefined)[];
  /** Encoded search words, each once. */
  readonly words: readonly string[];
  readonly order: number;
}

export interface Codec<T extends Stored> {
  readonly name: string;
  readonly indexNames: readonly string[];
  readonly isSearched: boolean;
  /** The row of a new record. */
  first(draft: Draft<T>): Row;
  /** The row that follows the version in `record`. */
  next(record: T): Row;
  /** The row of a stored record as it stands, for filling new indexes. */
  same(record: T): Row;
  /** A stored record as today's program knows it. */
  read(text: string, revision: number): T;
}

/** What we stored is trusted to be what the module declared; only its frame is looked at. */
function isRecord<T extends Stored>(value: unknown): value is T {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'version' in value &&
    typeof value.version === 'number'
  );
}

/** Search words as the engines store and ask for them: encoded, each once, none empty. */
export function wordsOf(terms: readonly string[]): string[] {
  return [...new Set(terms.filter(term => term !== '').map(encodeText))];
}

/** Turns records of one collection into rows and back; the part of an engine that does not depend on the database. */
export function codecOf<T extends Stored>(definition: CollectionDefinition<T>): Codec<T> {
  const { name, revision, search, upgrade } = definition;
  const indexes = Object.entries(definition.indexes ?? {});

  function orderOf(record: T): number {
    const order = search?.order(record) ?? 0;
    if (!Number.isFinite(order))
      throw new RangeError(`The search order of ${name}/${record.id} is not a number`);
    return order;
  }

  function rowOf(record: T): Row {
    return {
      id: encodeText(record.id),
      version: record.version,
      revision,
      text: JSON.stringify(record),
      keys: indexes.map(([, keyOf]) => {
        const key = keyOf(record);
        return key === undefined ? undefined : encodeKey(key);
      }),
      words: search ? wordsOf(search.terms(record)) : [],
      order: orderOf(record),
    };
  }

  function damaged(): AppError {
    return new AppError(
      'STORE_UNAVAILABLE',
      `A record of "${name}" is damaged; restore the data from a backup.`,
    );
  }

  return {
    name,
    indexNames: indexes.map(([indexName]) => indexName),
    isSearched: search !== undefined,
    first(draft) {
      const record: unknown = { ...draft, version: 1 };
      if (!isRecord<T>(record)) throw new TypeError(`A record of "${name}" needs an id`);
      return rowOf(record);
    },
    next: record => rowOf({ ...record, version: record.version + 1 }),
    same: rowOf,
    read(text, storedRevision) {
      if (storedRevision > revision) throw newerRecord(name);
      const stored: unknown = JSON.parse(text);
      if (!isRecord<T>(stored)) throw damaged();
      if (storedRevision === revision || !upgrade) return stored;
      // An upgrade shapes the content; whose record it is and how often it was written stays.
      const { id, version } = stored;
      return { ...upgrade(stored, storedRevision), id, version };
    },
  };
}

function newerRecord(name: string): AppError {
  return new AppError(
    'DATA_NEWER',
    `The data of "${name}" was written by a newer version of this program; start that version or a later one.`,
  );
}
