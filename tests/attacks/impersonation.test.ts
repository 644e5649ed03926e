import { eventActions, type socketEvents } from '../../agent-desk';
import { type JsonSchema, operationsOf } from '../fuzz/operations';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { callApi, demoEnv, openCitizen, openDesk, signIn } from '../support/desk-clients';

/** Fields by which an input could say who acts. Everything else that names an officer is one they look for or hand work to. */
const namesActor =
  /^(as|by|from|sender|author|actor|user|userid|username|officer|officerid|onbehalfof|role)$/iu;
const harmless = new Set([
  // Signing in and setting up are where one says who one is, with a proof beside it.
  'POST /api/v1/session body.username',
  'POST /api/v1/account/setup body.username',
  // The account that is made or changed; the policy says who may give which role.
  'POST /api/v1/accounts body.username',
  'POST /api/v1/accounts body.role',
  'PATCH /api/v1/accounts/{id} body.role',
  // Whom a complaint is about, and to whom a case is given.
  'POST /api/v1/cases body.officerId',
  'POST /api/v1/cases/{id}/acts body.officerId',
  // The person for whom somebody asks: a name in the case, not an account.
  'POST /api/v1/cases body.onBehalfOf',
  'POST /api/v1/my/cases/{id}/invites body.as',
  // From when, and from which revision.
  'POST /api/v1/cases body.from',
  'POST /api/v1/partner/cases body.from',
  'GET /api/v1/knowledge/entries/{id}/diff query.from',
  'POST /api/v1/knowledge/announcements body.from',
  'GET /api/v1/reminders query.from',
  'GET /api/v1/reminder-days query.from',
  'POST /api/v1/campaigns body.from',
  // A filter of what is read.
  'GET /api/v1/audit query.officer',
]);

function fieldsOf(schema: JsonSchema): readonly string[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  if (schema.items && schema.maxItems !== 0) inner.push(schema.items);
  const own = Object.entries(schema.properties ?? {});
  return [...own.flatMap(([name, each]) => [name, ...fieldsOf(each)]), ...inner.flatMap(fieldsOf)];
}

