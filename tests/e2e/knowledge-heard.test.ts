import type { Role } from '../../core';
import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { asked, offered, picked } from '../support/chatting';
import { type CitizenClient, openCitizen } from '../support/desk-clients';
import {
  type LineEvent,
  type LineStandIn,
  lineCall,
  lineEvent,
  lineUserId,
  redelivered,
  signLine,
  startLineStandIn,
} from '../support/line-standin';
import { eventually } from '../support/product';

const password = 'a password of the test';
const secret = 'line-heard-secret';
const newborn = 'p1-01';
const dayMs = 24 * 60 * 60 * 1000;
const question = 'เงินอุดหนุนบุตร';

interface Rated {
  readonly topic: string;
  readonly useful: boolean;
  readonly why?: string;
  readonly channel: string;
}

/** What people think of an answer, from where they stand to where editors read it; and what editors announce, the other way. */
describe('editors and those who were answered', () => {
  let world: AppWorld;
  let line: LineStandIn;
  const cookies = new Map<string, string>();

  async function account(username: string, role: Role, agencyId: string): Promise<void> {
    await world.app.accounts.add({ username, name: username, role, agencyId, password });
    cookies.set(username, cookieFrom(await world.call('POST', '/session', { body: { username, password } })));
  }
  const as = (username: string, method: string, path: string, body?: object) =>
    world.call(method, `/knowledge${path}`, {
      cookie: cookies.get(username) ?? '',
      ...(body ? { body } : {}),
    });

  beforeAll(async () => {
    line = await startLineStandIn({ clock: () => world.now() });
    world = await startAppWorld({
      ...{ DEMO: 'true', DEMO_PASSWORD: password },
      ...{ LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: 'token', LINE_API_BASE_URL: line.url },
    });
    await account('root', 'admin', 'operator');
    const { body } = await as('root', 'GET', `/entries/${newborn}`);
    await account('writer', 'editor', (body['entry'] as { agencyId: string }).agencyId);
    await account('stranger', 'editor', 'dlt');
  });
  afterAll(async () => {
    await world.stop();
    await line.stop();
  });

  const rated = async (who: string): Promise<readonly Rated[]> =>
    (await as(who, 'GET', '/feedback')).body['feedback'] as readonly Rated[];

  async function fromLine(...events: readonly LineEvent[]): Promise<void> {
    const body = lineCall(events);
    const headers = { 'content-type': 'application/json', 'x-line-signature': signLine(secret, body) };
    const response = await fetch(`${world.url}/webhooks/line`, { method: 'POST', headers, body });
    expect(response.status).toBe(200);
  }
  /** What was sent to LINE for an event. */
  const answerTo = ({ replyToken }: LineEvent) =>
    eventually('an answer on LINE', () => line.accepted().find(each => each.replyToken === replyToken));
  /** The data behind a choice that LINE was given, as LINE gives it back. */
  function dataOf(messages: unknown, id: string): string {
    const found = [...JSON.stringify(messages).matchAll(/"data":("(?:[^"\\]|\\.)*")/gu)]
      .map(([, data = '""']) => JSON.parse(data) as string)
      .find(data => data.startsWith(id));
    if (found === undefined) throw new Error(`LINE was not given "${id}"`);
    return found;
  }

  it('hear from LINE and from a kiosk whether an answer helped, each once', async () => {
    const from = lineUserId('rater');
    const onLine = lineEvent.text({ from, text: question, at: world.now() });
    await fromLine(onLine);
    const { messages } = await answerTo(onLine);
    const data = dataOf(messages, `useful:yes:service:${newborn}:`);
    const touch = lineEvent.postback({ from, data, at: world.now() });
    await fromLine(touch);
    await answerTo(touch);
    // LINE brings it a second time: it is the same opinion.
    await fromLine(redelivered(touch));

    const kiosk = await openCitizen(world.url, undefined, 'kiosk');
    const whyNot = await picked(kiosk, offered(await asked(kiosk, question), /^useful:no:/u));
    await picked(kiosk, offered(whyNot, /^useful:outdated:/u));
    kiosk.close();

    const topic = `service:${newborn}`;
    const seen = await eventually('the kiosk is heard', async () => {
      const list = await rated('writer');
      return list.some(each => each.channel === 'kiosk' && each.why !== undefined) && list;
    });
    const on = (channel: string): readonly Rated[] => seen.filter(each => each.channel === channel);
    expect(on('line')).toMatchObject([{ topic, useful: true }]);
    expect(on('kiosk')).toContainEqual(expect.objectContaining({ topic, useful: false, why: 'outdated' }));
    expect(seen.every(each => !JSON.stringify(each).includes(from))).toBe(true);
    expect(await rated('stranger')).toEqual([]);
  });

  it('tell those who booked what is announced, before it or after, once each, and nobody else', async () => {
    const book = async (citizen: CitizenClient): Promise<void> => {
      await asked(citizen, question);
      let said = await asked(citizen, 'จองคิว');
      for (const step of [/^booking:priority:no$/u, /^booking:day:\d/u, /^booking:time:/u])
        said = await picked(citizen, offered(said, step));
      citizen.socket.emit('message', { clientId: 'book', choice: offered(said, /^booking:send$/u) });
    };
    const citizens = await Promise.all([1, 2, 3].map(() => openCitizen(world.url)));
    const [holder, later, other] = citizens as [CitizenClient, CitizenClient, CitizenClient];
    await asked(other, question);
    await book(holder);
    await eventually('it is booked', () => holder.heard.some(({ reply }) => reply.text.includes('จองแล้ว')));
    const text = { th: 'วันนี้สำนักงานปิดเพราะน้ำท่วม', en: 'The office is closed by flood' };
    const news = { topic: `service:${newborn}`, text, until: world.now() + 7 * dayMs };
    const made = await as('writer', 'POST', '/announcements', news);
    expect(made).toMatchObject({ status: 200, body: { told: 1 } });
    later.socket.emit('message', { clientId: 'english', choice: 'language:en' });
    await book(later);
    const notices =
      /^ประกาศเรื่องนัดของคุณ.*วันนี้สำนักงานปิดเพราะน้ำท่วม|^News about your appointment.*The office is closed by flood/u;
    const heardBy = (citizen: CitizenClient): string[] =>
      citizen.heard.flatMap(({ reply }) => notices.exec(reply.text)?.[0] ?? []);
    for (const citizen of [holder, later])
      await eventually('the holder is told', () => heardBy(citizen).length > 0);
    // Whatever was still to be said to any of them was said before these.
    for (const citizen of citizens) await asked(citizen, question);
    expect(citizens.map(citizen => heardBy(citizen).length)).toEqual([1, 1, 0]);
    expect(heardBy(later)[0]).toContain('The office');
    for (const citizen of citizens) citizen.close();
  });
});
