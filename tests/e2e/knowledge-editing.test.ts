import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { type Heard, asked as says, picked as touches } from '../support/chatting';
import { type CitizenClient, openCitizen } from '../support/desk-clients';
import { eventually } from '../support/product';
import type { Role } from '../../core';

const password = 'a password of the test';
const newborn = 'p1-01';
const question = 'เงินอุดหนุนบุตร';

/** The product over HTTP and the web chat, with people of the owning agency, of another and of the operator. */
describe('writing and publishing knowledge', () => {
  let world: AppWorld;
  let citizen: CitizenClient;
  const cookies = new Map<string, string>();
  let agency = '';

  async function account(username: string, role: Role, agencyId: string): Promise<void> {
    await world.app.accounts.add({ username, name: username, role, agencyId, password });
    const session = await world.call('POST', '/session', { body: { username, password } });
    cookies.set(username, cookieFrom(session));
  }
  const as = (username: string, method: string, path: string, body?: object) =>
    world.call(method, `/knowledge${path}`, {
      cookie: cookies.get(username) ?? '',
      ...(body ? { body } : {}),
    });

  beforeAll(async () => {
    world = await startAppWorld({ DEMO: 'true', DEMO_PASSWORD: password });
    await account('root', 'admin', 'operator');
    const { body } = await as('root', 'GET', `/entries/${newborn}`);
    agency = (body['entry'] as { agencyId: string }).agencyId;
    await account('writer', 'editor', agency);
    await account('second', 'reviewer', agency);
    await account('stranger', 'editor', 'dlt');
  });
  beforeEach(async () => (citizen = await openCitizen(world.url)));
  afterEach(() => citizen.close());
  afterAll(() => world.stop());

  const asked = (text: string): Promise<readonly Heard[]> => says(citizen, text);
  const picked = (choice: string): Promise<readonly Heard[]> => touches(citizen, choice);
  const leadOf = (answers: readonly Heard[]): string =>
    answers.find(each => each.reply.card)?.reply.card?.lead ?? answers[0]?.reply.text ?? '';
  const versionNow = async (): Promise<unknown> => (await world.call('GET', '/about')).body['knowledge'];

  async function contentNow(): Promise<Record<string, unknown>> {
    const { body } = await as('writer', 'GET', `/entries/${newborn}`);
    return body['content'] as Record<string, unknown>;
  }
  async function approved(change: object): Promise<void> {
    const { body } = await as('writer', 'GET', `/entries/${newborn}`);
    const { revision: base } = body['entry'] as { revision: number };
    const content = { ...(await contentNow()), ...change };
    expect((await as('writer', 'PUT', `/entries/${newborn}`, { base, content, why: 'a test' })).status).toBe(
      200,
    );
    expect((await as('writer', 'POST', `/entries/${newborn}/submit`)).status).toBe(200);
    const verdict = { approve: true, why: 'looks right' };
    expect((await as('second', 'POST', `/entries/${newborn}/review`, verdict)).status).toBe(200);
  }
  /** Begins, and waits until it answers. */
  async function live(path: string, body: object): Promise<void> {
    const begun = await as('second', 'POST', path, body);
    expect(begun.status).toBe(202);
    const number = begun.body['number'] as number;
    const ended = await eventually(
      'the publication ends',
      async () => {
        const { body: now } = await as('second', 'GET', `/publications/${number}`);
        return now['state'] === 'preparing' ? undefined : now;
      },
      60_000,
    );
    expect(ended).toMatchObject({ state: 'live' });
    await eventually('it answers', async () => String(await versionNow()).startsWith(`p${number}-`));
  }

  it('answers from what was just published, says which version, and goes back in one step', async () => {
    const before = leadOf(await asked(question));
    await approved({ answer: { th: 'ได้เดือนละ 600 บาท ถามกรมกิจการเด็ก' } });
    expect(leadOf(await asked(question))).toBe(before);
    await live('/publications', { entries: [newborn], why: 'a test' });
    const after = await asked(question);
    expect(leadOf(after)).toContain('ถามกรมกิจการเด็ก');
    const { body } = await as('writer', 'GET', `/entries/${newborn}`);
    expect(body['entry']).toMatchObject({ state: 'published', reviewed: true, publishedRevision: 1 });
    const useful = after.at(-1)?.reply.choices?.find(choice => choice.id.startsWith('useful:yes'));
    expect(useful?.id).toContain(String(await versionNow()));
    await live('/undo', { why: 'it was wrong' });
    expect(leadOf(await asked(question))).toBe(before);
  });

  it('shows whose quiz results a rule changes before it is published, and changes them then', async () => {
    interface Samples {
      readonly drafts: readonly { readonly id: string }[];
      readonly problems?: readonly object[];
      readonly people: readonly {
        readonly name: string;
        readonly results: readonly { service: string; before: boolean; after: boolean }[];
      }[];
    }
    const changed = ({ people }: Samples): string[] =>
      people.flatMap(({ name, results }) =>
        results.flatMap(({ service, before, after }) =>
          before === after ? [] : [`${name}: ${service} ${before ? 'lost' : 'gained'}`],
        ),
      );
    const samples = async (): Promise<Samples> =>
      (await as('writer', 'GET', '/samples')).body as unknown as Samples;
    expect(await samples()).toMatchObject({ drafts: [] });
    expect(changed(await samples())).toEqual([]);

    const rules = (await as('writer', 'GET', `/rules/${newborn}`)).body['entitlement'] as {
      conditions: readonly object[];
    };
    const disabled = { rule: { var: 'disabled' }, because: { th: 'มีคนพิการในบ้าน' } };
    const entitlement = { ...rules, conditions: [disabled] };
    const trial = { entry: newborn, entitlement };
    const tried = (await as('writer', 'POST', '/samples', trial)).body as unknown as Samples;
    const expected = expect.arrayContaining([
      expect.stringMatching(/^แม่เลี้ยงเดี่ยว.*: p1-01 lost$/u),
      expect.stringMatching(/^คนพิการ.*: p1-01 gained$/u),
    ]) as string[];
    expect(changed(tried)).toEqual(expected);
    // It was tried, not saved.
    expect(changed(await samples())).toEqual([]);
    expect((await as('stranger', 'POST', '/samples', trial)).status).toBe(404);
    const wrong = { ...rules, conditions: [{ ...disabled, rule: { var: 'rich' } }] };
    const refused = await as('writer', 'POST', '/samples', { entry: newborn, entitlement: wrong });
    expect(refused).toMatchObject({ status: 422, body: { problems: [{ field: 'conditions.0.rule' }] } });

    await approved({ entitlement });
    const drafted = await samples();
    expect(drafted.drafts).toMatchObject([{ id: newborn, state: 'approved' }]);
    expect(changed(drafted)).toEqual(changed(tried));
    expect((await as('stranger', 'GET', '/samples')).body['drafts']).toEqual([]);
    await live('/publications', { entries: [newborn], why: 'a test' });
    const after = await samples();
    expect([after.drafts, changed(after)]).toEqual([[], []]);
    expect((await as('writer', 'GET', `/rules/${newborn}`)).body['entitlement']).toEqual(entitlement);
    await live('/undo', { why: 'it was wrong' });
    expect((await as('writer', 'GET', `/rules/${newborn}`)).body['entitlement']).toEqual(rules);
  });

  it('hears whether an answer helped, and gives editors what had no answer, without numbers of people', async () => {
    const answers = await asked(question);
    const no = answers.at(-1)?.reply.choices?.find(choice => choice.id.startsWith('useful:no'));
    const why = await picked(no?.id ?? '');
    const outdated = why.at(-1)?.reply.choices?.find(choice => choice.id.startsWith('useful:outdated'));
    await picked(outdated?.id ?? '');
    const told = async (): Promise<readonly object[]> =>
      (await as('writer', 'GET', '/feedback')).body['feedback'] as readonly object[];
    const last = (change: object): Promise<object> =>
      eventually('it is in the list', async () => {
        const list = await told();
        return JSON.stringify(list).includes(JSON.stringify(change).slice(1, -1)) && list;
      });
    const answer = { topic: `service:${newborn}`, channel: 'webchat' };
    // Told twice, once with a reason: one opinion of one answer.
    expect(await last({ why: 'outdated' })).toMatchObject([
      { ...answer, useful: false, question: expect.stringContaining(question) as string },
    ]);
    const unhelped = async (): Promise<boolean> => {
      const { body } = await as('writer', 'GET', '/questions');
      const groups = body['groups'] as readonly { examples: readonly string[] }[];
      return groups.some(({ examples }) => examples.includes(question));
    };
    expect(await unhelped()).toBe(true);
    // Who comes to think otherwise is counted as they think last, and asks editors nothing any more.
    const yes = no?.id.replace('useful:no', 'useful:yes');
    citizen.socket.emit('message', { clientId: 'yes', choice: yes });
    expect(await last({ useful: true })).toMatchObject([answer]);
    await eventually('it is no open question', async () => !(await unhelped()));
    await picked(no?.id ?? '');
    expect(await last({ useful: false })).toMatchObject([answer]);
    expect((await as('writer', 'GET', '/feedback?useful=true')).body['feedback']).toEqual([]);
    expect((await as('stranger', 'GET', '/feedback')).body['feedback']).toEqual([]);

    for (const text of ['จะปลูกดาวอังคารยังไง 0812345678', 'จะปลูกดาวอังคารอย่างไร', 'จะปลูกดาวอังคารยังไงดี'])
      await asked(text);
    const groups = await eventually('the questions are there', async () => {
      const { body } = await as('root', 'GET', '/questions');
      const list = body['groups'] as readonly { count: number; examples: readonly string[]; ids: string[] }[];
      return list.find(group => group.count >= 3 && group.examples.some(each => each.includes('ดาวอังคาร')));
    });
    expect(groups.examples.join(' ')).not.toMatch(/0812345678/u);
    const taken = await as('root', 'POST', '/questions/phrases', { ids: groups.ids, entryId: 'p1-02' });
    expect(taken.body['phrases']).toHaveLength(3);
    const { body } = await as('root', 'GET', '/entries/p1-02');
    expect(body['entry']).toMatchObject({ state: 'draft', revision: 1 });
    expect(body['content']).toMatchObject({ phrases: taken.body['phrases'] });
  });

  it('stops answering from one entry, and at all, at once, and says why to whoever may know', async () => {
    const topic = `service:${newborn}`;
    expect((await as('stranger', 'POST', '/switches', { topic, off: true, why: 'not mine' })).status).toBe(
      404,
    );
    expect((await as('second', 'POST', '/switches/all', { off: true, why: 'not mine' })).status).toBe(403);
    await as('second', 'POST', '/switches', { topic, off: true, why: 'จำนวนเงินผิด' });
    const withheld = await eventually('it is withheld', async () => {
      const answers = await asked(question);
      return leadOf(answers).includes('งดตอบ') ? answers : undefined;
    });
    expect(JSON.stringify(withheld)).not.toContain('พร้อมเพย์');
    await as('second', 'POST', '/switches', { topic, off: false, why: 'แก้แล้ว' });
    await as('root', 'POST', '/switches/all', { off: true, why: 'ตรวจสอบทั้งหมด' });
    await eventually('nothing is answered', async () =>
      leadOf(await asked(question)).includes('งดตอบอัตโนมัติ'),
    );
    // Danger is heard all the same.
    await citizen.say('ไฟไหม้บ้าน ช่วยด้วย');
    await eventually('199 is given', () => citizen.heard.some(each => each.reply.text.includes('199')));
    const { body } = await as('writer', 'GET', '/switches');
    expect(body['off']).toMatchObject([{ topic: 'all', why: 'ตรวจสอบทั้งหมด', by: { name: 'root' } }]);
    await as('root', 'POST', '/switches/all', { off: false, why: 'เรียบร้อย' });
    await eventually('it answers again', async () => !leadOf(await asked(question)).includes('งดตอบ'));
    const audit = await world.call('GET', '/audit?action=knowledge.answers-off', {
      cookie: cookies.get('root') ?? '',
    });
    expect((audit.body['entries'] as readonly object[]).map(each => each)).toMatchObject([
      { subject: { id: 'all' }, detail: { why: 'ตรวจสอบทั้งหมด' } },
      { subject: { id: topic }, detail: { why: 'จำนวนเงินผิด' } },
    ]);
  });

  it('says what is announced for a while, and no longer when it is over or taken back', async () => {
    const now = world.now();
    const text = { th: 'เดือนนี้เงินเข้าวันที่ 15 แทนวันที่ 10' };
    const topic = `service:${newborn}`;
    const made = await as('writer', 'POST', '/announcements', { topic, text, until: now + 60_000 });
    expect(made.status).toBe(200);
    const shown = async (): Promise<boolean> => JSON.stringify(await asked(question)).includes('วันที่ 15 แทน');
    await eventually('it is said', shown);
    world.pass(60_001);
    expect(await shown()).toBe(false);
  });

  it('gives dates to an entry that nobody rewrote, and keeps them when somebody does', async () => {
    const path = '/entries/p2-01';
    const reviewAt = world.now() + 60_000;
    const planned = await as('writer', 'PUT', `${path}/plan`, { reviewAt });
    expect(planned.body).toMatchObject({ state: 'shipped', revision: 0, reviewAt });
    const { body: due } = await as('writer', 'GET', '/due');
    expect(due['entries']).toContainEqual(expect.objectContaining({ id: 'p2-01', dueAt: reviewAt }));
    const refused = [
      as('writer', 'POST', `${path}/submit`),
      as('writer', 'PUT', `${path}/plan`, { publishAt: reviewAt }),
      as('second', 'POST', '/trials', { entries: ['p2-01'] }),
    ];
    expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([409, 409, 409]);
    const { body } = await as('writer', 'GET', path);
    const saved = await as('writer', 'PUT', path, { base: 0, content: body['content'], why: 'a test' });
    expect(saved.body).toMatchObject({ revision: 1 });
    const written = (await as('writer', 'GET', path)).body['entry'];
    expect(written).toMatchObject({ state: 'draft', reviewAt });
    await as('writer', 'PUT', `${path}/plan`, { reviewAt: null });
    expect((await as('writer', 'GET', path)).body['entry']).not.toHaveProperty('reviewAt');
  });

  it('tells what is wrong with an entry, field by field', async () => {
    const content = { ...(await contentNow()), answer: { th: '<img src=x onerror=alert(1)>' } };
    const refused = await as('writer', 'PUT', `/entries/${newborn}`, { base: 1, content, why: 'a test' });
    expect(refused.status).toBe(422);
    expect(refused.body['problems']).toMatchObject([{ field: 'answer.th' }]);
    const report = await as('writer', 'GET', '/report');
    expect(report.status).toBe(200);
    expect((report.body['entries'] as readonly object[]).length).toBeGreaterThan(0);
    const [mine, ...others] = report.body['agencies'] as readonly {
      agencyId: string;
      written: number;
      missing: { review: number };
    }[];
    expect([mine?.agencyId, others]).toEqual([agency, []]);
    const listed = report.body['entries'] as readonly { missing: readonly string[] }[];
    expect(mine?.missing.review).toBe(listed.filter(each => each.missing.includes('review')).length);
  });

  it('gives the entries out as a workbook and takes them in again; what is too large is refused in words', async () => {
    const cookie = cookies.get('writer') ?? '';
    const path = `${world.url}/api/v1/knowledge`;
    const exported = await fetch(`${path}/export?format=xlsx`, { headers: { cookie } });
    expect(exported.headers.get('content-disposition')).toContain('thamrat-knowledge.xlsx');
    const bytes = new Uint8Array(await exported.arrayBuffer());
    const upload = (body: Uint8Array<ArrayBuffer>, dryRun: boolean): Promise<Response> =>
      fetch(`${path}/import?dryRun=${dryRun}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/octet-stream' },
        body,
      });
    const report = (await (await upload(bytes, true)).json()) as { rows: number; problems: unknown[] };
    expect(report).toMatchObject({ dryRun: true, changed: [], problems: [] });
    expect(report.rows).toBeGreaterThan(0);
    const large = await upload(new Uint8Array(21 * 1024 * 1024), false);
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({
      error: { code: 'BODY_TOO_LARGE', message: expect.stringContaining('larger') as string },
    });
  });
});