/** There is no "view as": who acts is who the session says, whatever else a request tells. */
describe('acting in another’s name', () => {
  let world: AppWorld;
  let officer: string;
  let admin: string;
  let me: Record<string, unknown>;
  let other: Record<string, unknown>;
  beforeAll(async () => {
    world = await startAppWorld(demoEnv);
    await world.app.demo;
    officer = await signIn(world.url, 'officer');
    admin = await signIn(world.url, 'admin');
    me = await whoIs(officer);
    other = await whoIs(await signIn(world.url, 'officer2'));
  });
  afterAll(() => world.stop());

  const whoIs = async (cookie: string): Promise<Record<string, unknown>> =>
    (await callApi(world.url, cookie, 'GET', '/api/v1/session')).body;
  const latest = async (action: string): Promise<unknown> => {
    const { body } = await callApi(world.url, admin, 'GET', `/api/v1/audit?action=${action}&limit=1`);
    return body['entries'];
  };

  it('no input has a field that says who acts', async () => {
    const operations = await operationsOf(world.url);
    const found = operations.flatMap(({ method, path, query, body }) => [
      ...query.map(({ name }) => ({ at: `${method} ${path} query.${name}`, name })),
      ...(body ? fieldsOf(body) : []).map(name => ({ at: `${method} ${path} body.${name}`, name })),
    ]);
    expect(found.length).toBeGreaterThan(operations.length);
    const naming = found.filter(({ name }) => namesActor.test(name)).map(({ at }) => at);
    expect(naming.filter(at => !harmless.has(at))).toEqual([]);
    expect([...harmless].filter(at => !naming.includes(at))).toEqual([]);
  });

  it.each(['x-user', 'x-officer-id', 'x-forwarded-user', 'x-remote-user', 'remote-user', 'x-act-as', 'from'])(
    'the header %s changes nobody',
    async header => {
      for (const value of [String(other['id']), String(other['username'])]) {
        const response = await fetch(`${world.url}/api/v1/session`, {
          headers: { cookie: officer, [header]: value },
        });
        expect(await response.json()).toMatchObject({ id: me['id'] });
        const without = await fetch(`${world.url}/api/v1/session`, { headers: { [header]: value } });
        expect(without.status).toBe(401);
      }
    },
  );

  it.each(['officerId', 'officer', 'actor', 'onBehalfOf', 'as'])(
    'a contact noted with "%s" is refused, and without it is of who is signed in',
    async field => {
      const contact = {
        ...{ way: 'walk-in', type: 'inquiry', at: world.now() - 1, status: 'open' },
        person: { name: 'ยายทอง' },
      };
      const forged = { ...contact, [field]: other['id'] };
      const refused = await callApi(world.url, officer, 'POST', '/api/v1/contacts', forged);
      expect(refused.status).toBe(400);
      const noted = await callApi(world.url, officer, 'POST', '/api/v1/contacts', contact);
      expect(noted.status).toBe(201);
      expect(await latest('contact.logged')).toMatchObject([{ actor: { id: me['id'] } }]);
    },
  );

  it.each([
    [
      'a call',
      {
        ...{ kind: 'callback', phone: '+66812345678' },
        attempts: [{ at: 1, by: 'สมชาย มีสุข', outcome: 'reached' }],
      },
      { kind: 'callback', phone: '+66812345678', attempts: [] },
    ],
    [
      'an answer',
      {
        ...{ kind: 'relay', village: 'บ้านปัว', consent: true },
        items: [{ question: 'เบี้ยเข้าวันไหน', answer: 'ไม่มีเบี้ย', by: 'สมชาย มีสุข' }],
      },
      { kind: 'relay', village: 'บ้านปัว', consent: true, items: [{ question: 'เบี้ยเข้าวันไหน' }] },
    ],
  ])('a new case cannot bring %s of a colleague with it', async (_, forged, right) => {
    const filed = (details: { readonly kind: string }): Promise<{ status: number }> =>
      callApi(world.url, officer, 'POST', '/api/v1/cases', {
        ...{ key: `as-${details.kind}`, kind: details.kind, details },
      });
    expect((await filed(forged)).status).toBe(400);
    expect((await filed(right)).status).toBe(200);
  });

  const forgedFields = ['officerId', 'officer', 'name', 'from', 'as', 'by', 'actor'];

  it('a desk acts in the name of its session, whatever its handshake and its events say', async () => {
    const citizen = await openCitizen(world.url);
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    const desk = await openDesk(world.url, {
      cookie: officer,
      ...{ 'x-officer-id': String(other['id']), 'x-user': String(other['username']) },
    });
    const { conversation } = citizen;
    const forged = Object.fromEntries(forgedFields.map(field => [field, other['id']]));
    for (const event of Object.keys(eventActions)) {
      const refused = await desk.ask(event, { conversation, ...forged });
      expect([event, refused['code']]).toEqual([event, 'INPUT_INVALID']);
      for (const field of forgedFields) expect(refused['message']).toContain(`"${field}"`);
    }
    const typed = new Promise<{ name?: string }>(resolve => citizen.socket.once('typing', resolve));
    for (const [event, more] of [
      ['watch', {}],
      ['claim', {}],
      ['typing', {}],
      ['message', { clientId: 'm1', text: 'สวัสดีค่ะ' }],
      ['release', {}],
      ['claim', {}],
      ['close', { type: 'inquiry', result: 'resolved' }],
      ['unwatch', {}],
    ] as const) {
      const done = await desk.ask(event, { conversation, ...more });
      expect([event, done['ok'] === true || done['outcome'] === 'claimed']).toEqual([event, true]);
    }
    expect((await typed).name).toBe(me['name']);
    const transcript = await callApi(
      world.url,
      officer,
      'GET',
      `/api/v1/conversations/${conversation}/messages`,
    );
    expect(transcript.body['messages']).toEqual(
      expect.arrayContaining([expect.objectContaining({ from: 'officer', name: me['name'] })]),
    );
    expect(JSON.stringify(transcript.body)).not.toContain(other['name']);
    const { body } = await callApi(
      world.url,
      admin,
      'GET',
      `/api/v1/audit?subjectKind=conversations&subjectId=${conversation}`,
    );
    const entries = body['entries'] as { action: string; actor: { id?: string } }[];
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        ...['conversation.claimed', 'conversation.released', 'conversation.closed', 'transcript.viewed'],
      ]),
    );
    expect(new Set(entries.map(({ actor }) => actor.id))).toEqual(new Set([me['id']]));
    desk.close();
    citizen.close();
  });

  it.each(['webchat', 'kiosk'] as const)(
    'a visitor of the %s speaks, ends and is seen in their own chat only',
    async door => {
      const victim = await openCitizen(world.url);
      await victim.say('ขอคุยกับเจ้าหน้าที่');
      const desk = await openDesk(world.url, { cookie: officer });
      await desk.ask('claim', { conversation: victim.conversation });
      await desk.ask('watch', { conversation: victim.conversation });
      const seen: unknown[] = [];
      for (const event of ['typing', 'read']) desk.socket.on(event, (told: unknown) => seen.push(told));
      const thief = await openCitizen(world.url, undefined, door);
      const forged = {
        ...{ conversation: victim.conversation, conversationId: victim.conversation },
        ...{ visitor: victim.visitor, personId: 'p-1', addressId: 'a-1' },
        ...{ from: 'officer', name: me['name'], officerId: me['id'] },
      };
      const inputs: Readonly<Record<keyof (typeof socketEvents)['/webchat']['taken'], object>> = {
        typing: {},
        read: { seq: 1 },
        message: { clientId: 'm1', text: 'โอนเงินมาที่บัญชีนี้' },
        end: {},
      };
      for (const [event, input] of Object.entries(inputs))
        // The first two are signals that nobody answers.
        if (event === 'typing' || event === 'read') thief.socket.emit(event, { ...input, ...forged });
        else {
          const answer: unknown = await thief.socket
            .timeout(15_000)
            .emitWithAck(event, { ...input, ...forged });
          expect([event, answer]).toMatchObject([event, { ok: true }]);
        }
      expect(thief.heard).toEqual(
        expect.arrayContaining([expect.objectContaining({ from: 'citizen', reply: expect.anything() })]),
      );
      expect(thief.heard.some(({ from }) => from === 'officer')).toBe(false);
      await victim.say('ยังอยู่ค่ะ');
      const owner = await callApi(world.url, officer, 'GET', '/api/v1/conversations');
      expect(owner.body['mine']).toEqual(
        expect.arrayContaining([expect.objectContaining({ id: victim.conversation })]),
      );
      expect(JSON.stringify(victim.heard)).not.toContain('โอนเงิน');
      expect(seen).toEqual([]);
      for (const client of [victim, thief, desk]) client.close();
    },
  );

  it('an administrator who resets an account stands in the audit before its new code is worth anything', async () => {
    const reset = await callApi(world.url, admin, 'POST', `/api/v1/accounts/${String(other['id'])}/reset`);
    expect(reset.status).toBe(200);
    expect(await latest('account.reset')).toMatchObject([
      { actor: { id: (await whoIs(admin))['id'] }, subject: { id: other['id'] } },
    ]);
    await expect(signIn(world.url, 'officer2')).rejects.toThrow('401');
  });
});
