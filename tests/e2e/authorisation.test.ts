import type { Express } from 'express';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import {
  type ActionName,
  actions,
  eventActions,
  may,
  rolesFor,
  routeActions,
  routeKey,
  sessionCookie,
  socketEvents,
} from '../../agent-desk';
import { type Officer, type Reminder, type Role, type Route, roles } from '../../core';
import { type App, createApp } from '../../server/app';
import { readConfig } from '../../server/config';
import { projectRoot } from '../../server/root';
import { openAddresses } from '../support/addresses';
import { type CitizenClient, type DeskClient, handIn, openCitizen, openDesk } from '../support/desk-clients';
import { removeFolder, temporaryFolder } from '../support/product';
import { bodyOf, queries, reminderBody } from '../support/sample-bodies';
import { writtenServices } from '../support/sample-entry';
import { png } from '../support/sample-files';

/**
 * Every route and every desk event, tried with every role of the agency that owns the record, of another agency, and signed out. The
 * rows come from the product's own routes: a new route is tried here without anybody writing a test, or fails here because it
 * has no row in agent-desk/policy.ts.
 */

const password = 'a password of the test';
const isWebhook = (key: string): boolean => key.startsWith('POST /webhooks/');

interface Caller {
  readonly username: string;
  readonly role: Role;
  readonly agency: 'own' | 'other';
}
const agencies = { own: 'operator', other: 'another-agency' } as const;
const callers: readonly Caller[] = (['own', 'other'] as const).flatMap(agency =>
  roles.map(role => ({ username: `${role}.${agency}`, role, agency })),
);
const asCaller = (agency: Caller['agency']) => (role: Role) => ({
  username: `${role}.${agency}`,
  role,
  agency,
});

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: unknown;
}
const refusals: readonly (string | undefined)[] = ['NOT_SIGNED_IN', 'FORBIDDEN', 'SECOND_FACTOR_REQUIRED'];

interface World {
  readonly app: App;
  readonly url: string;
  officer(caller: Caller): Promise<Officer>;
  call(caller: Caller | undefined, route: Route, id?: string): Promise<Answer>;
  desk(caller: Caller): Promise<DeskClient>;
  citizen(): Promise<CitizenClient>;
  /** A conversation of our own agency that waits, or is in the hands of `holder`. */
  conversation(holder?: Caller): Promise<string>;
  person(): Promise<string>;
  case(): Promise<string>;
  /** The id of what this route makes. */
  made(key: string, role: Role): Promise<string>;
  /** An entry of the register that nobody touched, or a draft of it, or one that waits for review. */
  entry(state?: 'draft' | 'in-review'): Promise<string>;
  account(): Promise<string>;
  /** A photograph in such a conversation. */
  file(holder?: Caller): Promise<string>;
  /** A request of a person for one of their rights. */
  request(identified?: 'access' | 'erasure'): Promise<string>;
}

/** A reminder of our own agency. */
async function reminderOf({ app }: World): Promise<Reminder> {
  const made = await app.reminders.create({
    ...reminderBody,
    key: uuid(),
    agencyId: agencies.own,
    language: 'th',
    asks: false,
    by: { kind: 'rule', rule: 'test' },
  });
  if (made.outcome === 'refused') throw new Error(made.why);
  return made.reminder;
}

/** How to make a record that an action reaches: of our own agency, in the hands of the caller where the action asks for that. */
const makers: Readonly<Record<string, (world: World, holder: Caller | undefined) => Promise<string>>> = {
  conversation: (world, holder) => world.conversation(holder),
  person: world => world.person(),
  'canned-reply': (world, holder) => world.made('POST /api/v1/canned-replies', holder?.role ?? 'officer'),
  campaign: world => world.made('POST /api/v1/campaigns', 'supervisor'),
  import: world => world.made('POST /api/v1/reminder-imports', 'officer'),
  case: world => world.case(),
  reminder: async world => (await reminderOf(world)).id,
  async 'POST /api/v1/reminders/:id/dealt-with'(world) {
    const { id } = await reminderOf(world);
    await world.app.reminders.answered(id, 'wrong-person', Date.now());
    return id;
  },
  entry: world => world.entry('draft'),
  'PUT /api/v1/knowledge/entries/:id': world => world.entry(),
  'POST /api/v1/knowledge/entries/:id/review': world => world.entry('in-review'),
  account: world => world.account(),
  file: (world, holder) => world.file(holder),
  privacy: world => world.request(),
  // These follow only when the person was identified.
  'POST /api/v1/privacy/requests/:id/complete': world => world.request('access'),
  'POST /api/v1/privacy/requests/:id/erase': world => world.request('erasure'),
};

