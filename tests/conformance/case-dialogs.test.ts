import type { Engine, Notice } from '../../core';
import { officerOf } from '../support/case-world';
import { type CaseChat, openCaseChat } from '../support/case-chat';
import { type TestData, describeStores } from '../support/stores';

const telling = 'ไฟถนนหน้าบ้านดับมาสามวันแล้ว แจ้งเทศบาลไปแล้วไม่มีใครมาซ่อม';
const valueOf = (notice: Notice | undefined, name: string): string => {
  const value = notice?.values?.[name];
  return typeof value === 'string' ? value : '';
};

describeStores('dialogs of cases', newData => {
  let data: TestData;
  let engine: Engine;
  let chat: CaseChat;

  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    chat = await openCaseChat(engine, { personId: 'p-1' });
  });
  afterEach(() => data.remove());

  /** From the first word to the summary. */
  async function toSummary(who: 'named' | 'anonymous' = 'named', of = chat): Promise<string> {
    await of.say('ร้องเรียน');
    await of.say(telling);
    if (of.offered().some(choice => choice.id === 'complaint:topic:other'))
      await of.pick('complaint:topic:other');
    if (of.offered().some(choice => choice.id === 'complaint:skip:where')) await of.say('หมู่ 3 ตำบลปัว');
    if (of.offered().some(choice => choice.id === 'complaint:skip:when')) await of.pick('complaint:when:now');
    await of.send({ kind: 'media', media: 'image', reference: 'photo-1' });
    await of.pick('complaint:photos-done');
    const asked = await of.pick(`complaint:who:${who}`);
    return who === 'named' ? of.say('081 234 5678') : asked;
  }

  describe('a complaint', () => {
    it('is told step by step, checked, sent once, and followed by number and phone digits', async () => {
      const summary = await toSummary();
      expect(chat.last().outcome).toBe('complaint');
      expect(summary).toContain(telling);
      expect(summary).toContain('รูป: 1');
      expect(await chat.notices()).toEqual([]);
      await chat.pick('complaint:send');
      await chat.repeat();
      const notices = await chat.notices();
      expect(notices.map(each => each.key)).toEqual(['case.filed']);
      expect(await chat.world.service.ofPerson('p-1', 10)).toMatchObject([
        { kind: 'complaint', details: { what: telling, attachments: [{ fileId: 'line/photo-1' }] } },
      ]);
      // Somebody else, on another channel, with both facts.
      const other = await openCaseChat(engine, {}, chat);
      const reference = valueOf(notices[0], 'reference');
      expect(await other.say(`สถานะ ${reference} 5678`)).toContain(reference);
      expect(other.last().outcome).toBe('status');
    });

    it('is corrected before it is sent', async () => {
      await toSummary();
      await chat.pick('complaint:fix');
      await chat.pick('complaint:fix:where');
      expect(await chat.say('หน้าวัดปัวกลาง หมู่ 7')).toContain('หน้าวัดปัวกลาง หมู่ 7');
      await chat.pick('complaint:send');
      expect(await chat.world.service.ofPerson('p-1', 1)).toMatchObject([
        { details: { where: { text: 'หน้าวัดปัวกลาง หมู่ 7' } } },
      ]);
    });

    it('takes a place on the map whenever it comes', async () => {
      await chat.say('ร้องเรียน');
      await chat.send({ kind: 'location', latitude: 19.18, longitude: 100.91, address: 'ปัว น่าน' });
      await chat.say(telling);
      if (chat.offered().some(choice => choice.id === 'complaint:topic:other'))
        await chat.pick('complaint:topic:other');
      expect(chat.offered().map(choice => choice.id)).toContain('complaint:skip:when');
    });

    it('without a name keeps nothing of the person, and opens by number and PIN alone', async () => {
      await toSummary('anonymous');
      await chat.pick('complaint:send');
      const [filed] = await chat.notices();
      expect(filed?.key).toBe('case.filed-pin');
      expect(await chat.world.service.ofPerson('p-1', 10)).toEqual([]);
      const other = await openCaseChat(engine, {}, chat);
      await other.say('เช็คสถานะ');
      await other.say(valueOf(filed, 'reference'));
      expect(await other.say('000000')).toBe(await other.say('000001'));
      expect(await other.say(valueOf(filed, 'pin'))).toContain(valueOf(filed, 'reference'));
    });

    it('is noticed when it is open already, and then added to or filed as another', async () => {
      await toSummary();
      await chat.pick('complaint:send');
      await chat.say('ร้องเรียน');
      await chat.say(telling);
      if (chat.offered().some(choice => choice.id === 'complaint:topic:other'))
        await chat.pick('complaint:topic:other');
      await chat.pick('complaint:add');
      const [only, ...rest] = await chat.world.service.ofPerson('p-1', 10);
      expect(rest).toEqual([]);
      expect(only?.history.map(each => each.text)).toContain(telling);
    });

    it('is left, answered in between, and gone on with', async () => {
      await chat.say('ร้องเรียน');
      await chat.say(telling);
      if (chat.offered().some(choice => choice.id === 'complaint:topic:other'))
        await chat.pick('complaint:topic:other');
      const waiting = chat.offered().map(choice => choice.id);
      await chat.say('เปิดกี่โมงคะ');
      await chat.pick('complaint:continue');
      expect(chat.offered().map(choice => choice.id)).toEqual(waiting);
      await chat.say('ยกเลิก');
      expect(chat.last()).toMatchObject({ outcome: 'complaint', dialog: null });
      expect(await chat.notices()).toEqual([]);
    });

    it('says what it did not understand and how to answer, and the second time offers an officer', async () => {
      await toSummary();
      await chat.pick('complaint:fix');
      await chat.pick('complaint:fix:who');
      const once = await chat.say('ฟหกด');
      expect(once).toContain('ยังไม่เข้าใจ"ฟหกด"');
      expect(once).toContain('ไม่บอกชื่อ');
      expect(chat.offered().map(choice => choice.id)).not.toContain('handover');
      const twice = await chat.say('ฟหกด');
      expect(twice).not.toBe(once);
      expect(chat.offered().map(choice => choice.id)).toEqual(
        expect.arrayContaining(['complaint:who:anonymous', 'complaint:stop', 'handover']),
      );
      await chat.pick('complaint:who:named');
      expect(await chat.say('ฟหกด')).toContain('081 234 5678');
      expect(chat.offered().map(choice => choice.id)).not.toContain('handover');
    });

    it.each([
      ['ไม่ประสงค์ออกนามค่ะ', true, undefined],
      ['ไม่บอกชื่อครับ', true, undefined],
      ['เบอร์ 089 765 4321', false, '+66897654321'],
    ])('takes %p for who tells it, and is sent by a word', async (typed, anonymous, phone) => {
      await toSummary();
      await chat.pick('complaint:fix');
      await chat.pick('complaint:fix:who');
      await chat.say(typed);
      expect(chat.last().dialog).toMatchObject({
        state: { step: 'check', anonymous, ...(phone ? { phone } : {}) },
      });
      await chat.say('แก้ไขหน่อย');
      expect(chat.offered().map(choice => choice.id)).toContain('complaint:fix:when');
      await chat.say('ส่ง');
      expect((await chat.notices()).map(each => each.key)).toEqual([
        anonymous ? 'case.filed-pin' : 'case.filed',
      ]);
    });

    it('says that a text where a picture is asked for was added', async () => {
      await toSummary();
      await chat.pick('complaint:fix');
      await chat.pick('complaint:fix:photo');
      expect(await chat.say('เสาไฟต้นที่สองด้วย')).toContain('เพิ่มข้อความนี้');
      await chat.pick('complaint:photos-done');
      expect(chat.last().replies.at(-1)?.text).toContain('เสาไฟต้นที่สองด้วย');
    });

    it('is not taken in a group', async () => {
      const group = await openCaseChat(engine, { personId: 'p-1', audience: 'group' }, chat);
      await group.say('ร้องเรียน');
      expect(group.last().dialog).toBeNull();
    });

    it('yields to danger at any moment', async () => {
      await chat.say('ร้องเรียน');
      await chat.say('อยากตาย ไม่อยากมีชีวิตอยู่แล้ว');
      expect(chat.last().outcome).toBe('crisis');
    });
  });

  describe('status', () => {
    it('shows own matters by a touch, and adds to one or takes it back', async () => {
      await toSummary();
      await chat.pick('complaint:send');
      const [filed] = await chat.world.service.ofPerson('p-1', 1);
      await chat.say('ติดตามเรื่อง');
      await chat.pick(`status:case:${filed?.id}`);
      await chat.pick(`my:add:${filed?.id}`);
      await chat.say('เสาไฟต้นที่สาม');
      await chat.pick('my');
      await chat.pick(`status:case:${filed?.id}`);
      await chat.pick(`my:add:${filed?.id}`);
      await chat.pick(`my:withdraw:${filed?.id}`);
      await chat.pick(`my:withdraw-yes:${filed?.id}`);
      const [after] = await chat.world.service.ofPerson('p-1', 1);
      expect(after).toMatchObject({ state: 'withdrawn' });
      expect(after?.history.map(each => each.text)).toContain('เสาไฟต้นที่สาม');
    });

    it('is added to by SMS with numbers alone, and says so at the desk', async () => {
      const bySms = await openCaseChat(engine, { personId: 'p-1', channel: 'sms' }, chat);
      const { caseId } = await chat.world.filed({ personId: 'p-1', conversationId: 'c-sms' });
      const number = (id: string): string =>
        String(bySms.offered().findIndex(choice => choice.id === id) + 1);
      await bySms.say('เรื่องของฉัน');
      await bySms.say(number(`status:case:${caseId}`));
      await bySms.say(number(`my:add:${caseId}`));
      expect(await bySms.say('ยังไม่มีใครมาเลย น้ำท่วมถึงเข่าแล้ว')).toContain('เพิ่มให้แล้ว');
      const record = await chat.world.desk.open(caseId, officerOf('o-1', 'officer'));
      expect(record.history.map(({ text }) => text)).toContain('ยังไม่มีใครมาเลย น้ำท่วมถึงเข่าแล้ว');
    });

    it('says the same to a wrong number and a wrong fact, and stops after too many', async () => {
      await toSummary();
      await chat.pick('complaint:send');
      const reference = valueOf((await chat.notices())[0], 'reference');
      const stranger = await openCaseChat(engine, {}, chat);
      const wrongFact = await stranger.say(`สถานะ ${reference} 0000`);
      expect(await stranger.say(`สถานะ 123456789012 5678`)).toBe(wrongFact);
      for (let tries = 0; tries < 10; tries += 1) await stranger.say(`สถานะ ${100000000000 + tries} 1111`);
      expect(await stranger.say(`สถานะ ${reference} 5678`)).not.toContain(telling);
      expect(stranger.last().dialog).toBeNull();
    });

    it('sends a one-time code to the chat of the case', async () => {
      await toSummary();
      await chat.pick('complaint:send');
      const reference = valueOf((await chat.notices())[0], 'reference');
      const other = await openCaseChat(engine, {}, chat);
      await other.say(`สถานะ ${reference}`);
      await other.pick('status:code');
      const code = (await chat.notices()).find(each => each.key === 'case.code');
      expect(await other.say(valueOf(code, 'code'))).toContain(reference);
    });
  });

  describe('a call-back', () => {
    it('takes number and time from the first words, asks for the rest, and is filed', async () => {
      await chat.say('โทรกลับหน่อย 081-234-5678 พรุ่งนี้บ่ายสอง');
      expect(chat.last().outcome).toBe('handover');
      if (chat.offered().some(choice => choice.id === 'callback:about:skip')) await chat.say('เรื่องเบี้ยผู้สูงอายุ');
      await chat.pick('callback:send');
      await chat.repeat();
      expect((await chat.notices()).map(each => each.key)).toEqual(['callback.filed']);
      expect(await chat.world.service.ofPerson('p-1', 5)).toMatchObject([
        {
          kind: 'callback',
          details: { phone: '+66812345678', from: Date.UTC(2026, 10, 26, 7), attempts: [] },
        },
      ]);
    });

    it('does not take what is no phone number, and says so; the second time it offers an officer', async () => {
      await chat.say('ขอให้โทรกลับ');
      expect(await chat.say('12345')).toContain('ยังไม่เข้าใจ"12345"');
      await chat.say('12345');
      expect(chat.offered().map(choice => choice.id)).toContain('handover');
      expect(chat.last().dialog).toMatchObject({ dialog: 'callback', state: {} });
      await chat.say('๐๘๑ ๒๓๔ ๕๖๗๘');
      expect(chat.last().dialog).toMatchObject({ state: { phone: '+66812345678' } });
    });
  });

  describe('an appointment', () => {
    const booked = async (): Promise<readonly unknown[]> =>
      (await chat.world.service.ofPerson('p-1', 5)).map(view => view.details);

    it('is booked, moved and cancelled', async () => {
      await chat.say('จองคิว');
      expect(chat.last().outcome).toBe('booking');
      await chat.pick('booking:priority:no');
      await chat.say('พรุ่งนี้เก้าโมง');
      await chat.pick('booking:send');
      await chat.repeat();
      const nine = Date.UTC(2026, 10, 26, 2);
      expect(await booked()).toMatchObject([{ startsAt: nine, state: 'booked' }]);
      const [view] = await chat.world.service.ofPerson('p-1', 1);
      await chat.say('จองคิว');
      await chat.pick(`booking:own:${view?.id}`);
      await chat.pick(`booking:move:${view?.id}`);
      const [day] = chat.offered();
      await chat.pick(day?.id ?? '');
      const [time] = chat.offered();
      await chat.pick(time?.id ?? '');
      await chat.pick('booking:send');
      expect(await booked()).toMatchObject([{ state: 'booked' }]);
      expect(await booked()).not.toMatchObject([{ startsAt: nine }]);
      await chat.say('จองคิว');
      await chat.pick(`booking:own:${view?.id}`);
      await chat.pick(`booking:cancel:${view?.id}`);
      expect(await booked()).toMatchObject([{ state: 'cancelled' }]);
      expect((await chat.notices()).map(each => each.key)).toEqual([
        'appointment.filed-pin',
        'appointment.moved',
        'appointment.cancelled',
      ]);
    });

    it('takes who goes first in their own words, and says what it did not understand', async () => {
      await chat.say('จองคิว');
      expect(await chat.say('ฟหกด')).toContain('ยังไม่เข้าใจ"ฟหกด"');
      await chat.say('ฟหกด');
      expect(chat.offered().map(choice => choice.id)).toContain('handover');
      await chat.say('แม่อายุ 72 ปีค่ะ');
      expect(chat.last().dialog).toMatchObject({ state: { priority: true } });
      expect(await chat.say('ฟหกด')).toContain('พรุ่งนี้');
      await chat.say('พรุ่งนี้เก้าโมง');
      await chat.say('ตกลงค่ะ');
      expect(await booked()).toMatchObject([{ state: 'booked', priority: true }]);
    });

    it('says that somebody was faster', async () => {
      await chat.say('จองคิวพรุ่งนี้เก้าโมง');
      await chat.pick('booking:priority:no');
      const nine = Date.UTC(2026, 10, 26, 2);
      for (const key of ['a', 'b', 'c'])
        await chat.appointments.book({
          key,
          draft: { conversationId: 'c-x', language: 'th', channel: 'line' },
          pointId: 'main',
          startsAt: nine,
          priority: false,
        });
      await chat.pick('booking:send');
      expect((await chat.notices()).map(each => each.key)).toEqual(['appointment.full']);
      expect(await booked()).toEqual([]);
    });
  });

  describe('asking for others', () => {
    const me = officerOf('o-1');
    const list = 'ฝากถาม\n1. เบี้ยคนชราเข้าวันไหน\n2. ทำบัตรประชาชนที่ไหน';

    it('takes a list only from a verified leader', async () => {
      await chat.say('ถามแทนลูกบ้าน');
      expect(chat.last().dialog).toBeNull();
      await expect(chat.relay.unverify('p-1', me)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await chat.relay.verify('p-1', { village: 'บ้านปัว หมู่ 3' }, me);
      await chat.say('ถามแทนลูกบ้าน');
      expect(chat.last().dialog).toMatchObject({ dialog: 'relay' });
    });

    it('answers question by question, and once all together for the loudspeaker', async () => {
      await chat.relay.verify('p-1', { village: 'บ้านปัว หมู่ 3' }, me);
      await chat.say('ถามแทนลูกบ้าน');
      await chat.say(list);
      await chat.pick('relay:send');
      await chat.repeat();
      const [view] = await chat.world.service.ofPerson('p-1', 5);
      const caseId = view?.id ?? '';
      const answer = (item: number, text: string, key = `k${item}`) =>
        chat.relay.answer({ caseId, key, officer: me, item, text });
      expect(await answer(7, 'ไม่มีข้อนี้')).toMatchObject({ outcome: 'impossible' });
      await Promise.all([answer(0, 'ทุกวันที่ 10 โทร 1300'), answer(1, 'ที่อำเภอ 08:30 น.')]);
      await answer(1, 'ที่อำเภอ 08:30 น.');
      const notices = await chat.notices();
      expect(notices.map(each => each.key).sort()).toEqual([
        'relay.answer',
        'relay.answer',
        'relay.filed-pin',
        'relay.finished',
      ]);
      const text = valueOf(
        notices.find(each => each.key === 'relay.finished'),
        'text',
      );
      expect(text).toContain('หนึ่ง สาม ศูนย์ ศูนย์');
      expect(text).not.toMatch(/\d/u);
      expect((await chat.world.service.ofPerson('p-1', 1))[0]?.state).toBe('answered');
    });

    it('passes nothing private on', async () => {
      await chat.relay.verify('p-1', { village: 'บ้านปัว' }, me);
      await chat.say('ถามแทนลูกบ้าน');
      await chat.say('1. ทำบัตรประชาชนที่ไหน\n2. มีคนในหมู่บ้านติดเชื้อเอชไอวี รับยาต้านไวรัสที่ไหน');
      expect(chat.last().dialog).toMatchObject({ state: { items: ['ทำบัตรประชาชนที่ไหน'] } });
    });

    it('is answered by nobody of another agency', async () => {
      await chat.relay.verify('p-1', { village: 'บ้านปัว' }, me);
      await chat.say('ถามแทนลูกบ้าน');
      await chat.say(list);
      await chat.pick('relay:send');
      const [view] = await chat.world.service.ofPerson('p-1', 1);
      const stranger = officerOf('x', 'officer', 'other');
      const by = { caseId: view?.id ?? '', key: 'k', officer: stranger, item: 0, text: 'x' };
      await expect(chat.relay.answer(by)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(chat.relay.announcement(by.caseId, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });
});
