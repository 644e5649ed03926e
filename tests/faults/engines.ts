import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Engine } from '../../core';
import { mongoEngine, sqliteEngine } from '../../store';
import { dropDatabase } from '../support/stores';

/** An engine under fault tests: how the product is told of it, and how the checker opens what it left. */
export interface EngineUnderTest {
  readonly name: string;
  readonly processes: number;
  readonly env: Readonly<Record<string, string>>;
  /** Longest pause of a sender between two calls, ms. */
  readonly pauseMs: number;
  /** After so many kills a long run begins anew with an empty database. */
  readonly killsPerDatabase: number;
  readonly engine: (dataDir: string) => Engine;
  /** Removes what is not in the folder: a test server keeps all its data in memory, and a full one is slow. */
  readonly remove: () => Promise<void>;
}

export const sqliteUnderTest: EngineUnderTest = {
  name: 'SQLite',
  processes: 1,
  env: {},
  pauseMs: 0,
  killsPerDatabase: Infinity,
  engine: dataDir => sqliteEngine({ file: join(dataDir, 'thamrat.db') }),
  remove: () => Promise.resolve(),
};

/**
 * A database of its own on the given server, and two processes on it. Small stand-ins for MongoDB read whole collections where MongoDB
 * reads an index: much that is piled up there is never worked off, so senders pause and long runs change the database.
 */
export function mongoUnderTest(mongodbUrl: string, redisUrl: string): EngineUnderTest {
  const url = new URL(mongodbUrl);
  url.pathname = `/faults_${randomBytes(6).toString('hex')}`;
  return {
    name: 'MongoDB and Redis',
    processes: 2,
    env: { MONGODB_URL: url.href, REDIS_URL: redisUrl },
    pauseMs: 150,
    killsPerDatabase: 30,
    engine: () => mongoEngine({ url: url.href }),
    remove: () => dropDatabase(url.href),
  };
}
