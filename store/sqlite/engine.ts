import { AppError, type Collection, type CollectionDefinition, type Engine, type Stored } from '../../core';
import { codecOf } from '../codec';
import { layoutOf } from '../layout';
import { commitApart, commitHere, type Commits } from './commits';
import { inMemory, openDatabase, openToRead, type OwnedDatabase, type Sqlite, unavailable } from './database';
import { prepareCollection, prepareMeta } from './schema';
import { createTable } from './table';
import { createWriter, type TableShape, type Write } from './writes';

export interface SqliteOptions {
  /** Path of the database, or `:memory:`. */
  readonly file: string;
  /** Looks at the data of a process that may be running: nothing is written, and what this program declares must be there already. */
  readonly readOnly?: boolean;
}

interface Opened {
  readonly owned: OwnedDatabase;
  /** Missing where the data are only looked at. */
  readonly commits?: Commits;
}

/** The embedded engine: SQLite in one file, used by this process alone. */
export function sqliteEngine({ file, readOnly = false }: SqliteOptions): Engine {
  const declared = new Map<
    string,
    { readonly shape: TableShape; prepare(db: Sqlite): void; attach(db: Sqlite): void }
  >();
  let opened: Opened | undefined;
  const failed = (error: unknown): AppError => unavailable(file, error);

  function notOpen(): AppError {
    return new AppError('STORE_UNAVAILABLE', `The database ${file} is not open.`);
  }

  function reading<R>(read: () => R): R {
    if (!opened) throw notOpen();
    try {
      return read();
    } catch (error) {
      throw failed(error);
    }
  }

  function commitsTo(db: Sqlite): Commits {
    const shapes = [...declared.values()].map(each => each.shape);
    if (file === inMemory) return commitHere(createWriter(db, shapes), failed);
    return commitApart({ file, shapes }, failed);
  }

  async function write(change: Write): Promise<boolean> {
    if (!opened) throw notOpen();
    if (!opened.commits) throw failed(new Error('it was opened to read'));
    return opened.commits.write(change);
  }

  function collection<T extends Stored>(definition: CollectionDefinition<T>): Collection<T> {
    const { name } = definition;
    if (opened || declared.has(name))
      throw new TypeError(`"${name}" must be declared once, before the database is opened`);
    const layout = layoutOf(definition);
    const codec = codecOf(definition);
    let table: Collection<T> | undefined;
    declared.set(name, {
      shape: { name, indexNames: codec.indexNames, isSearched: codec.isSearched },
      prepare: db => prepareCollection(db, { definition, layout, codec }),
      attach(db) {
        table = createTable({ db, codec, write, reading });
      },
    });
    const attached = (): Collection<T> => {
      if (!table) throw notOpen();
      return table;
    };
    return {
      insert: async draft => attached().insert(draft),
      get: async id => attached().get(id),
      replace: async record => attached().replace(record),
      delete: async (id, version) => attached().delete(id, version),
      scan: async scan => attached().scan(scan),
      search: async (terms, options) => attached().search(terms, options),
    };
  }

  /** Tables change as a whole or not at all, also when the process ends in the middle. */
  function prepare(db: Sqlite): void {
    db.exec('BEGIN IMMEDIATE');
    try {
      prepareMeta(db);
      for (const each of declared.values()) each.prepare(db);
      db.exec('COMMIT');
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    kind: 'sqlite',
    collection,
    async open() {
      if (opened) return;
      const owned = readOnly ? openToRead(file) : openDatabase(file);
      try {
        if (!readOnly) prepare(owned.db);
        for (const each of declared.values()) each.attach(owned.db);
        opened = { owned, ...(readOnly ? {} : { commits: commitsTo(owned.db) }) };
      } catch (error) {
        owned.close();
        throw failed(error);
      }
    },
    async ping() {
      if (!opened) throw notOpen();
      await opened.commits?.write({ kind: 'touch' });
    },
    async scrub() {
      if (!opened) throw notOpen();
      await opened.commits?.settled();
      // The log still holds pages as they were: moved into the file, where deleted content is overwritten, and cut off.
      reading(() => opened?.owned.db.pragma('wal_checkpoint(TRUNCATE)'));
    },
    async close() {
      const closing = opened;
      opened = undefined;
      await closing?.commits?.close();
      closing?.owned.close();
    },
  };
}
