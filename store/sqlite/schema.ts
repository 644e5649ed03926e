import { AppError, type CollectionDefinition, type Stored } from '../../core';
import type { Codec, Row } from '../codec';
import { checkFormat, dataFormat, type Layout, needsFill, writeLayout } from '../layout';
import type { Sqlite } from './database';

/** Names from declarations hold letters, digits, `_` and `-` only, so a dot keeps our own tables apart from theirs. */
export const quoted = (name: string): string => `"${name}"`;
export const wordsTable = (collection: string): string => quoted(`${collection}.words`);
export const keyColumn = (index: string): string => quoted(`k_${index}`);
const indexOf = (collection: string, index: string): string => quoted(`${collection}.${index}`);

const metaTable = quoted('thamrat.meta');
const rowsPerRead = 500;

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new TypeError(`${what} is not a text`);
  return value;
}

function number(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new TypeError(`${what} is not a number`);
  return value;
}

/** The columns of a result row, in the order asked for. */
export function columnsOf(row: unknown): readonly unknown[] {
  if (!Array.isArray(row)) throw new TypeError('the database answered with something that is not a row');
  return row;
}

export function textAt(row: readonly unknown[], column: number): string {
  return text(row[column], `column ${column}`);
}

export function numberAt(row: readonly unknown[], column: number): number {
  return number(row[column], `column ${column}`);
}

function readMeta(db: Sqlite, name: string): string | undefined {
  const row: unknown = db.prepare(`SELECT value FROM ${metaTable} WHERE name = ?`).raw().get([name]);
  return row === undefined ? undefined : textAt(columnsOf(row), 0);
}

