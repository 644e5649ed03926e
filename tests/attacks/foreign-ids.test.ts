import { sessionCookie } from '../../agent-desk';
import { type JsonSchema, operationsOf } from '../fuzz/operations';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { callApi, demoEnv, demoPassword, openCitizen, signIn } from '../support/desk-clients';
import { reminderBody } from '../support/sample-bodies';

/** Fields of bodies that name somebody's record, and what they name. */
const named = /^(?:personId|conversationId|caseId)$/u;

function namesIn(schema: JsonSchema): readonly string[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [...Object.keys(schema.properties ?? {}), ...inner.flatMap(namesIn)].filter(name =>
    named.test(name),
  );
}

/**
 * What a path names, the authorisation tests try with everybody; here is what a body names. Seen to fail without the look at the person
 * in each of the handlers.
 */
describe('ids of another agency’s records in a body', () => {
  let world: AppWorld;
  let stranger: string;
  let own: string;
  const ids: Record<string, string> = {};
  const matter = { kind: 'matter', what: 'ไฟดับทั้งซอย', attachments: [] };

  beforeAll(async () => {
    world = await startAppWorld(demoEnv);
    await world.app.demo;
    const account = { username: 'stranger', name: 'คนนอก', role: 'officer', password: demoPassword } as const;
    await world.app.accounts.add({ ...account, agencyId: 'another-agency' });
    const session = await world.app.accounts.signIn('stranger', demoPassword);
    stranger = `${sessionCookie}=${session?.token ?? ''}`;
    own = await signIn(world.url, 'officer');
    const citizen = await openCitizen(world.url);
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    citizen.close();
    ids['conversationId'] = citizen.conversation;
    const { body } = await callApi(world.url, own, 'GET', '/api/v1/conversations');
    const [waiting] = body['waiting'] as { personId: string }[];
    ids['personId'] = waiting?.personId ?? '';
    const contact = { way: 'walk-in', type: 'inquiry', at: world.now() - 1, status: 'open' };
    const logged = await callApi(world.url, own, 'POST', '/api/v1/contacts', {
      ...contact,
      person: { name: 'ยายทอง' },
    });
    ids['otherPerson'] = String(logged.body['personId']);
    const filed = await callApi(world.url, own, 'POST', '/api/v1/cases', {
      ...{ key: 'own', kind: 'complaint', details: matter, personId: ids['personId'] },
    });
    ids['caseId'] = String(filed.body['caseId']);
  });
  afterAll(() => world.stop());

  const village = { village: 'บ้านปัว', province: 'น่าน', district: 'ปัว' };
  const { personId: _person, ...reminder } = { personId: '', ...reminderBody };
  const bodies: Readonly<Record<string, () => readonly object[]>> = {
    'POST /api/v1/cases': () => [
      { key: 'planted', kind: 'complaint', details: matter, personId: ids['personId'] },
    ],
    'POST /api/v1/relay-leaders': () => [{ ...village, verified: true, personId: ids['personId'] }],
    'POST /api/v1/reminders': () => [
      { ...reminder, clientId: 'r1', personId: ids['personId'] },
      { ...reminder, clientId: 'r2', conversationId: ids['conversationId'] },
    ],
    'POST /api/v1/privacy/requests': () => [{ kind: 'access', personId: ids['personId'] }],
    'POST /api/v1/appointments/attendance': () => [{ caseId: ids['caseId'], clientId: 'a1', came: true }],
    'POST /api/v1/call-backs/attempts': () => [{ caseId: ids['caseId'], clientId: 'a1', outcome: 'reached' }],
    'POST /api/v1/relays/answers': () => [
      { caseId: ids['caseId'], clientId: 'a1', item: 0, text: 'ไม่มีเบี้ยค่ะ' },
    ],
  };

  it('tries every operation whose body names a record', async () => {
    const operations = await operationsOf(world.url);
    const asking = operations
      .filter(({ path, body }) => !path.startsWith('/api/v1/partner') && body && namesIn(body).length > 0)
      .map(({ method, path }) => `${method} ${path}`);
    expect(asking.sort()).toEqual(Object.keys(bodies).sort());
  });

  it.each(Object.keys(bodies))('%s says that there is no such record', async key => {
    const [method = '', path = ''] = key.split(' ');
    for (const body of bodies[key]?.() ?? []) {
      const answer = await callApi(world.url, stranger, method, path, body);
      expect([answer.status, answer.body]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }]);
    }
  });

  it('takes of our own agency what it refuses the other’s', async () => {
    for (const key of ['POST /api/v1/cases', 'POST /api/v1/relay-leaders', 'POST /api/v1/reminders']) {
      const [method = '', path = ''] = key.split(' ');
      for (const body of bodies[key]?.() ?? [])
        expect([key, (await callApi(world.url, own, method, path, body)).status]).toEqual([key, 200]);
    }
  });

  it('sends nothing meant for one person into the chat of another', async () => {
    const body = {
      ...{ ...reminder, clientId: 'r3', personId: ids['otherPerson'] },
      conversationId: ids['conversationId'],
    };
    expect((await callApi(world.url, own, 'POST', '/api/v1/reminders', body)).status).toBe(404);
  });
});
