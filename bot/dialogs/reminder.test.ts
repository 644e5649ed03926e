import { join } from 'node:path';
import { v7 } from 'uuid';
import { loadHours } from '../../server/hours';
import { loadLocales } from '../../server/locales';
import { loadPublished } from '../../server/knowledge';
import { projectRoot } from '../../server/root';
import { createKnownDates, createTexts, sendingTimes } from '../../sms';
import { openAssistant } from '../../tests/support/assistant';
import { eventually } from '../../tests/support/product';
import {
  type Choice,
  type Command,
  type Conversation,
  type Decision,
  type Turn,
  type ChannelName,
} from '../../core';
import { commitOf, createSay, particles } from '../index';
import { pipeline } from '../pipeline';
import { continueDialog, hearAlways, startDialog } from '../steps/dialogs';
import { resolveChoice } from '../steps/resolve-choice';
import { understand } from '../steps/understand';
import { fewerMessages } from './fewer-messages';
import { reminder } from './reminder';
import type { AheadReminder } from './reminder-parts';
import { startMessages, stopMessages } from './talk';

const root = projectRoot();
const published = loadPublished(root);
/** Wednesday, ten in the morning. */
const now = Date.parse('2026-11-25T10:00:00+07:00');
const at = (text: string): number => Date.parse(`${text}+07:00`);
const day = 24 * 3_600_000;

/** The last thing that the chat core says to these texts, one after the other. */
async function openTalk() {
  const assistant = await openAssistant(now);
  return {
    stop: () => assistant.stop(),
    async ask(...texts: readonly string[]): Promise<string> {
      let said = '';
      for (const text of texts) said = (await assistant.ask(text)).map(reply => reply.text).join('\n');
      return said;
    },
  };
}

const locales = loadLocales([join(root, 'locales')], 'bot');
const say = createSay(locales, particles.female);
const times = sendingTimes(loadHours(root).holidays.map(({ date }) => date));
const sentences = loadLocales([join(root, 'locales')], 'sms');
const dates = createKnownDates(key => ({ th: sentences['th']?.[key] ?? key }));
const texts = createTexts({
  catalogue: sentences,
  operator: 'อบต.ปัว',
  phone: '054123456',
});

const nothing = (): never => {
  throw new Error('this dialog does not ask for it');
};

/** The dialog behind the steps of the bot, in one conversation of a channel; what it orders is kept to be looked at. */
function openChat(
  channel: ChannelName,
  given: { sms?: boolean; ahead?: readonly AheadReminder[]; audience?: 'group' } = {},
) {
  const parts = {
    cases: {
      status: nothing,
      reception: nothing,
      ofPerson: nothing,
      oneOfPerson: nothing,
      recentDouble: nothing,
      personOf: () => Promise.resolve('p-1'),
    },
    reminders: {
      ahead: () => Promise.resolve(given.ahead ?? []),
      fault: texts.fault,
      tellAt: times.tellAt,
      known: dates,
      canSms: () => given.sms ?? true,
      phoneOf: () => Promise.resolve(channel === 'sms' ? '+66812345678' : undefined),
    },
    say,
  };
  const dialogs = [stopMessages(say), startMessages(say), reminder(parts), fewerMessages(parts)];
  const decide = pipeline([
    resolveChoice,
    understand(() => published.understander),
    hearAlways(dialogs),
    continueDialog(dialogs),
    startDialog(dialogs),
    () => Promise.resolve({ replies: [{ kind: 'text', text: 'อย่างอื่น' }] }),
  ]);
  let conversation: Conversation = {
    id: 'c-1',
    version: 1,
    addressId: 'a-1',
    agencyId: 'operator',
    channel,
    account: 'main',
    audience: given.audience ?? 'person',
    language: 'th',
    seq: 1,
    owner: { kind: 'bot' },
    offered: [],
    left: false,
    pending: [],
    changedAt: now,
  };
  let decision: Decision = { replies: [] };
  let commands: readonly Command[] = [];
  async function send(content: Turn['event']['content'], moment = now): Promise<string> {
    const id = v7();
    const event = {
      ...{ id, channel, account: 'main', providerEventId: id, occurredAt: moment, content },
      ...{ audience: conversation.audience, addressId: 'a-1', conversationId: 'c-1' },
    };
    decision = await decide({
      ...{ event, conversation, now: moment, language: 'th' },
      desk: { open: true, officersOnline: 1, waiting: 0 },
    });
    const act = { event, decision, speaker: { from: 'bot' } as const };
    const next = commitOf(conversation, act, moment, {
      batch: () => undefined,
      personId: 'p-1',
      knowledgeVersion: '1',
    });
    commands = next.pending.flatMap(each => (each.kind === 'command' ? [each.command] : []));
    conversation = { ...next, pending: [] };
    return decision.replies.map(reply => reply.text).join('\n');
  }
  return {
    say: (text: string, moment?: number) => send({ kind: 'text', text }, moment),
    pick: (choice: string) => {
      if (!conversation.offered.some(each => each.id === choice)) throw new Error(`${choice} is not offered`);
      return send({ kind: 'choice', choice });
    },
    offered: (): readonly Choice[] => conversation.offered,
    commands: () => commands,
    outcome: () => decision.outcome,
  };
}

