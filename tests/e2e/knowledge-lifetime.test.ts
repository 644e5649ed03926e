import type { Role } from '../../core';
import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { type Heard, asked as says } from '../support/chatting';
import { type CitizenClient, openCitizen } from '../support/desk-clients';
import { eventually } from '../support/product';

const password = 'a password of the test';
const newborn = 'p1-01';
const topic = `service:${newborn}`;
/** Answered as we ship it. */
const untouched = 'p1-02';
const question = 'เงินอุดหนุนบุตร';
const words = 'ได้เดือนละ 600 บาท ถามกรมกิจการเด็ก';

/** From publication over its last day to leaving the register, as those see it who ask. */
describe('the life of an entry', () => {
  let world: AppWorld;
  let citizen: CitizenClient;
  const cookies = new Map<string, string>();

  async function account(username: string, role: Role, agencyId: string): Promise<void> {
    await world.app.accounts.add({ username, name: username, role, agencyId, password });
    cookies.set(username, cookieFrom(await world.call('POST', '/session', { body: { username, password } })));
  }
  async function as<T>(username: string, method: string, path: string, body?: object): Promise<T> {
    const answer = await world.call(method, `/knowledge${path}`, {
      cookie: cookies.get(username) ?? '',
      ...(body ? { body } : {}),
    });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
  interface Seen {
    readonly entry: { readonly agencyId: string; readonly revision: number; readonly state: string };
    readonly content: object;
  }
  const entry = (): Promise<Seen> => as<Seen>('root', 'GET', `/entries/${newborn}`);
  const asked = (): Promise<readonly Heard[]> => says(citizen, question);
  const answer = async (): Promise<string> => JSON.stringify(await asked());
  const page = (): Promise<Response> => fetch(`${world.url}/services/${newborn}`);

  async function approve(): Promise<void> {
    await as('second', 'POST', `/entries/${newborn}/review`, { approve: true, why: 'looks right' });
  }
  async function live(path: string, body: object): Promise<void> {
    const { number } = await as<{ number: number }>('second', 'POST', path, body);
    const ended = await eventually(
      'the publication ends',
      async () => {
        const now = await as<{ state: string }>('second', 'GET', `/publications/${number}`);
        return now.state !== 'preparing' && now;
      },
      60_000,
    );
    expect(ended).toMatchObject({ state: 'live' });
    await eventually('it answers', async () =>
      String((await world.call('GET', '/about')).body['knowledge']).startsWith(`p${number}-`),
    );
  }

  beforeAll(async () => {
    world = await startAppWorld({ DEMO: 'true', DEMO_PASSWORD: password });
    await account('root', 'admin', 'operator');
    const { agencyId } = (await entry()).entry;
    await account('writer', 'editor', agencyId);
    await account('second', 'reviewer', agencyId);
    citizen = await openCitizen(world.url);
  });
  afterAll(async () => {
    citizen.close();
    await world.stop();
  });

  it('is answered until its last day, then says so and whom to call, until somebody looked at it', async () => {
    const { entry: before, content } = await entry();
    const changed = { ...content, answer: { th: words } };
    await as('writer', 'PUT', `/entries/${newborn}`, {
      base: before.revision,
      content: changed,
      why: 'a test',
    });
    await as('writer', 'POST', `/entries/${newborn}/submit`);
    await approve();
    await live('/publications', { entries: [newborn], why: 'a test' });
    const expiresAt = world.now() + 60_000;
    for (const id of [newborn, untouched]) await as('writer', 'PUT', `/entries/${id}/plan`, { expiresAt });
    expect(await answer()).toContain(words);

    world.pass(60_001);
    const off = await eventually(
      'it is over',
      async () => {
        const now = await as<{ off: readonly object[] }>('writer', 'GET', '/switches');
        return now.off.length > 1 && now.off;
      },
      30_000,
    );
    const by = { name: 'system' };
    expect(off).toHaveLength(2);
    expect(off).toContainEqual(expect.objectContaining({ topic, by: expect.objectContaining(by) as object }));
    expect(off).toContainEqual(expect.objectContaining({ topic: `service:${untouched}` }));
    await eventually('it is told', async () => !(await (await page()).text()).includes(words));
    const over = await answer();
    expect(over).not.toContain(words);
    expect(over).toContain('งดตอบ');
    expect(over).toMatch(/\b1300\b|0 ?2\d{3}/u);

    await as('writer', 'PUT', `/entries/${newborn}/plan`, { expiresAt: null });
    await as('second', 'POST', '/switches', { topic, off: false, why: 'ตรวจแล้ว' });
    await eventually('it is told again', async () => (await (await page()).text()).includes(words));
    expect(await answer()).toContain(words);
  }, 90_000);

  it('leaves the register by a publication, is found nowhere then, and comes back with its undoing', async () => {
    expect((await page()).status).toBe(200);
    await as('writer', 'POST', `/entries/${newborn}/archive`, { why: 'โครงการจบแล้ว' });
    await approve();
    // Asked for and approved, but not published: it is answered.
    expect(await answer()).toContain(words);
    await live('/publications', { entries: [newborn], why: 'gone' });
    const said = await answer();
    expect(said).not.toContain(words);
    expect(said).not.toContain(`${topic}:`);
    expect((await entry()).entry.state).toBe('archived');
    expect((await page()).status).toBe(404);
    expect(await (await fetch(`${world.url}/services`)).text()).not.toContain(`/services/${newborn}"`);
    await live('/undo', { why: 'it was wrong' });
    expect(await answer()).toContain(words);
    expect((await page()).status).toBe(200);
  }, 90_000);
});
