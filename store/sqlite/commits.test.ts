import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../core';
import { type Commits, commitApart, commitHere } from './commits';
import { type OwnedDatabase, openDatabase, unavailable } from './database';
import { createWriter, type TableShape, type Write } from './writes';

const shapes: readonly TableShape[] = [{ name: 'item', indexNames: ['word'], isSearched: false }];

function insert(id: string, text = 'text', word?: string): Write {
  return {
    kind: 'insert',
    table: 'item',
    row: { id, version: 1, revision: 1, text, keys: [word], words: [], order: 0 },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'thamrat-commits-'));
const file = join(folder, 'test.db');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A table with a word that no row may leave out, so that one write of a group can fail. */
function newDatabase(of: string): OwnedDatabase {
  const database = openDatabase(of);
  database.db.exec(
    `CREATE TABLE "thamrat.meta" (name TEXT PRIMARY KEY, value TEXT NOT NULL);
     CREATE TABLE item (id TEXT PRIMARY KEY NOT NULL, version INTEGER, revision INTEGER, text TEXT NOT NULL, k_word TEXT NOT NULL DEFAULT '')`,
  );
  return database;
}

const failed = (error: unknown): AppError => unavailable('test.db', error);

describe.each([
  ['here', ':memory:', (database: OwnedDatabase) => commitHere(createWriter(database.db, shapes), failed)],
  ['in a thread', file, () => commitApart({ file, shapes }, failed)],
])('writes committed %s', (_where, of, commitsOf) => {
  let database: OwnedDatabase;
  let commits: Commits;

  beforeEach(() => {
    rmSync(file, { force: true });
    database = newDatabase(of);
    commits = commitsOf(database);
  });

  afterEach(async () => {
    await commits.close();
    database.close();
  });

  const ids = (): unknown => database.db.prepare('SELECT id FROM item ORDER BY id').raw().all([]).flat();

  it('writes nothing before the round of the event loop is over, then all of it', async () => {
    const answers = Promise.all(['a', 'b', 'a'].map(id => commits.write(insert(id, 'text', 'word'))));
    expect(ids()).toEqual([]);
    expect(await answers).toEqual([true, true, false]);
    expect(ids()).toEqual(['a', 'b']);
  });

  it('lets a write fail alone: its neighbours are written once, and it leaves nothing of itself', async () => {
    const outcomes = await Promise.allSettled([
      commits.write(insert('a', 'text', 'word')),
      commits.write(insert('wordless')),
      commits.write(insert('b', 'text', 'word')),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: true },
      { status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } },
      { status: 'fulfilled', value: true },
    ]);
    expect(ids()).toEqual(['a', 'b']);
    expect(await commits.write(insert('later', 'text', 'word'))).toBe(true);
  });

  it('answers thousands of writes of many rounds, each with its own outcome', async () => {
    const write = async (round: number): Promise<boolean[]> => {
      await new Promise(resolve => setImmediate(resolve));
      return Promise.all(
        Array.from({ length: 300 }, (_, at) =>
          commits.write(insert(`${(round * 300 + at) % 2_000}`, 'text', 'word')),
        ),
      );
    };
    const outcomes: boolean[] = [];
    for (let round = 0; round < 10; round += 1) outcomes.push(...(await write(round)));
    expect(outcomes.map((changed, at) => changed === at < 2_000).every(Boolean)).toBe(true);
  });

  it('commits what waits before it ends', async () => {
    const answer = commits.write(insert('a', 'text', 'word'));
    await commits.close();
    expect(ids()).toEqual(['a']);
    expect(await answer).toBe(true);
  });
});

describe('a full disk', () => {
  it('is told to everybody, and writing goes on when there is room again', async () => {
    const database = newDatabase(':memory:');
    const commits = commitHere(createWriter(database.db, shapes), failed);
    const write = (id: string): Promise<boolean> => commits.write(insert(id, 'x'.repeat(20_000), 'word'));
    database.db.pragma('max_page_count = 20');
    const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f'].map(write));
    const refused = outcomes.flatMap((outcome): unknown[] =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(database.db.prepare('SELECT count(*) FROM item').raw().get([])).toEqual([
      outcomes.length - refused.length,
    ]);
    database.db.pragma('max_page_count = 1000');
    expect(await write('g')).toBe(true);
    database.close();
  });
});

describe('a thread that dies', () => {
  it('refuses what it had in hand and is replaced by the next write', async () => {
    rmSync(file, { force: true });
    const database = newDatabase(file);
    const commits = commitApart(
      { file, shapes: [...shapes, { name: 'missing', indexNames: [], isSearched: false }] },
      failed,
    );
    await expect(commits.write(insert('a', 'text', 'word'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    database.db.exec('CREATE TABLE missing (id TEXT PRIMARY KEY, version, revision, text)');
    expect(await commits.write(insert('a', 'text', 'word'))).toBe(true);
    await commits.close();
    database.close();
  });
});
