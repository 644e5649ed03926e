import { readFileSync } from 'node:fs';
import { type AuditActor, type Engine, officerActor } from '../core';
import { createSeal } from '../store';
import { type TestData, describeStores, mongoData } from '../tests/support/stores';
import { type AuditTrail, createAudit } from './audit';
import { type AuditEntry, canonicalJson, entryAfter } from './chain';

const morning = Date.parse('2026-11-25T03:00:00Z');
const dayMs = 24 * 60 * 60 * 1000;
const officer: AuditActor = officerActor({
  id: 'o-1',
  username: 'somying',
  name: 'สมหญิง',
  role: 'officer',
  agencyId: 'operator',
});
const viewed = (id: string): Parameters<AuditTrail['record']>[0] => ({
  action: 'person.viewed',
  actor: officer,
  subject: { kind: 'person', id },
});

it('writes equal values as equal text', () => {
  expect(canonicalJson({ b: [1, { d: 2, c: undefined }], a: 'ก' })).toBe('{"a":"ก","b":[1,{"d":2}]}');
});

describeStores('the audit chain', newData => {
  let data: TestData;
  let now: number;
  const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 1) }], Buffer.alloc(32, 2));
  const mac = (hash: string): string => seal.lookup('audit', hash);

  async function open(key = mac): Promise<{ trail: AuditTrail; engine: Engine; heads: string[] }> {
    const engine = data.engine();
    const heads: string[] = [];
    const trail = createAudit({ engine, clock: () => now, mac: key, onHead: day => heads.push(day) });
    await engine.open();
    return { trail, engine, heads };
  }

  /** Another program with the same database, which is not held back by ours. */
  async function tamper(
    change: (entries: ReturnType<Engine['collection']>) => Promise<unknown>,
  ): Promise<void> {
    const engine = data.engine();
    const entries = engine.collection<AuditEntry>({
      name: 'audit',
      revision: 1,
      indexes: {
        seq: entry => [entry.seq],
        actor: entry => (entry.actor.kind === 'officer' ? [entry.actor.id, entry.seq] : undefined),
        subject: entry => (entry.subject ? [entry.subject.kind, entry.subject.id, entry.seq] : undefined),
        action: entry => [entry.action, entry.seq],
      },
    });
    await engine.open();
    await change(entries);
    await engine.close();
  }

  beforeEach(() => {
    data = newData();
    now = morning;
  });
  afterEach(() => data.remove());

  it('numbers entries without gaps, finds them by who, what and whom, and verifies', async () => {
    const { trail } = await open();
    await Promise.all(['p-1', 'p-2', 'p-3'].map(id => trail.record(viewed(id))));
    await trail.record({ action: 'knowledge.published', actor: { kind: 'system', name: 'import' } });
    expect((await trail.entries({ limit: 10 })).map(entry => entry.seq)).toEqual([4, 3, 2, 1]);
    expect(await trail.entries({ officerId: 'o-1', limit: 10 })).toHaveLength(3);
    expect(await trail.entries({ action: 'knowledge.published', limit: 10 })).toHaveLength(1);
    const [about] = await trail.entries({ subject: { kind: 'person', id: 'p-2' }, limit: 10 });
    expect(about).toMatchObject({ action: 'person.viewed', actor: officer, at: morning });
    expect(await trail.entries({ limit: 10, before: 3 })).toHaveLength(2);
    expect(await trail.verify()).toMatchObject({ ok: true, entries: 4 });
  });

  it('takes looking again within five minutes for one view, and everything else as often as it happens', async () => {
    const { trail } = await open();
    await trail.record(viewed('p-1'));
    now += 4 * 60_000;
    await trail.record(viewed('p-1'));
    await trail.record(viewed('p-2'));
    now += 2 * 60_000;
    await trail.record(viewed('p-1'));
    const claimed = { ...viewed('c-1'), action: 'conversation.claimed' as const };
    await trail.record(claimed);
    await trail.record(claimed);
    expect(await trail.entries({ limit: 10 })).toHaveLength(5);
  });

  it.each([
    ['content', (entry: AuditEntry) => ({ ...entry, action: 'person.erased' })],
    ['time', (entry: AuditEntry) => ({ ...entry, at: entry.at - 1 })],
    ['who', (entry: AuditEntry) => ({ ...entry, actor: { kind: 'nobody' } as const })],
    [
      'content, with a hash made anew by somebody without the key',
      (entry: AuditEntry) => ({
        ...entry,
        ...entryAfter({ seq: 1, hash: entry.previous }, { ...viewed('p-9') }, entry.at, () => 'guessed'),
      }),
    ],
  ])('names the first broken entry when its %s was changed', async (_, change) => {
    const { trail, engine } = await open();
    for (const id of ['p-1', 'p-2', 'p-3']) await trail.record(viewed(id));
    await engine.close();
    await tamper(async entries => {
      const entry = await entries.get('000000000002');
      expect(await entries.replace(change(entry as never))).toBe(true);
    });
    const { trail: again } = await open();
    expect(await again.verify()).toMatchObject({ ok: false, brokenAt: 2 });
  });

  it.each([
    ['in the middle', '000000000002', 2],
    ['at the beginning', '000000000001', 1],
  ])('names the place where an entry was removed %s', async (_, id, brokenAt) => {
    const { trail, engine } = await open();
    for (const person of ['p-1', 'p-2', 'p-3']) await trail.record(viewed(person));
    await engine.close();
    await tamper(entries => entries.delete(id));
    const { trail: again } = await open();
    expect(await again.verify()).toMatchObject({ ok: false, brokenAt });
  });

  it('notices that the end was cut off, by the head of the day and by a head kept elsewhere', async () => {
    const { trail, engine, heads } = await open();
    for (const id of ['p-1', 'p-2', 'p-3']) await trail.record(viewed(id));
    const noted = await trail.verify();
    now += dayMs;
    await trail.record(viewed('p-4'));
    expect(heads).toEqual(['2026-11-25']);
    await engine.close();
    await tamper(entries => entries.delete('000000000004'));
    const { trail: shorter, engine: second } = await open();
    expect(await shorter.verify()).toMatchObject({ ok: true, entries: 3 });
    await second.close();
    await tamper(entries => entries.delete('000000000003'));
    const { trail: again } = await open();
    expect(await again.verify()).toMatchObject({ ok: false, brokenAt: 3 });
    if (!noted.ok) throw new Error('the chain was whole then');
    expect(await again.verify(noted.head)).toMatchObject({ ok: false, brokenAt: 3 });
  });

  it('verifies only with the key it was written with', async () => {
    const { trail, engine } = await open();
    await trail.record(viewed('p-1'));
    await engine.close();
    const { trail: again } = await open(() => 'another');
    expect(await again.verify()).toMatchObject({ ok: false, brokenAt: 1 });
  });

  it('leaves the last entry where it is when the process starts again', async () => {
    const { trail, engine } = await open();
    await trail.record(viewed('p-1'));
    await engine.close();
    const { trail: again } = await open();
    await again.record(viewed('p-2'));
    expect(await again.verify()).toMatchObject({ ok: true, entries: 2 });
  });
});

