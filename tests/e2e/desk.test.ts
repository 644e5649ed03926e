import {
  type CitizenClient,
  type DeskClient,
  type SeenConversation,
  callApi,
  demoEnv,
  openCitizen,
  openDesk,
  signIn,
} from '../support/desk-clients';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';

const textOf = (message: { body: { reply?: { text: string }; content?: { text?: string } } }): string =>
  message.body.reply?.text ?? message.body.content?.text ?? '';

describe('the desk', () => {
  const dataDir = temporaryFolder();
  let product: Product;
  const cookies: Record<string, string> = {};
  const open: { close(): void }[] = [];

  beforeAll(async () => {
    product = await startProduct({ dataDir, env: demoEnv });
    for (const name of ['officer', 'officer2', 'supervisor', 'editor'])
      cookies[name] = await signIn(product.url, name);
  });
  afterAll(async () => {
    await product.stop();
    removeFolder(dataDir);
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  const cookieOf = (name: string): string => cookies[name] ?? '';
  async function desk(name: string): Promise<DeskClient> {
    const client = await openDesk(product.url, { cookie: cookieOf(name) });
    open.push(client);
    return client;
  }
  async function waitingCitizen(): Promise<CitizenClient> {
    const citizen = await openCitizen(product.url);
    open.push(citizen);
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    return citizen;
  }

  it.each([
    ['nobody signed in', {}, 'NOT_SIGNED_IN'],
    ['a made-up session', { cookie: 'thamrat_session=abc' }, 'NOT_SIGNED_IN'],
  ])('refuses a connection of %s', async (_, headers, code) => {
    await expect(openDesk(product.url, headers)).rejects.toThrow(code);
  });

  it('refuses the socket of another site’s page, even with a good session', async () => {
    const headers = { cookie: cookieOf('officer'), origin: 'https://evil.example' };
    await expect(openDesk(product.url, headers)).rejects.toThrow();
  });

  it('refuses an account that works with texts only, and takes an officer', async () => {
    await expect(openDesk(product.url, { cookie: cookieOf('editor') })).rejects.toThrow('FORBIDDEN');
    await expect(desk('officer')).resolves.toBeDefined();
  });

  it('takes its own page', async () => {
    const client = await openDesk(product.url, { cookie: cookieOf('officer'), origin: product.url });
    open.push(client);
    expect((await client.ask('unwatch', { conversation: 'c-none' }))['ok']).toBe(true);
  });

  it('gives one waiting conversation to exactly one of many claims and tells the others who was faster', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await desk('officer'), await desk('officer2')];
      const { conversation } = await waitingCitizen();
      const claims = Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two));
      const answers = await Promise.all(claims.map(client => client.ask('claim', { conversation })));
      const winners = new Set(claims.filter((_, index) => answers[index]?.['outcome'] === 'claimed'));
      expect(winners.size).toBe(1);
      const names = answers.flatMap(answer => (answer['outcome'] === 'taken' ? [answer['by']] : []));
      expect(names).toHaveLength(10);
      expect(new Set(names).size).toBe(1);
    }
  });

  it('says what somebody in danger is in danger of, before and after an officer takes them and in the history', async () => {
    const officer = await desk('officer');
    const citizen = await openCitizen(product.url);
    open.push(citizen);
    const { conversation } = citizen;
    await citizen.say('ไฟไหม้บ้านข้างๆ ช่วยด้วย');
    const here = (list: readonly SeenConversation[]): SeenConversation | undefined =>
      list.find(each => each.id === conversation);
    const { waiting } = await officer.listsWhere('they wait', lists => here(lists.waiting) !== undefined);
    expect(here(waiting)).toMatchObject({ owner: { urgent: true }, episode: { danger: 'fire' } });
    await officer.ask('claim', { conversation });
    const { mine } = await officer.listsWhere('they are mine', lists => here(lists.mine) !== undefined);
    expect(here(mine)).toMatchObject({ episode: { danger: 'fire' } });
    await officer.ask('release', { conversation });
    const again = await officer.listsWhere('they wait again', lists => here(lists.waiting) !== undefined);
    expect(here(again.waiting)).toMatchObject({ owner: { urgent: true } });
    const path = `/api/v1/people/${here(mine)?.personId}/history`;
    await eventually('the history knows', async () => {
      const { body } = await callApi(product.url, cookieOf('officer'), 'GET', path);
      return JSON.stringify(body['episodes']).includes('"danger":"fire"');
    });
  });

  it('carries the talk both ways, in order, each message once', async () => {
    const officer = await desk('officer');
    const citizen = await waitingCitizen();
    const { conversation } = citizen;
    await officer.listsWhere('the citizen waits', lists =>
      lists.waiting.some(each => each.id === conversation),
    );
    await officer.ask('claim', { conversation });
    await officer.ask('watch', { conversation });
    const sent = await Promise.all([
      officer.ask('message', { conversation, clientId: 'm1', text: 'สวัสดีค่ะ' }),
      officer.ask('message', { conversation, clientId: 'm1', text: 'สวัสดีค่ะ' }),
    ]);
    expect(sent[0]).toEqual(sent[1]);
    expect(sent[0]).toMatchObject({ ok: true });
    const seq = await citizen.say('บัตรหายค่ะ');
    await eventually('the desk sees the answer', () => officer.messages.some(each => each.seq === seq));
    const seqs = officer.messages.filter(each => each.conversation === conversation).map(each => each.seq);
    expect(seqs).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
    await eventually('the citizen hears the officer', () =>
      citizen.heard.some(each => each.reply.text === 'สวัสดีค่ะ'),
    );
    const heard = citizen.heard.filter(each => each.reply.text === 'สวัสดีค่ะ');
    expect(heard).toEqual([expect.objectContaining({ from: 'officer', name: 'สมหญิง ใจดี' })]);
  });

  it('brings a desk that was away exactly what it missed', async () => {
    const first = await desk('officer');
    const citizen = await waitingCitizen();
    const { conversation } = citizen;
    await first.ask('claim', { conversation });
    await first.ask('watch', { conversation });
    const seen = first.messages.at(-1)?.seq ?? 0;
    first.close();
    const missed = [];
    for (const text of ['หนึ่ง', 'สอง', 'สาม']) missed.push(await citizen.say(text));
    const second = await desk('officer');
    await second.ask('watch', { conversation, lastSeq: seen });
    expect(second.messages.map(each => each.seq)).toEqual(missed);
    expect(second.messages.map(textOf)).toEqual(['หนึ่ง', 'สอง', 'สาม']);
  });

  it('lets only the owner or who leads act on a conversation', async () => {
    const [owner, other, leader] = [await desk('officer'), await desk('officer2'), await desk('supervisor')];
    const { conversation } = await waitingCitizen();
    await owner.ask('claim', { conversation });
    const closing = { conversation, type: 'inquiry', result: 'resolved' };
    expect(await other.ask('message', { conversation, clientId: 'x', text: 'แทรก' })).toMatchObject({
      ok: false,
      code: 'CONFLICT',
    });
    expect(await other.ask('release', { conversation })).toMatchObject({ ok: false, code: 'CONFLICT' });
    expect(await other.ask('close', closing)).toMatchObject({ ok: false, code: 'CONFLICT' });
    const note = await callApi(
      product.url,
      cookieOf('officer2'),
      'POST',
      `/api/v1/conversations/${conversation}/note`,
      { note: 'x' },
    );
    expect(note.status).toBe(409);
    await leader.listsWhere('the leader sees it', lists => lists.team.some(each => each.id === conversation));
    expect(await leader.ask('release', { conversation })).toEqual({ ok: true });
    await leader.listsWhere('it waits again', lists => lists.waiting.some(each => each.id === conversation));
    expect(await other.ask('claim', { conversation })).toEqual({ outcome: 'claimed' });
  });

  it('closes with a result, keeps the notes, and the person’s history has it beside a logged walk-in', async () => {
    const officer = await desk('officer');
    const citizen = await waitingCitizen();
    const { conversation } = citizen;
    await officer.ask('claim', { conversation });
    const { mine } = await officer.listsWhere('it is mine', lists =>
      lists.mine.some(each => each.id === conversation),
    );
    const personId = mine.find(each => each.id === conversation)?.personId ?? '';
    const path = `/api/v1/conversations/${conversation}/note`;
    expect(
      (await callApi(product.url, cookieOf('officer'), 'POST', path, { note: 'ขอเอกสารเพิ่ม' })).status,
    ).toBe(200);
    const closed = await officer.ask('close', {
      conversation,
      type: 'help',
      result: 'referred',
      note: 'ส่งต่ออำเภอ',
    });
    expect(closed).toEqual({ ok: true });
    const again = await officer.ask('close', { conversation, type: 'help', result: 'referred' });
    expect(again).toMatchObject({ ok: false, code: 'CONFLICT' });
    const walkIn = {
      ...{ way: 'walk-in', type: 'inquiry', at: Date.now(), status: 'closed', result: 'resolved' },
      person: { id: personId },
    };
    expect((await callApi(product.url, cookieOf('officer'), 'POST', '/api/v1/contacts', walkIn)).status).toBe(
      201,
    );
    const { body } = await callApi(
      product.url,
      cookieOf('officer2'),
      'GET',
      `/api/v1/people/${personId}/history`,
    );
    expect(body['episodes']).toEqual([
      expect.objectContaining({
        way: 'walk-in',
        status: 'closed',
        officer: expect.objectContaining({ name: 'สมหญิง ใจดี' }),
      }),
      expect.objectContaining({
        ...{ way: 'webchat', type: 'help', result: 'referred', status: 'closed' },
        note: 'สมหญิง ใจดี: ขอเอกสารเพิ่ม\nสมหญิง ใจดี: ส่งต่ออำเภอ',
      }),
    ]);
  });

  it.each([
    ['nothing at all', 'message', null],
    ['an empty text', 'message', { conversation: 'c-x', clientId: 'a', text: ' ' }],
    ['a text that is too long', 'message', { conversation: 'c-x', clientId: 'a', text: 'ก'.repeat(4_001) }],
    ['a path as an id', 'message', { conversation: 'c-x', clientId: '../..', text: 'x' }],
    ['a query as an id', 'claim', { conversation: { $gt: '' } }],
    ['a field of its own', 'claim', { conversation: 'c-x', role: 'admin' }],
    ['a number below zero', 'watch', { conversation: 'c-x', lastSeq: -1 }],
    ['an unknown type', 'close', { conversation: 'c-x', type: 'gift', result: 'resolved' }],
  ])('answers %s in a payload with a code, and goes on', async (_, event, payload) => {
    const client = await desk('officer');
    expect(await client.ask(event, payload)).toMatchObject({ ok: false, code: 'INPUT_INVALID' });
    expect(await client.ask('claim', { conversation: 'c-x' })).toMatchObject({
      ok: false,
      code: 'NOT_FOUND',
    });
  });

  it('ends the open desks of a session that was signed out, and not those of others', async () => {
    const cookie = await signIn(product.url, 'agencyadmin');
    const leaving = await openDesk(product.url, { cookie });
    open.push(leaving);
    const staying = await desk('officer');
    const gone = new Promise<string>(resolve => leaving.socket.once('disconnect', resolve));
    expect((await callApi(product.url, cookie, 'DELETE', '/api/v1/session')).status).toBe(200);
    expect(await gone).toBe('io server disconnect');
    expect((await staying.ask('unwatch', { conversation: 'c-none' }))['ok']).toBe(true);
    await expect(openDesk(product.url, { cookie })).rejects.toThrow('NOT_SIGNED_IN');
  });
});
