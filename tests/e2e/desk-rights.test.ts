import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import {
  type Accounts,
  createAccounts,
  createContacts,
  createDesk,
  createPresence,
  createViews,
  serveDesk,
  sessionCookie,
} from '../../agent-desk';
import { createAudit } from '../../audit';
import { commitOf } from '../../bot';
import type { Knowledge, Officer } from '../../core';
import { createIntake, embeddedJobs, queues } from '../../jobs';
import { createChanges } from '../../server/changes';
import { type Records, conversationIdOf, createRecords, createSeal, sqliteEngine } from '../../store';
import { type DeskClient, openDesk } from '../support/desk-clients';
import { eventually } from '../support/product';

const key = Buffer.alloc(32, 7);
const noKnowledge: Knowledge = {
  version: '1',
  topic: () => undefined,
  topics: () => [],
  agency: () => undefined,
  agencies: () => [],
};
const password = 'a password of the test';

/** The desk's live side on a real store and a real socket, with officers of two agencies; only the hour is the test's. */
async function startDesk() {
  let now = Date.UTC(2026, 10, 25, 3);
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const clock = (): number => now;
  let count = 0;
  const ids = (): string => `id-${(count += 1)}`;
  const engine = sqliteEngine({ file: ':memory:' });
  const changes = createChanges(onError);
  const records = createRecords({
    engine,
    seal: createSeal([{ id: 'k1', key }], key),
    ids,
    agencyId: 'ours',
  });
  const seal = createSeal([{ id: 'k1', key }], key);
  const audit = createAudit({ engine, clock, mac: hash => hash });
  const accounts = createAccounts({
    ...{ engine, clock, ids, changes, audit, seal },
    issuer: 'ThamRat',
    secondFactor: false,
    firstAgencyId: 'ours',
    onLocked: () => undefined,
  });
  const presence = createPresence(engine, clock);
  await engine.open();
  const jobs = embeddedJobs({ clock, onError });
  jobs.handle(queues.lane, { concurrency: 1 }, () => Promise.resolve());
  const { addresses, conversations, inbox, outbox, people, episodes } = records;
  const contacts = createContacts({
    ...{ people, addresses, episodes, clock, ids },
    talksOf: () => Promise.resolve([]),
  });
  const desk = createDesk({
    desks: { colleagues: () => Promise.resolve([]), agencies: () => [] },
    ...{ conversations, addresses, outbox, changes, clock },
    intake: createIntake({ inbox, addresses, conversationIdOf, jobs, changes, clock, onError }),
    commitOf: (conversation, act, at, address) =>
      commitOf(conversation, act, at, {
        batch: () => undefined,
        personId: address.personId,
        knowledgeVersion: '1',
      }),
    say: (_language, sentence) => sentence,
    ratingRequest: () => ({ kind: 'text', text: 'rating' }),
    wake: () => Promise.resolve(),
  });
  const personIdOf = async ({ addressId }: { addressId: string }): Promise<string> =>
    (await addresses.get(addressId))?.personId ?? '';
  const views = createViews({ contacts, knowledge: () => noKnowledge, personIdOf });
  const http = createServer();
  const io = new Server(http, { serveClient: false });
  const stopServing = serveDesk({
    namespace: io.of('/desk'),
    accounts,
    desk,
    views,
    presence,
    changes,
    audit,
    clock,
    onError,
  });
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    ...{ accounts, audit, contacts, desk, presence, records, errors },
    url: `http://127.0.0.1:${port}`,
    pass: (ms: number): void => void (now += ms),
    now: clock,
    async stop(): Promise<void> {
      stopServing();
      await io.close();
      await jobs.stop(1_000);
      await engine.close();
    },
  };
}

type World = Awaited<ReturnType<typeof startDesk>>;

async function waiting({ addresses, conversations }: Records, who: string, now: number): Promise<string> {
  const address = await addresses.ensure(
    { channel: 'webchat', account: 'main', externalId: who, audience: 'person' },
    now,
  );
  const conversation = await conversations.ensure(address, 'th', now);
  await conversations.commit({ ...conversation, owner: { kind: 'queue', since: now, urgent: false } });
  return conversation.id;
}

