import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CitizenClient,
  type DeskClient,
  demoEnv,
  demoPassword,
  openCitizen,
  openDesk,
} from '../support/desk-clients';
import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { eventually, removeFolder, temporaryFolder } from '../support/product';

const hours = {
  week: { 3: [{ from: '08:30', to: '16:30' }] },
  breaks: [{ from: '12:00', to: '13:00' }],
  holidays: [{ date: '2027-04-14', name: 'วันสงกรานต์' }],
  closures: [
    {
      ...{ from: '2026-12-08', to: '2026-12-09' },
      place: { th: 'ที่ว่าการจังหวัดน่าน', en: 'The provincial office of Nan' },
      why: { th: 'น้ำท่วม', en: 'flood' },
    },
  ],
};

/** Each situation by the hours, breaks and closures of the operator's own file. */
describe('asking for an officer', () => {
  const folder = temporaryFolder();
  let world: AppWorld;
  const open: { close(): void }[] = [];

  beforeAll(async () => {
    const file = join(folder, 'hours.json');
    writeFileSync(file, JSON.stringify(hours));
    world = await startAppWorld({ ...demoEnv, OPENING_HOURS_FILE: file, CHATS_PER_OFFICER: '1' });
  });
  afterAll(async () => {
    for (const each of open) each.close();
    await world.stop();
    removeFolder(folder);
  });

  async function desk(username: string): Promise<DeskClient> {
    const body = { username, password: demoPassword };
    const cookie = cookieFrom(await world.call('POST', '/session', { body }));
    const client = await openDesk(world.url, { cookie });
    open.push(client);
    return client;
  }
  const goTo = (bangkok: string): void => world.pass(Date.parse(`${bangkok}+07:00`) - world.now());
  const choicesOf = (heard: CitizenClient['heard'][number]): string => JSON.stringify(heard.reply);

  /** What a newcomer is told at a moment of Bangkok; everybody has a way on, and whoever may wait long is offered a call. */
  async function asked(bangkok: string): Promise<{ text: string; citizen: CitizenClient; call: boolean }> {
    goTo(bangkok);
    const citizen = await openCitizen(world.url);
    open.push(citizen);
    const seq = await citizen.say('ขอคุยกับเจ้าหน้าที่');
    const answer = await eventually('an answer', () => citizen.heard.find(each => each.seq > seq));
    expect(choicesOf(answer)).toContain('"stop-waiting"');
    expect(answer.reply.text).toMatch(/พิมพ์/u);
    return { text: answer.reply.text, citizen, call: choicesOf(answer).includes('"callback"') };
  }
  const leave = async ({ citizen }: { citizen: CitizenClient }): Promise<void> => {
    await citizen.say('ไม่รอแล้ว');
  };

  it('is answered with seven different sentences, each true, and none of them a dead end', async () => {
    const nobody = await asked('2026-11-25T10:00');
    await leave(nobody);
    const lunch = await asked('2026-11-25T12:10');
    await leave(lunch);
    const evening = await asked('2026-11-25T17:00');
    await leave(evening);
    const closure = await asked('2026-12-09T10:00');
    await leave(closure);
    const songkran = await asked('2027-04-14T10:00');
    await leave(songkran);

    goTo('2027-04-21T12:30:00');
    const officer = await desk('officer');
    await officer.listsWhere('the desk is open', () => true);
    const free = await asked('2027-04-21T12:30:02');
    expect((await officer.ask('claim', { conversation: free.citizen.conversation }))['outcome']).toBe(
      'claimed',
    );
    const full = await asked('2027-04-21T12:30:04');
    const fullBehind = await asked('2027-04-21T12:30:06');

    expect(nobody.text).toContain('ยังไม่มีเจ้าหน้าที่อยู่หน้าจอ');
    expect(lunch.text).toContain('พักกลางวันค่ะ กลับมา 13:00 น.');
    expect(evening.text).toContain('นอกเวลาทำการค่ะ เจ้าหน้าที่กลับมาวันพุธที่ 2 ธ.ค. เวลา 08:30 น.');
    expect(closure.text).toContain('ที่ว่าการจังหวัดน่านปิดชั่วคราว (น้ำท่วม)ค่ะ เปิดอีกครั้งวันพุธที่ 16 ธ.ค.');
    expect(songkran.text).toContain('วันหยุด (วันสงกรานต์)ค่ะ เจ้าหน้าที่กลับมาวันพุธที่ 21 เม.ย.');
    expect(free.text).toContain('กำลังตามเจ้าหน้าที่ให้');
    expect(full.text).toContain('คุยกับคนอื่นอยู่ทุกคนค่ะ ว่างแล้วจะมาตอบเป็นคนถัดไป');
    expect(fullBehind.text).toContain('มีคนรออยู่ก่อน 1 คน');
    const all = [nobody, lunch, evening, closure, songkran, free, full, fullBehind];
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    expect(all.filter(({ call }) => !call)).toEqual([free]);
  });
});