const mongodbUrl = process.env['MONGODB_URL'];
(mongodbUrl ? describe : describe.skip)('several writers (needs MONGODB_URL)', () => {
  it('make one chain of all entries', async () => {
    const data = mongoData(mongodbUrl ?? '');
    try {
      const trails = await Promise.all(
        Array.from({ length: 4 }, async (_, n) => {
          const engine = data.engine();
          const trail = createAudit({ engine, clock: () => morning + n, mac: hash => hash });
          if (n === 0) await engine.open();
          return { trail, engine };
        }),
      );
      for (const { engine } of trails) await engine.open();
      await Promise.all(
        trails.flatMap(({ trail }, writer) =>
          Array.from({ length: 25 }, (_, n) => trail.record(viewed(`p-${writer}-${n}`))),
        ),
      );
      expect(await trails[0]?.trail.verify()).toMatchObject({ ok: true, entries: 100 });
    } finally {
      await data.remove();
    }
  });
});

it('has no way to change or remove an entry', () => {
  const source = ['audit.ts', 'routes.ts'].map(name => readFileSync(`${__dirname}/${name}`, 'utf8')).join('');
  expect(source).not.toMatch(/entries\.(?:replace|delete)\(/u);
  expect(source).not.toMatch(/method: '(?:put|patch|delete|post)'/u);
});
