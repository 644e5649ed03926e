import { type OwnedDatabase, openDatabase, unavailable } from './database';
import { createGroupCommit } from './group-commit';

describe('group commit', () => {
  let database: OwnedDatabase;

  beforeEach(() => {
    database = openDatabase(':memory:');
    database.db.exec('CREATE TABLE item (id TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL)');
  });

  afterEach(() => database.close());

  const count = (): unknown => database.db.prepare('SELECT count(*) FROM item').raw().get([]);

  it('writes nothing before the round of the event loop is over, then all of it in one transaction', async () => {
    const { db } = database;
    const commits = createGroupCommit(db, error => error);
    const insert = db.prepare('INSERT INTO item VALUES (?, ?)');
    const inTransaction: boolean[] = [];
    const write = (id: string): Promise<boolean> =>
      commits.write(() => {
        inTransaction.push(db.inTransaction);
        return insert.run([id, 'text']).changes === 1;
      });
    const answers = Promise.all(['a', 'b', 'c'].map(write));
    expect(count()).toEqual([0]);
    expect(await answers).toEqual([true, true, true]);
    expect(inTransaction).toEqual([true, true, true]);
    expect([count(), db.inTransaction]).toEqual([[3], false]);
  });

  it('lets a write fail alone: its neighbours are written once, and it leaves nothing of itself', async () => {
    const { db } = database;
    const commits = createGroupCommit(db, () => 'refused');
    const insert = db.prepare('INSERT INTO item VALUES (?, ?)');
    const good =
      (id: string): (() => boolean) =>
      () =>
        insert.run([id, 'text']).changes === 1;
    const outcomes = await Promise.allSettled([
      commits.write(good('a')),
      commits.write(() => good('half')() && insert.run(['x', null]).changes === 1),
      commits.write(good('b')),
    ]);
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: true },
      { status: 'rejected', reason: 'refused' },
      { status: 'fulfilled', value: true },
    ]);
    expect(db.prepare('SELECT id FROM item ORDER BY id').raw().all([])).toEqual([['a'], ['b']]);
    expect(await commits.write(good('after'))).toBe(true);
  });

  it('tells everybody when the disk is full, and goes on when it no longer is', async () => {
    const { db } = database;
    const commits = createGroupCommit(db, error => unavailable('test.db', error));
    const insert = db.prepare('INSERT INTO item VALUES (?, ?)');
    const write = (id: string): Promise<boolean> =>
      commits.write(() => insert.run([id, 'x'.repeat(20_000)]).changes === 1);
    db.pragma('max_page_count = 20');
    const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f'].map(write));
    const refused = outcomes.flatMap((outcome): unknown[] =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(count()).toEqual([outcomes.length - refused.length]);
    db.pragma('max_page_count = 1000');
    expect(await write('g')).toBe(true);
  });

  it('writes what waits when it is flushed', async () => {
    const { db } = database;
    const commits = createGroupCommit(db, error => error);
    const insert = db.prepare('INSERT INTO item VALUES (?, ?)');
    const answer = commits.write(() => insert.run(['a', 'text']).changes === 1);
    commits.flush();
    expect(count()).toEqual([1]);
    expect(await answer).toBe(true);
  });
});
