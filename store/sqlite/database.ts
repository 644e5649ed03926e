import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { AppError } from '../../core';

export type Sqlite = Database.Database;
export type Statement = Database.Statement;

/** A file that only this process may use. */
export interface OwnedDatabase {
  readonly db: Sqlite;
  /** Ends the connection, then lets other processes in. */
  close(): void;
}

/** Memory for pages that were read or written lately, in KiB. */
const cacheKib = 32_768;

/** Pages in the log before it is moved into the file (32 MB): moving syncs twice more, and pages that change often are moved once. */
const logPages = 8_000;

/** How long one connection of this process waits for another: to cut the log off, readers must be done. */
const busyMs = 5_000;

export const inMemory = ':memory:';

/** The failure of the database as whoever runs the program must hear it. */
export function unavailable(file: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'STORE_UNAVAILABLE',
    `The database ${file} cannot be used (${why}); look at the free space and the permissions of its folder.`,
    { cause },
  );
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}

/**
 * Holds the data for this process: an exclusive transaction, never ended, on a small file beside it. The operating
 * system drops the lock with the process, however that ends, and the data themselves stay readable for backups.
 */
function own(file: string): Sqlite {
  const lock = new Database(`${file}.lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new AppError(
      'DATA_IN_USE',
      `The data in ${file} are in use by another process; stop it, or set another DATA_DIR.`,
      { cause: error },
    );
  }
}

/** One more connection to the file. A commit is on the disk when it returns: WAL with full sync. */
export function connect(file: string): Sqlite {
  const db = new Database(file);
  db.pragma(`busy_timeout = ${busyMs}`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // What is deleted is overwritten, so that an erasure is one.
  db.pragma('secure_delete = ON');
  db.pragma(`cache_size = -${cacheKib}`);
  db.pragma('temp_store = MEMORY');
  db.pragma(`wal_autocheckpoint = ${logPages}`);
  return db;
}

/** Opens the file for this process, made with its folder when missing. */
export function openDatabase(file: string): OwnedDatabase {
  let lock: Sqlite | undefined;
  try {
    if (file !== inMemory) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      lock = own(file);
    }
    const db = connect(file);
    return {
      db,
      close() {
        db.close();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw unavailable(file, error);
  }
}

/** Opens the file beside the process that owns it, to read: a WAL lets readers in, and every write fails. */
export function openToRead(file: string): OwnedDatabase {
  if (!existsSync(file)) throw new AppError('NOT_FOUND', `There is no database ${file}; check DATA_DIR.`);
  try {
    const db = new Database(file);
    db.pragma('query_only = ON');
    return { db, close: () => db.close() };
  } catch (error) {
    throw unavailable(file, error);
  }
}
