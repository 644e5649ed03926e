import { z } from 'zod';
import { AppError, type CollectionDefinition, type Stored } from '../core';

/** How the engines lay records out. Raised when rows of an older program must be converted, not for a new collection or index. */
export const dataFormat = 1;

/** What a database remembers of a collection: how its rows were written. */
const layout = z.object({
  revision: z.number().int(),
  indexes: z.array(z.string()),
  unique: z.array(z.string()),
  searched: z.boolean(),
});
export type Layout = z.infer<typeof layout>;

/** Collections and indexes become names of tables, columns and fields. */
const namePattern = /^[a-z][a-z0-9_-]{0,40}$/i;

export function layoutOf<T extends Stored>(definition: CollectionDefinition<T>): Layout {
  const indexes = Object.keys(definition.indexes ?? {}).sort();
  const unique = [...(definition.unique ?? [])].sort();
  const bad = [definition.name, ...indexes].find(name => !namePattern.test(name));
  if (bad !== undefined) throw new TypeError(`"${bad}" cannot name a collection or an index`);
  const unknown = unique.find(name => !indexes.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`Unique index "${unknown}" of "${definition.name}" is not declared`);
  return { revision: definition.revision, indexes, unique, searched: definition.search !== undefined };
}

export function writeLayout(value: Layout): string {
  return JSON.stringify(value);
}

/**
 * Whether the stored rows must be gone through to fill what today's declaration adds.
 * Changed index functions are only noticed by a higher `revision`.
 */
export function needsFill(storedText: string | undefined, declared: Layout, name: string): boolean {
  if (storedText === undefined) return false;
  const stored = layout.parse(JSON.parse(storedText));
  if (stored.revision > declared.revision)
    throw dataNewer(`records of "${name}" with revision ${stored.revision}`);
  return writeLayout(stored) !== writeLayout(declared);
}

/** Refuses a database whose rows are laid out in a way this program does not know. */
export function checkFormat(stored: number): void {
  if (stored > dataFormat) throw dataNewer(`data format ${stored}, this program knows ${dataFormat}`);
}

function dataNewer(what: string): AppError {
  return new AppError(
    'DATA_NEWER',
    `The data was written by a newer version of this program (${what}); start that version or a later one.`,
  );
}
