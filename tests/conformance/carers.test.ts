import type { Engine, Notice } from '../../core';
import { type CaseChat, type ChatWorld, openCaseChat, openChatWorld } from '../support/case-chat';
import { officerOf } from '../support/case-world';
import { type TestData, describeStores } from '../support/stores';

const dayMs = 24 * 60 * 60 * 1000;
const hiv = { kind: 'service', id: 'p2-14' } as const;
/** The last moment of 30 November 2026 in Bangkok. */
const lastMoment = Date.UTC(2026, 10, 30, 17) - 1;

/** A daughter books and looks for her mother until a day; the day after she is refused. */
describeStores('a carer', newData => {
  let data: TestData;
  let engine: Engine;
  let all: ChatWorld;
  let mother: CaseChat;
  let daughter: CaseChat;

  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    all = await openChatWorld(engine);
    mother = await openCaseChat(engine, { personId: 'p-mother' }, all);
    daughter = await openCaseChat(engine, { personId: 'p-daughter' }, all);
  });
  afterEach(() => data.remove());

  const last = async (chat: CaseChat): Promise<Notice | undefined> => (await chat.notices()).at(-1);
  const actions = (): readonly string[] => all.world.audited.map(({ action }) => action);
  const lastAct = (): unknown => all.world.audited.at(-1);
  const mandates = () => all.world.carers.chargesOf('p-daughter');
  const untilExpiry = (): void => all.world.pass(lastMoment + 1 - all.world.now());

  async function code(): Promise<string> {
    await mother.say('ผู้ดูแล');
    await mother.pick('carer:new');
    await mother.say('สมหญิง ใจดี');
    await mother.say('สมศรี ใจดี');
    expect(await mother.say('30 พฤศจิกายน')).toContain('สมหญิง ใจดี ทำแทน สมศรี ใจดี ได้ถึงวันจันทร์ที่ 30 พ.ย. 2569');
    await mother.pick('carer:send');
    await mother.repeat();
    const made = (await mother.notices()).filter(({ key }) => key === 'carer.code');
    expect(new Set(made.map(({ values }) => values?.['code'])).size).toBe(1);
    const digits = made[0]?.values?.['code'];
    if (typeof digits !== 'string') throw new Error('no code was told');
    return digits;
  }

  /** The id of the mandate. */
  async function entrusted(): Promise<string> {
    await daughter.say(`ติดตามให้ ${await code()}`);
    const [mandate] = await mandates();
    expect(mandate).toMatchObject({ personName: 'สมศรี ใจดี', until: lastMoment });
    return mandate?.id ?? '';
  }

  async function book(mandate: string): Promise<void> {
    await daughter.say('จองคิว');
    await daughter.pick(`booking:for:${mandate}`);
    await daughter.pick('booking:priority:yes');
    await daughter.say('พรุ่งนี้เก้าโมง');
    await daughter.pick('booking:send');
    await daughter.repeat();
  }

  const appointments = async () =>
    (await all.world.service.ofPerson('p-mother', 9)).filter(({ kind }) => kind === 'appointment');

  it('books for her mother, once; the number goes to the mother alone, and both stand in record and history', async () => {
    const mandate = await entrusted();
    await book(mandate);
    const [made, ...more] = await appointments();
    expect(more).toEqual([]);
    expect(made?.details).toMatchObject({ state: 'booked', priority: true });
    expect(await last(daughter)).toMatchObject({ key: 'carer.booked', values: { name: 'สมศรี ใจดี' } });
    expect(JSON.stringify(await daughter.notices())).not.toContain(made?.reference ?? 'none');
    expect((await all.world.service.ofPerson('p-daughter', 9)).length).toBe(0);
    expect(lastAct()).toMatchObject({
      action: 'carer.booked',
      actor: { kind: 'person' },
      subject: { kind: 'mandate', id: mandate },
      detail: { case: made?.id },
    });
    expect(await all.world.carers.byId(mandate)).toMatchObject({
      carerName: 'สมหญิง ใจดี',
      personName: 'สมศรี ใจดี',
    });
    const record = await all.world.desk.open(made?.id ?? '', officerOf('o', 'officer'));
    expect(record).toMatchObject({ personId: 'p-mother', history: [{ by: { kind: 'carer', id: mandate } }] });
  });

  it('moves and cancels what is her mother’s, in her own chat, and nobody else’s', async () => {
    const mandate = await entrusted();
    await book(mandate);
    const id = (await appointments())[0]?.id ?? '';
    await daughter.say('จองคิว');
    await daughter.pick(`booking:for:${mandate}`);
    await daughter.pick(`booking:own:${id}`);
    await daughter.pick(`booking:move:${id}`);
    await daughter.say('27 พฤศจิกายน บ่ายสอง');
    await daughter.pick('booking:send');
    expect((await last(daughter))?.key).toBe('carer.moved');
    expect((await appointments())[0]?.details).toMatchObject({ startsAt: Date.UTC(2026, 10, 27, 7) });
    await daughter.say('จองคิว');
    await daughter.pick(`booking:for:${mandate}`);
    await daughter.pick(`booking:own:${id}`);
    await daughter.pick(`booking:cancel:${id}`);
    expect((await appointments())[0]?.details).toMatchObject({ state: 'cancelled' });
    expect(actions().slice(-2)).toEqual(['carer.moved', 'carer.cancelled']);
    const stranger = await openCaseChat(engine, { personId: 'p-stranger' }, all);
    await stranger.send({ kind: 'choice', choice: `booking:own:${id}` });
    expect(stranger.offered().map(each => each.id)).not.toContain(`booking:move:${id}`);
  });

  it('sees how matters stand, never what was written nor what is sensitive', async () => {
    const own = { personId: 'p-mother', conversationId: 'c-mother' };
    await all.world.filed({ ...own, details: { kind: 'matter', what: 'ไฟถนนดับ', attachments: [] } });
    await all.world.filed({ ...own, topic: hiv });
    const mandate = await entrusted();
    await daughter.say('ผู้ดูแล');
    const shown = await daughter.pick(`carer:for:${mandate}`);
    expect(shown).toContain('คำถามถึงเจ้าหน้าที่: รับเรื่องแล้ว');
    expect(shown).not.toMatch(/ไฟถนน|เอชไอวี|HIV/u);
    const seen = await all.world.carers.mattersOf(mandate, 'p-daughter', 9);
    expect(seen).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('ไฟถนน');
    expect(lastAct()).toMatchObject({ action: 'carer.viewed', subject: { kind: 'mandate', id: mandate } });
    expect(await all.world.carers.mattersOf(mandate, 'p-stranger', 9)).toBeUndefined();
  });

  it('is refused the day after the last one, whatever she tries, and that is recorded', async () => {
    const mandate = await entrusted();
    await book(mandate);
    const id = (await appointments())[0]?.id ?? '';
    await daughter.say('จองคิว');
    await daughter.pick(`booking:for:${mandate}`);
    await daughter.pick('booking:new');
    await daughter.pick('booking:priority:no');
    // Chosen on the last evening, sent after midnight.
    await daughter.say('1 ธันวาคม สิบโมง');
    untilExpiry();
    await daughter.pick('booking:send');
    expect(await last(daughter)).toMatchObject({
      key: 'carer.ended',
      values: { until: { th: 'วันจันทร์ที่ 30 พ.ย. 2569' } },
    });
    expect(await appointments()).toHaveLength(1);
    expect(lastAct()).toMatchObject({
      action: 'carer.refused',
      detail: { why: 'ended', person: 'p-mother' },
    });
    await daughter.say('จองคิว');
    expect(daughter.offered().map(each => each.id)).not.toContain(`booking:for:${mandate}`);
    await daughter.pick('booking:stop');
    await daughter.say('ผู้ดูแล');
    expect(await daughter.pick(`carer:for:${mandate}`)).toContain('สิทธิ์สิ้นสุดเมื่อวันจันทร์ที่ 30 พ.ย. 2569');
    expect(actions().filter(each => each === 'carer.refused')).toHaveLength(2);
    expect(await all.world.carers.mattersOf(mandate, 'p-daughter', 9)).toBeUndefined();
    await daughter.send({ kind: 'choice', choice: `booking:cancel:${id}` });
    expect(daughter.last().commands?.map(({ kind }) => kind) ?? []).not.toContain('appointment.cancel');
    expect((await appointments())[0]?.details).toMatchObject({ state: 'booked' });
  });

  it('ends at once when her mother says so', async () => {
    const mandate = await entrusted();
    await mother.say('ผู้ดูแล');
    await mother.pick(`carer:end:${mandate}`);
    expect(await all.world.carers.mattersOf(mandate, 'p-daughter', 9)).toBeUndefined();
    expect(lastAct()).toMatchObject({ action: 'carer.ended' });
    await daughter.say('จองคิว');
    expect(daughter.offered().map(each => each.id)).not.toContain(`booking:for:${mandate}`);
  });

  it('does not book what nobody else may know of', async () => {
    const mandate = await entrusted();
    const here = { mandate, personId: 'p-daughter', addressId: 'a' };
    expect((await all.world.carers.acting(here, hiv)).outcome).toBe('sensitive');
    expect((await all.world.carers.acting(here)).outcome).toBe('holds');
    expect((await all.world.carers.acting({ ...here, personId: 'p-stranger' })).outcome).toBe('unknown');
  });

  it('is let in by a code that works once, for a day, and never for oneself', async () => {
    const digits = await code();
    await mother.say(`ติดตามให้ ${digits}`);
    expect((await last(mother))?.key).toBe('case.join-failed');
    const join = (personId: string) =>
      all.world.service.join({ key: personId, code: digits, personId, asker: personId });
    const both = await Promise.all(['p-daughter', 'p-stranger'].map(join));
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['entrusted', 'not-found']);
    all.world.pass(dayMs);
    expect((await join('p-late')).outcome).toBe('not-found');
  });

  it.each([
    ['a day that is past', -dayMs],
    ['a day beyond two years', 3 * 366 * dayMs],
  ])('is not let in until %s', async (_, ms) => {
    const names = { personName: 'ก', carerName: 'ข', addressId: 'a' };
    const by = { key: 'k', personId: 'p-mother', ...names, until: all.world.now() + ms };
    expect(await all.world.carers.entrust(by)).toBeUndefined();
    expect(await all.world.carers.carersOf('p-mother')).toEqual([]);
  });

  it('has both names sealed at rest', async () => {
    const mandate = await entrusted();
    const stored = await all.world.mandates.get(mandate);
    expect(JSON.stringify(stored)).not.toMatch(/สมหญิง|สมศรี/u);
  });
});
