import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { type Heard, asked, offered, picked, textOf } from '../support/chatting';
import { type CitizenClient, openCitizen } from '../support/desk-clients';
import { eventually } from '../support/product';

const password = 'a password of the test';
const pension = 'topic:service:p1-04';

interface Page {
  readonly on: boolean;
  readonly suggestions: readonly {
    readonly service: string;
    readonly reasons: readonly { readonly th: string }[];
    readonly askedAbout?: { readonly th: string };
  }[];
  readonly facts: readonly {
    readonly label: { readonly th: string };
    readonly value: { readonly th: string };
  }[];
  readonly asked: readonly { readonly service: string }[];
}

/** The whole product over the web chat and the page of one's own matters. */
describe('suggestions for one person', () => {
  let world: AppWorld;
  let citizen: CitizenClient;

  beforeAll(async () => (world = await startAppWorld({ DEMO: 'true', DEMO_PASSWORD: password })));
  beforeEach(async () => {
    world.pass(60_000);
    citizen = await openCitizen(world.url);
  });
  afterEach(() => citizen.close());
  afterAll(() => world.stop());

  let keys = 0;
  async function my(method: string, path = '', body?: object): Promise<Response> {
    return fetch(`${world.url}/api/v1/my/suggestions${path}`, {
      method,
      headers: {
        authorization: `Visitor ${citizen.visitor}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify({ key: `suggest-${(keys += 1)}`, ...body }) } : {}),
    });
  }
  const page = async (): Promise<Page> => (await (await my('GET')).json()) as Page;
  const pageWhere = (what: string, holds: (shown: Page) => boolean): Promise<Page> =>
    eventually(what, async () => {
      const shown = await page();
      return holds(shown) ? shown : undefined;
    });
  const isOn = (): Promise<Page> => pageWhere('suggestions are on', ({ on }) => on);
  const idsOf = (answers: readonly Heard[]): readonly string[] =>
    answers.flatMap(({ reply }) => reply.choices?.map(({ id }) => id) ?? []);

  it('remembers nothing of anybody who did not agree, and asks in plain words first', async () => {
    await asked(citizen, 'ขอเบี้ยผู้สูงอายุ ต้องทำยังไง');
    const answers = await asked(citizen, 'แนะนำสิทธิให้ฉัน');
    expect(textOf(answers)).toContain('ตอนนี้ยังปิดอยู่');
    // Section 20: consent of minors is their guardian's too.
    expect(textOf(answers)).toContain('ถ้าอายุยังไม่ถึง 20 ปี ให้พ่อแม่หรือผู้ปกครองเป็นคนกดยินยอม');
    expect(idsOf(answers)).toContain('suggestions:on');
    expect(await page()).toEqual({ on: false, suggestions: [], facts: [], asked: [] });
    await picked(citizen, 'suggestions:on');
    expect(await isOn()).toMatchObject({ facts: [], asked: [] });
  });

  it('suggests by what was told, says why for each, and never by health or to a sensitive service', async () => {
    await picked(citizen, 'suggestions:on');
    await isOn();
    await picked(citizen, 'suggestions');
    const answers = await asked(citizen, 'ฉันอายุ 67 ปี ไม่ได้ทำงาน เป็นคนพิการ');
    expect(idsOf(answers)).toContain(pension);
    expect(textOf(answers)).toMatch(/เบี้ยผู้สูงอายุ\nทำไมเห็นเรื่องนี้: เพราะบอกไว้ว่า อายุ 60 ปีขึ้นไป/u);
    const shown = await pageWhere('it is remembered', ({ facts }) => facts.length > 0);
    expect(shown.facts.map(({ label }) => label.th)).not.toContain('คนพิการ');
    expect(shown.facts).toContainEqual(
      expect.objectContaining({ value: expect.objectContaining({ th: '66 ปีขึ้นไป' }) }),
    );
    const offeredServices = shown.suggestions.map(({ service }) => service);
    expect(offeredServices).toContain('p1-04');
    // A disability card is for whoever said that they have a disability, and an allowance for HIV is never named unasked.
    expect(offeredServices).not.toContain('p1-07');
    expect(offeredServices).not.toContain('p2-14');
    for (const { reasons, askedAbout } of shown.suggestions)
      expect(reasons.length + (askedAbout ? 1 : 0)).toBeGreaterThan(0);
  });

  it('takes over what a quiz was told when somebody agrees at its end', async () => {
    let answers = await picked(citizen, 'quiz:welfare');
    for (let most = 12; !idsOf(answers).includes('suggestions') && most > 0; most -= 1) {
      world.pass(5_000);
      const own = idsOf(answers).find(id => id.endsWith(':age:66-up') || id.endsWith(':work:none'));
      answers = await picked(citizen, own ?? offered(answers, /^quiz:a:.*~(?:unsure|done)$/u));
    }
    expect(await page()).toMatchObject({ on: false });
    await picked(citizen, 'suggestions');
    expect(textOf(await picked(citizen, 'suggestions:on'))).toContain('จำคำตอบในแบบสอบถามเมื่อกี้');
    const shown = await pageWhere('the answers are remembered', ({ facts }) => facts.length > 0);
    expect(shown.suggestions.map(({ service }) => service)).toContain('p1-04');
  });

  it('suggests what is related to what was asked, and says so', async () => {
    await picked(citizen, 'suggestions:on');
    await isOn();
    await asked(citizen, 'บัตรประชาชนหายต้องทำยังไง');
    const shown = await pageWhere('the question is remembered', each => each.asked.length > 0);
    const [first] = shown.asked;
    expect(shown.suggestions.length).toBeGreaterThan(0);
    expect(shown.suggestions.map(({ service }) => service)).not.toContain(first?.service);
    for (const each of shown.suggestions) expect(each.askedAbout).toBeDefined();
    expect(textOf(await picked(citizen, 'suggestions'))).toContain('เพราะเคยถามเรื่อง');
  });

  it('forgets at one touch and goes on, and is off and empty at another', async () => {
    await picked(citizen, 'suggestions:on');
    await isOn();
    await asked(citizen, 'บัตรประชาชนหายต้องทำยังไง');
    await pageWhere('the question is remembered', each => each.asked.length > 0);
    expect((await my('DELETE', '/remembered')).status).toBe(200);
    expect(await page()).toEqual({ on: true, suggestions: [], facts: [], asked: [] });
    await citizen.say('บัตรประชาชนหายต้องทำยังไง');
    await pageWhere('the question is remembered again', each => each.asked.length > 0);
    world.pass(1);
    expect((await my('PUT', '', { on: false })).status).toBe(200);
    expect(await page()).toMatchObject({ on: false });
    world.pass(1);
    expect((await my('PUT', '', { on: true })).status).toBe(200);
    expect(await page()).toEqual({ on: true, suggestions: [], facts: [], asked: [] });
  });

  it.each(['ถอนความยินยอม', 'ปิดคำแนะนำสิทธิ'])('is off and empty after "%s"', async words => {
    expect((await asked(citizen, 'สวัสดี')).length).toBeGreaterThan(0);
    expect((await my('PUT', '', { on: true })).status).toBe(200);
    await asked(citizen, 'บัตรประชาชนหายต้องทำยังไง');
    await pageWhere('the question is remembered', each => each.asked.length > 0);
    world.pass(1);
    await citizen.say(words);
    await pageWhere('it is off', ({ on }) => !on);
    world.pass(1);
    await my('PUT', '', { on: true });
    await pageWhere('nothing is left', each => each.on && each.asked.length === 0);
  });

  it('is in the copy somebody asks for, with its consent, and is erased with them', async () => {
    await picked(citizen, 'suggestions:on');
    await isOn();
    await picked(citizen, 'suggestions');
    await asked(citizen, 'ฉันอายุ 67 ปี');
    await pageWhere('it is remembered', ({ facts }) => facts.length > 0);
    await picked(citizen, 'privacy:erasure');
    await citizen.socket
      .timeout(15_000)
      .emitWithAck('message', { clientId: 'sure', choice: 'privacy:erasure-yes' });
    const session = await world.call('POST', '/session', { body: { username: 'agencyadmin', password } });
    const cookie = cookieFrom(session);
    const request = await eventually('the request is there', async () => {
      const { body } = await world.call('GET', '/privacy/requests', { cookie });
      const list = body['requests'] as readonly { id: string; personId: string; kind: string }[];
      return list.find(({ kind }) => kind === 'erasure');
    });
    const bundle = await world.call('GET', `/people/${request.personId}/bundle`, { cookie });
    const parts = bundle.body['parts'] as readonly { name: string; records: readonly object[] }[];
    expect(parts.find(({ name }) => name === 'suggestions')?.records).toMatchObject([
      { facts: { age: '66-up' } },
    ]);
    expect(parts.find(({ name }) => name === 'consents')?.records).toContainEqual(
      expect.objectContaining({ purpose: 'suggestions', decision: 'given' }),
    );
    const path = `/privacy/requests/${encodeURIComponent(request.id)}`;
    const how = { how: 'แสดงบัตรที่เคาน์เตอร์' };
    expect((await world.call('POST', `${path}/identify`, { cookie, body: how })).status).toBe(200);
    const erased = await world.call('POST', `${path}/erase`, { cookie });
    expect(erased.body).toMatchObject({ state: 'done', removed: { suggestions: 1 } });
    expect((await my('GET')).status).toBe(401);
  });

  it('is nobody else’s to read', async () => {
    const refused = await fetch(`${world.url}/api/v1/my/suggestions`);
    expect(refused.status).toBe(401);
  });
});