describe('a reminder in the chat', () => {
  let chat: Awaited<ReturnType<typeof openTalk>> | undefined;
  afterEach(async () => {
    await chat?.stop();
    chat = undefined;
  });

  it('is asked for, confirmed in full words, made, listed, moved and cancelled', async () => {
    chat = await openTalk();
    const listed = (text: string) =>
      eventually('the list', async () => ((await chat?.ask('เตือนอะไรไว้บ้าง')) ?? '').includes(text));
    expect(await chat.ask('เตือนฉันต่อใบขับขี่ 15 มี.ค. 71')).toBe('วันพุธที่ 15 มี.ค. 2571 เก้าโมงเช้า ให้เตือนตอนไหนคะ');
    expect(await chat.ask('1')).toBe(
      [
        'ตรวจก่อนตั้งเตือนค่ะ',
        'เรื่อง: ต่อใบขับขี่',
        'วันเวลา: วันพุธที่ 15 มี.ค. 2571 เก้าโมงเช้า',
        'จะเตือน: วันพุธที่ 8 มี.ค. 2571 เก้าโมงเช้า, วันอังคารที่ 14 มี.ค. 2571 เก้าโมงเช้า',
        'ทาง: แชตนี้ ตอนเปิดหน้าไว้',
        'ยกเลิกได้ทุกเมื่อ ถ้าถูกต้อง กดให้เตือนได้เลย',
      ].join('\n'),
    );
    expect(await chat.ask('1')).toBe('ตั้งเตือนไว้แล้วค่ะ');
    await listed('1. ต่อใบขับขี่ วันพุธที่ 15 มี.ค. 2571 เก้าโมงเช้า');
    expect(await chat.ask('1', '1')).toContain('วันไหน เวลาไหน');
    expect(await chat.ask('20 มี.ค. 71 บ่ายสอง')).toContain('วันเวลา: วันจันทร์ที่ 20 มี.ค. 2571 บ่ายสองโมง');
    expect(await chat.ask('1')).toBe('เลื่อนให้แล้วค่ะ');
    await listed('วันจันทร์ที่ 20 มี.ค. 2571 บ่ายสองโมง');
    expect(await chat.ask('1', '2')).toBe('ยกเลิกการเตือนนี้แล้วค่ะ');
    await listed('ยังไม่มีการเตือนที่ตั้งไว้ค่ะ');
  });

  it.each([
    ['อย่าลืมเตือนแม่ไปหาหมอพรุ่งนี้บ่ายสาม', 'แม่ไปหาหมอ', '2026-11-26T15:00', undefined],
    ['เตือนผมจ่ายค่าน้ำทุกเดือนวันที่ 5', 'จ่ายค่าน้ำ', '2026-12-05T09:00', 'FREQ=MONTHLY'],
    ['ช่วยเตือนไปรับเบี้ยผู้สูงอายุวันที่ 10 หน่อย', 'ไปรับเบี้ยผู้สูงอายุ', '2026-12-10T09:00', undefined],
    ['เตือนให้ไปรับยาวันศุกร์ 9 โมง', 'ไปรับยา', '2026-11-27T09:00', undefined],
    ['ช่วยเตือนแม่กินยาทุกวันตอน 2 ทุ่ม', 'แม่กินยา', '2026-11-25T20:00', 'FREQ=DAILY'],
    ['เตือนจ่ายค่าไฟทุกวันที่ 25', 'จ่ายค่าไฟ', '2026-12-25T09:00', 'FREQ=MONTHLY'],
    ['ตั้งเตือนต่อภาษีรถ 1 เม.ย. ทุกปี', 'ต่อภาษีรถ', '2027-04-01T09:00', 'FREQ=YEARLY'],
    ['เตือนไปหาหมอทุกวันจันทร์ 8 โมงเช้า', 'ไปหาหมอ', '2026-11-30T08:00', 'FREQ=WEEKLY;BYDAY=MO'],
    ['ฝากเตือนหน่อยเดือนหน้าวันที่ 3 ไปโรงพยาบาล ตอนเช้า', 'ไปโรงพยาบาล', '2026-12-03T08:00', undefined],
    ['remind me to renew my passport on 3 March 2027', 'renew my passport', '2027-03-03T09:00', undefined],
  ])('reads %s', async (text, what, due, repeats) => {
    const chat = openChat('line');
    await chat.say(text);
    if (chat.offered().some(each => each.id === 'reminder:lead:now')) await chat.pick('reminder:lead:now');
    await chat.pick('reminder:yes');
    expect(chat.commands()).toHaveLength(1);
    expect(chat.commands()[0]).toMatchObject({
      kind: 'reminder.create',
      data: {
        ...{
          personId: 'p-1',
          conversationId: 'c-1',
          agencyId: 'operator',
          purpose: 'personal',
          leadsMs: [0],
        },
        text: { template: 'personal', values: { what: { kind: 'text', text: what } } },
        dueAt: at(due),
        ladder: [{ way: 'line' }],
        basis: { basis: 'consent', at: now, how: 'ตกลง ให้เตือน' },
        ...(repeats === undefined ? {} : { repeats }),
      },
    });
    expect(chat.outcome()).toBe('reminder');
  });

  it('proposes the dates of law, each year or once, with where they stand', async () => {
    const chat = openChat('line');
    expect(await chat.say('เตือนฉันยื่นภาษีทุกปี')).toBe(
      [
        'ตรวจก่อนตั้งเตือนค่ะ',
        'เรื่อง: ยื่นภาษีเงินได้',
        'ทำได้ถึง: วันพุธที่ 31 มี.ค. 2570 ทุกปี',
        'ควรรู้: ยื่นได้ตั้งแต่ 1 ม.ค. แบบกระดาษถึง 31 มี.ค. ทางเน็ตมักขยายให้ถึงราว 8 เม.ย.',
        'ที่มา: ประมวลรัษฎากร มาตรา 56',
        'จะเตือน: วันจันทร์ที่ 1 ก.พ. 2570 แปดโมงครึ่ง, วันจันทร์ที่ 1 มี.ค. 2570 เก้าโมงเช้า, วันพุธที่ 24 มี.ค. 2570 เก้าโมงเช้า',
        'ทาง: LINE นี้',
        'ยกเลิกได้ทุกเมื่อ ถ้าถูกต้อง กดให้เตือนได้เลย',
      ].join('\n'),
    );
    await chat.pick('reminder:yes');
    const data = {
      purpose: 'renewal',
      text: { template: 'renewal', values: { thing: { kind: 'text', text: { th: 'ยื่นภาษีเงินได้' } } } },
      dueAt: at('2027-03-31T09:00'),
      leadsMs: [60 * day, 30 * day, 7 * day],
      repeats: 'FREQ=YEARLY',
      topic: { kind: 'service', id: 'p1-16' },
    };
    expect(chat.commands()).toMatchObject([{ kind: 'reminder.create', data }]);
    const once = openChat('line');
    await once.say('เตือนฉันยื่นภาษี');
    expect(await once.pick('reminder:once')).toContain('ทำได้ถึง: วันพุธที่ 31 มี.ค. 2570\n');
    await once.pick('reminder:yes');
    expect(once.commands()[0]?.data).not.toHaveProperty('repeats');
  });

  it('tells soon of a last day that is near, in the hours of offices', async () => {
    const chat = openChat('line');
    const evening = Date.parse('2026-11-26T23:00:00+07:00');
    const said = await chat.say('เตือนแม่ลงทะเบียนเบี้ยผู้สูงอายุ', evening);
    expect(said).toContain('ทำได้ถึง: วันจันทร์ที่ 30 พ.ย. 2569\n');
    expect(said).toContain('จะเตือน: วันศุกร์ที่ 27 พ.ย. 2569 แปดโมงครึ่ง\n');
  });

  it('asks for the last day that is one’s own, and says where it stands', async () => {
    const chat = openChat('line');
    expect(await chat.say('ช่วยเตือนต่อภาษีรถทุกปีหน่อย')).toContain('ป้ายวงกลม');
    expect(await chat.say('15 มี.ค. 70')).toContain('ทำได้ถึง: วันจันทร์ที่ 15 มี.ค. 2570 ทุกปี');
    await chat.pick('reminder:yes');
    expect(chat.commands()).toMatchObject([
      { data: { purpose: 'renewal', dueAt: at('2027-03-15T09:00'), repeats: 'FREQ=YEARLY' } },
    ]);
  });

  it.each(['เตือนฉันยื่นภาษี 20 มี.ค. 70', 'เตือนเสียภาษีทุกเดือนวันที่ 7'])(
    'takes the day that is said: %s',
    async text => {
      const chat = openChat('line');
      await chat.say(text);
      if (chat.offered().some(each => each.id === 'reminder:lead:now')) await chat.pick('reminder:lead:now');
      await chat.pick('reminder:yes');
      expect(chat.commands()).toMatchObject([{ data: { purpose: 'personal' } }]);
    },
  );

  it('lets what cannot wait be answered first, and other questions too', async () => {
    chat = await openTalk();
    await chat.ask('เตือนฉันต่อใบขับขี่ 15 มี.ค. 71');
    expect(await chat.ask('โดนแก๊งคอลเซ็นเตอร์หลอกโอนเงิน')).toContain('1441');
    expect(await chat.ask('สิทธิของฉัน ตกงาน มีลูก 2 ขวบ พ่อพิการ')).not.toContain('ยังอ่านไม่ออก');
  });

  it('asks one thing after another where nothing was said', async () => {
    const chat = openChat('line');
    expect(await chat.say('เตือนฉันหน่อย')).toContain('ให้เตือนเรื่องอะไร');
    expect(await chat.say('ไปงานศพลุง')).toContain('วันไหน เวลาไหน');
    expect(await chat.say('เอ่อ ไม่แน่ใจ')).toContain('วันไหน เวลาไหน');
    expect(await chat.say('วันศุกร์')).toContain('วันศุกร์ที่ 27 พ.ย. 2569 เก้าโมงเช้า');
    expect(await chat.say('บ่ายสาม')).toContain('บ่ายสามโมง');
    expect(await chat.pick('reminder:lead:hours')).toContain('จะเตือน: วันศุกร์ที่ 27 พ.ย. 2569 เที่ยง');
  });

  it('tells what has passed, and what cannot stand in a text', async () => {
    const chat = openChat('line');
    expect(await chat.say('เตือนฉันไปหาหมอ 3 มี.ค. 2568')).toContain('วันจันทร์ที่ 3 มี.ค. 2568 เก้าโมงเช้า ผ่านไปแล้ว');
    await chat.say('พรุ่งนี้เช้า');
    expect(chat.offered().map(each => each.id)).toContain('reminder:lead:now');
    const other = openChat('line');
    await other.say('เตือนดู https://example.com/a พรุ่งนี้บ่ายสาม');
    expect(await other.pick('reminder:lead:now')).toContain('ใส่ลิงก์ไม่ได้');
    expect(await other.say('ดูผลสอบ')).toContain('เรื่อง: ดูผลสอบ');
  });

  it('spares the night, and says so before it is agreed to', async () => {
    const chat = openChat('line');
    await chat.say('เตือนไปสนามบิน 28 พ.ย. ตีสาม');
    expect(await chat.pick('reminder:lead:now')).toContain('จะเตือน: วันศุกร์ที่ 27 พ.ย. 2569 สี่ทุ่มห้าสิบเก้านาที');
  });

  it('keeps what was said while something else is asked', async () => {
    const chat = openChat('line');
    await chat.say('เตือนฉันต่อใบขับขี่');
    const other = await chat.say('ทำบัตรประชาชนหายต้องทำยังไง');
    expect(other).toContain('อย่างอื่น');
    expect(await chat.pick('reminder:continue')).toContain('วันไหน เวลาไหน');
  });

  it('ends when the person has enough', async () => {
    const chat = openChat('line');
    await chat.say('เตือนฉันต่อใบขับขี่');
    expect(await chat.pick('reminder:stop')).toBe('ไม่ตั้งเตือนแล้วค่ะ');
    expect(chat.commands()).toEqual([]);
  });
});

