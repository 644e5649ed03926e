import { casePersonalRecords } from '../../cases';
import type { CaseRecord, Engine } from '../../core';
import { type CaseWorld, aDraft, officerOf, openCases, testSeal } from '../support/case-world';
import { type TestData, describeStores } from '../support/stores';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const hourMs = 60 * 60 * 1000;

describeStores('cases', newData => {
  let data: TestData;
  let engine: Engine;
  let world: CaseWorld;

  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    world = await openCases(engine);
  });
  afterEach(() => data.remove());

  const record = async (id: string): Promise<CaseRecord> => {
    const found = await world.collections.cases.get(id);
    if (!found) throw new Error('the case is gone');
    return found;
  };

  describe('filing', () => {
    it('makes one case of one key, however often and however much at once it is sent', async () => {
      const draft = aDraft({ key: 'event-1/0', personId: 'p-9' });
      const outcomes = await Promise.all(range(20).map(() => world.service.file(draft)));
      expect(new Set(outcomes.map(each => JSON.stringify(each))).size).toBe(1);
      expect(await world.service.ofPerson('p-9', 10)).toHaveLength(1);
    });

    it('keeps what was said sealed', async () => {
      const { caseId } = await world.filed({ details: { kind: 'matter', what: 'ความลับ', attachments: [] } });
      const stored = await record(caseId);
      expect(JSON.stringify(stored)).not.toContain('ความลับ');
      expect(JSON.stringify(stored)).not.toContain('812345678');
      expect(world.service.details(stored)).toMatchObject({ what: 'ความลับ' });
    });

    it('tells the number once, with a PIN only where nothing else opens the case', async () => {
      const named = await world.filed({ key: 'k-named' });
      const { personId: _person, secondFacts: _facts, ...nameless } = aDraft({ key: 'k-anonymous' });
      const anonymous = await world.service.file(nameless);
      await world.flush();
      await world.flush();
      expect(named.pin).toBeUndefined();
      expect(anonymous).toMatchObject({ outcome: 'filed', pin: expect.stringMatching(/^\d{6}$/u) });
      expect(world.told.map(each => each.notice.key)).toEqual(['case.filed', 'case.filed-pin']);
    });

    it('is due after the working hours of its workflow', async () => {
      const { dueAt } = await world.filed({ kind: 'callback' });
      // Eight working hours from Wednesday 10:00, of which six and a half are left today.
      expect(dueAt).toBe(world.now() + 24 * hourMs);
    });
  });

  describe('a case at work', () => {
    it('keeps every entry of its history when many work at once', async () => {
      const { caseId } = await world.filed({});
      const me = officerOf('o-1');
      await Promise.all(
        range(25).map(n => world.desk.act(caseId, me, `n${n}`, { kind: 'note', text: `${n}` })),
      );
      await Promise.all(
        range(25).map(n => world.desk.act(caseId, me, `n${n}`, { kind: 'note', text: 'again' })),
      );
      const { history } = await record(caseId);
      const notes = history.filter(event => event.kind === 'note').map(event => event.text);
      expect(notes.sort()).toEqual(range(25).map(String).sort());
      expect(history[0]?.kind).toBe('filed');
    });

    it('tells every change once and in order, also when giving out is interrupted and repeated', async () => {
      const { caseId } = await world.filed({});
      const me = officerOf('o-1');
      await world.desk.act(caseId, me, '1', { kind: 'take' });
      await Promise.all([world.outgoing.run(caseId), world.outgoing.run(caseId)]);
      await world.desk.act(caseId, me, '2', { kind: 'ask-person', needs: ['รูปถ่ายเสาไฟ'] });
      await world.service.addNote({ key: 'a', caseId, personId: 'p-1', text: 'เสาต้นที่ 3' });
      await world.desk.act(caseId, me, '3', { kind: 'answer', text: 'ซ่อมเสร็จแล้ว' });
      await world.flush();
      expect(world.told.map(each => each.notice.key)).toEqual([
        'case.filed',
        'case.working',
        'case.needs',
        'case.answered',
      ]);
      expect((await record(caseId)).pending).toEqual([]);
    });

    it('runs steps one after the other and side by side, as the workflow says', async () => {
      const { caseId } = await world.filed({ kind: 'complaint', topic: { kind: 'complaint', id: 'c-20' } });
      const me = officerOf('o-1');
      const running = async (): Promise<string[]> =>
        (await record(caseId)).steps
          .filter(step => step.startedAt !== undefined && step.doneAt === undefined)
          .map(step => step.id);
      const finish = (step: string) => world.desk.act(caseId, me, step, { kind: 'finish-step', step });
      expect(await running()).toEqual(['receive']);
      expect(await finish('examine')).toMatchObject({ outcome: 'impossible' });
      await finish('receive');
      await finish('forward');
      expect(await running()).toEqual(['examine', 'other-side']);
      await finish('other-side');
      expect(await running()).toEqual(['examine']);
      await finish('examine');
      expect(await running()).toEqual(['result']);
    });

    it('cannot be refused without reasons and a way to appeal, nor be worked on after its end', async () => {
      const { caseId } = await world.filed({});
      const me = officerOf('o-1');
      const refuse = (reasons: string, appeal: string) =>
        world.desk.act(caseId, me, `${reasons}/${appeal}`, { kind: 'refuse', reasons, appeal });
      expect(await refuse('', 'ยื่นที่ศาลปกครอง')).toMatchObject({ outcome: 'impossible' });
      expect(await refuse('เอกสารไม่ตรง', ' ')).toMatchObject({ outcome: 'impossible' });
      expect(await refuse('เอกสารไม่ตรง', 'ยื่นที่สำนักงานภายใน 15 วัน')).toMatchObject({ outcome: 'done' });
      expect(await world.desk.act(caseId, me, 'x', { kind: 'answer', text: 'ได้' })).toMatchObject({
        outcome: 'impossible',
      });
    });

    it('is listed by its due date while it is open', async () => {
      const late = await world.filed({ kind: 'complaint' });
      const soon = await world.filed({ kind: 'callback' });
      const me = officerOf('o-1');
      const due = async (): Promise<string[]> =>
        (await world.desk.due(me, { limit: 10 })).cases.map(each => each.id);
      expect(await due()).toEqual([soon.caseId, late.caseId]);
      await world.desk.act(soon.caseId, me, 'a', { kind: 'answer', text: 'โทรแล้ว' });
      expect(await due()).toEqual([late.caseId]);
      expect((await world.desk.due(me, { kind: 'callback', limit: 10 })).cases).toEqual([]);
    });
  });

  describe('time', () => {
    it('tells the person and those who lead once when a case is late', async () => {
      const { caseId, dueAt } = await world.filed({ kind: 'callback' });
      world.pass(dueAt - world.now() - 1);
      await world.watch();
      await world.flush();
      expect(world.told.map(each => each.notice.key)).toEqual(['case.filed']);
      world.pass(2);
      await Promise.all([world.watch(), world.watch()]);
      await world.watch();
      await world.flush();
      expect(world.told.map(each => each.notice.key)).toEqual(['case.filed', 'case.overdue']);
      expect(world.mailed.filter(each => each.to === 'managers')).toEqual([
        { to: 'managers', mail: 'overdue', caseId },
      ]);
    });

    it('takes a new date with its reason, and tells again when that passes', async () => {
      const { caseId, dueAt } = await world.filed({ kind: 'callback' });
      const me = officerOf('o-1');
      world.pass(dueAt - world.now() + 1);
      await world.watch();
      const newDueAt = world.now() + 24 * hourMs;
      expect(await world.desk.act(caseId, me, 'd', { kind: 'delay', why: '', newDueAt })).toMatchObject({
        outcome: 'impossible',
      });
      await world.desk.act(caseId, me, 'd2', { kind: 'delay', why: 'สายโทรศัพท์เสีย', newDueAt });
      world.pass(25 * hourMs);
      await world.watch();
      await world.flush();
      expect(world.told.map(each => each.notice.key)).toEqual([
        'case.filed',
        'case.overdue',
        'case.delayed',
        'case.overdue',
      ]);
    });
  });

  describe('status', () => {
    const ask = (reference: string, secondFact: string, asker = 'a-1') =>
      world.service.status({ reference, secondFact, asker });

    it('opens with the number and a fact, in every way people write them', async () => {
      const { reference } = await world.filed({ kind: 'question' });
      const spaced = reference.replace(/(\d{4})(?=\d)/gu, '$1 ');
      for (const [number, fact] of [
        [reference, '5678'],
        [spaced, '๕๖๗๘'],
        [reference, '081-234-5678'],
      ] as const)
        expect(await ask(number, fact)).toMatchObject({ outcome: 'found', case: { reference } });
    });

    it('answers the same for an unknown number and for a wrong fact', async () => {
      const { reference } = await world.filed({});
      const wrong = await ask(reference, '0000');
      const unknown = await ask('111111111110', '5678', 'a-2');
      expect(wrong).toEqual({ outcome: 'not-found' });
      expect(unknown).toEqual(wrong);
    });

    it('stops guessing at a number, known or not, also when the guesses come at once', async () => {
      const { reference } = await world.filed({});
      for (const number of [reference, '111111111110']) {
        const guesses = await Promise.all(
          range(40).map(n => ask(number, `${1000 + n}`, `asker-${number}-${n}`)),
        );
        expect(guesses.filter(each => each.outcome === 'not-found')).toHaveLength(5);
        expect(guesses.filter(each => each.outcome === 'too-many')).toHaveLength(35);
        expect((await ask(number, '5678', 'somebody else')).outcome).toBe('too-many');
      }
      world.pass(hourMs + 1);
      expect((await ask(reference, '5678')).outcome).toBe('found');
    });

    it('stops an asker who tries many numbers, and the operator can see it', async () => {
      const tries = await Promise.all(
        range(30).map(n => ask(String(200_000_000_000 + n), '1234', 'guesser')),
      );
      expect(tries.filter(each => each.outcome === 'not-found')).toHaveLength(10);
      expect((await world.attempts.worst(1))[0]).toMatchObject({ subject: 'asker', wrongInAll: 10 });
    });

    const lastCode = (): string => {
      const code = world.told.at(-1)?.notice.values?.['code'];
      return typeof code === 'string' ? code : '';
    };

    it('opens once with a one-time code, for ten minutes', async () => {
      const { reference } = await world.filed({});
      await world.service.sendCode(reference, 'a-1');
      await world.flush();
      const code = lastCode();
      expect(code).toMatch(/^\d{6}$/u);
      expect((await ask(reference, code)).outcome).toBe('found');
      expect((await ask(reference, code)).outcome).toBe('not-found');
      await world.service.sendCode(reference, 'a-1');
      await world.flush();
      world.pass(10 * 60_000);
      expect((await ask(reference, lastCode())).outcome).toBe('not-found');
    });
  });

  describe('own matters', () => {
    it('are seen by their person, and how they stand by whom the person allows', async () => {
      const { caseId } = await world.filed({ personId: 'p-owner' });
      expect(await world.service.oneOfPerson('p-carer', caseId)).toBeUndefined();
      await world.service.follow({
        key: 'f1',
        caseId,
        personId: 'p-stranger',
        followerId: 'p-stranger',
        allowed: true,
      });
      expect(await world.service.oneOfPerson('p-stranger', caseId)).toBeUndefined();
      await world.service.follow({
        key: 'f2',
        caseId,
        personId: 'p-owner',
        followerId: 'p-carer',
        allowed: true,
      });
      const followed = await world.service.oneOfPerson('p-carer', caseId);
      expect(followed).toMatchObject({ id: caseId, history: [] });
      expect(followed?.details).toBeUndefined();
      expect(await world.service.ofPerson('p-carer', 10)).toHaveLength(1);
      await world.service.follow({
        key: 'f3',
        caseId,
        personId: 'p-owner',
        followerId: 'p-carer',
        allowed: false,
      });
      expect(await world.service.ofPerson('p-carer', 10)).toEqual([]);
      expect(await world.service.oneOfPerson('p-carer', caseId)).toBeUndefined();
    });

    it('are given out without what officers noted, erased whole, and let go when their time is over', async () => {
      const own = await world.filed({ personId: 'p-owner' });
      const other = await world.filed({ personId: 'p-other', key: 'other' });
      const me = officerOf('o-1');
      await world.service.follow({
        key: 'f',
        caseId: other.caseId,
        personId: 'p-other',
        followerId: 'p-owner',
        allowed: true,
      });
      const invited = { key: 'i', caseId: own.caseId, personId: 'p-owner', as: 'carer' } as const;
      const code = (await world.service.invite(invited))?.code ?? '';
      const carer = { key: 'j', code, personId: 'p-carer', asker: 'p-carer' };
      expect(await world.service.join(carer)).toMatchObject({ outcome: 'joined' });
      await world.desk.act(own.caseId, me, 'n', { kind: 'note', text: 'คิดว่าไม่จริง' });
      const personal = casePersonalRecords(world.collections, testSeal);
      const subject = { personIds: ['p-owner'], addressIds: [], conversationIds: [] };
      const bundle = JSON.stringify(await personal.collect(subject));
      expect(bundle).toContain('ไฟถนนหน้าบ้านดับ');
      expect(bundle).not.toContain('คิดว่าไม่จริง');
      // Who follows is somebody else, and so is whoever is followed: told is that there is one, as what, and since when.
      const since = world.now();
      const parts = await personal.collect(subject);
      expect(parts.map(({ name }) => name)).toEqual(['cases', 'case-followers']);
      expect(parts[0]?.records).toMatchObject([{ id: own.caseId, followers: [{ as: 'carer', since }] }]);
      expect(parts[1]?.records).toEqual([{ caseId: other.caseId, as: 'family', since }]);
      expect(bundle).not.toMatch(/p-carer|p-other/u);
      const carers = await personal.collect({ ...subject, personIds: ['p-carer'] });
      expect(carers).toEqual([
        { name: 'case-followers', records: [{ caseId: own.caseId, as: 'carer', since }] },
      ]);
      expect(await personal.erase(subject)).toEqual({ cases: 1, 'case-followers': 1 });
      expect(await personal.collect(subject)).toEqual([]);
      await world.desk.act(other.caseId, me, 'a', { kind: 'answer', text: 'ซ่อมแล้ว' });
      const cutoffs = {
        before: () => world.now() + 1,
        isHeld: (id: string) => id === 'p-other',
        dryRun: false,
      };
      expect(await personal.expire(cutoffs)).toEqual({ cases: 0, 'case-followers': 0 });
      expect(await personal.expire({ ...cutoffs, isHeld: () => false, dryRun: true })).toEqual({
        cases: 1,
        'case-followers': 0,
      });
      expect(await world.service.ofPerson('p-other', 10)).toHaveLength(1);
      expect(await personal.expire({ ...cutoffs, isHeld: () => false })).toEqual({
        cases: 1,
        'case-followers': 0,
      });
      expect(await world.service.ofPerson('p-other', 10)).toEqual([]);
    });

    it('notices a double of the same matter while the first one is open', async () => {
      const topic = { kind: 'complaint', id: 'c-20' } as const;
      const { caseId } = await world.filed({ kind: 'complaint', topic, personId: 'p-7' });
      const double = (id: string) =>
        world.service.recentDouble(
          'p-7',
          'complaint',
          { kind: 'complaint', id },
          world.now() - 7 * 24 * hourMs,
        );
      expect((await double('c-20'))?.id).toBe(caseId);
      expect(await double('c-21')).toBeUndefined();
      await world.service.withdraw({ key: 'w', caseId, personId: 'p-7' });
      expect(await double('c-20')).toBeUndefined();
    });
  });
});
