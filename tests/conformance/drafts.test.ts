import type { Engine } from '../../core';
import { type CaseChat, openCaseChat } from '../support/case-chat';
import { officerOf } from '../support/case-world';
import { type TestData, describeStores } from '../support/stores';

const telling = 'ไฟถนนหน้าบ้านดับมาสามวันแล้ว แจ้งเทศบาลไปแล้วไม่มีใครมาซ่อม';
const offers = (chat: CaseChat, id: string): boolean => chat.offered().some(choice => choice.id === id);

describeStores('what is unsent', newData => {
  let data: TestData;
  let engine: Engine;
  let chat: CaseChat;
  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    chat = await openCaseChat(engine, { personId: 'p-1' });
  });
  afterEach(() => data.remove());

  /** A complaint whose telling is done and whose place is asked for. */
  async function begun(): Promise<void> {
    await chat.say('ร้องเรียน');
    await chat.say(telling);
    if (offers(chat, 'complaint:topic:other')) await chat.pick('complaint:topic:other');
  }
  const draft = (): unknown => chat.last().dialog;

  it('waits beside another dialog that comes in between, and is offered again when that one ends', async () => {
    await begun();
    await chat.say('จองคิว');
    expect(draft()).toMatchObject({
      dialog: 'booking',
      kept: { dialog: 'complaint', state: { what: telling } },
    });
    await chat.pick('booking:priority:no');
    expect(draft()).toMatchObject({ dialog: 'booking', kept: { dialog: 'complaint' } });
    await chat.pick('booking:stop');
    expect(draft()).toMatchObject({ dialog: 'complaint', state: { what: telling } });
    expect(offers(chat, 'complaint:continue')).toBe(true);
  });

  it('is gone back to by a touch, and what was begun meanwhile waits in its place', async () => {
    await begun();
    await chat.say('จองคิว');
    await chat.send({ kind: 'choice', choice: 'complaint:continue' });
    expect(draft()).toMatchObject({
      dialog: 'complaint',
      state: { what: telling },
      kept: { dialog: 'booking' },
    });
    await chat.pick('complaint:stop');
    expect(offers(chat, 'booking:continue')).toBe(true);
    await chat.pick('booking:continue');
    await chat.pick('booking:stop');
    expect(draft()).toBeNull();
  });

  it('survives danger, takes no word of it for an answer, and comes back only when it is picked', async () => {
    await begun();
    await chat.say('อยากตาย ไม่อยากมีชีวิตอยู่แล้ว');
    expect(chat.last().outcome).toBe('crisis');
    expect(chat.offered()).toEqual([]);
    await chat.say('ทำบัตรประชาชนใช้อะไรบ้าง');
    expect(offers(chat, 'complaint:continue')).toBe(true);
    await chat.send({ kind: 'choice', choice: 'complaint:continue' });
    expect(draft()).toMatchObject({ dialog: 'complaint', state: { what: telling } });
    expect(JSON.stringify(draft())).not.toMatch(/อยากตาย|บัตรประชาชน/u);
    expect(await chat.world.service.ofPerson('p-1', 5)).toEqual([]);
  });

  it('is not offered again once it was sent', async () => {
    await chat.say('โทรกลับหน่อย 081-234-5678 พรุ่งนี้บ่ายสอง');
    if (offers(chat, 'callback:about:skip')) await chat.pick('callback:about:skip');
    await chat.send({ kind: 'choice', choice: 'my' });
    await chat.send({ kind: 'choice', choice: 'callback:send' });
    expect(draft()).toBeNull();
    expect(await chat.world.service.ofPerson('p-1', 5)).toHaveLength(1);
    await chat.send({ kind: 'choice', choice: 'my' });
    expect(offers(chat, 'callback:continue')).toBe(false);
  });

  describe('a report about a person', () => {
    async function reported(): Promise<void> {
      await chat.say('แจ้งเรื่องเจ้าหน้าที่');
      if (offers(chat, 'report')) await chat.pick('report');
      await chat.say('เจ้าหน้าที่ที่เคาน์เตอร์พูดไม่สุภาพและไล่ยายกลับบ้าน');
      await chat.say('คุณสมชาย ใจดี เคาน์เตอร์ 3');
      await chat.pick('report:who:anonymous');
      await chat.pick('report:send');
      await chat.repeat();
    }

    it('is told, checked and filed without a service and without a name', async () => {
      await reported();
      expect((await chat.notices()).map(each => each.key)).toEqual(['telling.filed-pin']);
      const { records } = await chat.world.collections.cases.scan({
        index: 'agencyKindDue',
        prefix: ['operator', 'report'],
        limit: 5,
      });
      expect(records).toMatchObject([{ kind: 'report', against: { name: 'คุณสมชาย ใจดี เคาน์เตอร์ 3' } }]);
      expect(records[0]?.personId).toBeUndefined();
      expect(records[0]?.topic).toBeUndefined();
    });

    it('is begun from a complaint with what was told there', async () => {
      await begun();
      await chat.send({ kind: 'choice', choice: 'complaint:report' });
      expect(draft()).toMatchObject({ dialog: 'report', state: { what: telling } });
    });
  });

  it.each([
    ['suggestion', 'อยากเสนอแนะว่าควรมีที่นั่งรอสำหรับคนท้องและคนแก่'],
    ['praise', 'ขอชมเชยเจ้าหน้าที่เคาน์เตอร์ 3 ช่วยเหลือดีมาก'],
    ['problem', 'ระบบนี้ค้าง กดส่งแล้วไม่ตอบอะไรเลยค่ะ'],
  ] as const)('files a %s under a kind of its own', async (kind, text) => {
    await chat.send({ kind: 'choice', choice: kind });
    await chat.say(text);
    await chat.pick(`${kind}:send`);
    expect(await chat.world.service.ofPerson('p-1', 5)).toMatchObject([{ kind, details: { what: text } }]);
  });

  describe('documents before a visit', () => {
    it('are ticked off one by one; what is missing is said at the end', async () => {
      await chat.send({ kind: 'choice', choice: 'topic:service:p1-04' });
      await chat.pick('ready:service:p1-04');
      await chat.pick('ready:missing');
      let text = '';
      for (let more = 0; more < 20 && offers(chat, 'ready:have'); more += 1)
        text = await chat.pick('ready:have');
      expect(text).toContain('ยังขาด');
      expect(text.split('\n').filter(line => line.startsWith('•'))).toHaveLength(1);
    });

    it('are sent as pictures for an officer to look at', async () => {
      await chat.send({ kind: 'choice', choice: 'ready:photos:service:p1-04' });
      await chat.send({ kind: 'media', media: 'image', reference: 'card-1' });
      await chat.pick('ready:send');
      expect(await chat.world.service.ofPerson('p-1', 5)).toMatchObject([
        { kind: 'pre-check', topic: { id: 'p1-04' }, details: { attachments: [{ fileId: 'line/card-1' }] } },
      ]);
    });
  });

  describe('how a form is filled in', () => {
    it('is said part by part where it is known, also to who asks in words after the answer', async () => {
      await chat.send({ kind: 'choice', choice: 'topic:service:p1-01' });
      const told = await chat.pick('ready:forms:service:p1-01');
      expect(told).toContain('แบบ ดร.01');
      expect(told).toContain('• ผู้รับรอง: ให้ผู้รับรองสองคนเซ็น');
      await chat.send({ kind: 'choice', choice: 'topic:service:p1-01' });
      expect(await chat.say('กรอกยังไงคะ')).toBe(told);
    });

    it('is honestly not known elsewhere, with where to ask and an officer', async () => {
      await chat.send({ kind: 'choice', choice: 'topic:service:p1-04' });
      await chat.pick('ready:service:p1-04');
      for (let more = 0; more < 20 && offers(chat, 'ready:have'); more += 1) await chat.pick('ready:have');
      expect(await chat.pick('ready:forms:service:p1-04')).toContain('ยังไม่มีวิธีกรอก');
      expect(offers(chat, 'handover')).toBe(true);
    });
  });

  describe('pictures that an officer checks', () => {
    const officer = officerOf('o-1', 'officer');
    const lines = async (): Promise<readonly string[]> =>
      (await chat.notices()).map(
        ({ key, values = {} }) => `${key} ${JSON.stringify(values['needs'] ?? values['text'] ?? '')}`,
      );

    it('wait in a list of their own, come back with a reason, are taken again, and will do', async () => {
      await chat.send({ kind: 'choice', choice: 'ready:photos:service:p1-04' });
      await chat.send({ kind: 'media', media: 'image', reference: 'card-1' });
      await chat.pick('ready:send');
      const { desk } = chat.world;
      const { cases: waiting } = await desk.due(officer, { kind: 'pre-check', limit: 5 });
      const [filed] = waiting;
      if (!filed) throw new Error('nothing waits to be checked');
      await desk.act(filed.id, officer, 'a', { kind: 'ask-person', needs: ['รูปมืด ถ่ายใหม่ให้เห็นชื่อ'] });
      const asked = (await chat.notices()).at(-1);
      expect(asked).toMatchObject({ key: 'case.needs', choices: [{ id: `my:add:${filed.id}` }] });
      await chat.send({ kind: 'choice', choice: `my:add:${filed.id}` });
      expect(await chat.send({ kind: 'media', media: 'image', reference: 'card-2' })).toContain('เพิ่มรูปให้แล้ว');
      await chat.send({ kind: 'media', media: 'image', reference: 'card-3' });
      await chat.repeat();
      const record = await desk.open(filed.id, officer);
      expect(record.state).toBe('working');
      expect(
        record.history.flatMap(({ attachments = [] }) => attachments.map(({ fileId }) => fileId)),
      ).toEqual(['line/card-2', 'line/card-3']);
      await desk.act(filed.id, officer, 'b', { kind: 'answer', text: 'รูปใช้ได้ เอกสารครบ ไปยื่นได้เลย' });
      expect(await lines()).toEqual([
        'ready.filed-pin ""',
        'case.needs "รูปมืด ถ่ายใหม่ให้เห็นชื่อ"',
        'case.answered "รูปใช้ได้ เอกสารครบ ไปยื่นได้เลย"',
      ]);
    });
  });

  describe('my matters', () => {
    it('let a family member follow by code, from chat to chat, and be shut out again', async () => {
      const { caseId } = await chat.world.filed({ personId: 'p-1', conversationId: 'c-x' });
      await chat.say('เรื่องของฉัน');
      await chat.pick(`status:case:${caseId}`);
      await chat.pick(`my:add:${caseId}`);
      await chat.pick(`my:followers:${caseId}`);
      await chat.pick(`my:invite:${caseId}:family`);
      const invite = (await chat.notices()).find(each => each.key === 'case.invite');
      const code = invite?.values?.['code'];
      if (typeof code !== 'string') throw new Error('no code was told');
      const child = await openCaseChat(engine, { personId: 'child' }, chat);
      await child.say(`ติดตามให้ ${code}`);
      expect((await child.notices()).map(each => each.key)).toEqual(['case.joined']);
      await chat.send({ kind: 'choice', choice: `my:followers:${caseId}` });
      await chat.pick(`my:unfollow:${caseId}:0`);
      expect(await chat.world.service.ofPerson('child', 5)).toEqual([]);
    });

    it('show appointments to come', async () => {
      const at = Date.UTC(2026, 10, 26, 2);
      await chat.appointments.book({
        key: 'b1',
        draft: { personId: 'p-1', conversationId: 'c-x', language: 'th', channel: 'line' },
        pointId: 'main',
        startsAt: at,
        priority: false,
      });
      await chat.say('เรื่องของฉัน');
      expect(await chat.pick('my:calendar')).toContain('09:00');
    });
  });
});