describe('how it reaches the person', () => {
  it('by SMS where the page cannot: asks for the number, says what for', async () => {
    for (const channel of ['webchat', 'kiosk'] as const) {
      const chat = openChat(channel);
      await chat.say('เตือนไปหาหมอพรุ่งนี้บ่ายสาม');
      expect(await chat.pick('reminder:lead:hour')).toContain('ใช้เตือนเรื่องนี้เท่านั้น');
      expect(await chat.say('081 234 5678')).toContain('SMS 081 234 5678');
      await chat.pick('reminder:yes');
      const ladder = channel === 'webchat' ? [{ way: 'sms' }, { way: 'webchat' }] : [{ way: 'sms' }];
      expect(chat.commands()[0]?.data).toMatchObject({ phone: '+66812345678', ladder });
    }
  });

  it('by SMS to the number that wrote', async () => {
    const chat = openChat('sms');
    await chat.say('เตือนไปหาหมอพรุ่งนี้บ่ายสาม');
    await chat.pick('reminder:lead:hour');
    await chat.pick('reminder:yes');
    expect(chat.commands()[0]?.data).toMatchObject({ phone: '+66812345678', ladder: [{ way: 'sms' }] });
  });

  it('says so where there is no way', async () => {
    const chat = openChat('kiosk', { sms: false });
    await chat.say('เตือนไปหาหมอพรุ่งนี้บ่ายสาม');
    expect(await chat.pick('reminder:lead:hour')).toContain('LINE');
    expect(chat.commands()).toEqual([]);
  });

  it('never from a group, where everybody would read it', async () => {
    const chat = openChat('line', { audience: 'group' });
    await chat.say('เตือนไปหาหมอพรุ่งนี้บ่ายสาม');
    expect(chat.offered().map(each => each.id)).not.toContain('reminder:yes');
  });

  it('touches only what is the person’s own', async () => {
    const mine: AheadReminder = {
      id: 'r-mine',
      purpose: 'appointment',
      dueAt: now + 3 * day,
      leadsMs: [day],
      text: {
        template: 'appointment',
        values: { matter: { kind: 'text', text: 'รับเบี้ย' }, place: { kind: 'text', text: 'อบต.ปัว' } },
      },
    };
    const chat = openChat('line', { ahead: [mine] });
    expect(await chat.say('เตือนอะไรไว้บ้าง')).toContain('1. รับเบี้ย อบต.ปัว วันเสาร์ที่ 28 พ.ย. 2569');
    await chat.pick('reminder:show:r-mine');
    // What an officer made is cancelled here, not moved.
    expect(chat.offered().map(each => each.id)).not.toContain('reminder:move:r-mine');
    await chat.pick('reminder:cancel:r-mine');
    expect(chat.commands()).toMatchObject([
      { kind: 'reminder.cancel', data: { id: 'r-mine', personId: 'p-1' } },
    ]);
  });
});

