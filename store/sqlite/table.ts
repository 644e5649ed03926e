import { type Collection, type Page, type Scan, type Stored } from '../../core';
import { type Codec, wordsOf } from '../codec';
import { cursorOf, encodeText, type KeyRange, type Position, positionIn, rangeOf } from '../keys';
import type { Sqlite, Statement } from './database';
import { columnsOf, keyColumn, numberAt, quoted, textAt, wordsTable } from './schema';
import type { Write } from './writes';

/** Results behind `before` come first; a number above every order number stands for no bound. */
const aboveAllOrders = Number.MAX_VALUE;

interface TableParts<T extends Stored> {
  readonly db: Sqlite;
  readonly codec: Codec<T>;
  readonly write: (write: Write) => Promise<boolean>;
  /** Runs a read; what the database throws becomes an `AppError`. */
  readonly reading: <R>(read: () => R) => R;
}

/** The statements of one index; a scan picks one by direction and by whether it continues a page. */
function scanStatements(
  db: Sqlite,
  table: string,
  column: string,
): (descending: boolean, continued: boolean) => Statement {
  const from = `SELECT text, revision, ${column}, id FROM ${table} WHERE`;
  const up = `ORDER BY ${column}, id LIMIT ?`;
  const down = `ORDER BY ${column} DESC, id DESC LIMIT ?`;
  const first = `${column} >= ? AND ${column} < ?`;
  const statements = {
    up: db.prepare(`${from} ${first} ${up}`).raw(),
    down: db.prepare(`${from} ${first} ${down}`).raw(),
    upAfter: db.prepare(`${from} (${column}, id) > (?, ?) AND ${column} < ? ${up}`).raw(),
    downAfter: db.prepare(`${from} ${column} >= ? AND (${column}, id) < (?, ?) ${down}`).raw(),
  };
  return (descending, continued) =>
    descending
      ? continued
        ? statements.downAfter
        : statements.down
      : continued
        ? statements.upAfter
        : statements.up;
}

function scanValues(
  range: KeyRange,
  position: Position | undefined,
  descending: boolean,
  limit: number,
): unknown[] {
  if (!position) return [range.from, range.to, limit];
  return descending ? [range.from, ...position, limit] : [...position, range.to, limit];
}

export function createTable<T extends Stored>({ db, codec, write, reading }: TableParts<T>): Collection<T> {
  const table = quoted(codec.name);
  const keyColumns = codec.indexNames.map(keyColumn);
  const getRow = db.prepare(`SELECT text, revision FROM ${table} WHERE id = ?`).raw();
  const scans = new Map(
    codec.indexNames.map((name, at) => [name, scanStatements(db, table, keyColumns[at] ?? '')]),
  );
  const find = codec.isSearched ? findByWords(db, codec.name) : undefined;

  const read = (row: readonly unknown[]): T => codec.read(textAt(row, 0), numberAt(row, 1));

  async function scan(wanted: Scan): Promise<Page<T>> {
    const statement = scans.get(wanted.index);
    if (!statement) throw new TypeError(`"${codec.name}" has no index "${wanted.index}"`);
    const descending = wanted.descending ?? false;
    const range = rangeOf(wanted);
    const position = positionIn(range, wanted.after);
    const values = scanValues(range, position, descending, wanted.limit);
    const rows = reading(() => statement(descending, position !== undefined).all(values)).map(columnsOf);
    const last = rows.at(-1);
    const records = rows.map(read);
    return last && rows.length === wanted.limit
      ? { records, cursor: cursorOf([textAt(last, 2), textAt(last, 3)]) }
      : { records };
  }

  return {
    insert: async draft => write({ kind: 'insert', table: codec.name, row: codec.first(draft) }),
    async get(id) {
      const values = [encodeText(id)];
      const row: unknown = reading(() => getRow.get(values));
      return row === undefined ? undefined : read(columnsOf(row));
    },
    replace: async record =>
      write({ kind: 'replace', table: codec.name, row: codec.next(record), version: record.version }),
    delete: async (id, version) =>
      write({
        kind: 'delete',
        table: codec.name,
        id: encodeText(id),
        ...(version === undefined ? {} : { version }),
      }),
    scan,
    async search(terms, { limit, before }) {
      if (!find) throw new TypeError(`"${codec.name}" has no search`);
      const [rarest, ...others] = wordsOf(terms).sort((a, b) => b.length - a.length);
      if (rarest === undefined) return [];
      const values = [rarest, before ?? aboveAllOrders, JSON.stringify(others), limit];
      return reading(() => find.all(values)).map(row => read(columnsOf(row)));
    },
  };
}

/**
 * Search words stand in their own table, whose order is the order of the hits: the longest word, likely the rarest, is
 * walked through in that order and each hit looked up under the other words.
 */
function findByWords(db: Sqlite, collection: string): Statement {
  const table = wordsTable(collection);
  return db
    .prepare(
      `SELECT r.text, r.revision FROM ${table} AS w CROSS JOIN ${quoted(collection)} AS r ON r.id = w.id
       WHERE w.word = ? AND w.ord < ? AND NOT EXISTS (
         SELECT 1 FROM json_each(?) AS other WHERE NOT EXISTS (
           SELECT 1 FROM ${table} AS o WHERE o.word = other.value AND o.ord = w.ord AND o.id = w.id))
       ORDER BY w.ord DESC, w.id DESC LIMIT ?`,
    )
    .raw();
}
