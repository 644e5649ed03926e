import { v7 } from 'uuid';
import { createAudit } from '../../audit';
import type { Collection, CollectionDefinition, Engine, Jobs, Officer, Role, Stored } from '../../core';
import { embeddedJobs } from '../../jobs';
import type { Entry } from '../../knowledge';
import { createChanges } from '../../server/changes';
import { type WiredKnowledge, wireKnowledge } from '../../server/knowledge-desk';
import { projectRoot } from '../../server/root';
import { eventually } from '../support/product';
import { type TestData, describeStores } from '../support/stores';

const start = Date.UTC(2026, 10, 25, 3);
const dayMs = 24 * 60 * 60 * 1000;
const newborn = 'p1-01';
const ref = { kind: 'service', id: newborn } as const;

interface Process {
  readonly knowledge: WiredKnowledge;
  readonly jobs: Jobs;
  stop(): Promise<void>;
}

/** A file belongs to one process: on SQLite two wirings share its engine, which they declare and open once. */
function shared(engine: Engine): Engine {
  const declared = new Map<string, unknown>();
  let opened: Promise<void> | undefined;
  return {
    ...engine,
    collection<T extends Stored>(definition: CollectionDefinition<T>): Collection<T> {
      const made = declared.get(definition.name) ?? engine.collection(definition);
      declared.set(definition.name, made);
      return made as Collection<T>;
    },
    open: () => (opened ??= engine.open()),
  };
}

