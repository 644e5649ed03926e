import { sqliteData } from '../../tests/support/stores';
import { dueNotices, dueWithinMs } from './due';
import { type EntryRecord, editingCollections } from './records';

const dayMs = 24 * 60 * 60 * 1000;
/** A Wednesday in Bangkok. */
const now = Date.UTC(2026, 10, 25, 3);
const author = { id: 'o-1', name: 'สมชาย', agencyId: 'a' };

describe('what owners are reminded of', () => {
  const data = sqliteData();
  const engine = data.engine();
  const { entries } = editingCollections(engine);
  afterAll(() => data.remove());

  const record = (id: string, change: Partial<EntryRecord>): Omit<EntryRecord, 'version'> => ({
    ...{ id, agencyId: 'a', name: id, state: 'draft', revision: 1, author, archive: false, changedAt: now },
    ...change,
  });

  it('is what comes due within two weeks or is overdue, by agency, without what leaves the register', async () => {
    await engine.open();
    await entries.insert(record('later', { reviewAt: now + dueWithinMs + 1 }));
    await entries.insert(record('near', { reviewAt: now + dueWithinMs }));
    await entries.insert(record('over', { expiresAt: now - 90 * dayMs }));
    await entries.insert(record('theirs', { agencyId: 'b', reviewAt: now }));
    await entries.insert(record('gone', { expiresAt: now, archive: true, state: 'approved' }));
    expect(await dueNotices(entries, now)).toEqual([
      {
        id: 'knowledge-due/a/2026-11-23',
        agencyId: 'a',
        entries: [
          { id: 'over', name: 'over', why: 'expiry', at: now - 90 * dayMs },
          { id: 'near', name: 'near', why: 'review', at: now + dueWithinMs },
        ],
      },
      {
        id: 'knowledge-due/b/2026-11-23',
        agencyId: 'b',
        entries: [{ id: 'theirs', name: 'theirs', why: 'review', at: now }],
      },
    ]);
  });

  it('is a notice of its own in each week, which begins on Monday in Bangkok', async () => {
    const sundayNight = Date.UTC(2026, 10, 29, 16, 59);
    const idAt = async (at: number): Promise<string | undefined> => (await dueNotices(entries, at))[0]?.id;
    expect(await idAt(sundayNight)).toBe('knowledge-due/a/2026-11-23');
    expect(await idAt(sundayNight + 60_000)).toBe('knowledge-due/a/2026-11-30');
  });
});
