import { mongo } from 'mongoose';
import { AppError } from '../../core';
import type { Row } from '../codec';
import { behindAllKeys } from '../keys';

/**
 * How a record stands in its MongoDB collection. The record itself is one opaque text, and every other value is an
 * encoded string or a number under a name of ours: nothing that came from outside can become an operator.
 */
export interface RowDocument {
  readonly _id: string;
  readonly version: number;
  readonly revision: number;
  readonly text: string;
  /** Search words and the number that orders hits. */
  readonly words?: readonly string[];
  readonly order?: number;
  /** Encoded index keys, as `k_` and the name of the index. */
  readonly [key: `k_${string}`]: string;
}

/** What a read asks back: the record, and its place in the index that was scanned. */
export interface FoundDocument {
  readonly _id: string;
  readonly text: string;
  readonly revision: number;
  readonly [key: `k_${string}`]: string;
}

/** What the database remembers of itself. */
export interface MetaDocument {
  readonly _id: string;
  readonly value: string;
}

export type RowCollection = mongo.Collection<RowDocument>;

export const keyField = (index: string): `k_${string}` => `k_${index}`;

/**
 * A unique index would take two missing keys for equal. A record outside of such an index gets a key of its own,
 * behind all ranges that a scan can ask for.
 */
export const absentKey = (id: string): string => `${behindAllKeys}${id}`;

/** Turns rows into documents; `unique` names the indexes that need a key in every record. */
export function documentsOf(
  indexNames: readonly string[],
  unique: readonly string[],
  isSearched: boolean,
): (row: Row) => RowDocument {
  return row => {
    const keys: Record<`k_${string}`, string> = {};
    indexNames.forEach((name, at) => {
      const key = row.keys[at] ?? (unique.includes(name) ? absentKey(row.id) : undefined);
      if (key !== undefined) keys[keyField(name)] = key;
    });
    return {
      _id: row.id,
      version: row.version,
      revision: row.revision,
      text: row.text,
      ...(isSearched ? { words: row.words, order: row.order } : {}),
      ...keys,
    };
  };
}

const duplicateKey = 11_000;

export function isDuplicate(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === duplicateKey;
}

/** The failure of the database as whoever runs the program must hear it; the address may hold a password, so it stays out. */
export function unavailable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'STORE_UNAVAILABLE',
    `MongoDB cannot be used (${why}); look at MONGODB_URL and at the server.`,
    {
      cause,
    },
  );
}

export { duplicateKey };
