import { calendarFile } from '../../cases/appointments/calendar';
import { queueHooks } from '../../cases/hooks';
import { queueMail } from '../../cases/mails';
import { partnerMaySee } from '../../cases/rights';
import type { CaseAct, CaseRecord, Engine } from '../../core';
import { createSay, particles } from '../../bot';
import { loadLocales } from '../../server/locales';
import { type CaseWorld, officerOf, shippedKnowledge, testSeal } from '../support/case-world';
import { type CaseChat, type ChatWorld, openCaseChat, openChatWorld } from '../support/case-chat';
import { type TestData, describeStores } from '../support/stores';

const hiv = { kind: 'service', id: 'p2-14' } as const;
/** Everything that was written or that names what it is about. */
const telling = /HIV|เอชไอวี|ผลตรวจ|ยาต้าน|secret/iu;
const lead = officerOf('lead', 'supervisor');
const say = createSay(loadLocales(['locales'], 'bot'), particles.female);
const mailSay = createSay(loadLocales(['locales'], 'mail'), particles.female);
const nine = Date.UTC(2026, 10, 26, 2);

const acts: readonly CaseAct[] = [
  { kind: 'take' },
  { kind: 'tell', text: 'ผลตรวจ HIV ออกแล้ว secret' },
  { kind: 'ask-person', needs: ['ผลตรวจ HIV secret'] },
  { kind: 'delay', why: 'รอผลตรวจ HIV secret', newDueAt: nine + 9e8 },
  { kind: 'answer', text: 'ผลตรวจ HIV เป็นลบ secret' },
];

/** A sensitive matter goes through everything that can happen to it, and every way out of the product is read. */
describeStores('a sensitive matter', newData => {
  let data: TestData;
  let engine: Engine;
  let given: ChatWorld;
  let world: CaseWorld;
  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    given = await openChatWorld(engine);
    world = given.world;
  });
  afterEach(() => data.remove());

  const chatOf = (personId: string, channel: 'line' | 'kiosk' = 'line'): Promise<CaseChat> =>
    openCaseChat(engine, { personId, channel }, given);

  async function through(): Promise<{ record: CaseRecord; reference: string; pin: string }> {
    const {
      caseId,
      reference,
      pin = '',
    } = await world.filed({
      topic: hiv,
      email: 'somebody@example.org',
      details: { kind: 'matter', what: 'อยากรู้ผลตรวจ HIV secret', attachments: [] },
    });
    for (const [index, act] of acts.entries())
      expect(await world.desk.act(caseId, lead, `${index}`, act)).toMatchObject({ outcome: 'done' });
    await world.flush();
    const record = await world.collections.cases.get(caseId);
    if (!record) throw new Error('the case is gone');
    return { record, reference, pin };
  }

  it('says outside only that something happened and where to call', async () => {
    const { record } = await through();
    const sent: string[] = [];
    const deliveries = {
      add: ({ sealed }: { sealed: string }): Promise<void> => {
        sent.push(testSeal.open(sealed));
        return Promise.resolve();
      },
    };
    const agencies = {
      agencies: { operator: { email: 'desk@example.org', managers: ['boss@example.org'] } },
      hooks: [{ name: 'all', url: 'https://example.org/', secret: 'a secret of sixteen' }],
      privateHosts: [],
    };
    for (const to of ['person', 'agency', 'managers'] as const)
      for (const mail of ['status', 'new', 'overdue', 'unacknowledged'] as const)
        await queueMail(
          { ...record },
          { key: `${to}-${mail}`, kind: 'mail', mail, to },
          {
            ...{ deliveries, agencies, operatorAgencyId: 'operator', seal: testSeal },
            knowledge: shippedKnowledge,
            sentence: mailSay,
            moment: at => new Date(at).toISOString(),
          },
        );
    await queueHooks(record, 'k', 'answered', { deliveries, agencies, seal: testSeal });
    expect(sent).toHaveLength(12);
    expect(sent.join('\n')).not.toMatch(telling);
    expect(JSON.stringify(world.told)).not.toMatch(telling);
    expect(world.told.slice(1).map(({ notice }) => notice.key)).toEqual(acts.map(() => 'case.progress-call'));
    expect(partnerMaySee(record, { name: 'shop', agencyId: record.topicAgencyId ?? '' })).toBe(false);
  });

  it('has a title of its kind only, for its person and in every list', async () => {
    const { record } = await through();
    const [own] = await world.service.ofPerson('p-1', 5);
    expect(own?.title).toEqual({ th: 'คำถามถึงเจ้าหน้าที่', en: 'Question for an officer' });
    expect(own?.topic).toBeUndefined();
    expect(
      await world.service.invite({ key: 'k', caseId: record.id, personId: 'p-1', as: 'family' }),
    ).toBeUndefined();
  });

  it('is an appointment without a reason in the calendar, and its reminder knows none', async () => {
    await given.appointments.book({
      key: 'b',
      draft: { personId: 'p-1', conversationId: 'c-1', language: 'th', channel: 'line', topic: hiv },
      pointId: 'main',
      startsAt: nine,
      priority: false,
    });
    const [view] = await world.service.ofPerson('p-1', 1);
    const record = await world.collections.cases.get(view?.id ?? '');
    const news = record && given.appointments.news(record);
    if (!record || !news) throw new Error('there is no appointment');
    expect(news).toMatchObject({ sensitive: true, state: 'booked', startsAt: nine });
    expect(news.topic).toBeUndefined();
    const file = calendarFile(
      news,
      { sequence: 1, at: world.now() },
      { words: say, operator: 'คลินิกนิรนาม HIV', titleOf: () => 'ตรวจ HIV' },
    );
    expect(file).toContain('SUMMARY:นัดหมาย');
    expect(file).not.toMatch(telling);
    expect(file).not.toContain(record.reference ?? 'none');
  });

  it('shows no words on a kiosk, in a group, to a leader and over a loudspeaker', async () => {
    const { record, reference, pin } = await through();
    const kiosk = await chatOf('p-1', 'kiosk');
    const shown = [
      await kiosk.say(`สถานะ ${reference}`),
      await kiosk.say(pin),
      await kiosk.send({ kind: 'choice', choice: `status:case:${record.id}` }),
      await kiosk.say('เรื่องของฉัน'),
      JSON.stringify(kiosk.last()),
    ];
    const group = await openCaseChat(engine, { personId: 'p-1', audience: 'group' }, given);
    shown.push(
      await group.say(`สถานะ ${reference} ${pin}`),
      await group.say(pin),
      await group.say('เรื่องของฉัน'),
    );
    expect(shown.join('\n')).not.toMatch(telling);
    expect(shown.join('\n')).toContain('โทร 1111');
    await given.relay.verify('p-2', { village: 'บ้านปัว' }, lead);
    const leader = await chatOf('p-2');
    await leader.say('ถามแทนลูกบ้าน');
    await leader.say('1. ทำบัตรประชาชนที่ไหน\n2. ลูกบ้านติดเชื้อเอชไอวี รับยาต้านไวรัสที่ไหน');
    expect(JSON.stringify(leader.last().dialog)).not.toMatch(telling);
  });

  it('is still read by its number and PIN in one’s own chat', async () => {
    const { reference, pin } = await through();
    const own = await chatOf('p-1');
    expect(await own.say(`สถานะ ${reference} ${pin}`)).toContain('เป็นลบ');
  });
});
