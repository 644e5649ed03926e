import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { v7 } from 'uuid';
import type { Engine } from '../../core';
import { mongoEngine, sqliteEngine } from '../../store';

/** A database of one test: `engine` makes one more engine on the same data. */
export interface TestData {
  engine(): Engine;
  /** Ends all engines and removes the data. */
  remove(): Promise<void>;
}

function engines(make: () => Engine, removeData: () => Promise<void>): TestData {
  const made: Engine[] = [];
  return {
    engine() {
      const engine = make();
      made.push(engine);
      return engine;
    },
    async remove() {
      await Promise.all(made.map(engine => engine.close()));
      await removeData();
    },
  };
}

export function sqliteData(): TestData & { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'thamrat-store-'));
  const file = join(folder, 'test.db');
  const data = engines(
    () => sqliteEngine({ file }),
    async () => rmSync(folder, { recursive: true, force: true }),
  );
  return { ...data, file };
}

export async function dropDatabase(url: string): Promise<void> {
  const connection = await createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

export function mongoData(serverUrl: string): TestData & { readonly url: string } {
  const url = new URL(serverUrl);
  url.pathname = `/thamrat_test_${v7().replaceAll('-', '')}`;
  const data = engines(
    () => mongoEngine({ url: url.href }),
    () => dropDatabase(url.href),
  );
  return { ...data, url: url.href };
}

/** Declares `suite` once for every engine; an engine whose server is not there is skipped, and its title says so. */
export function describeStores(
  title: string,
  suite: (newData: () => TestData, kind: Engine['kind']) => void,
): void {
  describe(`${title} on sqlite`, () => suite(sqliteData, 'sqlite'));
  const mongodbUrl = process.env['MONGODB_URL'];
  if (mongodbUrl) describe(`${title} on mongo`, () => suite(() => mongoData(mongodbUrl), 'mongo'));
  else describe.skip(`${title} on mongo (MONGODB_URL is not set)`, () => suite(sqliteData, 'mongo'));
}
