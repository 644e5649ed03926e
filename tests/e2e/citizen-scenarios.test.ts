import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { type CitizenClient, demoEnv, demoPassword, openCitizen } from '../support/desk-clients';
import {
  type LineStandIn,
  lineCall,
  lineEvent,
  lineGroupId,
  lineUserId,
  redelivered,
  signLine,
  startLineStandIn,
} from '../support/line-standin';
import { eventually } from '../support/product';

const secret = 'line-scenarios-secret';
const hourMs = 3_600_000;

/** What a demanding buyer tries first, on the whole product with an hour of the test's own. */
describe('what a buyer tries as a citizen', () => {
  let line: LineStandIn;
  let world: AppWorld;
  const citizens: CitizenClient[] = [];

  beforeAll(async () => {
    line = await startLineStandIn();
    world = await startAppWorld({
      ...demoEnv,
      LINE_CHANNEL_SECRET: secret,
      LINE_CHANNEL_ACCESS_TOKEN: 'token',
      LINE_API_BASE_URL: line.url,
    });
    await world.app.demo;
  });
  afterAll(async () => {
    for (const citizen of citizens) citizen.close();
    await world.stop();
    await line.stop();
  });

  async function post(events: readonly unknown[], signature?: string): Promise<number> {
    const body = lineCall([...events]);
    const headers = {
      'content-type': 'application/json',
      'x-line-signature': signature ?? signLine(secret, body),
    };
    return (await fetch(`${world.url}/webhooks/line`, { method: 'POST', headers, body })).status;
  }
  const typed = (name: string, text: string, at = world.now()) =>
    lineEvent.text({ from: lineUserId(name), text, at });
  const sentTo = (id: string): readonly string[] =>
    line.accepted().flatMap(({ to, messages }) => (to === id ? [JSON.stringify(messages)] : []));
  const answered = (name: string, count: number): Promise<readonly string[]> =>
    eventually(`${count} answers to ${name}`, () => {
      const sent = sentTo(lineUserId(name));
      return sent.length >= count && sent;
    });
  const refused = async (): Promise<number> => {
    const text = await (await fetch(`${world.url}/metrics`)).text();
    return Number(/webhook_events_total\{what="refused",channel="line"\} (\d+)/u.exec(text)?.[1] ?? 0);
  };

  async function webCitizen(): Promise<(text: string, answer: RegExp) => Promise<string>> {
    const citizen = await openCitizen(world.url);
    citizens.push(citizen);
    return async (text, answer) => {
      const known = citizen.heard.length;
      await citizen.say(text);
      return eventually(`an answer to ${text}`, () =>
        citizen.heard
          .slice(known)
          .map(each => (each.from === 'bot' ? JSON.stringify(each.reply) : ''))
          .find(each => answer.test(each)),
      );
    };
  }

  it('sends one event three times at once and again after an hour: one answer, by push where its token is dead', async () => {
    const asked = typed('again', 'บัดประชาชนหายทำไง');
    expect(await Promise.all([post([asked]), post([asked]), post([asked])])).toEqual([200, 200, 200]);
    const [answer] = await answered('again', 1);
    expect(answer).toContain('บัตรหาย');
    world.pass(hourMs);
    expect(await post([redelivered(asked)])).toBe(200);
    await post([typed('again', 'ขอบคุณค่ะ')]);
    const all = await answered('again', 2);
    expect(all).toHaveLength(2);
    expect(all[1]).toContain('ยินดี');
  });

  it('mixes five people in one call: each gets their own answers, in the order they asked', async () => {
    const names = ['ก', 'ข', 'ค', 'ง', 'จ'];
    const at = world.now();
    const events = names.flatMap((name, index) => [
      typed(name, 'ทำพาสปอร์ตที่ไหน', at + 1_000 + index),
      typed(name, 'ขอบคุณค่ะ', at + 2_000 + index),
    ]);
    expect(
      await post([...events.filter((_, n) => n % 2 === 1), ...events.filter((_, n) => n % 2 === 0)]),
    ).toBe(200);
    for (const name of names) {
      const [first, second, ...rest] = await answered(name, 2);
      expect([first?.includes('หนังสือเดินทาง'), second?.includes('ยินดี'), rest]).toEqual([true, true, []]);
    }
  });

  it('forges a signature: refused, counted, and nothing is answered', async () => {
    const before = await refused();
    expect(await post([typed('forger', 'ทำพาสปอร์ตที่ไหน')], 'AAAA')).toBe(401);
    expect(await refused()).toBe(before + 1);
    await post([typed('after', 'ขอบคุณค่ะ')]);
    await answered('after', 1);
    expect(sentTo(lineUserId('forger'))).toEqual([]);
  });

  it('asks two things at once: is asked which, with both to pick', async () => {
    await post([typed('both', 'ต่อใบขับขี่กับภาษีรถ')]);
    const [asked] = await answered('both', 1);
    expect(asked).toContain('ต่อภาษีรถ');
    expect(asked).toContain('ต่ออายุใบขับขี่');
  });

  it('invites it to a village group: no status and nothing private is shown there', async () => {
    const groupId = lineGroupId('village');
    const group = { type: 'group', groupId, userId: lineUserId('again') } as const;
    await post([lineEvent.join({ from: { type: 'group', groupId }, at: world.now() })]);
    for (const text of ['ถามรัฐ สถานะ 123456789012 1234', 'ถามรัฐ เรื่องของฉัน', 'ถามรัฐ ทำพาสปอร์ตที่ไหน'])
      await post([lineEvent.text({ from: group, text, at: world.now() })]);
    const said = await eventually('the question that everybody may hear is answered', () => {
      const sent = sentTo(groupId);
      return sent.some(each => each.includes('หนังสือเดินทาง')) && sent;
    });
    expect(said.join('')).not.toMatch(/status:case|รหัสติดตาม|123456789012/u);
  });

  it('leaves the adviser and comes back two days later: it goes on where it was', async () => {
    const say = await webCitizen();
    await say('หาสิทธิของฉัน', /ในบ้านมีใครบ้าง/u);
    await say('ผู้สูงอายุ 60 ปีขึ้นไป', /เลือกแล้ว: ผู้สูงอายุ/u);
    world.pass(48 * hourMs);
    expect(await say('หาสิทธิของฉัน', /ในบ้านมีใครบ้าง/u)).toContain('เลือกแล้ว: ผู้สูงอายุ');
  });

  it('asks for an officer after telling everything: the desk has it all, and the citizen repeats nothing', async () => {
    const say = await webCitizen();
    await say('เบี้ยผู้สูงอายุ', /เบี้ย 600/u);
    await say('ขอคุยกับเจ้าหน้าที่', /คิว|ตามเจ้าหน้าที่/u);
    const body = { username: 'officer', password: demoPassword };
    const cookie = cookieFrom(await world.call('POST', '/session', { body }));
    const id = citizens.at(-1)?.conversation ?? '';
    const { body: queue } = await world.call('GET', '/conversations?list=waiting', { cookie });
    expect(queue['waiting']).toContainEqual(expect.objectContaining({ id }));
    const { body: talk } = await world.call('GET', `/conversations/${id}/messages`, { cookie });
    const words = JSON.stringify(talk);
    expect(words).toContain('เบี้ยผู้สูงอายุ');
    expect(words).toContain('ขอคุยกับเจ้าหน้าที่');
  });

  it('wants an officer when there is none: another true sentence each time, and always a way on', async () => {
    const say = await webCitizen();
    const asked = async (at: number): Promise<string> => {
      world.pass(at - world.now());
      const text = await say('ขอคุยกับเจ้าหน้าที่', /เจ้าหน้าที่/u);
      await say('ไม่รอแล้ว', /ออกจากคิว/u);
      expect(text).toContain('"id":"callback"');
      return text;
    };
    const nobody = await asked(Date.UTC(2026, 11, 1, 3));
    const evening = await asked(Date.UTC(2026, 11, 1, 12));
    const holiday = await asked(Date.UTC(2026, 11, 10, 3));
    const newYear = await asked(Date.UTC(2027, 3, 13, 3));
    expect(nobody).toContain('ยังไม่มีเจ้าหน้าที่อยู่หน้าจอ');
    expect(evening).toContain('วันพุธที่ 2 ธ.ค. เวลา 08:30 น.');
    expect(holiday).toContain('วันรัฐธรรมนูญ');
    expect(newYear).toContain('วันสงกรานต์');
    expect(newYear).toContain('16 เม.ย.');
  });
});
