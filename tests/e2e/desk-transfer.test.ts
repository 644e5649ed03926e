import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CitizenClient,
  type DeskClient,
  type SeenConversation,
  demoEnv,
  demoPassword,
  openCitizen,
  openDesk,
} from '../support/desk-clients';
import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { removeFolder, temporaryFolder } from '../support/product';
import { seeded } from '../support/random';

interface Owner {
  readonly kind: string;
  readonly since?: number;
  readonly officer?: { readonly id: string; readonly name: string };
  readonly offer?: { readonly to: { readonly id: string }; readonly note?: string };
  readonly declinedBy?: { readonly name: string };
}
interface Talk {
  readonly conversation: SeenConversation & { readonly owner: Owner };
  readonly texts: readonly string[];
}
interface Desk extends DeskClient {
  readonly cookie: string;
  readonly id: string;
}

describe('handing a conversation over', () => {
  const folder = temporaryFolder();
  let world: AppWorld;
  let [somying, somchai, wipa, other]: Desk[] = [];
  const citizens: CitizenClient[] = [];

  async function desk(username: string): Promise<Desk> {
    const body = { username, password: demoPassword };
    const cookie = cookieFrom(await world.call('POST', '/session', { body }));
    const { body: me } = await world.call('GET', '/session', { cookie });
    return { ...(await openDesk(world.url, { cookie })), cookie, id: String(me['id']) };
  }
  const of = (client: Desk | undefined): Desk => {
    if (!client) throw new Error('the desks are not open yet');
    return client;
  };

  beforeAll(async () => {
    const file = join(folder, 'agencies.json');
    writeFileSync(file, JSON.stringify({ agencies: { dopa: { desk: true } } }));
    world = await startAppWorld({ ...demoEnv, AGENCIES_FILE: file });
    await world.app.demo;
    const account = { username: 'dopa', name: 'มาลี ทะเบียน', role: 'officer' } as const;
    await world.app.accounts.add({ ...account, agencyId: 'dopa', password: demoPassword });
    [somying, somchai, wipa, other] = await Promise.all(
      ['officer', 'officer2', 'supervisor', 'dopa'].map(desk),
    );
  });
  afterAll(async () => {
    for (const each of [...citizens, somying, somchai, wipa, other]) each?.close();
    await world.stop();
    removeFolder(folder);
  });

  /** Somebody who told their matter and whom สมหญิง has in hand. */
  async function inHand(): Promise<CitizenClient> {
    const citizen = await openCitizen(world.url);
    citizens.push(citizen);
    await citizen.say('บัตรประชาชนหาย');
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    expect(await of(somying).ask('claim', { conversation: citizen.conversation })).toEqual({
      outcome: 'claimed',
    });
    return citizen;
  }
  async function talkFor(reader: Desk, { conversation }: CitizenClient): Promise<Talk | undefined> {
    const { status, body } = await world.call('GET', `/conversations/${conversation}/messages`, reader);
    if (status !== 200) return undefined;
    const messages = body['messages'] as {
      body: { reply?: { text: string }; content?: { text?: string } };
    }[];
    return {
      conversation: body['conversation'] as Talk['conversation'],
      texts: messages.map(each => each.body.reply?.text ?? each.body.content?.text ?? ''),
    };
  }
  async function told(reader: Desk, citizen: CitizenClient): Promise<Talk> {
    const talk = await talkFor(reader, citizen);
    if (!talk) throw new Error('the conversation is of another agency');
    return talk;
  }
  const colleague = (to: Desk): object => ({ kind: 'colleague', id: to.id });
  const listed = (list: readonly SeenConversation[], { conversation }: CitizenClient): boolean =>
    list.some(({ id }) => id === conversation);
  const audited = async ({ conversation }: CitizenClient): Promise<readonly string[]> => {
    const admin = await world.call('POST', '/session', {
      body: { username: 'admin', password: demoPassword },
    });
    const { body } = await world.call('GET', `/audit?subjectKind=conversations&subjectId=${conversation}`, {
      cookie: cookieFrom(admin),
    });
    return (body['entries'] as { action: string }[]).map(({ action }) => action);
  };

  it('asks a colleague, who sees it at once with the note and takes it; one sentence to the person, nothing lost', async () => {
    const citizen = await inHand();
    const { conversation } = citizen;
    const before = await told(of(somying), citizen);
    const note = 'ต้องการเอกสาร 1101700230708';
    expect(await of(somying).ask('transfer', { conversation, to: colleague(of(somchai)), note })).toEqual({
      ok: true,
    });
    const { offered } = await of(somchai).listsWhere('it is offered', lists =>
      listed(lists.offered, citizen),
    );
    expect(offered.find(({ id }) => id === conversation)?.owner).toMatchObject({
      kind: 'officer',
      offer: { by: { name: 'สมหญิง ใจดี' }, note: expect.stringContaining('ต้องการเอกสาร') },
    });
    expect(JSON.stringify(offered)).not.toContain('1101700230708');
    expect((await told(of(somying), citizen)).texts).toEqual(before.texts);
    // Nobody else is asked, and whoever has it still answers.
    expect(await of(wipa).ask('claim', { conversation })).toEqual({ outcome: 'taken', by: 'สมหญิง ใจดี' });
    expect(
      await of(somying).ask('message', { conversation, clientId: 'm1', text: 'รอสักครู่นะคะ' }),
    ).toMatchObject({ ok: true });

    world.pass(10_000);
    expect(await of(somchai).ask('claim', { conversation })).toEqual({ outcome: 'claimed' });
    const after = await told(of(somchai), citizen);
    expect(after.texts.slice(0, before.texts.length)).toEqual(before.texts);
    expect(after.texts.slice(before.texts.length)).toEqual([
      'รอสักครู่นะคะ',
      'สมชาย มีสุข รับเรื่องต่อจาก สมหญิง ใจดี แล้วค่ะ เห็นที่คุยกันไว้ทั้งหมด ไม่ต้องเล่าซ้ำ',
    ]);
    expect(after.conversation.owner).toEqual({
      kind: 'officer',
      officer: { id: of(somchai).id, name: 'สมชาย มีสุข' },
      since: before.conversation.owner.since,
    });
    expect(after.conversation.episode).toMatchObject({
      ...before.conversation.episode,
      note: expect.stringContaining('สมหญิง ใจดี: ต้องการเอกสาร'),
    });
    expect(await of(somying).ask('message', { conversation, clientId: 'm2', text: 'ยังอยู่' })).toMatchObject({
      code: 'CONFLICT',
    });
    await citizen.say('ขอบคุณค่ะ');
    expect(citizen.heard.filter(({ reply }) => reply.text.includes('รับเรื่องต่อจาก'))).toHaveLength(1);
    expect(await audited(citizen)).toEqual(
      expect.arrayContaining(['conversation.transferred', 'conversation.claimed']),
    );
  });

  it('leaves it where it is when the colleague cannot, and when it is taken back', async () => {
    const citizen = await inHand();
    const { conversation } = citizen;
    const to = colleague(of(somchai));
    await of(somying).ask('transfer', { conversation, to });
    expect(await of(wipa).ask('decline', { conversation })).toEqual({ ok: true });
    expect((await told(of(somying), citizen)).conversation.owner.offer).toBeUndefined();
    await of(somying).ask('transfer', { conversation, to });
    expect(await of(somchai).ask('decline', { conversation })).toEqual({ ok: true });
    // Again, as after a lost answer.
    expect(await of(somchai).ask('decline', { conversation })).toEqual({ ok: true });
    const { owner } = (await told(of(somying), citizen)).conversation;
    expect(owner).toMatchObject({ officer: { name: 'สมหญิง ใจดี' }, declinedBy: { name: 'สมชาย มีสุข' } });
    expect(await of(somchai).ask('claim', { conversation })).toEqual({ outcome: 'taken', by: 'สมหญิง ใจดี' });
    expect(await audited(citizen)).toContain('conversation.offer-ended');
  });

  it('refuses whoever does not have it, and to ask who is not there', async () => {
    const citizen = await inHand();
    const { conversation } = citizen;
    const toMe = { conversation, to: colleague(of(somchai)) };
    expect(await of(somchai).ask('transfer', toMe)).toMatchObject({ code: 'CONFLICT' });
    expect(await of(other).ask('transfer', toMe)).toMatchObject({ code: 'NOT_FOUND' });
    for (const to of [colleague(of(other)), colleague(of(somying)), { kind: 'agency', id: 'nobody' }])
      expect(await of(somying).ask('transfer', { conversation, to })).toMatchObject({ code: 'CONFLICT' });
    const { body } = await world.call('GET', '/transfer-desks', of(somying));
    expect(body['colleagues']).toContainEqual({ id: of(somchai).id, name: 'สมชาย มีสุข', here: true });
    expect(JSON.stringify(body['colleagues'])).not.toContain('มาลี');
    expect(body['agencies']).toContainEqual(expect.objectContaining({ id: 'dopa' }));
  });

  it('sends it to another agency whole: theirs at once, ours no more, and home again when it ends', async () => {
    const citizen = await inHand();
    const { conversation } = citizen;
    const before = await told(of(somying), citizen);
    const gone = new Promise(resolve => of(somying).socket.once('gone', resolve));
    await of(somying).ask('watch', { conversation });
    const to = { kind: 'agency', id: 'dopa' };
    expect(await of(somying).ask('transfer', { conversation, to, note: 'ของกรมการปกครอง' })).toEqual({
      ok: true,
    });
    expect(await gone).toEqual({ conversation });
    expect(await talkFor(of(wipa), citizen)).toBeUndefined();

    const { waiting } = await of(other).listsWhere('it waits there', lists => listed(lists.waiting, citizen));
    const seen = waiting.find(({ id }) => id === conversation);
    expect(seen?.owner).toMatchObject({ kind: 'queue', since: before.conversation.owner.since });
    const received = await told(of(other), citizen);
    expect(received.texts.slice(0, -1)).toEqual(before.texts);
    expect(received.texts.at(-1)).toMatch(/^ส่งเรื่องให้เจ้าหน้าที่ของ.+แล้วค่ะ/u);
    expect(received.conversation.episode).toMatchObject({ note: 'สมหญิง ใจดี: ของกรมการปกครอง' });
    const person = `/people/${seen?.personId}`;
    expect((await world.call('GET', person, of(other))).status).toBe(200);
    const { body: history } = await world.call('GET', `${person}/history`, of(other));
    expect(history['episodes']).toContainEqual(expect.objectContaining({ conversationId: conversation }));

    await of(other).ask('claim', { conversation });
    const closing = { conversation, type: 'inquiry', result: 'resolved' };
    expect(await of(other).ask('close', closing)).toEqual({ ok: true });
    expect(await talkFor(of(other), citizen)).toBeUndefined();
    expect((await world.call('GET', person, of(other))).status).toBe(404);
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    await of(somying).listsWhere('it waits at home', lists => listed(lists.waiting, citizen));
  });

  it('gives it to one of those who act at the same moment, and tells the others', async () => {
    const random = seeded(20);
    const [holder, asked, third] = [of(somying), of(somchai), of(wipa)];
    const endings = new Set<string>();
    for (let round = 0; round < 16; round += 1) {
      // Nobody acts so often that they are asked to wait.
      world.pass(5_000);
      const citizen = await inHand();
      const { conversation } = citizen;
      await holder.ask('transfer', { conversation, to: colleague(asked) });
      const acts: readonly (() => Promise<Record<string, unknown>>)[] = [
        () => asked.ask('claim', { conversation }),
        () => asked.ask('decline', { conversation }),
        () => third.ask('claim', { conversation }),
        () => holder.ask('release', { conversation }),
        () => holder.ask('transfer', { conversation, to: colleague(third) }),
        () => holder.ask('decline', { conversation }),
        () => holder.ask('close', { conversation, type: 'inquiry', result: 'resolved' }),
      ];
      const order = acts.map(act => ({ act, at: random.next() })).sort((a, b) => a.at - b.at);
      const answers = await Promise.all(order.slice(0, 4).map(({ act }) => act()));

      const claims = answers.filter(each => each['outcome'] === 'claimed').length;
      const { conversation: shown, texts } = await told(third, citizen);
      const taken = texts.filter(text => / รับเรื่อง(?:ต่อจาก .+ )?แล้วค่ะ/u.test(text)).length;
      // One sentence for the first claim of สมหญิง, and one for each that won here.
      expect({ round, taken }).toEqual({ round, taken: claims + 1 });
      const { owner } = shown;
      const holders = [holder, asked, third].filter(({ id }) => id === owner.officer?.id);
      expect(holders).toHaveLength(owner.kind === 'officer' ? 1 : 0);
      if (owner.kind !== 'officer') expect(owner.offer).toBeUndefined();
      if (claims > 1)
        expect(texts.some(text => text.includes('ส่งเรื่องกลับเข้าคิว') || text.includes('ต่อจาก'))).toBe(true);
      for (const each of answers)
        expect(['claimed', 'taken', true, 'CONFLICT']).toContain(
          each['outcome'] ?? (each['ok'] || each['code']),
        );
      endings.add(owner.kind === 'officer' ? (owner.officer?.name ?? '') : owner.kind);
    }
    expect(endings.size).toBeGreaterThan(1);
  });
});
