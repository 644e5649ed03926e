import fc from 'fast-check';
import type { Collection, CollectionDefinition, Engine, Scan, Stored } from '../../core';
import { startChild } from '../support/child';
import { type Note, notes } from '../support/note';
import { describeStores, sqliteData, type TestData } from '../support/stores';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const trueOf = (outcomes: readonly boolean[]): number => outcomes.filter(Boolean).length;
const idsOf = (records: readonly Stored[]): string[] => records.map(record => record.id);

/** Texts that break what only expects friendly ones. */
const oddTexts = [
  '',
  '$where',
  '$set.a',
  '.dot.',
  'a.b$c',
  '__proto__',
  'constructor',
  'NUL\u0000NUL',
  '\u0001\u0002\u001F\u007F',
  '\uD83D\uDE00 four bytes',
  'lone \uD83D',
  '\uDE00 lone',
  '\uFFFE\uFFFF\uD7FF\uE000',
  'ก็ กี่ กำ ก์',
  "'; DROP TABLE notes; --",
  '"quoted" %_*',
  '~',
  ' ',
] as const;

describeStores('store', (newData, kind) => {
  let data: TestData;
  let engine: Engine;
  let records: Collection<Note>;

  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    records = engine.collection(notes);
    await engine.open();
  });

  afterEach(() => data.remove());

  /** The same data as another start of the program sees them. */
  async function reopened<T extends Stored>(definition: CollectionDefinition<T>): Promise<Collection<T>> {
    await engine.close();
    engine = data.engine();
    const collection = engine.collection(definition);
    await engine.open();
    return collection;
  }

  async function scanAll(scan: Scan): Promise<string[]> {
    const found: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await records.scan({ ...scan, ...(after === undefined ? {} : { after }) });
      found.push(...idsOf(page.records));
      if (found.length > 10_000) throw new Error('the pages never end');
      after = page.cursor;
      if (after === undefined) return found;
    }
  }

  describe('writes', () => {
    it('names its kind and answers a ping while it is open', async () => {
      expect(engine.kind).toBe(kind);
      await engine.ping();
      await engine.close();
      await expect(engine.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(records.get('a')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    });

    it('stores a record once, with version 1', async () => {
      expect(await records.insert({ id: 'a', text: 'first' })).toBe(true);
      expect(await records.insert({ id: 'a', text: 'second' })).toBe(false);
      expect(await records.get('a')).toEqual({ id: 'a', version: 1, text: 'first' });
      expect(await records.get('b')).toBeUndefined();
    });

    it('replaces only the version that was read', async () => {
      await records.insert({ id: 'a', text: 'first' });
      expect(await records.replace({ id: 'a', version: 1, text: 'second' })).toBe(true);
      expect(await records.replace({ id: 'a', version: 1, text: 'late' })).toBe(false);
      expect(await records.replace({ id: 'missing', version: 1 })).toBe(false);
      expect(await records.get('a')).toEqual({ id: 'a', version: 2, text: 'second' });
    });

    it('deletes with and without a version', async () => {
      await records.insert({ id: 'a', name: 'taken', words: ['word'] });
      expect(await records.delete('a', 2)).toBe(false);
      expect(await records.delete('a', 1)).toBe(true);
      expect(await records.delete('a')).toBe(false);
      expect(await records.search(['word'], { limit: 10 })).toEqual([]);
      expect(await records.insert({ id: 'b', name: 'taken' })).toBe(true);
      expect(await records.delete('b')).toBe(true);
    });

    it('keeps a unique key to one record, and lets any number be without', async () => {
      expect(await records.insert({ id: 'a', name: 'one' })).toBe(true);
      expect(await records.insert({ id: 'b', name: 'one' })).toBe(false);
      expect(await records.get('b')).toBeUndefined();
      expect(await records.insert({ id: 'c' })).toBe(true);
      expect(await records.insert({ id: 'd' })).toBe(true);
      expect(await records.replace({ id: 'c', version: 1, name: 'one' })).toBe(false);
      expect(await records.get('c')).toEqual({ id: 'c', version: 1 });
      expect(await records.replace({ id: 'a', version: 1 })).toBe(true);
      expect(await records.replace({ id: 'c', version: 1, name: 'one' })).toBe(true);
      expect(idsOf((await records.scan({ index: 'name', limit: 10 })).records)).toEqual(['c']);
    });

    it('refuses what cannot be a key, without harm to the writes beside it', async () => {
      const outcomes = await Promise.allSettled([
        records.insert({ id: 'a', group: 'g', rank: 1 }),
        records.insert({ id: 'b', group: 'g', rank: -1 }),
        records.insert({ id: 'a', group: 'g', rank: 2 }),
        records.insert({ id: 'c', group: 'g', rank: 3, name: 'x' }),
        records.insert({ id: 'd', group: 'g', rank: 4, name: 'x' }),
        records.insert({ id: 'e', group: 'g', rank: 5, at: Number.NaN }),
        records.insert({ id: 'f', group: 'g', rank: 6 }),
      ]);
      expect(outcomes.map(outcome => (outcome.status === 'fulfilled' ? outcome.value : 'refused'))).toEqual([
        true,
        'refused',
        false,
        true,
        false,
        'refused',
        true,
      ]);
      expect(await scanAll({ index: 'rank', limit: 10 })).toEqual(['a', 'c', 'f']);
    });
  });

  describe('races', () => {
    it('gives an id and a unique key to exactly one of many', async () => {
      const sameId = await Promise.all(range(100).map(n => records.insert({ id: 'same', rank: n })));
      const sameName = await Promise.all(range(100).map(n => records.insert({ id: `n${n}`, name: 'same' })));
      expect([trueOf(sameId), trueOf(sameName)]).toEqual([1, 1]);
      expect((await records.scan({ index: 'name', limit: 10 })).records).toHaveLength(1);
    });

    it('lets exactly one of a hundred replace the same version', async () => {
      await records.insert({ id: 'a', rank: 0 });
      const outcomes = await Promise.all(
        range(100).map(n => records.replace({ id: 'a', version: 1, rank: n })),
      );
      expect(trueOf(outcomes)).toBe(1);
      expect(await records.get('a')).toEqual({ id: 'a', version: 2, rank: outcomes.indexOf(true) });
    });

    it('loses none of a hundred read-and-replace loops', async () => {
      await records.insert({ id: 'a', rank: 0 });
      const addOne = async (): Promise<void> => {
        for (;;) {
          const record = await records.get('a');
          if (!record) throw new Error('the record is gone');
          if (await records.replace({ ...record, rank: (record.rank ?? 0) + 1 })) return;
        }
      };
      await Promise.all(range(100).map(addOne));
      expect(await records.get('a')).toEqual({ id: 'a', version: 101, rank: 100 });
    });

    it('answers many writes that come at once, each for itself', async () => {
      const outcomes = await Promise.all(
        range(3_000).map(n => records.insert({ id: `id${n % 2_000}`, group: 'g', rank: n })),
      );
      expect(trueOf(outcomes)).toBe(2_000);
      // Of two with one id either may be first; the record is that of the one who was told so.
      for (const n of range(2_000)) {
        const kept = (await records.get(`id${n}`))?.rank ?? -1;
        expect([kept % 2_000, outcomes[kept]]).toEqual([n, true]);
      }
      expect(new Set(await scanAll({ index: 'rank', prefix: ['g'], limit: 700 }))).toEqual(
        new Set(range(2_000).map(n => `id${n}`)),
      );
    });
  });

  describe('scans', () => {
    const sample: Omit<Note, 'version'>[] = [
      ...range(7).map(n => ({ id: `a${n}`, group: 'a', rank: n * 10 })),
      ...range(5).map(n => ({ id: `same${n}`, group: 'b', rank: 1 })),
      { id: 'longer', group: 'ab', rank: 5 },
      { id: 'thai', group: 'กขค', rank: 5 },
      { id: 'none' },
    ];

    beforeEach(() => Promise.all(sample.map(each => records.insert(each))));

    it.each<[string, Omit<Scan, 'index' | 'limit'>, string[]]>([
      [
        'everything in order',
        {},
        [
          'a0',
          'a1',
          'a2',
          'a3',
          'a4',
          'a5',
          'a6',
          'longer',
          'same0',
          'same1',
          'same2',
          'same3',
          'same4',
          'thai',
        ],
      ],
      [
        'one prefix and not its longer neighbour',
        { prefix: ['a'] },
        ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'],
      ],
      ['from inclusive, to exclusive', { prefix: ['a'], from: 20, to: 50 }, ['a2', 'a3', 'a4']],
      ['from alone', { prefix: ['a'], from: 41 }, ['a5', 'a6']],
      ['to alone', { prefix: ['a'], to: 10 }, ['a0']],
      [
        'bounds of the first part',
        { from: 'ab', to: 'ก' },
        ['longer', 'same0', 'same1', 'same2', 'same3', 'same4'],
      ],
      ['equal keys by id', { prefix: ['b', 1] }, ['same0', 'same1', 'same2', 'same3', 'same4']],
      ['an unknown prefix', { prefix: ['zzz'] }, []],
      ['an empty range', { prefix: ['a'], from: 30, to: 30 }, []],
    ])('gives %s, whole or page by page, up or down', async (_, scan, expected) => {
      for (const limit of [1, 2, 3, 100]) {
        expect(await scanAll({ index: 'rank', ...scan, limit })).toEqual(expected);
        expect(await scanAll({ index: 'rank', ...scan, limit, descending: true })).toEqual(
          expected.toReversed(),
        );
      }
    });

    it('continues behind the last record, whatever changed meanwhile', async () => {
      const first = await records.scan({ index: 'rank', prefix: ['a'], limit: 2 });
      await records.delete('a1');
      await records.insert({ id: 'a15', group: 'a', rank: 15 });
      const next = await records.scan({ index: 'rank', prefix: ['a'], limit: 2, after: first.cursor ?? '' });
      expect(idsOf(next.records)).toEqual(['a15', 'a2']);
    });

    it('refuses a cursor that is not one, and keeps a forged one inside its range', async () => {
      const scan = { index: 'rank', prefix: ['a'], limit: 100 };
      await expect(records.scan({ ...scan, after: 'nonsense' })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
      const forged = Buffer.from(JSON.stringify(['', ''])).toString('base64url');
      expect(idsOf((await records.scan({ ...scan, after: forged })).records)).toHaveLength(7);
      const operator = Buffer.from(JSON.stringify([{ $gt: '' }, { $gt: '' }])).toString('base64url');
      await expect(records.scan({ ...scan, after: operator })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    });

    it('moves a record with its keys', async () => {
      expect(await records.replace({ id: 'a3', version: 1, group: 'b', rank: 0 })).toBe(true);
      expect(await records.replace({ id: 'a4', version: 1 })).toBe(true);
      expect(await scanAll({ index: 'rank', prefix: ['a'], limit: 10 })).toEqual([
        'a0',
        'a1',
        'a2',
        'a5',
        'a6',
      ]);
      expect((await scanAll({ index: 'rank', prefix: ['b'], limit: 10 }))[0]).toBe('a3');
    });

    it('agrees with sorting in memory on any texts', async () => {
      const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom(...oddTexts));
      const note = fc.record({ part, rank: fc.nat({ max: 3 }) });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(note, { maxLength: 12 }), fc.boolean(), async (drafts, descending) => {
          const start = `round${round++}/`;
          const kept = drafts.map((draft, at) => ({
            ...draft,
            id: `${start}${at + 100}`,
            group: start + draft.part,
          }));
          expect(trueOf(await Promise.all(kept.map(each => records.insert(each))))).toBe(kept.length);
          const compare = <V>(a: V, b: V): number => (a < b ? -1 : a > b ? 1 : 0);
          const expected = kept
            .sort((a, b) => compare(a.group, b.group) || a.rank - b.rank || compare(a.id, b.id))
            .map(each => each.id);
          // The character behind `/` ends the round's own range.
          const scan = { index: 'rank', from: start, to: start.replace('/', '0'), limit: 2, descending };
          expect(await scanAll(scan)).toEqual(descending ? expected.toReversed() : expected);
          for (const each of kept) expect(await records.get(each.id)).toEqual({ ...each, version: 1 });
        }),
        { numRuns: 40 },
      );
    });
  });

  describe('texts', () => {
    it('keeps every text apart and unchanged, as id, as key and as content', async () => {
      const odd = oddTexts.map((text, at) => ({
        id: text,
        group: text,
        name: text,
        rank: at,
        text,
        words: [text],
        at,
      }));
      expect(trueOf(await Promise.all(odd.map(each => records.insert(each))))).toBe(odd.length);
      for (const each of odd) {
        expect(await records.get(each.id)).toEqual({ ...each, version: 1 });
        expect(
          idsOf((await records.scan({ index: 'name', prefix: [each.name], limit: 10 })).records),
        ).toEqual([each.id]);
        expect(
          idsOf((await records.scan({ index: 'rank', prefix: [each.group], limit: 10 })).records),
        ).toEqual([each.id]);
        const found = await records.search([each.text], { limit: 10 });
        expect(idsOf(found)).toEqual(each.text === '' ? [] : [each.id]);
      }
    });

    it('keeps records with odd names and deep values', async () => {
      const content = { id: 'a', version: 1, $set: { 'a.b': null }, '': [[[]]], text: 'x'.repeat(300_000) };
      expect(await records.insert(content)).toBe(true);
      expect(await records.get('a')).toEqual(content);
    });

    it('refuses an id that is an object', async () => {
      const forged: { id: string } = JSON.parse('{"id":{"$ne":""}}');
      await records.insert({ id: 'a' });
      await expect(records.get(forged.id)).rejects.toThrow(TypeError);
      await expect(records.delete(forged.id)).rejects.toThrow(TypeError);
      expect(await records.get('a')).toBeDefined();
    });
  });

  describe('search', () => {
    beforeEach(async () => {
      const put = (id: string, at: number, ...words: string[]): Promise<boolean> =>
        records.insert({ id, at, words });
      await Promise.all([
        put('old', 1, 'บัตร', 'ประชาชน'),
        put('new', 3, 'บัตร', 'ประชาชน', 'หาย', 'หาย'),
        put('middle', 2.5, 'บัตร', 'ทอง'),
        put('none', 9),
      ]);
    });

    it('finds records with all words, greatest order first, and goes on before a number', async () => {
      expect(idsOf(await records.search(['บัตร'], { limit: 10 }))).toEqual(['new', 'middle', 'old']);
      expect(idsOf(await records.search(['ประชาชน', 'บัตร', 'บัตร'], { limit: 10 }))).toEqual(['new', 'old']);
      expect(idsOf(await records.search(['บัตร'], { limit: 1 }))).toEqual(['new']);
      expect(idsOf(await records.search(['บัตร'], { limit: 10, before: 2.5 }))).toEqual(['old']);
      expect(await records.search(['บัตร', 'ไม่มี'], { limit: 10 })).toEqual([]);
      expect(await records.search([], { limit: 10 })).toEqual([]);
      expect(await records.search(['บั'], { limit: 10 })).toEqual([]);
    });

    it('follows a change of words and of order', async () => {
      await records.replace({ id: 'new', version: 1, at: 0, words: ['บัตร', 'ใหม่'] });
      expect(idsOf(await records.search(['บัตร'], { limit: 10 }))).toEqual(['middle', 'old', 'new']);
      expect(idsOf(await records.search(['ใหม่'], { limit: 10 }))).toEqual(['new']);
      expect(await records.search(['หาย'], { limit: 10 })).toEqual([]);
    });

    it('takes more words than a query usually has', async () => {
      const words = range(300).map(n => `word${n}`);
      await records.insert({ id: 'long', at: 4, words });
      expect(idsOf(await records.search(words, { limit: 10 }))).toEqual(['long']);
      expect(await records.search([...words, 'one-more'], { limit: 10 })).toEqual([]);
    });
  });

  describe('starts', () => {
    it('finds everything again', async () => {
      await records.insert({ id: 'a', group: 'g', rank: 1, name: 'n', words: ['w'], at: 1 });
      await records.replace({ id: 'a', version: 1, group: 'g', rank: 2, name: 'n', words: ['w'], at: 1 });
      records = await reopened(notes);
      expect(await records.get('a')).toMatchObject({ version: 2, rank: 2 });
      expect(idsOf(await records.search(['w'], { limit: 1 }))).toEqual(['a']);
      expect(await records.insert({ id: 'b', name: 'n' })).toBe(false);
    });

    it('brings older records up to date and fills new indexes and searches with them', async () => {
      interface Old extends Stored {
        readonly label: string;
      }
      const old = await reopened<Old>({
        name: 'things',
        revision: 1,
        indexes: { label: each => [each.label] },
      });
      for (const n of range(1_200)) await old.insert({ id: `id${n}`, label: `L${n % 7}` });
      interface New extends Stored {
        readonly title: string;
        readonly length: number;
      }
      const today: CollectionDefinition<New> = {
        name: 'things',
        revision: 2,
        upgrade: (record, from) => {
          const { label, ...rest }: Old = JSON.parse(JSON.stringify(record));
          return { ...rest, title: `${label} from ${from}`, length: label.length };
        },
        indexes: { title: each => [each.title], own: each => [each.id] },
        unique: ['own'],
        search: { terms: each => each.title.split(' '), order: each => each.length },
      };
      const things = await reopened(today);
      expect(await things.get('id8')).toEqual({ id: 'id8', version: 1, title: 'L1 from 1', length: 2 });
      expect(
        (await things.scan({ index: 'title', prefix: ['L1 from 1'], limit: 1_000 })).records,
      ).toHaveLength(172);
      expect(await things.search(['L1', 'from'], { limit: 1_000 })).toHaveLength(172);
      expect(await things.replace({ id: 'id8', version: 1, title: 'changed', length: 1 })).toBe(true);
      expect((await things.scan({ index: 'own', prefix: ['id8'], limit: 2 })).records).toHaveLength(1);
      const again = await reopened(today);
      expect(await again.get('id8')).toEqual({ id: 'id8', version: 2, title: 'changed', length: 1 });
      expect(await again.get('id9')).toEqual({ id: 'id9', version: 1, title: 'L2 from 1', length: 2 });
    });

    it('takes a collection with fewer indexes, and gives the dropped one back filled', async () => {
      await records.insert({ id: 'a', group: 'g', rank: 1, name: 'n' });
      const { unique: _unique, indexes: _indexes, ...bare } = notes;
      const plain = await reopened<Note>(bare);
      await plain.insert({ id: 'b', group: 'g', rank: 0 });
      records = await reopened(notes);
      expect(await scanAll({ index: 'rank', prefix: ['g'], limit: 10 })).toEqual(['b', 'a']);
      expect(await records.insert({ id: 'c', name: 'n' })).toBe(false);
    });

    it('refuses data of a newer program with one sentence', async () => {
      await reopened<Note>({ ...notes, revision: 2, upgrade: () => ({ id: '', version: 0 }) });
      await expect(reopened(notes)).rejects.toMatchObject({ code: 'DATA_NEWER' });
    });

    it('refuses a collection declared twice or too late', async () => {
      expect(() => engine.collection({ ...notes, name: 'late' })).toThrow(TypeError);
      const fresh = data.engine();
      fresh.collection(notes);
      expect(() => fresh.collection(notes)).toThrow(TypeError);
      expect(() => fresh.collection({ ...notes, name: 'a"; drop' })).toThrow(TypeError);
    });
  });

  if (kind === 'mongo') {
    it('keeps its promises to two processes at once', async () => {
      const other = data.engine();
      const theirs = other.collection(notes);
      await other.open();
      const inserted = await Promise.all(
        range(200).map(n => (n % 2 ? records : theirs).insert({ id: `id${n}`, name: `name${n % 50}` })),
      );
      expect(trueOf(inserted)).toBe(50);
      await records.insert({ id: 'counter', rank: 0 });
      const addOne = async (mine: Collection<Note>): Promise<void> => {
        for (;;) {
          const record = await mine.get('counter');
          if (record && (await mine.replace({ ...record, rank: (record.rank ?? 0) + 1 }))) return;
        }
      };
      await Promise.all(range(60).map(n => addOne(n % 2 ? records : theirs)));
      expect(await theirs.get('counter')).toMatchObject({ version: 61, rank: 60 });
    });
  }
});

