import type { RecordDeclaration } from './privacy';

/** A stored record: `version` counts its writes and is the guard of compare-and-set. */
export interface Stored {
  readonly id: string;
  readonly version: number;
}

/** Parts of an ordered index key: strings and non-negative safe integers, compared part by part. */
export type Key = readonly (string | number)[];

/**
 * One collection as its module declares it. The engines build tables, indexes and search from this alone.
 * `revision` is the schema version of the records; `upgrade` turns a record of an older revision into today's.
 */
export interface CollectionDefinition<T extends Stored> {
  readonly name: string;
  readonly revision: number;
  /** What is kept about people, why and how long: the record of processing. Every collection says so. */
  readonly keeps?: RecordDeclaration;
  readonly upgrade?: (record: unknown, fromRevision: number) => T;
  /** Ordered indexes. A record whose key is `undefined` is not in that index. */
  readonly indexes?: Readonly<Record<string, (record: T) => Key | undefined>>;
  /** Names of the indexes in which no two records may have the same key. */
  readonly unique?: readonly string[];
  /** Search words of a record (segmented, lower case), and the number that orders hits, greatest first. */
  readonly search?: {
    readonly terms: (record: T) => readonly string[];
    readonly order: (record: T) => number;
  };
}

export type Draft<T extends Stored> = Omit<T, 'version'>;

export interface Scan {
  readonly index: string;
  /** Only keys that begin with these parts. */
  readonly prefix?: Key;
  /** Inclusive lower and exclusive upper bound of the key part that follows the prefix. */
  readonly from?: string | number;
  readonly to?: string | number;
  /** Continue behind the page that returned this cursor. */
  readonly after?: string;
  readonly limit: number;
  readonly descending?: boolean;
}

export interface Page<T> {
  readonly records: readonly T[];
  /** Present when more may follow. */
  readonly cursor?: string;
}

/** Each call is atomic and durable by itself when its promise resolves; calls that arrive together share one commit. */
export interface Collection<T extends Stored> {
  /** `false` when the id or a unique key is taken; nothing is written then. The stored record has version 1. */
  insert(record: Draft<T>): Promise<boolean>;
  get(id: string): Promise<T | undefined>;
  /** Compare-and-set: writes `record` with version + 1 if the stored version still is `record.version`; `false` otherwise or when a unique key is taken. */
  replace(record: T): Promise<boolean>;
  /** Deletes the record; with `version`, only if it still has that version. `false` when nothing was deleted. */
  delete(id: string, version?: number): Promise<boolean>;
  scan(scan: Scan): Promise<Page<T>>;
  /** Records that hold all of `terms`, by falling order number; `before` continues behind an order number. */
  search(
    terms: readonly string[],
    options: { readonly limit: number; readonly before?: number },
  ): Promise<readonly T[]>;
}

/** The engine port: what a database must be able to do for us. Two engines pass one conformance suite. */
export interface Engine {
  readonly kind: 'sqlite' | 'mongo';
  collection<T extends Stored>(definition: CollectionDefinition<T>): Collection<T>;
  /** Creates tables and indexes for all declared collections; refuses data written by a newer program (`DATA_NEWER`). */
  open(): Promise<void>;
  /** Throws when the database cannot be used now. */
  ping(): Promise<void>;
  /** Makes what was deleted or written over unreadable in the files of this database, as far as it is ours to do. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