async function startWorld(): Promise<World & { stop(): Promise<void> }> {
  const dataDir = temporaryFolder();
  // Each citizen comes from an address of their own, so that the limit of newcomers of one address does not end the tests.
  const env = { DEMO: 'true', DEMO_PASSWORD: password, TRUSTED_PROXIES: '127.0.0.1' };
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', ...env });
  const app = await createApp({ config, clock: Date.now, ids: uuid, log: pino({ level: 'silent' }) });
  await app.demo;
  await new Promise<void>(resolve => app.http.listen(0, '127.0.0.1', resolve));
  await app.start();
  const { port } = app.http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  for (const { username, role, agency } of callers)
    await app.accounts.add({ username, name: username, role, agencyId: agencies[agency], password });

  const sessions = new Map<string, Promise<{ token: string; officer: Officer }>>();
  const desks = new Map<string, Promise<DeskClient>>();
  async function fresh(username: string): Promise<{ token: string; officer: Officer }> {
    const session = await app.accounts.signIn(username, password);
    if (!session) throw new Error(`${username} could not sign in`);
    return session;
  }
  const signedIn = ({ username }: Caller): Promise<{ token: string; officer: Officer }> => {
    const session = sessions.get(username) ?? fresh(username);
    sessions.set(username, session);
    return session;
  };
  const cookieOf = async (caller: Caller): Promise<string> =>
    `${sessionCookie}=${(await signedIn(caller)).token}`;
  const closers: (() => void)[] = [];

  /** A citizen who waits for an officer, or talks to one. */
  async function waiting(holder: Caller | undefined): Promise<CitizenClient> {
    const citizen = await world.citizen();
    closers.push(() => citizen.close());
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    if (holder) {
      const claimed = await (await world.desk(holder)).ask('claim', { conversation: citizen.conversation });
      if (claimed['outcome'] !== 'claimed') throw new Error(`not claimed: ${JSON.stringify(claimed)}`);
    }
    return citizen;
  }

  let entriesUsed = 0;
  let citizens = 0;
  const world: World = {
    app,
    citizen() {
      citizens += 1;
      return openCitizen(url, `10.0.${citizens >> 8}.${citizens & 255}`);
    },
    url,
    officer: async caller => (await signedIn(caller)).officer,
    async call(caller, route, id = 'nothing-has-this-id') {
      const body = bodyOf(route);
      const path = `${route.path.replace(/:\w+/gu, encodeURIComponent(id))}${queries[routeKey(route)] ?? ''}`;
      const response = await fetch(`${url}${path}`, {
        method: route.method.toUpperCase(),
        redirect: 'manual',
        headers: {
          ...(caller ? { cookie: await cookieOf(caller) } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(route.upload ? { 'content-type': 'application/octet-stream' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        ...(route.upload ? { body: new Uint8Array(png()) } : {}),
      });
      // The route ended or changed the session: the next call begins anew.
      if (caller && response.headers.getSetCookie().length > 0) sessions.delete(caller.username);
      const text = await response.text();
      const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : text;
      const { error } = parsed as { error?: { code: string } };
      return { status: response.status, code: error?.code, body: parsed };
    },
    desk(caller) {
      const desk = desks.get(caller.username) ?? cookieOf(caller).then(cookie => openDesk(url, { cookie }));
      desks.set(caller.username, desk);
      desk.then(
        client => client.socket.once('disconnect', () => desks.delete(caller.username)),
        () => desks.delete(caller.username),
      );
      return desk;
    },
    async conversation(holder) {
      return (await waiting(holder)).conversation;
    },
    async file(holder) {
      const { conversation, visitor } = await waiting(holder);
      await handIn(url, visitor, png());
      const headers = { cookie: await cookieOf(asCaller('own')('officer')) };
      const response = await fetch(`${url}/api/v1/conversations/${conversation}/files`, { headers });
      const { files } = (await response.json()) as { files: { id: string }[] };
      return files[0]?.id ?? '';
    },
    async account() {
      const { administration } = app.accounts;
      const admin = await world.officer(asCaller('own')('admin'));
      const username = `made-${uuid()}`;
      const made = { username, name: username, role: 'officer', agencyId: agencies.own } as const;
      return (await administration.create(made, admin)).account.id;
    },
    async entry(state) {
      const id = writtenServices[(entriesUsed += 1)];
      if (id === undefined) throw new Error('all entries of the register are used');
      const editor = asCaller('own')('editor');
      const steps = ['PUT /api/v1/knowledge/entries/:id', 'POST /api/v1/knowledge/entries/:id/submit'];
      for (const key of steps.slice(0, state === undefined ? 0 : state === 'draft' ? 1 : 2)) {
        const route = app.routes.find(each => routeKey(each) === key);
        const { status } = route ? await world.call(editor, route, id) : { status: 404 };
        if (status !== 200) throw new Error(`${key}: ${status}`);
      }
      return id;
    },
    async made(key, role) {
      const make = app.routes.find(route => routeKey(route) === key);
      if (!make) throw new Error(`${key} is gone`);
      const { body } = await world.call(asCaller('own')(role), make);
      return (body as { id: string }).id;
    },
    async case() {
      const file = app.routes.find(route => routeKey(route) === 'POST /api/v1/cases');
      if (!file) throw new Error('cases cannot be filed');
      const { body } = await world.call(asCaller('own')('officer'), file);
      return (body as { caseId: string }).caseId;
    },
    async request(identified) {
      const post = async (path: string, role: Role, body: object): Promise<{ id: string }> => {
        const headers = { cookie: await cookieOf(asCaller('own')(role)), 'content-type': 'application/json' };
        const response = await fetch(`${url}${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        });
        return (await response.json()) as { id: string };
      };
      const path = '/api/v1/privacy/requests';
      const about = { personId: await world.person(), kind: identified ?? 'access' };
      const { id } = await post(path, 'officer', about);
      if (identified) await post(`${path}/${id}/identify`, 'admin', { how: 'at the counter' });
      return id;
    },
    async person() {
      const log = app.routes.find(route => routeKey(route) === 'POST /api/v1/contacts');
      if (!log) throw new Error('contacts cannot be logged');
      const { body } = await world.call(asCaller('own')('officer'), log);
      return (body as { personId: string }).personId;
    },
  };
  return {
    ...world,
    async stop() {
      for (const close of closers) close();
      for (const desk of desks.values()) (await desk).close();
      await app.stop();
      removeFolder(dataDir);
    },
  };
}

/** Everything Express answers, read from its own tables. */
function addresses(web: Express): string[] {
  type Layer = Express['router']['stack'][number];
  const below = (layer: Layer): readonly Layer[] =>
    'stack' in layer.handle ? (layer.handle.stack as readonly Layer[]) : [];
  const walk = (stack: readonly Layer[]): string[] =>
    stack.flatMap(layer =>
      layer.route
        ? [layer.route.path]
            .flat()
            .flatMap(path =>
              (layer.route?.stack ?? []).map(each => `${(each.method ?? 'all').toUpperCase()} ${path}`),
            )
        : walk(below(layer)),
    );
  return walk(web.router.stack);
}

const reachesRecords = (name: ActionName): boolean =>
  actions[name].reach !== 'none' && actions[name].reach !== 'self';
const inHand = (name: ActionName): boolean => ['lead', 'holder'].includes(actions[name].reach);
const kindOf = (name: ActionName): string => name.split('.')[0] ?? '';
const everywhere = (caller: Caller): boolean =>
  may({ id: '', role: caller.role, agencyId: 'theirs' }, 'conversation.read', { agencyId: 'ours' });

describe('authorisation', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  beforeAll(async () => (world = await startWorld()));
  afterAll(() => world.stop());

  const ruled = (): { route: Route; key: string; action: ActionName }[] =>
    world.app.routes.flatMap(route => {
      const action = routeActions[routeKey(route)];
      return action && action !== 'public' ? [{ route, key: routeKey(route), action }] : [];
    });
  async function expectEach(
    what: string,
    wrong: (each: { route: Route; key: string; action: ActionName }) => Promise<string[]>,
  ): Promise<void> {
    const found: string[] = [];
    const rows = ruled();
    for (const row of rows) found.push(...(await wrong(row)));
    expect({ what, found }).toEqual({ what, found: [] });
    expect(rows.length).toBeGreaterThan(10);
  }
  const told = (key: string, caller: Caller | undefined, { status, code }: Answer, wanted: string): string =>
    `${key} by ${caller ? caller.username : 'nobody'}: ${status} ${code ?? ''}, but it should be ${wanted}`;

  it('has a row for every route, the same as the route itself says, and no row for what is gone', () => {
    expect(world.app.policyFaults).toEqual([]);
    const keys = world.app.routes.map(routeKey);
    expect(Object.keys(routeActions).filter(key => !keys.includes(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('knows every address that the server answers', () => {
    const known = [...Object.keys(routeActions), ...openAddresses];
    const found = addresses(world.app.web);
    expect(found).toEqual(expect.arrayContaining(['GET /healthz', 'GET /api/v1/conversations']));
    expect(found.filter(key => !known.includes(key) && !isWebhook(key))).toEqual([]);
  });

  it('lets nobody in who is not signed in, except where the policy says public', async () => {
    await expectEach('signed out', async ({ route, key }) => {
      const answer = await world.call(undefined, route);
      return answer.code === 'NOT_SIGNED_IN' ? [] : [told(key, undefined, answer, 'NOT_SIGNED_IN')];
    });
    for (const route of world.app.routes.filter(each => routeActions[routeKey(each)] === 'public'))
      expect(refusals).not.toContain((await world.call(undefined, route)).code);
  });

  it('lets every role do what its purpose allows, and nothing else', async () => {
    await expectEach('roles', async ({ route, key, action }) => {
      const wrong: string[] = [];
      for (const caller of callers) {
        const answer = await world.call(caller, route);
        const allowed = rolesFor(action).includes(caller.role);
        if (allowed ? refusals.includes(answer.code) || answer.status >= 500 : answer.code !== 'FORBIDDEN')
          wrong.push(told(key, caller, answer, allowed ? 'allowed' : 'FORBIDDEN'));
      }
      return wrong;
    });
  }, 120_000);

  it('keeps every record within its agency, and gives it to those who may have it', async () => {
    await expectEach('records', async ({ route, key, action }) => {
      if (!reachesRecords(action) || !route.path.includes(':')) return [];
      const make = makers[key] ?? makers[kindOf(action)];
      if (!make) return [`${key}: add to "makers" how to make a record for ${action}`];
      if (route.body && bodyOf(route) === undefined)
        return [`${key}: add to "sampleBodies" an input that its schema takes`];
      const wrong: string[] = [];
      for (const role of rolesFor(action)) {
        const [own, other] = [asCaller('own')(role), asCaller('other')(role)];
        const theirs = await make(world, inHand(action) ? own : undefined);
        const strange = await world.call(other, route, theirs);
        const isHeld = actions[action].reach === 'holder';
        if (!everywhere(other) && strange.status !== 404) wrong.push(told(key, other, strange, '404'));
        // Who sees everything still speaks only where they hold the conversation.
        if (everywhere(other) && (isHeld ? strange.status !== 409 : strange.status >= 400))
          wrong.push(told(key, other, strange, isHeld ? '409' : 'allowed'));
        const mine = everywhere(other) ? await make(world, inHand(action) ? own : undefined) : theirs;
        const answer = await world.call(own, route, mine);
        if (answer.status >= 400) wrong.push(told(key, own, answer, 'allowed'));
      }
      return wrong;
    });
  }, 180_000);

  const inputs: Readonly<Record<keyof typeof eventActions, object>> = {
    claim: {},
    message: { clientId: 'm1', text: 'สวัสดีค่ะ' },
    watch: {},
    unwatch: {},
    typing: {},
    release: {},
    transfer: { to: { kind: 'agency', id: agencies.own } },
    decline: {},
    close: { type: 'inquiry', result: 'resolved' },
  };
  const events = Object.keys(inputs) as (keyof typeof eventActions)[];

  it('opens the desk only to those who serve citizens', async () => {
    expect(Object.keys(eventActions).sort()).toEqual([...events].sort());
    for (const caller of callers) {
      const opened = await world.desk(caller).then(
        () => 'opened',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
      expect([caller.username, opened]).toEqual([
        caller.username,
        rolesFor('desk.open').includes(caller.role) ? 'opened' : 'FORBIDDEN',
      ]);
    }
    await expect(openDesk(world.url, {})).rejects.toThrow('NOT_SIGNED_IN');
  });

  it.each(events)('keeps the event %s within the agency and with whoever may', async event => {
    const action = eventActions[event];
    const wrong: string[] = [];
    for (const role of rolesFor(action)) {
      const [own, other] = [asCaller('own')(role), asCaller('other')(role)];
      const conversation = await world.conversation(inHand(action) ? own : undefined);
      const payload = { conversation, ...inputs[event] };
      const strange = await (await world.desk(other)).ask(event, payload);
      const reached = strange['ok'] === true || strange['outcome'] === 'claimed';
      const isOpen =
        actions[action].reach === 'none' || (everywhere(other) && actions[action].reach !== 'holder');
      if (reached !== isOpen) wrong.push(`${event} by ${other.username}: ${JSON.stringify(strange)}`);
      const next = reached ? await world.conversation(inHand(action) ? own : undefined) : conversation;
      const mine = await (await world.desk(own)).ask(event, { ...payload, conversation: next });
      if (mine['ok'] !== true && mine['outcome'] !== 'claimed')
        wrong.push(`${event} by ${own.username}: ${JSON.stringify(mine)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('sends each what they may hear: nothing beyond the agency, and to a visitor their own words only', async () => {
    const secret = 'ความลับของคนเดียว';
    const lead = await world.desk(asCaller('own')('supervisor'));
    const strangers = callers.filter(
      caller =>
        caller.agency === 'other' && !everywhere(caller) && rolesFor('desk.open').includes(caller.role),
    );
    const desks = await Promise.all(strangers.map(caller => world.desk(caller)));
    const [person, neighbour] = [await world.citizen(), await world.citizen()];
    const heard = new Map<string, [string, unknown][]>();
    const sockets: [string, DeskClient['socket']][] = [
      ['lead', lead.socket],
      ['person', person.socket],
      ['neighbour', neighbour.socket],
      ...desks.map(({ socket }, index): [string, DeskClient['socket']] => [`stranger ${index}`, socket]),
    ];
    for (const [name, socket] of sockets) {
      const list: [string, unknown][] = [];
      heard.set(name, list);
      socket.onAny((event: string, payload: unknown) => list.push([event, payload]));
    }
    const { conversation } = person;
    await person.say(`ขอคุยกับเจ้าหน้าที่ ${secret}`);
    for (const [event, payload] of [
      ['claim', { conversation }],
      ['watch', { conversation }],
      ['typing', { conversation }],
      ['message', { conversation, clientId: 'm1', text: secret }],
      ['release', { conversation }],
    ] as const)
      await lead.ask(event, payload);
    await lead.listsWhere('the person waits again', ({ waiting }) =>
      waiting.some(({ id }) => id === conversation),
    );
    await neighbour.say('สวัสดี');
    for (const desk of desks) await desk.ask('unwatch', { conversation });

    const told = (name: string): string => JSON.stringify(heard.get(name));
    expect(told('lead')).toContain(secret);
    expect(told('person')).toContain(secret);
    for (const name of ['neighbour', ...strangers.map((_, index) => `stranger ${index}`)]) {
      expect([name, told(name).includes(secret)]).toEqual([name, false]);
      expect([name, told(name).includes(conversation)]).toEqual([name, false]);
    }
    const names = (name: string): string[] => [...new Set(heard.get(name)?.map(([event]) => event))];
    expect(Object.keys(socketEvents['/desk'].sent)).toEqual(expect.arrayContaining(names('lead')));
    expect(Object.keys(socketEvents['/webchat'].sent)).toEqual(expect.arrayContaining(names('person')));
    expect(names('lead')).toEqual(expect.arrayContaining(['queue', 'conversation', 'message']));
    for (const client of [person, neighbour]) client.close();
  });

  it('left a record of all this that an auditor reads as sentences, in Thai and in English', async () => {
    const changes = ruled().filter(({ route }) => route.method !== 'get');
    expect(changes.filter(({ route }) => route.audit === undefined).map(({ key }) => key)).toEqual([]);
    const listing = world.app.routes.find(route => routeKey(route) === 'GET /api/v1/audit');
    if (!listing) throw new Error('the audit cannot be read');
    const recorded = new Set<string>();
    for (let before = Number.MAX_SAFE_INTEGER; before > 1;) {
      const page = { ...listing, path: `${listing.path}?limit=500&before=${before}` };
      const { body } = await world.call(asCaller('own')('admin'), page);
      const { entries } = body as { entries: { seq: number; action: string }[] };
      for (const { action } of entries) recorded.add(action);
      before = entries.at(-1)?.seq ?? 0;
    }
    expect(recorded.size).toBeGreaterThan(changes.length / 2);
    // Named by what the body asks for, and by the module itself.
    expect([...recorded]).toEqual(expect.arrayContaining(['campaign.stopped', 'knowledge.answers-off']));
    for (const language of ['th', 'en']) {
      const sentences = JSON.parse(
        readFileSync(join(projectRoot(), 'locales', language, 'desk.json'), 'utf8'),
      ) as Record<string, string>;
      expect([...recorded].filter(name => !sentences[`audit.did.${name}`])).toEqual([]);
    }
  });

  it('has a row for every namespace, with rights that there are', () => {
    const rights = Object.values(socketEvents).flatMap(({ taken, sent }) =>
      Object.values<string>({ ...taken, ...sent }),
    );
    expect(rights.filter(right => right !== 'visitor' && !Object.hasOwn(actions, right))).toEqual([]);
    for (const { sent } of [socketEvents['/desk']])
      for (const right of Object.values(sent)) expect(rolesFor(right)).toEqual(rolesFor('desk.open'));
  });
});