describeStores('knowledge that editors own', (newData, kind) => {
  const root = projectRoot();
  let data: TestData;
  let now: number;
  let one: Engine | undefined;
  const processes: Process[] = [];
  const officer = (id: string, role: Role, agencyId: string): Officer => ({
    ...{ id, username: id, name: id, role, agencyId },
  });
  const failures: unknown[] = [];

  /** One process of the product, as far as knowledge goes; its jobs run when the test asks. */
  async function startProcess(mode: 'all' | 'reviewed' = 'all'): Promise<Process> {
    const of = kind === 'sqlite' ? (one ??= shared(data.engine())) : data.engine();
    const clock = (): number => now;
    const jobs = embeddedJobs({ clock, onError: error => void failures.push(error) });
    const knowledge = wireKnowledge({
      ...{ root, engine: of, jobs, clock, mode, ids: v7 },
      changes: createChanges(error => void failures.push(error)),
      audit: createAudit({ engine: of, clock, mac: hash => hash }),
      operatorAgencyId: 'operator',
      onError: error => void failures.push(error),
    });
    await of.open();
    await knowledge.open();
    const made = {
      ...{ knowledge, jobs },
      async stop() {
        knowledge.stop();
        await jobs.stop(1_000);
        await knowledge.open();
      },
    };
    processes.push(made);
    return made;
  }

  beforeEach(() => {
    now = start;
    failures.length = 0;
    one = undefined;
    data = newData();
  });
  afterEach(async () => {
    for (const each of processes.splice(0)) await each.stop();
    await data.remove();
    expect(failures).toEqual([]);
  });

  const agencyOf = (of: Process): string => of.knowledge.published.knowledge.topic(ref)?.agencyId ?? '';
  const answerOf = (of: Process): string | undefined =>
    of.knowledge.published.knowledge.topic(ref)?.answer?.th;

  const answersOf = ({ knowledge: { published } }: Process): unknown[] =>
    published.knowledge.topics().flatMap(each => published.knowledge.topic(each)?.answer ?? []);

  /** Writes, hands in and approves a change of the newborn grant. */
  async function approved(
    of: Process,
    change: (entry: Entry) => Entry,
    reviewer?: Officer,
  ): Promise<Officer> {
    const { entries } = of.knowledge;
    const writer = officer('writer', 'editor', agencyOf(of));
    const second = reviewer ?? officer('second', 'reviewer', agencyOf(of));
    const content = await entries.content(newborn, writer);
    if (!content) throw new Error('the entry is not there');
    const { revision } = await entries.view(newborn, writer);
    const saved = await entries.save(
      newborn,
      { base: revision, content: change(content), why: 'a test' },
      writer,
    );
    if ('problems' in saved) throw new Error(JSON.stringify(saved.problems));
    await entries.submit(newborn, writer);
    await entries.review(newborn, { approve: true, why: 'looks right' }, second);
    return second;
  }
  const saying =
    (th: string) =>
    (entry: Entry): Entry => ({ ...entry, answer: { th, en: 'Told anew' } });

  async function published(of: Process, by: Officer): Promise<number> {
    const { number } = await of.knowledge.publications.begin(
      { entries: [newborn], why: 'a test', trial: false },
      by,
    );
    await of.knowledge.publications.run(number);
    return number;
  }

  it('takes an answer from draft over a second person to every process, and back in one step', async () => {
    const [here, there] = [await startProcess(), await startProcess()];
    const before = answerOf(here);
    const shippedVersion = here.knowledge.published.knowledge.version;
    const second = await approved(here, saying('คำตอบใหม่ของหน่วยงาน'));
    expect(answerOf(here)).toBe(before);
    const number = await published(here, second);
    expect((await here.knowledge.publications.get(number)).state).toBe('live');
    await there.knowledge.open();
    await here.knowledge.open();
    for (const each of [here, there]) {
      const { knowledge, understander } = each.knowledge.published;
      expect(knowledge.topic(ref)).toMatchObject({
        answer: { th: 'คำตอบใหม่ของหน่วยงาน' },
        status: 'reviewed',
        writtenAt: '2026-11-25',
      });
      expect(knowledge.version).toBe(`p1-${shippedVersion}`);
      expect(understander.version).toBe(knowledge.version);
    }
    // Only words of the answer changed: the shipped model reads on, nothing was trained.
    expect((await here.knowledge.publications.get(number)).model).toBeUndefined();

    const undone = await here.knowledge.publications.undo('it was wrong', second);
    await there.knowledge.publications.run(undone.number);
    await there.knowledge.open();
    await here.knowledge.open();
    expect([answerOf(here), answerOf(there)]).toEqual([before, before]);
    expect((await here.knowledge.entries.view(newborn, second)).state).toBe('approved');
    // A process that starts now answers the same.
    expect(answerOf(await startProcess())).toBe(before);
  });

  it('trains a model in a thread for a new way of asking, switches to it everywhere, and back', async () => {
    const [here, there] = [await startProcess(), await startProcess()];
    const asked = 'อยากได้ตังค์ค่าแพมเพิสน้องเดือนละหกร้อย';
    const second = await approved(here, entry => ({
      ...entry,
      phrases: [asked, 'ตังค์ค่าแพมเพิสน้อง', 'ค่าแพมเพิสเดือนละหกร้อยของน้อง'],
    }));
    const trial = await here.knowledge.publications.begin(
      { entries: [newborn], why: 'what if', trial: true },
      second,
    );
    await here.knowledge.publications.run(trial.number);
    const tried = await here.knowledge.publications.get(trial.number);
    expect(tried.state).toBe('tried');
    expect(tried.effect?.after.lines).toBeGreaterThan(50);
    expect(tried.effect?.after.first).toBeGreaterThan(0.5);
    const shippedReader = here.knowledge.published.understander;
    const number = await published(here, second);
    const publication = await here.knowledge.publications.get(number);
    expect(publication).toMatchObject({ state: 'live', model: tried.model });
    expect(publication.model).toBeDefined();
    await Promise.all([here, there].map(each => each.knowledge.open()));
    for (const each of [here, there]) {
      const { understander } = each.knowledge.published;
      expect(understander).not.toBe(shippedReader);
      expect(understander.understand(asked, now).topics[0]).toMatchObject(ref);
    }
    const undone = await here.knowledge.publications.undo('back', second);
    await here.knowledge.publications.run(undone.number);
    await there.knowledge.open();
    expect(there.knowledge.published.understander).toMatchObject({
      version: there.knowledge.published.knowledge.version,
    });
    expect((await here.knowledge.publications.get(undone.number)).model).toBeUndefined();
  });

  it('lets nobody approve what they wrote, nor see entries of another agency; only the owner makes it reviewed', async () => {
    const here = await startProcess();
    const { entries } = here.knowledge;
    const writer = officer('writer', 'admin', 'operator');
    const content = await entries.content(newborn, writer);
    await entries.save(newborn, { base: 0, content, why: 'the same' }, writer);
    await entries.submit(newborn, writer);
    await expect(entries.review(newborn, { approve: true, why: 'mine' }, writer)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const stranger = officer('stranger', 'reviewer', 'another-agency');
    for (const act of [
      () => entries.view(newborn, stranger),
      () => entries.review(newborn, { approve: true, why: 'no' }, stranger),
      () => here.knowledge.publications.begin({ entries: [newborn], why: 'no', trial: true }, stranger),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await entries.list(stranger)).toEqual([]);
    const helper = officer('helper', 'reviewer', 'operator');
    await entries.review(newborn, { approve: true, why: 'reads well' }, helper);
    await published(here, helper);
    await here.knowledge.open();
    expect(here.knowledge.published.knowledge.topic(ref)?.status).toBe('draft');
  });

  it('keeps every revision with author, time and reason; shows what changed; restores; refuses a stale edit', async () => {
    const here = await startProcess();
    const { entries } = here.knowledge;
    const writer = officer('writer', 'editor', agencyOf(here));
    const content = await entries.content(newborn, writer);
    if (!content) throw new Error('the entry is not there');
    await entries.save(newborn, { base: 0, content: saying('หนึ่ง')(content), why: 'one' }, writer);
    now += 1_000;
    await entries.save(newborn, { base: 1, content: saying('สอง')(content), why: 'two' }, writer);
    const stale = { base: 1, content: saying('สาม')(content), why: 'late' };
    await expect(entries.save(newborn, stale, writer)).rejects.toMatchObject({ code: 'CONFLICT' });
    // Two at once: one is saved, the other is told.
    const race = await Promise.allSettled(
      ['ก', 'ข'].map(th =>
        entries.save(newborn, { base: 2, content: saying(th)(content), why: 'race' }, writer),
      ),
    );
    expect(race.filter(each => each.status === 'fulfilled')).toHaveLength(1);
    const { revision } = await entries.view(newborn, writer);
    expect(await entries.diff(newborn, writer, 1, 2)).toEqual([
      { field: 'answer.th', before: 'หนึ่ง', after: 'สอง' },
    ]);
    await entries.restore(newborn, 1, 'one was better', writer);
    expect((await entries.content(newborn, writer))?.answer.th).toBe('หนึ่ง');
    const saved = await entries.revisions(newborn, writer);
    expect(saved.map(each => each.why)).toEqual(['one was better', 'race', 'two', 'one']);
    expect(saved[0]).toMatchObject({ author: { id: 'writer' }, at: now, revision: revision + 1 });
  });

  it('says everything that is wrong with an entry and saves nothing', async () => {
    const here = await startProcess();
    const { entries } = here.knowledge;
    const writer = officer('writer', 'editor', 'operator');
    const content = await entries.content(newborn, writer);
    if (!content) throw new Error('the entry is not there');
    const wrongs: readonly (readonly [string, unknown])[] = [
      ['answer.th', { ...content, answer: { th: 'ดู <script>alert(1)</script>' } }],
      ['steps.th.0', { ...content, steps: { th: ['กด <b>ที่นี่</b>'] } }],
      ['links.0.url', { ...content, links: [{ url: 'javascript:alert(1)', label: { th: 'ลิงก์' } }] }],
      ['related.0', { ...content, related: [newborn] }],
      ['related.0', { ...content, related: ['no-such-service'] }],
      ['standing.successor', { ...content, standing: { state: 'ended', note: null, successor: newborn } }],
      ['name', { ...content, name: { en: 'no Thai' } }],
    ];
    for (const [field, given] of wrongs) {
      const saved = await entries.save(newborn, { base: 0, content: given, why: 'wrong' }, writer);
      const problems = 'problems' in saved ? saved.problems : [];
      expect(problems.map(each => each.field).some(each => each.startsWith(field))).toBe(true);
    }
    expect((await entries.view(newborn, writer)).revision).toBe(0);
  });

  it('switches answers off and on, announces for a while, and lets expire, in every process', async () => {
    const [here, there] = [await startProcess(), await startProcess()];
    const lead = officer('lead', 'admin', 'operator');
    const { switches } = here.knowledge;
    await switches.set({ topic: `service:${newborn}`, off: true, why: 'wrong amount' }, lead);
    await there.knowledge.open();
    for (const each of [here, there]) {
      await each.knowledge.open();
      const { knowledge } = each.knowledge.published;
      expect(knowledge.topic(ref)).toMatchObject({ withheld: true, questions: [], steps: { th: [] } });
      expect(knowledge.topic(ref)?.answer).toBeUndefined();
      expect(knowledge.topic(ref)?.phones.length).toBeGreaterThan(0);
      expect(knowledge.topic({ kind: 'service', id: 'p1-04' })?.withheld).toBeUndefined();
    }
    expect(await switches.off()).toMatchObject([{ why: 'wrong amount', by: { id: 'lead' } }]);
    await switches.set({ topic: 'all', off: true, why: 'everything' }, lead);
    await there.knowledge.open();
    expect(there.knowledge.published.knowledge.silent).toBe(true);
    expect(answersOf(there)).toEqual([]);
    for (const topic of ['all', `service:${newborn}`])
      await switches.set({ topic, off: false, why: 'done' }, lead);
    await there.knowledge.open();
    expect(answerOf(there)).toBeDefined();

    await switches.announce(
      { topic: `service:${newborn}`, agencyId: 'x', text: { th: 'เงินเข้าช้า' }, from: now, until: now + dayMs },
      lead,
    );
    await there.knowledge.open();
    expect(there.knowledge.published.knowledge.topic(ref)?.announcements).toMatchObject([
      { text: { th: 'เงินเข้าช้า' }, until: now + dayMs },
    ]);
  });

  it('tells those who booked what a process announced and ended before it told them; no start tells it again', async () => {
    const told: string[] = [];
    const outlets = {
      booked: ({ id }: { readonly id: string }) => Promise.resolve(told.push(id)),
      owner: () => Promise.resolve(),
    };
    const given = { topic: `service:${newborn}`, agencyId: 'x', text: { th: 'ปิดวันนี้' }, from: now };
    const lead = officer('lead', 'admin', 'operator');
    const ended = await startProcess();
    const { id } = await ended.knowledge.switches.announce({ ...given, until: now + dayMs }, lead);
    // This one is over before anybody takes it up.
    await ended.knowledge.switches.announce({ ...given, until: now + 1 }, lead);
    await ended.stop();
    now += 2;
    for (const _ of ['takes it up', 'has nothing to tell']) {
      const next = await startProcess();
      next.knowledge.connect(outlets);
      await next.jobs.start();
      await eventually('it is told', () => told.length > 0);
      await next.stop();
      expect(told).toEqual([id]);
    }
  });

  it('gives full answers only from reviewed entries where that is asked', async () => {
    const here = await startProcess('reviewed');
    const { knowledge } = here.knowledge.published;
    expect(answersOf(here)).toEqual([]);
    expect(knowledge.topic({ kind: 'service', id: newborn })?.phones.length).toBeGreaterThan(0);
    const second = await approved(here, saying('ตรวจทานแล้ว'));
    await published(here, second);
    await here.knowledge.open();
    expect(answerOf(here)).toBe('ตรวจทานแล้ว');
  });

  it('publishes what was planned when its time comes, and takes up what a process began and never ended', async () => {
    const here = await startProcess();
    const second = await approved(here, saying('วางแผนไว้'));
    await here.knowledge.entries.plan(newborn, { publishAt: now + dayMs }, second);
    expect(await here.knowledge.publications.beginPlanned()).toBeUndefined();
    now += dayMs;
    const begun = await here.knowledge.publications.beginPlanned();
    expect(begun).toMatchObject({ state: 'preparing', by: { id: 'second' } });
    // Nobody ran it: another process finds it.
    const there = await startProcess();
    expect(await there.knowledge.publications.waiting()).toEqual([begun?.number]);
    await there.knowledge.publications.run(begun?.number ?? 0);
    await Promise.all([here, there].map(each => each.knowledge.open()));
    expect([answerOf(here), answerOf(there)]).toEqual(['วางแผนไว้', 'วางแผนไว้']);
    expect(await here.knowledge.publications.beginPlanned()).toBeUndefined();
  });
});
