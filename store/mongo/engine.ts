import { type Connection, createConnection, type mongo } from 'mongoose';
import { AppError, type Collection, type CollectionDefinition, type Engine, type Stored } from '../../core';
import { codecOf } from '../codec';
import { layoutOf } from '../layout';
import { createCollection } from './collection';
import { documentsOf, type RowDocument, unavailable } from './documents';
import { openMeta, prepareCollection } from './schema';

export interface MongoOptions {
  /** Connection string with the name of the database. */
  readonly url: string;
}

/** How long a call waits for a server that can be written to; webhooks must be refused while the platform still listens, ms. */
const waitForServerMs = 1_500;
const connectionsAtMost = 50;

/** MongoDB, or a server that speaks its protocol, for many processes. */
export function mongoEngine({ url }: MongoOptions): Engine {
  const preparations = new Map<
    string,
    (db: mongo.Db, meta: Awaited<ReturnType<typeof openMeta>>) => Promise<void>
  >();
  let connection: Connection | undefined;

  function database(): mongo.Db {
    if (!connection?.db) throw new AppError('STORE_UNAVAILABLE', 'The MongoDB database is not open.');
    return connection.db;
  }

  function collection<T extends Stored>(definition: CollectionDefinition<T>): Collection<T> {
    const { name, unique = [] } = definition;
    if (connection || preparations.has(name)) {
      throw new TypeError(`"${name}" must be declared once, before the database is opened`);
    }
    const layout = layoutOf(definition);
    const codec = codecOf(definition);
    const documentOf = documentsOf(codec.indexNames, unique, codec.isSearched);
    preparations.set(name, (db, meta) =>
      prepareCollection(meta, {
        definition,
        layout,
        rows: db.collection<RowDocument>(name),
        codec,
        documentOf,
      }),
    );
    return createCollection({ codec, documentOf, rows: () => database().collection<RowDocument>(name) });
  }

  function connect(): Promise<Connection> {
    return createConnection(url, {
      serverSelectionTimeoutMS: waitForServerMs,
      connectTimeoutMS: waitForServerMs,
      waitQueueTimeoutMS: waitForServerMs,
      maxPoolSize: connectionsAtMost,
      // Answered means: on the disks of a majority. Read means: will not be taken back.
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      autoIndex: false,
      autoCreate: false,
    }).asPromise();
  }

  return {
    kind: 'mongo',
    collection,
    async open() {
      if (connection) return;
      try {
        connection = await connect();
        const db = database();
        const meta = await openMeta(db);
        for (const prepare of preparations.values()) await prepare(db, meta);
      } catch (error) {
        await connection?.close();
        connection = undefined;
        throw unavailable(error);
      }
    },
    async ping() {
      try {
        await database().command({ ping: 1 });
      } catch (error) {
        throw unavailable(error);
      }
    },
    // The server writes over its own files in its own time; how soon is the operator's to set (docs/privacy.md).
    scrub: () => Promise.resolve(),
    async close() {
      const closing = connection;
      connection = undefined;
      await closing?.close();
    },
  };
}
