import { join } from 'node:path';
import type { Officer } from '../../core';
import { sqliteData } from '../../tests/support/stores';
import { excelOf } from '../../tables';
import { createEntries, editingCollections, type Entries } from '../editing';
import { loadRegister } from '../load';
import type { Entry } from '../schema';
import { cellOf, entryColumns, questionColumns } from './columns';
import { createEntryImport } from './import';
import { writeEntries } from './write';

const shipped = loadRegister(join(__dirname, '..', 'data'));
const admin: Officer = { id: 'a', username: 'a', name: 'a', role: 'admin', agencyId: 'operator' };
const some = shipped.entries.slice(0, 40);
const first = (): Entry => structuredClone(some[0] ?? fail());
const fail = (): never => {
  throw new Error('nothing is shipped');
};

describe('entries in files', () => {
  let data: ReturnType<typeof sqliteData>;
  let entries: Entries;
  let importFile: ReturnType<typeof createEntryImport>;

  beforeEach(async () => {
    data = sqliteData();
    const engine = data.engine();
    entries = createEntries({
      collections: editingCollections(engine),
      shipped,
      operatorAgencyId: 'operator',
      clock: () => Date.UTC(2026, 10, 25),
      manifest: () => ({ entries: {}, reviewed: {}, archived: [] }),
      published: () => new Map(),
      facts: {},
    });
    await engine.open();
    importFile = createEntryImport(entries);
  });
  afterEach(() => data.remove());

  const asJson = (list: readonly unknown[]): Buffer => Buffer.from(JSON.stringify(list));
  const touched = async (): Promise<readonly string[]> =>
    (await entries.list(admin)).filter(each => each.revision > 0).map(each => each.id);

  it.each(['json', 'xlsx', 'csv'] as const)('go out and come in as %s without a difference', async format => {
    const { bytes } = await writeEntries(some, format);
    expect(await importFile(bytes, admin, false, 'the same')).toEqual({
      dryRun: false,
      rows: some.length,
      changed: [],
      unchanged: some.length,
      problems: [],
    });
    expect(await touched()).toEqual([]);
  });

  it('become drafts where they differ, and only in earnest', async () => {
    const changed = { ...first(), answer: { th: '=ตอบใหม่', en: 'Anew, "quoted"\nand in two lines' } };
    for (const format of ['xlsx', 'csv'] as const) {
      const { bytes } = await writeEntries([changed, ...some.slice(1, 3)], format);
      const dry = await importFile(bytes, admin, true, 'look');
      expect(dry).toMatchObject({ changed: [changed.id], unchanged: 2, problems: [] });
    }
    expect(await touched()).toEqual([]);
    const { bytes } = await writeEntries([changed], 'csv');
    await importFile(bytes, admin, false, 'in earnest');
    expect(await touched()).toEqual([changed.id]);
    const saved = await entries.content(changed.id, admin);
    expect(saved?.answer).toEqual(changed.answer);
    expect(saved?.questions).toEqual(some[0]?.questions);
  });

  it('name every problem with sheet, row and column, and change nothing', async () => {
    const wrong: readonly Entry[] = [
      { ...first(), answer: { th: 'ดู <script>x</script>' } },
      { ...structuredClone(some[1] ?? fail()), related: ['no-such-service'] },
      {
        ...structuredClone(some[2] ?? fail()),
        id: 'new-one',
        register: { ...newRegister, agencyId: 'nobody' },
      },
      structuredClone(some[3] ?? fail()),
      structuredClone(some[3] ?? fail()),
    ];
    const rows = [
      entryColumns.map(column => column.heading),
      ...wrong.map(entry => entryColumns.map(column => cellOf(column, entry))),
    ];
    const asked = [questionColumns.map(column => column.heading), ['not-there', 'ถาม', '', 'ตอบ', '']];
    const bytes = await excelOf([
      { name: 'entries', rows },
      { name: 'questions', rows: asked },
    ]);
    const unread = await importFile(bytes, admin, false, 'wrong');
    expect(unread.problems).toMatchObject([{ sheet: 'questions', row: 2, column: 'id' }]);
    const { problems } = await importFile(await excelOf([{ name: 'entries', rows }]), admin, false, 'wrong');
    expect(problems.map(({ sheet, row, column }) => `${sheet} ${row} ${column}`)).toEqual([
      'entries 2 answer.th',
      'entries 3 related',
      'entries 4 register.agencyId',
      'entries 6 id',
    ]);
    expect(await touched()).toEqual([]);
  });

  it('are refused when they follow one another for ever, are in the wrong sheet, or too large', async () => {
    const [a, b] = [first(), structuredClone(some[1] ?? fail())];
    a.standing = { state: 'renamed', note: null, successor: b.id };
    b.standing = { state: 'renamed', note: null, successor: a.id };
    const { problems } = await importFile(asJson([a, b]), admin, false, 'cycle');
    expect(problems.map(each => [each.row, each.column])).toEqual([
      [1, 'standing.successor'],
      [2, 'standing.successor'],
    ]);
    const wrongSheet = await excelOf([{ name: 'budget', rows: [['id'], ['p1-01']] }]);
    expect((await importFile(wrongSheet, admin, false, 'x')).problems[0]).toMatchObject({ sheet: 'budget' });
    const wrongHeading = Buffer.from('code,name\n1,x\n');
    const named = (await importFile(wrongHeading, admin, false, 'x')).problems.map(each => each.column);
    expect(named).toEqual(expect.arrayContaining(['code', 'name', 'answer.th']));
    const large = importFile(Buffer.alloc(50 * 1024 * 1024, 0x20), admin, false, 'x');
    await expect(large).rejects.toMatchObject({ code: 'BODY_TOO_LARGE', message: /20 MB/u });
    for (const broken of ['', '[{"id":', '{"a":1}', 'PK\u0003\u0004broken'])
      await expect(importFile(Buffer.from(broken), admin, false, 'x')).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    expect(await touched()).toEqual([]);
  });

  it('are those of the own agency', async () => {
    const stranger: Officer = { ...admin, role: 'editor', agencyId: 'another' };
    const { problems } = await importFile(asJson([first()]), stranger, false, 'x');
    expect(problems).toMatchObject([{ row: 1, column: 'id' }]);
    expect(await touched()).toEqual([]);
  });
});

const newRegister = {
  ...{ nameTh: 'ใหม่', nameEn: 'New', agencyId: 'x', kind: 'info' as const, category: 'work' },
  ...{ targetGroups: [], lifeStages: [] },
};
