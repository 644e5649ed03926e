import { readFileSync } from 'node:fs';
import { createConnection } from 'mongoose';
import { officerActor } from '../../core';
import { erasuresIn } from '../../privacy';
import { type TestData, describeStores } from '../support/stores';
import {
  type PrivacyWorld,
  conversationIdOf,
  dayMs,
  identified,
  officer,
  privacyWorld,
  whoWrote,
} from '../support/privacy-world';

const morning = Date.parse('2026-11-25T03:00:00Z');
const actor = officerActor({ ...officer, username: 'p', role: 'agencyadmin', agencyId: 'operator' });
const secret = 'ความลับสีม่วงเจ็ดสิบสาม';
const other = 'เรื่องของเพื่อนบ้าน';

describeStores('personal data protection', (newData, kind) => {
  let data: TestData & { readonly file?: string; readonly url?: string };
  let world: PrivacyWorld;

  beforeEach(async () => {
    data = newData();
    world = await privacyWorld(data.engine(), morning);
  });
  afterEach(() => data.remove());

  /** Everything the database holds, as bytes: files with their log, or every document of every collection. */
  async function everything(): Promise<string> {
    if (data.file) {
      const { file } = data;
      return ['', '-wal'].map(end => readFileSync(`${file}${end}`).toString('utf8')).join('\n');
    }
    const connection = await createConnection(data.url ?? '').asPromise();
    try {
      const collections = (await connection.db?.collections()) ?? [];
      const documents = await Promise.all(collections.map(each => each.find({}).toArray()));
      return JSON.stringify(documents);
    } finally {
      await connection.close();
    }
  }

  it('erases a person from every place, over all addresses and merged records, and leaves everybody else alone', async () => {
    const { records, privacy, audit } = world;
    const line = await whoWrote(world, 'line', 'U-one', secret);
    const sms = await whoWrote(world, 'sms', '+66811111111', secret);
    await whoWrote(world, 'webchat', 'visitor-2', other);
    await records.people.update(line.personId, { name: secret, phone: '+66812345678' }, world.now);
    await records.people.update(sms.personId, { name: `${secret} เก่า` }, world.now);
    await records.addresses.move(sms.id, line.personId);
    await privacy.commands['consent.withdrawn']?.({
      id: 'w-1',
      kind: 'consent.withdrawn',
      data: { addressId: line.id, words: secret },
    });
    expect((await everything()).includes(secret)).toBe(true);

    const id = await identified(world, line.personId);
    const { state, removed } = await privacy.erase(id, officer, actor);
    expect(state).toBe('done');
    expect(removed).toMatchObject({
      addresses: 2,
      people: 2,
      conversations: 2,
      messages: 4,
      episodes: 2,
      outbox: 2,
      commands: 2,
      inbox: 4,
      consents: 1,
    });
    const left = await everything();
    expect(left.includes(secret)).toBe(false);
    expect(left.includes(other)).toBe(true);
    expect(world.erased).toEqual(expect.arrayContaining([line.id, sms.id]));
    const [entry] = await audit.entries({ limit: 1, action: 'person.erased' });
    expect(entry).toMatchObject({ actor, subject: { kind: 'people', id: line.personId } });
    expect(await records.people.byName([secret], 10)).toEqual([]);
    expect(await records.people.byPhone('+66812345678')).toEqual([]);
  });

  it('cannot be undone by an event that comes again, and the person may begin anew', async () => {
    const { records, privacy } = world;
    const address = await whoWrote(world, 'line', 'U-one', secret);
    const before = await records.inbox.waiting(morning + 1, 10);
    expect(before).toEqual([conversationIdOf(address.id)]);
    await privacy.erase(await identified(world, address.personId), officer, actor);
    expect(await records.inbox.waiting(morning + 1, 10)).toEqual([]);
    const again = await whoWrote(world, 'line', 'U-one', other);
    expect(again.id).toBe(address.id);
    expect(await records.conversations.latest(conversationIdOf(again.id), 10)).toHaveLength(2);
  });

  it('keeps what a legal hold keeps and says why, until the hold ends', async () => {
    const { privacy } = world;
    const address = await whoWrote(world, 'line', 'U-one', secret);
    await privacy.holds.put(address.personId, 'คดีปกครอง 12/2569', officer);
    const id = await identified(world, address.personId);
    await expect(privacy.erase(id, officer, actor)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('คดีปกครอง 12/2569'),
    });
    expect((await everything()).includes(secret)).toBe(true);
    await privacy.holds.end(address.personId, officer);
    expect((await privacy.erase(id, officer, actor)).state).toBe('done');
    expect((await everything()).includes(secret)).toBe(false);
  });

  it('erases again what a restored backup brought back, but not who came again since', async () => {
    const address = await whoWrote(world, 'line', 'U-one', secret);
    const back = await whoWrote(world, 'sms', '+66811111111', secret);
    await world.records.addresses.move(back.id, address.personId);
    await world.privacy.erase(await identified(world, address.personId), officer, actor);
    const listed: object[] = [];
    for await (const erasure of world.privacy.erasures.list()) listed.push(erasure);
    const printed = listed.map(each => JSON.stringify(each)).join('\n');
    expect(listed).toHaveLength(1);
    expect(printed).not.toContain(secret);

    // What the backup has is older than the erasure; what came after it is somebody's new beginning.
    const erasedAt = world.now;
    world.now = erasedAt - dayMs;
    await whoWrote(world, 'line', 'U-one', secret);
    world.now = erasedAt + dayMs;
    const anew = await whoWrote(world, 'sms', '+66811111111', other);
    const log = `{"level":30,"msg":"something else"}\n${JSON.stringify({ msg: 'erasure done', erasure: listed[0] })}`;
    const [entry, ...more] = erasuresIn(log);
    expect(more).toEqual([]);
    for (const _twice of [1, 2]) if (entry) await world.privacy.eraseAgain(entry);
    const left = await everything();
    expect(left.includes(secret)).toBe(false);
    expect(left.includes(other)).toBe(true);
    expect((await world.records.addresses.get(anew.id))?.id).toBe(back.id);
  });

  it('lets go of what says how it ages, unless it is held, unended or only counted', async () => {
    const { requests, holds, breaches } = world.privacy;
    const receive = (id: string, personId: string): Promise<unknown> =>
      requests.receive({ id, kind: 'access', personId, agencyId: 'operator', channel: 'desk' }, world.now);
    for (const id of ['done', 'open', 'held']) await receive(id, `p-${id}`);
    for (const id of ['done', 'held'])
      await requests.step(id, ['received'], { state: 'refused' }, 'no', officer);
    await holds.put('p-held', 'a court asked', officer);
    await holds.put('p-over', 'it was over', officer);
    await holds.end('p-over', officer);
    const breach = { noticedAt: world.now, what: 'a lost list', people: 3, risk: 'some' } as const;
    const closed = await breaches.open(breach, officer);
    await breaches.open(breach, officer);
    await breaches.change(closed.id, { closedAt: world.now }, officer);

    world.now += 11 * 365 * dayMs;
    const wanted = { 'data-requests': 1, 'legal-holds': 1, breaches: 1 };
    expect((await world.privacy.expire(true)).removed['records']).toMatchObject(wanted);
    expect(await breaches.list(10)).toHaveLength(2);
    expect((await world.privacy.expire(false)).removed['records']).toMatchObject(wanted);
    expect((await requests.list(false, 10)).map(each => each.id).sort()).toEqual(['held', 'open']);
    expect((await holds.inForce()).map(each => each.id)).toEqual(['p-held']);
    expect(await breaches.list(10)).toHaveLength(1);
    expect((await world.privacy.expire(false)).removed['records']).toMatchObject({ breaches: 0 });
  });

  it('erases nobody who was not identified, and nothing for another kind of request', async () => {
    const { privacy } = world;
    const address = await whoWrote(world, 'line', 'U-one', secret);
    const given = { personId: address.personId, agencyId: 'operator', channel: 'line' } as const;
    await privacy.requests.receive({ id: 'r-2', kind: 'erasure', ...given }, morning);
    await expect(privacy.erase('r-2', officer, actor)).rejects.toMatchObject({ code: 'CONFLICT' });
    await privacy.requests.receive({ id: 'r-3', kind: 'access', ...given }, morning);
    await privacy.requests.step('r-3', ['received'], { state: 'identified' }, 'here', officer);
    await expect(privacy.erase('r-3', officer, actor)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await everything()).includes(secret)).toBe(true);
  });

  it('finishes an erasure that a crash cut off', async () => {
    const { privacy, records } = world;
    const address = await whoWrote(world, 'line', 'U-one', secret);
    const id = await identified(world, address.personId);
    const again = await records.personal.subjectOf(address.personId);
    await privacy.requests.step(id, ['identified'], { state: 'running', again }, 'erasure begun', officer);
    await privacy.sweep();
    expect((await privacy.requests.get(id)).state).toBe('done');
    expect((await everything()).includes(secret)).toBe(false);
  });

  it('bundles what is kept of a person over all addresses, without other people’s words and numbers', async () => {
    const { records, privacy } = world;
    const line = await whoWrote(world, 'line', 'U-one', secret);
    const sms = await whoWrote(world, 'sms', '+66811111111', `${secret} ทาง SMS`);
    const group = await whoWrote(world, 'line', 'G-one', other, 'group');
    for (const address of [sms, group]) await records.addresses.move(address.id, line.personId);
    await whoWrote(world, 'webchat', 'visitor-2', 'คนแปลกหน้า');
    await records.people.update(line.personId, { name: 'ยายมี', phone: '+66812345678' }, world.now);
    const bundle = await privacy.bundle(line.personId);
    const text = JSON.stringify(bundle);
    for (const own of [`${secret} ทาง SMS`, 'ยายมี', '+66812345678', '+66811111111', 'U-one'])
      expect(text).toContain(own);
    for (const foreign of ['สมหญิง', '081-234-5678', 'คนแปลกหน้า']) expect(text).not.toContain(foreign);
    const parts = bundle.parts.filter(part => part.name.startsWith('messages'));
    expect(parts.map(part => part.leftOut ?? 0).sort()).toEqual([0, 0, 2]);
    expect(bundle).toMatchObject({ operator: 'เทศบาลทดสอบ', notice: '1' });
  });

  it('records decisions with their proof, once each, and lets notices through or not', async () => {
    const { records, privacy } = world;
    const address = await whoWrote(world, 'webchat', 'v', other);
    const proof = { addressId: address.id, channel: 'webchat', at: morning, words: 'ถอนความยินยอม' };
    const withdrawn = { id: 'e/0', kind: 'consent.withdrawn', data: proof };
    for (const _time of [1, 2]) await privacy.commands['consent.withdrawn']?.(withdrawn);
    expect((await records.addresses.get(address.id))?.noticesRefusedAt).toBe(morning);
    await privacy.commands['notices.allowed']?.({ id: 'e/1', kind: '', data: { ...proof, at: morning + 1 } });
    expect((await records.addresses.get(address.id))?.noticesRefusedAt).toBeUndefined();
    const consents = await privacy.consents.ofAddress(address.id, 10);
    expect(
      consents.map(({ decision, purpose, notice, words }) => [decision, purpose, notice, words]),
    ).toEqual([
      ['given', 'notices', '1', 'ถอนความยินยอม'],
      ['withdrawn', 'notices', '1', 'ถอนความยินยอม'],
    ]);
  });

  it('lets go of each kind of record in its own time; a dry run counts the same and removes nothing', async () => {
    const { records, privacy } = world;
    const old = await whoWrote(world, 'line', 'U-old', secret);
    const held = await whoWrote(world, 'line', 'U-held', 'คดีที่ยังไม่จบ');
    await privacy.holds.put(held.personId, 'คดี', officer);
    world.now = morning + 731 * dayMs;
    await whoWrote(world, 'line', 'U-new', other);
    const dry = await privacy.expire(true);
    expect(dry.removed['chat']).toMatchObject({ messages: 2, outbox: 1, inbox: 1, held: 1 });
    expect(await records.conversations.latest(conversationIdOf(old.id), 10)).toHaveLength(2);
    expect((await privacy.expire(false)).removed).toEqual(dry.removed);
    expect(await records.conversations.latest(conversationIdOf(old.id), 10)).toHaveLength(0);
    expect(await records.conversations.latest(conversationIdOf(held.id), 10)).toHaveLength(2);
    expect(await records.conversations.get(conversationIdOf(old.id))).not.toHaveProperty('lastText');
    expect(await records.episodes.ofAddress(old.id, 10)).toHaveLength(1);

    world.now = morning + 1_826 * dayMs;
    await privacy.expire(false);
    expect(await records.addresses.get(old.id)).toBeUndefined();
    expect(await records.people.get(old.personId)).toBeUndefined();
    await world.engine.scrub();
    const left = await everything();
    expect(left.includes(secret)).toBe(false);
    expect(left.includes('คดีที่ยังไม่จบ')).toBe(true);
  });

  it(`answers on ${kind} with due dates: 30 days for a request, 72 hours for a breach`, async () => {
    const { privacy } = world;
    const request = await privacy.requests.receive(
      { id: 'r-9', kind: 'access', personId: 'p-1', agencyId: 'operator', channel: 'line' },
      morning,
    );
    expect(request.dueAt - morning).toBe(30 * dayMs);
    const given = { noticedAt: morning, what: 'แฟ้มหาย', people: 12, risk: 'some' } as const;
    const breach = await privacy.breaches.open(given, officer);
    expect(breach.reportBy - morning).toBe(3 * dayMs);
    const late = { reportedAt: morning + 3 * dayMs + 1 };
    await expect(privacy.breaches.change(breach.id, late, officer)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    const reasoned = { ...late, lateBecause: 'รอผลตรวจ' };
    expect(await privacy.breaches.change(breach.id, reasoned, officer)).toMatchObject(reasoned);
  });
});
