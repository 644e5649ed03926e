import type { Engine } from '../../core';
import { type CaseWorld, officerOf, openCases } from '../support/case-world';
import { type TestData, describeStores } from '../support/stores';

const dayMs = 24 * 60 * 60 * 1000;
const hiv = { kind: 'service', id: 'p2-14' } as const;
const lead = officerOf('lead', 'supervisor');

describeStores('following a case', newData => {
  let data: TestData;
  let engine: Engine;
  let world: CaseWorld;
  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    world = await openCases(engine);
  });
  afterEach(() => data.remove());

  const invited = async (caseId: string, key = 'k1'): Promise<string> => {
    const invite = await world.service.invite({ key, caseId, personId: 'p-1', as: 'family' });
    if (!invite) throw new Error('no code was given');
    return invite.code;
  };
  const join = (code: string, personId: string, key = personId) =>
    world.service.join({ key, code, personId, conversationId: `c-${personId}`, asker: personId });
  const sees = async (personId: string, caseId: string): Promise<boolean> =>
    (await world.service.oneOfPerson(personId, caseId)) !== undefined;

  it('is begun with a code by exactly one of many who have it', async () => {
    const { caseId } = await world.filed({});
    const code = await invited(caseId);
    const all = await Promise.all(['a', 'b', 'c', 'd'].map(each => join(code, each)));
    expect(all.filter(each => each.outcome === 'joined')).toHaveLength(1);
    const following = await world.service.followersOf('p-1', caseId);
    expect(following).toHaveLength(1);
    expect(await join(code, 'e')).toEqual({ outcome: 'not-found' });
    // The one who is in may ask again, as a command does after a crash.
    expect((await join(code, following[0]?.id ?? '')).outcome).toBe('joined');
  });

  it('shows how it stands, and nothing that was written', async () => {
    const { caseId } = await world.filed({});
    await join(await invited(caseId), 'child');
    await world.desk.act(caseId, lead, 'a', { kind: 'answer', text: 'ซ่อมเสร็จแล้ว' });
    const view = await world.service.oneOfPerson('child', caseId);
    expect(view).toMatchObject({ state: 'answered', history: [], needs: [] });
    expect(JSON.stringify(view)).not.toMatch(/ไฟถนน|ซ่อมเสร็จ/u);
  });

  it('tells whoever follows each change of it once, in their own conversation', async () => {
    const { caseId } = await world.filed({});
    await join(await invited(caseId), 'child');
    await world.desk.act(caseId, lead, 't', { kind: 'take' });
    await world.desk.act(caseId, lead, 'n', { kind: 'note', text: 'ลับ' });
    await world.flush();
    await world.desk.act(caseId, lead, 'a', { kind: 'answer', text: 'ซ่อมเสร็จแล้ว' });
    await world.flush();
    await world.outgoing.run(caseId);
    const heard = world.told.filter(each => each.conversationId === 'c-child');
    expect(heard.map(each => each.notice.key)).toEqual(['case.followed.working', 'case.followed.answered']);
    expect(JSON.stringify(heard)).not.toMatch(/ซ่อมเสร็จ|ลับ/u);
  });

  it('ends by itself at the moment that its person set, and is heard of no more', async () => {
    const { caseId } = await world.filed({});
    const until = world.now() + 2 * dayMs;
    const by = { key: 'k1', caseId, personId: 'p-1', as: 'family' } as const;
    const invite = await world.service.invite({ ...by, until });
    await join(invite?.code ?? '', 'child');
    expect(await world.service.followersOf('p-1', caseId)).toMatchObject([{ id: 'child', until }]);
    world.pass(2 * dayMs - 1);
    expect(await sees('child', caseId)).toBe(true);
    world.pass(1);
    expect(await sees('child', caseId)).toBe(false);
    expect(await world.service.ofPerson('child', 5)).toEqual([]);
    expect(await world.service.followersOf('p-1', caseId)).toEqual([]);
    await world.desk.act(caseId, lead, 'a', { kind: 'answer', text: 'x' });
    await world.flush();
    expect(world.told.filter(each => each.conversationId === 'c-child')).toEqual([]);
  });

  it('ends at once when its person says so, and the same code does not bring it back', async () => {
    const { caseId } = await world.filed({});
    const code = await invited(caseId);
    await join(code, 'child');
    await world.service.follow({ key: 'x', caseId, personId: 'p-1', followerId: 'child', allowed: false });
    expect(await sees('child', caseId)).toBe(false);
    expect(await join(code, 'child', 'again')).toEqual({ outcome: 'not-found' });
    await world.desk.act(caseId, lead, 'a', { kind: 'answer', text: 'x' });
    await world.flush();
    expect(world.told.filter(each => each.conversationId === 'c-child')).toEqual([]);
    expect((await join(await invited(caseId, 'k2'), 'child', 'third')).outcome).toBe('joined');
  });

  it.each<[string, (world: CaseWorld, code: string, caseId: string) => Promise<unknown>]>([
    ['a wrong code', () => join('00000000', 'child')],
    ['no code', () => join('ไม่มี', 'child')],
    ['one’s own case', (_, code) => join(code, 'p-1')],
    [
      'a code of yesterday',
      (w, code) => {
        w.pass(dayMs + 1);
        return join(code, 'child');
      },
    ],
    [
      'a code that another took the place of',
      async (_, code, caseId) => {
        await invited(caseId, 'k2');
        return join(code, 'child');
      },
    ],
  ])('does not begin with %s', async (_, tried) => {
    const { caseId } = await world.filed({});
    expect(await tried(world, await invited(caseId), caseId)).toEqual({ outcome: 'not-found' });
    expect(await sees('child', caseId)).toBe(false);
  });

  it('is refused for a sensitive matter, by code and by name', async () => {
    const { caseId } = await world.filed({ topic: hiv });
    expect(await world.service.invite({ key: 'k', caseId, personId: 'p-1', as: 'carer' })).toBeUndefined();
    const by = { key: 'f', caseId, personId: 'p-1', followerId: 'child', allowed: true };
    expect(await world.service.follow(by)).toMatchObject({ outcome: 'impossible' });
    expect(await sees('child', caseId)).toBe(false);
  });

  it('cannot be invited to by anybody but its person', async () => {
    const { caseId } = await world.filed({});
    expect(await world.service.invite({ key: 'k', caseId, personId: 'child', as: 'family' })).toBeUndefined();
    await join(await invited(caseId), 'child');
    expect(await world.service.invite({ key: 'k', caseId, personId: 'child', as: 'family' })).toBeUndefined();
    expect(await world.service.followersOf('child', caseId)).toEqual([]);
  });

  it('stops after ten guesses an hour', async () => {
    const { caseId } = await world.filed({});
    const code = await invited(caseId);
    for (let tries = 0; tries < 10; tries += 1) await join(String(10_000_000 + tries), 'guesser');
    expect((await join(code, 'guesser')).outcome).toBe('too-many');
    expect((await join(code, 'child')).outcome).toBe('joined');
  });
});