describe('fewer messages', () => {
  const mine: AheadReminder = {
    id: 'r-mine',
    purpose: 'personal',
    dueAt: now + 3 * day,
    leadsMs: [day],
    text: { template: 'personal', values: { what: { kind: 'text', text: 'ต่อภาษีรถ' } } },
  };

  it.each([
    'ยกเลิกการเตือน',
    'ยกเลิกเตือน',
    'ไม่ต้องเตือนแล้ว',
    'เลิกเตือนฉัน',
    'ยกเลิกการแจ้งเตือน',
    'cancel my reminder',
  ])('asks which, on SMS and in the chat: %s', async text => {
    for (const channel of ['line', 'sms', 'webchat'] as const) {
      const chat = openChat(channel, { ahead: [mine] });
      await chat.say(text);
      expect(chat.commands()).toEqual([]);
      expect(chat.offered().map(each => each.id)).toEqual(['reminder:cancel:r-mine', 'stop', 'menu']);
      await chat.say('1');
      expect(chat.commands()).toMatchObject([{ kind: 'reminder.cancel', data: { id: 'r-mine' } }]);
    }
  });

  it.each(['ยกเลิกการแจ้งเตือนทั้งหมด', 'หยุดส่งข้อความ', 'ไม่ต้องส่งข้อความมาอีก'])(
    'stops at once where all is meant: %s',
    async text => {
      const chat = openChat('line', { ahead: [mine] });
      expect(await chat.say(text)).toContain('พิมพ์ “รับข้อความ”');
      expect(chat.commands()).toMatchObject([{ kind: 'consent.withdrawn' }]);
      await chat.say('รับข้อความ');
      expect(chat.commands()).toMatchObject([{ kind: 'notices.allowed' }]);
    },
  );

  it('asks once about a bare word, and stops at the second', async () => {
    const chat = openChat('webchat');
    expect(await chat.say('เลิก')).toContain('ใช่ไหม');
    expect(chat.commands()).toEqual([]);
    await chat.pick('stop');
    expect(chat.commands()).toMatchObject([{ kind: 'consent.withdrawn' }]);
  });

  it('stops at a bare word on SMS, as carriers want it', async () => {
    const chat = openChat('sms', { ahead: [mine] });
    await chat.say('เลิก');
    expect(chat.commands()).toMatchObject([{ kind: 'consent.withdrawn' }]);
  });

  it('takes a bare word in the middle of a dialog for its end', async () => {
    const chat = openChat('line');
    await chat.say('เตือนฉันต่อใบขับขี่');
    await chat.say('เลิก');
    expect(chat.commands()).toEqual([]);
    expect(chat.outcome()).toBe('reminder');
    expect(chat.offered().map(each => each.id)).not.toContain('stop');
  });
});