describe('rights at the desk', () => {
  let world: World;
  const open: DeskClient[] = [];
  beforeEach(async () => {
    world = await startDesk();
    const roles = {
      own: 'officer',
      lead: 'supervisor',
      stranger: 'officer',
      strangelead: 'agencyadmin',
      root: 'admin',
    } as const;
    for (const [username, role] of Object.entries(roles)) {
      const agencyId = username.startsWith('strange') ? 'theirs' : 'ours';
      await world.accounts.add({ username, name: username, role, agencyId, password });
    }
  });
  afterEach(async () => {
    for (const client of open.splice(0)) client.close();
    await world.stop();
    expect(world.errors).toEqual([]);
  });

  async function signedIn(
    accounts: Accounts,
    username: string,
  ): Promise<{ token: string; officer: Officer }> {
    const session = await accounts.signIn(username, password);
    if (!session) throw new Error(`${username} could not sign in`);
    return session;
  }
  async function deskOf(username: string): Promise<{ client: DeskClient; token: string; officer: Officer }> {
    const { token, officer } = await signedIn(world.accounts, username);
    const client = await openDesk(world.url, { cookie: `${sessionCookie}=${token}` });
    open.push(client);
    return { client, token, officer };
  }

  it('shows and gives conversations to officers of their own agency only, and to administrators', async () => {
    const conversation = await waiting(world.records, 'a citizen', world.now());
    const acts = ['claim', 'watch', 'release', 'typing'] as const;
    for (const name of ['stranger', 'strangelead']) {
      const { client } = await deskOf(name);
      for (const act of acts)
        expect(await client.ask(act, { conversation })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
      const lists = await client.listsWhere('lists came', () => true);
      expect([lists.waiting, lists.mine, lists.team]).toEqual([[], [], []]);
      expect(client.messages).toEqual([]);
    }
    const own = await deskOf('own');
    expect(await own.client.ask('watch', { conversation })).toMatchObject({ ok: true });
    expect(await own.client.ask('claim', { conversation })).toEqual({ outcome: 'claimed' });
    const root = await deskOf('root');
    expect(await root.client.ask('watch', { conversation })).toMatchObject({ ok: true });
    const lead = await deskOf('lead');
    await lead.client.listsWhere('the leader sees it', lists =>
      lists.team.some(each => each.id === conversation),
    );
  });

  it('keeps people and their history within the agency', async () => {
    const { officer: own } = await signedIn(world.accounts, 'own');
    const { officer: stranger } = await signedIn(world.accounts, 'stranger');
    const { contacts } = world;
    const details = { way: 'walk-in', type: 'inquiry', at: world.now(), status: 'open' } as const;
    const { personId } = await contacts.log(
      { ...details, person: { name: 'ยายทอง', phone: '+66812345678' } },
      own,
    );
    expect(await contacts.find({ phone: '+66812345678' }, own)).toHaveLength(1);
    expect(await contacts.find({ phone: '+66812345678' }, stranger)).toEqual([]);
    await expect(contacts.history(personId, stranger, 10)).rejects.toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    expect(await contacts.history(personId, own, 10)).toHaveLength(1);
  });

  it('keeps a contact once, however often the same form is sent', async () => {
    const { officer } = await signedIn(world.accounts, 'own');
    const form = {
      clientId: 'form-1',
      way: 'call',
      type: 'help',
      at: world.now(),
      status: 'open',
      person: { name: 'ตาสี', phone: '+66898765432' },
    } as const;
    const first = await world.contacts.log(form, officer);
    expect(await world.contacts.log(form, officer)).toEqual(first);
    expect(await world.contacts.find({ phone: '+66898765432' }, officer)).toHaveLength(1);
    expect(await world.contacts.recent(officer, 10)).toHaveLength(1);
    await world.contacts.log({ ...form, clientId: 'form-2', person: { id: first.personId } }, officer);
    expect(await world.contacts.history(first.personId, officer, 10)).toHaveLength(2);
  });

  it('ends open desks and sessions when the officer’s role changes; who signs in again has the new one', async () => {
    const { client, token, officer } = await deskOf('own');
    const gone = new Promise<string>(resolve => client.socket.once('disconnect', resolve));
    await world.accounts.setRole(officer.id, 'editor');
    expect(await gone).toBe('io server disconnect');
    const withToken = (each: string): Promise<DeskClient> =>
      openDesk(world.url, { cookie: `${sessionCookie}=${each}` });
    await expect(withToken(token)).rejects.toThrow('NOT_SIGNED_IN');
    const editor = await signedIn(world.accounts, 'own');
    await expect(withToken(editor.token)).rejects.toThrow('FORBIDDEN');
    await world.accounts.setRole(officer.id, 'supervisor');
    const again = await withToken((await signedIn(world.accounts, 'own')).token);
    open.push(again);
    expect(again.socket.connected).toBe(true);
  });

  it('refuses the next act of a session that ran out, and ends the desk', async () => {
    const { client } = await deskOf('own');
    const conversation = await waiting(world.records, 'a citizen', world.now());
    const gone = new Promise<string>(resolve => client.socket.once('disconnect', resolve));
    world.pass(13 * 60 * 60 * 1000);
    await expect(client.ask('claim', { conversation })).rejects.toThrow();
    expect(await gone).toBe('io server disconnect');
    expect((await world.records.conversations.get(conversation))?.owner.kind).toBe('queue');
  });

  it('lets a desk send a burst, then asks it to wait, and takes it again afterwards', async () => {
    const { client } = await deskOf('own');
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => client.ask('unwatch', { conversation: 'c-x' })),
    );
    const refused = answers.filter(answer => answer['code'] === 'RATE_LIMITED');
    expect(refused).toHaveLength(20);
    world.pass(1_000);
    expect(await client.ask('unwatch', { conversation: 'c-x' })).toEqual({ ok: true });
  });

  it('knows who is there, and who left', async () => {
    const { client } = await deskOf('own');
    await deskOf('stranger');
    const names = async (agencyId: string): Promise<string[]> =>
      (await world.presence.who(agencyId)).map(({ name }) => name);
    await eventually(
      'both are there',
      async () => (await names('ours')).length + (await names('theirs')).length === 2,
    );
    expect([await names('ours'), await names('theirs')]).toEqual([['own'], ['stranger']]);
    client.close();
    await eventually('one is left', async () => (await names('ours')).length === 0);
    expect(await names('theirs')).toEqual(['stranger']);
    world.pass(31_000);
    expect(await names('theirs')).toEqual([]);
  });

  it('tells each who else looks at a conversation', async () => {
    const conversation = await waiting(world.records, 'a citizen', world.now());
    const { client: one } = await deskOf('own');
    const { client: two } = await deskOf('lead');
    const seen: string[][] = [];
    one.socket.on('viewers', ({ viewers }: { viewers: { name: string }[] }) =>
      seen.push(viewers.map(each => each.name).sort()),
    );
    await one.ask('watch', { conversation });
    await two.ask('watch', { conversation });
    await eventually('both are named', () => seen.at(-1)?.join() === 'lead,own');
    two.close();
    await eventually('one is left', () => seen.at(-1)?.join() === 'own');
  });
});
