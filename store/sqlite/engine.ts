import { AppError, type Collection, type CollectionDefinition, type Engine, type Stored } from '../../core';
import { codecOf } from '../codec';
import { layoutOf } from '../layout';
import { openDatabase, openToRead, type OwnedDatabase, type Sqlite, unavailable } from './database';
import { createGroupCommit, type GroupCommit } from './group-commit';
import { prepareCollection, prepareMeta, touchMeta } from './schema';
import { createTable } from './table';

export interface SqliteOptions {
  /** Path of the database, or `:memory:`. */
  readonly file: string;
  /** Looks at the data of a process that may be running: nothing is written, and what this program declares must be there already. */
  readonly readOnly?: boolean;
}

interface Opened {
  readonly owned: OwnedDatabase;
  readonly commits: GroupCommit;
  readonly touch: () => boolean;
}

/** The embedded engine: SQLite in one file, used by this process alone. */
export function sqliteEngine({ file, readOnly = false }: SqliteOptions): Engine {
  const declared = new Map<
    string,
    { prepare(db: Sqlite): void; attach(db: Sqlite, commits: GroupCommit): void }
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

  const commitsOf = (inner: GroupCommit): GroupCommit => ({
    ...inner,
    write: apply => (opened ? inner.write(apply) : Promise.reject(notOpen())),
  });

  function collection<T extends Stored>(definition: CollectionDefinition<T>): Collection<T> {
    const { name } = definition;
    if (opened || declared.has(name))
      throw new TypeError(`"${name}" must be declared once, before the database is opened`);
    const layout = layoutOf(definition);
    const codec = codecOf(definition);
    let table: Collection<T> | undefined;
    declared.set(name, {
      prepare: db => prepareCollection(db, { definition, layout, codec }),
      attach(db, commits) {
        table = createTable({ db, codec, commits, reading });
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
        const commits = createGroupCommit(owned.db, failed);
        for (const each of declared.values()) each.attach(owned.db, commitsOf(commits));
        opened = { owned, commits, touch: readOnly ? () => true : touchMeta(owned.db) };
      } catch (error) {
        owned.close();
        throw failed(error);
      }
    },
    async ping() {
      if (!opened) throw notOpen();
      await opened.commits.write(opened.touch);
    },
    async scrub() {
      if (!opened) throw notOpen();
      opened.commits.flush();
      // The log still holds pages as they were: moved into the file, where deleted content is overwritten, and cut off.
      reading(() => opened?.owned.db.pragma('wal_checkpoint(TRUNCATE)'));
    },
    async close() {
      const closing = opened;
      opened = undefined;
      closing?.commits.flush();
      closing?.owned.close();
    },
  };
}