describe('store on sqlite, process by process', () => {
  const data = sqliteData();
  afterAll(() => data.remove());

  it('loses nothing that was answered when the process is killed, again and again', async () => {
    const answered: string[] = [];
    for (const [round, lines] of [50, 300, 1_000].entries()) {
      const writer = startChild('writer-process.ts', data.file, `round${round}`);
      for await (const line of writer.lines) {
        if (line !== 'open') answered.push(line);
        if (answered.length >= lines) break;
      }
      await writer.kill();
    }
    const engine = data.engine();
    const records = engine.collection(notes);
    await engine.open();
    const stored = await Promise.all(answered.map(id => records.get(id)));
    expect(answered.length).toBeGreaterThanOrEqual(1_000);
    expect(stored.filter(record => record?.version !== 2 || record.text !== 'second write')).toEqual([]);
    const taken = await Promise.all(answered.map(name => records.insert({ id: `other ${name}`, name })));
    expect(trueOf(taken)).toBe(0);
    await engine.close();
  });

  it('is refused while another process has the data, and not a moment longer', async () => {
    const holder = startChild('writer-process.ts', data.file, 'holder');
    expect(await holder.lines.next()).toMatchObject({ value: 'open' });
    const engine = data.engine();
    engine.collection(notes);
    await expect(engine.open()).rejects.toMatchObject({ code: 'DATA_IN_USE' });
    await holder.kill();
    await engine.open();
    await engine.close();
  });
});
