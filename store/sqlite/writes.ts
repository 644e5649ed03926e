import type { Row } from '../codec';
import type { Sqlite } from './database';
import {
  columnsOf,
  keyColumn,
  numberAt,
  putWords,
  quoted,
  textAt,
  touchMeta,
  valuesOf,
  wordsTable,
} from './schema';

/** What the statements of one table are made from. */
export interface TableShape {
  readonly name: string;
  readonly indexNames: readonly string[];
  readonly isSearched: boolean;
}

/** One write as plain values, so that it can be handed to a thread. Ids are encoded; `touch` changes nothing anybody reads. */
export type Write =
  | { readonly kind: 'insert'; readonly table: string; readonly row: Row }
  | { readonly kind: 'replace'; readonly table: string; readonly row: Row; readonly version: number }
  | { readonly kind: 'delete'; readonly table: string; readonly id: string; readonly version?: number }
  | { readonly kind: 'touch' };

/** Whether a write changed anything, or why it could not be made. */
export type Outcome = boolean | { readonly failure: string };

interface RowWords {
  readonly put: (row: Row) => void;
  readonly replace: (row: Row) => void;
  readonly remove: (id: string) => void;
}

/** Search words of one collection, in their own table; written again only where they changed. */
function wordsOf(db: Sqlite, collection: string): RowWords {
  const table = wordsTable(collection);
  const put = putWords(db, collection);
  const stored = db.prepare(`SELECT word, ord FROM ${table} WHERE id = ?`).raw();
  const clear = db.prepare(`DELETE FROM ${table} WHERE id = ?`);
  const isStored = (row: Row): boolean => {
    const before = stored.all([row.id]).map(columnsOf);
    return (
      before.length === row.words.length &&
      before.every(each => row.words.includes(textAt(each, 0)) && numberAt(each, 1) === row.order)
    );
  };
  return {
    put,
    replace(row) {
      if (isStored(row)) return;
      clear.run([row.id]);
      put(row);
    },
    remove: id => {
      clear.run([id]);
    },
  };
}

interface RowWrites {
  readonly insert: (row: Row) => boolean;
  readonly replace: (row: Row, version: number) => boolean;
  readonly remove: (id: string, version?: number) => boolean;
}

function rowWrites(db: Sqlite, { name, indexNames, isSearched }: TableShape): RowWrites {
  const table = quoted(name);
  const columns = ['version', 'revision', 'text', ...indexNames.map(keyColumn)];
  const insertRow = db.prepare(
    `INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)}) ON CONFLICT DO NOTHING`,
  );
  const replaceRow = db.prepare(
    `UPDATE OR IGNORE ${table} SET ${columns.map(column => `${column} = ?`).join(', ')} WHERE id = ? AND version = ?`,
  );
  const deleteRow = db.prepare(`DELETE FROM ${table} WHERE id = ?`);
  const deleteVersion = db.prepare(`DELETE FROM ${table} WHERE id = ? AND version = ?`);
  const words = isSearched ? wordsOf(db, name) : undefined;
  return {
    insert(row) {
      const inserted = insertRow.run([row.id, ...valuesOf(row)]).changes === 1;
      if (inserted) words?.put(row);
      return inserted;
    },
    replace(row, version) {
      const replaced = replaceRow.run([...valuesOf(row), row.id, version]).changes === 1;
      if (replaced) words?.replace(row);
      return replaced;
    },
    remove(id, version) {
      const result = version === undefined ? deleteRow.run([id]) : deleteVersion.run([id, version]);
      if (result.changes === 1) words?.remove(id);
      return result.changes === 1;
    },
  };
}

/** Makes writes that came together in one transaction, and so with one sync of the disk; it returns after the commit. */
export function createWriter(
  db: Sqlite,
  shapes: readonly TableShape[],
): (writes: readonly Write[]) => Outcome[] {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const touch = touchMeta(db);
  const tables = new Map(shapes.map(shape => [shape.name, rowWrites(db, shape)]));

  function tableOf(name: string): RowWrites {
    const table = tables.get(name);
    if (!table) throw new TypeError(`"${name}" is no table of this database`);
    return table;
  }

  function apply(write: Write): boolean {
    switch (write.kind) {
      case 'insert':
        return tableOf(write.table).insert(write.row);
      case 'replace':
        return tableOf(write.table).replace(write.row, write.version);
      case 'delete':
        return tableOf(write.table).remove(write.id, write.version);
      case 'touch':
        return touch();
    }
  }

  function inTransaction(writes: readonly Write[]): boolean[] {
    begin.run();
    try {
      const changed = writes.map(apply);
      commit.run();
      return changed;
    } catch (error) {
      // Some failures, such as a full disk, have ended the transaction already.
      if (db.inTransaction) rollback.run();
      throw error;
    }
  }

  return function make(writes: readonly Write[]): Outcome[] {
    try {
      return inTransaction(writes);
    } catch (error) {
      // Nothing of the group was written. Alone, each write fails for its own reason or not at all.
      if (writes.length > 1) return writes.flatMap(write => make([write]));
      return [{ failure: error instanceof Error ? error.message : String(error) }];
    }
  };
}