function writeMeta(db: Sqlite, name: string, value: string): void {
  db.prepare(
    `INSERT INTO ${metaTable} (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  ).run([name, value]);
}

/** Creates the table that says how everything else is laid out, and refuses what a newer program wrote. */
export function prepareMeta(db: Sqlite): void {
  db.exec(
    `CREATE TABLE IF NOT EXISTS ${metaTable} (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
  );
  const stored = readMeta(db, 'format');
  if (stored === undefined) writeMeta(db, 'format', String(dataFormat));
  else checkFormat(Number(stored));
}

/** A write that changes nothing anybody reads: whether the disk still takes one. */
export function touchMeta(db: Sqlite): () => boolean {
  const statement = db.prepare(
    `INSERT INTO ${metaTable} (name, value) VALUES ('touched', '1') ON CONFLICT (name) DO UPDATE SET value = value + 1`,
  );
  return () => statement.run([]).changes === 1;
}

/** Parameters of a row for `insert` and `refill`, after the id. */
export function valuesOf(row: Row): unknown[] {
  return [row.version, row.revision, row.text, ...row.keys.map(key => key ?? null)];
}

export function putWords(db: Sqlite, collection: string): (row: Row) => void {
  const put = db.prepare(`INSERT OR IGNORE INTO ${wordsTable(collection)} (word, ord, id) VALUES (?, ?, ?)`);
  return row => row.words.forEach(word => put.run([word, row.order, row.id]));
}

function namesIn(db: Sqlite, sql: string): string[] {
  return db
    .prepare(sql)
    .raw()
    .all([])
    .map(row => textAt(columnsOf(row), 0));
}

/** Goes through all rows once, in the order of ids, and writes them as today's declaration wants them. */
function refill<T extends Stored>(db: Sqlite, codec: Codec<T>): void {
  const table = quoted(codec.name);
  const sets = ['version', 'revision', 'text', ...codec.indexNames.map(keyColumn)].map(name => `${name} = ?`);
  const read = db
    .prepare(`SELECT id, text, revision FROM ${table} WHERE id > ? ORDER BY id LIMIT ${rowsPerRead}`)
    .raw();
  const first = db.prepare(`SELECT id, text, revision FROM ${table} ORDER BY id LIMIT ${rowsPerRead}`).raw();
  const write = db.prepare(`UPDATE ${table} SET ${sets.join(', ')} WHERE id = ?`);
  const put = codec.isSearched ? putWords(db, codec.name) : undefined;
  for (let rows = first.all([]); rows.length > 0;) {
    let last = '';
    for (const row of rows.map(columnsOf)) {
      last = textAt(row, 0);
      const today = codec.same(codec.read(textAt(row, 1), numberAt(row, 2)));
      write.run([...valuesOf(today), last]);
      put?.(today);
    }
    rows = read.all([last]);
  }
}

function createIndexes<T extends Stored>(db: Sqlite, definition: CollectionDefinition<T>): void {
  const { name, unique = [] } = definition;
  for (const index of Object.keys(definition.indexes ?? {})) {
    const column = keyColumn(index);
    const isUnique = unique.includes(index);
    db.exec(
      `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${indexOf(name, index)} ON ${quoted(name)} (${column}${
        isUnique ? '' : ', id'
      }) WHERE ${column} IS NOT NULL`,
    );
  }
}

function dropIndexes(db: Sqlite, collection: string): void {
  const names = namesIn(
    db,
    `SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE '${collection}.%'`,
  );
  names
    .filter(name => name.startsWith(`${collection}.`) && !name.startsWith(`${collection}.words`))
    .forEach(name => db.exec(`DROP INDEX ${quoted(name)}`));
}

function fitColumns(db: Sqlite, collection: string, indexNames: readonly string[]): void {
  const wanted = indexNames.map(name => `k_${name}`);
  const present = namesIn(db, `SELECT name FROM pragma_table_info('${collection}')`).filter(name =>
    name.startsWith('k_'),
  );
  present
    .filter(name => !wanted.includes(name))
    .forEach(name => db.exec(`ALTER TABLE ${quoted(collection)} DROP COLUMN ${quoted(name)}`));
  wanted
    .filter(name => !present.includes(name))
    .forEach(name => db.exec(`ALTER TABLE ${quoted(collection)} ADD COLUMN ${quoted(name)} TEXT`));
}

function createWords(db: Sqlite, collection: string): void {
  const words = wordsTable(collection);
  db.exec(
    `CREATE TABLE IF NOT EXISTS ${words} (word TEXT NOT NULL, ord REAL NOT NULL, id TEXT NOT NULL, PRIMARY KEY (word, ord, id)) WITHOUT ROWID`,
  );
  db.exec(`CREATE INDEX IF NOT EXISTS ${quoted(`${collection}.words.id`)} ON ${words} (id)`);
}

export interface Declared<T extends Stored> {
  readonly definition: CollectionDefinition<T>;
  readonly layout: Layout;
  readonly codec: Codec<T>;
}

/** Makes the tables of one collection fit its declaration; inside a transaction, so that it happens as a whole. */
export function prepareCollection<T extends Stored>(
  db: Sqlite,
  { definition, layout, codec }: Declared<T>,
): void {
  const { name } = definition;
  const columns = codec.indexNames.map(index => `, ${keyColumn(index)} TEXT`).join('');
  const stored = readMeta(db, `collection ${name}`);
  const mustFill = needsFill(stored, layout, name);
  db.exec(
    `CREATE TABLE IF NOT EXISTS ${quoted(name)} (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, revision INTEGER NOT NULL, text TEXT NOT NULL${columns})`,
  );
  if (codec.isSearched) createWords(db, name);
  if (mustFill) {
    dropIndexes(db, name);
    fitColumns(db, name, codec.indexNames);
    if (codec.isSearched) db.exec(`DELETE FROM ${wordsTable(name)}`);
    refill(db, codec);
  }
  try {
    createIndexes(db, definition);
  } catch (error) {
    throw new AppError(
      'STORE_UNAVAILABLE',
      `The records of "${name}" cannot be indexed as this program wants it: ${String(error)}`,
      {
        cause: error,
      },
    );
  }
  if (stored === undefined || mustFill) writeMeta(db, `collection ${name}`, writeLayout(layout));
}
