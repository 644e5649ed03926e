import { type AppWorld, cookieFrom, freePort, startAppWorld } from '../support/app-world';
import { eventually } from '../support/product';
import { type TwilioStandIn, startTwilioStandIn } from '../support/twilio-standin';

const account = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'campaign-token' };
const hourMs = 3_600_000;

interface Import {
  readonly id: string;
  readonly state: string;
  readonly rows?: number;
  readonly at: number;
  readonly problems: number;
  readonly made: number;
  readonly why?: string;
  readonly tooLate: number;
}
interface Problem {
  readonly row: number;
  readonly column: string;
  readonly problem: string;
  readonly detail?: string;
}
interface Campaign {
  readonly id: string;
  readonly state: string;
  readonly people: number;
  readonly segments: number;
  readonly costSatang: number;
  readonly needsApproval: boolean;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly results: {
    readonly waiting: number;
    readonly skipped: Readonly<Record<string, number>>;
    readonly results: Readonly<Record<string, number>>;
    readonly failures: Readonly<Record<string, number>>;
    readonly optedOut: number;
    readonly perMinute: readonly { readonly sent: number }[];
  };
}

const phoneOf = (n: number): string => `08${String(10_000_000 + n)}`;
const international = (n: number): string => `+66${phoneOf(n).slice(1)}`;

function suite(servers: Readonly<Record<string, string>>): void {
  let twilio: TwilioStandIn;
  let world: AppWorld;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    twilio = await startTwilioStandIn({ ...account, clock: () => world.now() });
    const port = await freePort();
    world = await startAppWorld(
      {
        ...{
          DEMO: 'true',
          DEMO_PASSWORD: 'demo-password-1',
          OPERATOR_NAME: 'อบต.ปัว',
          OPERATOR_PHONE: '054123456',
        },
        ...{ PUBLIC_URL: `http://127.0.0.1:${port}`, CAMPAIGN_APPROVAL_ABOVE: '5', SMS_PART_SATANG: '40' },
        ...{ TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken },
        ...{ TWILIO_FROM: '+15005550006', TWILIO_API_BASE_URL: twilio.url },
        ...servers,
      },
      port,
    );
    await world.app.demo;
  });
  afterAll(async () => {
    await world.stop();
    await twilio.stop();
  });

  async function as(username: string): Promise<string> {
    const known = cookies.get(username);
    if (known !== undefined) return known;
    const body = { username, password: 'demo-password-1' };
    const cookie = cookieFrom(await world.call('POST', '/session', { body }));
    cookies.set(username, cookie);
    return cookie;
  }
  async function call<T>(who: string, method: string, path: string, body?: object): Promise<T> {
    const answer = await world.call(method, path, { cookie: await as(who), ...(body ? { body } : {}) });
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
  const refused = async (who: string, path: string, body: object): Promise<string | undefined> =>
    (await world.call('POST', path, { cookie: await as(who), body })).code;

  const imported = (id: string): Promise<Import> => call<Import>('officer', 'GET', `/reminder-imports/${id}`);
  const settled = (id: string, ...states: readonly string[]): Promise<Import> =>
    eventually(
      `${id} is ${states.join(' or ')}`,
      async () => {
        const one = await imported(id);
        return states.includes(one.state) && one;
      },
      60_000,
    );
  async function handIn(settings: object, lines: readonly string[]): Promise<string> {
    const { id } = await call<Import>('officer', 'POST', '/reminder-imports', { name: 'คน.csv', settings });
    const response = await fetch(`${world.url}/api/v1/reminder-imports/${id}/file`, {
      method: 'PUT',
      headers: { cookie: await as('officer'), 'content-type': 'application/octet-stream' },
      body: `\uFEFF${lines.join('\r\n')}`,
    });
    expect(response.status).toBe(200);
    return id;
  }
  async function problemsOf(id: string): Promise<Problem[]> {
    const all: Problem[] = [];
    for (let after = ''; ;) {
      const query = after === '' ? '' : `?after=${encodeURIComponent(after)}`;
      const page = await call<{ problems: Problem[]; cursor?: string }>(
        'officer',
        'GET',
        `/reminder-imports/${id}/problems${query}`,
      );
      all.push(...page.problems);
      if (page.cursor === undefined) return all;
      after = page.cursor;
    }
  }
  const campaign = (id: string): Promise<Campaign> => call<Campaign>('supervisor', 'GET', `/campaigns/${id}`);
  const act = (who: string, id: string, what: string): Promise<Campaign> =>
    call<Campaign>(who, 'POST', `/campaigns/${id}/acts`, { act: what });
  const sentTo = (n: number): number => twilio.accepted().filter(each => each.to === international(n)).length;

  async function make(over: object = {}): Promise<Campaign> {
    const { id } = await call<Campaign>('supervisor', 'POST', '/campaigns', {
      name: 'น้ำไม่ไหล',
      purpose: 'announcement',
      text: { template: 'free', values: { text: { kind: 'text', text: 'พรุ่งนี้น้ำไม่ไหล 9 โมงถึงเที่ยง' } } },
      ways: ['sms'],
      filter: {},
      perSecond: 10,
      ...over,
    });
    return eventually('counted', async () => {
      const one = await campaign(id);
      return one.state === 'counted' && one;
    });
  }

  const filter = { areas: ['สกาด'], groups: ['ผู้สูงอายุ'] };
  /** One second of the campaign at a time, until `check` holds. */
  const seconds = (id: string, what: string, check: (one: Campaign) => boolean): Promise<Campaign> =>
    eventually(
      what,
      async () => {
        world.pass(1_000);
        const one = await campaign(id);
        return check(one) && one;
      },
      60_000,
    );

  const people = (from: number, count: number, rest: (n: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => `${phoneOf(from + index)},${rest(from + index)}`);
  const heading = 'เบอร์โทร,ตำบล,กลุ่ม,ปีเกิด,ยินยอมรับข่าว';

  it('names every wrong cell of a file by row and column, and makes nothing of it', async () => {
    const id = await handIn({ kind: 'audience' }, [
      heading,
      `${phoneOf(1)},ปัว,ผู้สูงอายุ,2490,ใช่`,
      `12345,ปัว,,,`,
      `${phoneOf(1)},ปัว,,,`,
      `${phoneOf(2)},ปัว,,ปีมะโรง,อาจจะ`,
      ',ปัว,,,',
    ]);
    expect(await settled(id, 'checked', 'refused')).toMatchObject({ state: 'refused', rows: 5, problems: 5 });
    expect(await problemsOf(id)).toEqual([
      { row: 3, column: 'เบอร์โทร', problem: 'phone' },
      { row: 4, column: 'เบอร์โทร', problem: 'twice', detail: '2' },
      { row: 5, column: 'ปีเกิด', problem: 'year' },
      { row: 5, column: 'ยินยอมรับข่าว', problem: 'consent' },
      { row: 6, column: 'เบอร์โทร', problem: 'missing' },
    ]);
    expect(await refused('officer', `/reminder-imports/${id}/acts`, { act: 'apply' })).toBe('CONFLICT');
    expect(await call('supervisor', 'GET', '/campaign-audience')).toMatchObject({ people: 0 });
  });

  it.each([
    ['no such column', ['ชื่อ', 'ทอง'], 'columns', /เบอร์โทร/u],
    ['no rows', [heading], 'no-rows', /no row/u],
    ['a broken quote', [heading, '"0812345678,'], 'file', /cannot be read/u],
  ])('says what is wrong with a file that has %s', async (_, lines, fault, why) => {
    const id = await handIn({ kind: 'audience' }, lines);
    expect(await settled(id, 'refused')).toMatchObject({ fault, why: expect.stringMatching(why) });
  });

  it('makes what was found right, once', async () => {
    const id = await handIn({ kind: 'audience', group: 'บ้านปัว' }, [
      heading,
      ...people(
        1,
        60,
        n =>
          `${n <= 40 ? 'ปัว' : 'สกาด'},${n % 2 ? 'อสม.' : 'ผู้สูงอายุ;อสม.'},${n <= 10 ? 2490 : 2530},${n <= 30 ? 'ใช่' : ''}`,
      ),
    ]);
    expect(await settled(id, 'checked', 'refused')).toMatchObject({ state: 'checked', rows: 60, made: 0 });
    expect(await call('supervisor', 'GET', '/campaign-audience')).toMatchObject({ people: 0 });
    await call('officer', 'POST', `/reminder-imports/${id}/acts`, { act: 'apply' });
    await call('officer', 'POST', `/reminder-imports/${id}/acts`, { act: 'apply' });
    expect(await settled(id, 'done')).toMatchObject({ made: 60 });
    expect(await call('supervisor', 'GET', '/campaign-audience')).toEqual({
      people: 60,
      consenting: 30,
      areas: { ปัว: 40, สกาด: 20 },
      groups: { 'อสม.': 60, ผู้สูงอายุ: 30, บ้านปัว: 60 },
      services: {},
    });
  });

  it.each([
    ['everybody', {}, 'announcement', 60],
    ['an area', { areas: ['สกาด'] }, 'announcement', 20],
    ['two areas', { areas: ['สกาด', 'ปัว'] }, 'announcement', 60],
    ['a group in an area', { areas: ['ปัว'], groups: ['ผู้สูงอายุ'] }, 'announcement', 20],
    ['the old', { ageFrom: 60 }, 'announcement', 10],
    ['the young', { ageTo: 59 }, 'announcement', 50],
    ['who agreed', { consent: true }, 'announcement', 30],
    ['an invitation, which goes to nobody who has not agreed', {}, 'promotion', 30],
    ['nobody', { services: ['p1-04'] }, 'announcement', 0],
  ])('counts %s', async (_, filter, purpose, count) => {
    const text = {
      template: 'free',
      values: { text: { kind: 'text', text: `นัด ${purpose} ${JSON.stringify(filter).length}` } },
    };
    expect(await make({ filter, purpose, text })).toMatchObject({ people: count });
  });

  describe('draws on contacts of the shared history', () => {
    const benefit = 'service:p1-04';
    const daysAgo = (days: number): number => Date.UTC(2026, 10, 25) - days * 24 * hourMs;
    const period = { from: daysAgo(300), to: daysAgo(200) };
    const announced = (words: string, over: object): Promise<Campaign> =>
      make({
        text: { template: 'free', values: { text: { kind: 'text', text: words } } },
        ...over,
      });
    const ids = new Map<string, string>();

    beforeAll(async () => {
      async function contact(name: string, over: object, phone?: string): Promise<void> {
        const known = ids.get(name);
        const person = known === undefined ? { name, ...(phone ? { phone } : {}) } : { id: known };
        const { personId } = await call<{ personId: string }>('officer', 'POST', '/contacts', {
          ...{ way: 'walk-in', type: 'inquiry', at: daysAgo(250), status: 'closed', topic: benefit, person },
          ...over,
        });
        ids.set(name, personId);
      }
      await contact('ยายทอง', {}, international(41));
      await contact('ยายทอง', { way: 'call', at: daysAgo(240) });
      await contact('ยายทอง ที่เขียนไว้สองครั้ง', {}, international(41));
      await contact('ลุงมี', { way: 'call' });
      await contact('ป้าแดง', { way: 'call', type: 'help' }, international(2_001));
      await contact('น้าเขียว', { topic: 'service:p1-05' }, international(2_002));
      await contact('ตาดำ', {}, international(2_003));
      await contact('คนเก่า', { at: daysAgo(400) }, international(2_004));
      const filed = async (name: string, over: object): Promise<void> => {
        const where = { province: 'น่าน', district: 'ปัว' };
        const details = { kind: 'matter', what: 'ถนนเป็นหลุม', where, attachments: [] };
        const body = { key: name, kind: 'complaint', personId: ids.get(name), details, ...over };
        await call('officer', 'POST', '/cases', body);
      };
      await filed('ยายทอง', {});
      await filed('น้าเขียว', { sensitive: true });
      await world.app.reminders.refuse(ids.get('ป้าแดง') ?? '', 'announcement', world.now());
      const held = await world.call('PUT', `/people/${ids.get('ตาดำ')}/hold`, {
        cookie: await as('admin'),
        body: { reason: 'คดีปกครอง' },
      });
      expect(held.status).toBe(200);
      // Their sitting lasts no longer than the hours of the others' tests.
      cookies.clear();
    });

    it.each([
      ['of a time', {}, 2, { 'no-way': 1, stopped: 1, held: 1 }],
      ['about a service', { topics: [benefit] }, 1, { 'no-way': 1, stopped: 1, held: 1 }],
      ['about one of two services', { topics: [benefit, 'service:p1-05'], types: ['inquiry'] }, 2, undefined],
      ['by telephone', { ways: ['call'] }, 1, { 'no-way': 1, stopped: 1 }],
      ['who asked for help by telephone', { ways: ['call'], types: ['help'] }, 0, { stopped: 1 }],
      ['of a place where they filed what may show', { provinces: ['น่าน'], districts: ['ปัว'] }, 1, {}],
      ['of another district', { provinces: ['น่าน'], districts: ['สันติสุข'] }, 0, {}],
    ])('%s', async (name, asked, count, leftOut) => {
      const counted = await announced(`ข่าว ${name}`, { filter: { contacts: { ...period, ...asked } } });
      expect(counted.people).toBe(count);
      if (leftOut) expect(counted.leftOut).toEqual(leftOut);
    });

    it('takes what the imported list knows of the same number', async () => {
      const filter = { contacts: period, areas: ['สกาด'] };
      expect(await announced('ข่าวของสกาด', { filter })).toMatchObject({ people: 1, leftOut: {} });
    });

    it('invites nobody who has not agreed', async () => {
      const counted = await announced('เชิญ', { purpose: 'promotion', filter: { contacts: period } });
      expect(counted).toMatchObject({ people: 0, leftOut: { 'no-consent': 4, held: 1 } });
    });

    it('sorts nobody by a sensitive matter', async () => {
      const body = {
        ...{ name: 'x', purpose: 'announcement', ways: ['sms'] },
        text: { template: 'free', values: { text: { kind: 'text', text: 'ข่าว' } } },
        filter: { contacts: { topics: ['service:p2-06'] } },
      };
      expect(await refused('supervisor', '/campaigns', body)).toBe('INPUT_INVALID');
    });

    it('tells each of them once', async () => {
      const { id, people } = await announced('ข่าวถึงทุกคน', { filter: { contacts: period } });
      expect(people).toBe(2);
      await act('supervisor', id, 'start');
      const done = await seconds(
        id,
        'done',
        one => one.state === 'done' && one.results.results['handed'] === 0,
      );
      expect(done.results.results['sent']).toBe(2);
      const told = twilio.accepted().filter(({ body }) => body.includes('ข่าวถึงทุกคน'));
      expect(told.map(({ to }) => to).sort()).toEqual([international(41), international(2_002)].sort());
    });
  });

  it('refuses a text that may not go out, and a template of another purpose', async () => {
    const body = { name: 'x', purpose: 'announcement', ways: ['sms'], filter: {} };
    const free = (text: string) => ({ template: 'free', values: { text: { kind: 'text', text } } });
    expect(await refused('supervisor', '/campaigns', { ...body, text: free('ดูที่ bit.ly/abc') })).toBe(
      'INPUT_INVALID',
    );
    const wrong = { template: 'document', values: { document: { kind: 'text', text: 'ใบขับขี่' } } };
    expect(await refused('supervisor', '/campaigns', { ...body, text: wrong })).toBe('INPUT_INVALID');
    expect(await refused('officer', '/campaigns', { ...body, text: free('น้ำไม่ไหล') })).toBe('FORBIDDEN');
  });

  it('is estimated, approved by a second person, begins slowly, is paused, and ends with every result', async () => {
    twilio.refuse(international(44), 21614);
    const counted = await make({ filter });
    expect(counted).toMatchObject({ people: 10, segments: 1, costSatang: 10 * 40, needsApproval: true });
    const { id } = counted;
    const acts = `/campaigns/${id}/acts`;
    expect(await refused('supervisor', acts, { act: 'start' })).toBe('CONFLICT');
    await act('supervisor', id, 'submit');
    expect(await refused('supervisor', acts, { act: 'approve' })).toBe('CONFLICT');
    expect(await act('agencyadmin', id, 'approve')).toMatchObject({ state: 'counted', needsApproval: false });
    const before = twilio.accepted().length;
    await act('supervisor', id, 'start');
    await seconds(id, 'some are handed over', one => one.results.waiting <= 7);
    const paused = await act('supervisor', id, 'pause');
    // One a second at first: a mistake is seen before everybody has it.
    expect(paused.results.waiting).toBeGreaterThan(4);
    const still = await eventually('the second before the pause is over', async () => {
      const one = await campaign(id);
      return one.results.results['handed'] === 0 && one;
    });
    // Nothing is handed over in any second that follows, whoever looks.
    for (let second = 0; second < 3; second += 1) {
      world.pass(1_000);
      await act('supervisor', id, 'pause');
    }
    expect((await campaign(id)).results.waiting).toBe(still.results.waiting);
    await act('supervisor', id, 'start');
    const done = await seconds(
      id,
      'done',
      one => one.state === 'done' && one.results.results['handed'] === 0,
    );
    expect(done.results).toMatchObject({ waiting: 0, results: { sent: 9, failed: 1 } });
    expect(Object.keys(done.results.failures)).toHaveLength(1);
    expect(Object.keys(done.results.failures)[0]).toContain('21614');
    expect(done.results.perMinute.reduce((sum, each) => sum + each.sent, 0)).toBe(9);
    expect(twilio.accepted().length - before).toBe(9);
    for (let n = 42; n <= 60; n += 2) expect([n, sentTo(n)]).toEqual([n, n === 44 ? 0 : 1]);
    const first = twilio.accepted().find(each => each.to === international(42));
    expect(first?.body).toBe('อบต.ปัว: พรุ่งนี้น้ำไม่ไหล 9 โมงถึงเที่ยง โทร 054123456');
    await twilio.report(first?.sid ?? '', 'delivered');
    await eventually(
      'the report is counted',
      async () => (await campaign(id)).results.results['delivered'] === 1,
    );
  });

  it('does not tell the same thing twice', async () => {
    const again = await make({ filter });
    expect(again.people).toBe(0);
    expect(again.leftOut['same']).toBe(10);
    expect(await refused('supervisor', `/campaigns/${again.id}/acts`, { act: 'start' })).toBe('CONFLICT');
  });

  it('waits for the hours of its purpose, and stops at once', async () => {
    world.pass(11 * hourMs);
    cookies.clear();
    const text = { template: 'free', values: { text: { kind: 'text', text: 'เชิญมางานวัด' } } };
    const { id } = await make({ text, filter: { areas: ['สกาด'] } });
    await act('supervisor', id, 'submit');
    await act('agencyadmin', id, 'approve');
    await act('supervisor', id, 'start');
    for (let second = 0; second < 3; second += 1) {
      world.pass(1_000);
      await campaign(id);
    }
    expect((await campaign(id)).results.waiting).toBe(20);
    // The next morning.
    world.pass(11 * hourMs);
    cookies.clear();
    await seconds(id, 'the first are handed over', one => one.results.waiting < 20);
    await act('supervisor', id, 'stop');
    const stopped = await eventually('stopped', async () => {
      const one = await campaign(id);
      return one.state === 'stopped' && one;
    });
    const sent = twilio.accepted().filter(each => each.body.includes('งานวัด')).length;
    expect(sent).toBeLessThan(20);
    expect(stopped.results.waiting).toBeGreaterThan(0);
    expect(await refused('supervisor', `/campaigns/${id}/acts`, { act: 'start' })).toBe('CONFLICT');
  });

  it('makes reminders of a file', async () => {
    const settings = {
      ...{ kind: 'reminders', template: 'appointment', purpose: 'appointment', leadsMs: [86_400_000] },
      ...{ ladder: [{ way: 'sms' }], how: 'ใบนัด', basis: 'public-task' },
    };
    const rows = people(1_000, 30, n => `15 ม.ค. 2570,9:${n % 2 ? '00' : '30'},เบี้ยผู้สูงอายุ,อบต.ปัว`);
    const header = 'เบอร์โทร,วันที่,เวลา,เรื่อง,สถานที่';
    const bad = await handIn(settings, [
      header,
      `${phoneOf(1)},31/2/2570,25:00,,https://a.th`,
      `${phoneOf(2)},1/1/2560,,ก,ดู bit.ly/a`,
    ]);
    await settled(bad, 'refused');
    expect(await problemsOf(bad)).toEqual([
      { row: 2, column: 'วันที่', problem: 'date' },
      { row: 2, column: 'เวลา', problem: 'time' },
      { row: 2, column: 'เรื่อง', problem: 'missing' },
      { row: 3, column: 'เรื่อง', problem: 'text', detail: 'link' },
      { row: 3, column: 'วันที่', problem: 'past' },
    ]);
    const id = await handIn(settings, [header, ...rows]);
    await settled(id, 'checked');
    await call('officer', 'POST', `/reminder-imports/${id}/acts`, { act: 'apply' });
    expect(await settled(id, 'done')).toMatchObject({ made: 30, rows: 30 });
    const from = Date.parse('2027-01-15T00:00:00+07:00');
    const made = async (): Promise<readonly { state: string; dueAt: number }[]> =>
      (
        await call<{ reminders: { state: string; dueAt: number }[] }>(
          'officer',
          'GET',
          `/reminders?from=${from}&to=${from + 86_400_000}&limit=200`,
        )
      ).reminders;
    expect((await made()).map(each => each.dueAt)).toEqual(
      expect.arrayContaining([from + 9 * hourMs, from + 9.5 * hourMs]),
    );
    expect(await made()).toHaveLength(30);
  });

  it('shows a text as it arrives, and what it costs', async () => {
    const text = { template: 'free', values: { text: { kind: 'text', text: 'ท่านต้องดำเนินการต่อบัตรพรุ่งนี้' } } };
    expect(await call('officer', 'POST', '/reminder-texts/preview', { text })).toMatchObject({
      text: 'อบต.ปัว: ท่านต้องดำเนินการต่อบัตรพรุ่งนี้ โทร 054123456',
      segments: 1,
      costSatang: 40,
      hints: [
        { word: 'ดำเนินการ', instead: 'ทำ' },
        { word: 'ท่าน', instead: '' },
      ],
    });
    await call('officer', 'POST', '/reminder-texts/test', {
      text,
      clientId: 'try-1',
      phone: international(900),
    });
    await eventually('the test arrives', () => sentTo(900) === 1);
  });
}

describe('campaigns and imports, embedded', () => suite({}));

const mongodbUrl = process.env['MONGODB_URL'];
const redisUrl = process.env['REDIS_URL'];
if (mongodbUrl && redisUrl) {
  const own = new URL(mongodbUrl);
  own.pathname = `/thamrat_campaigns_${process.pid}`;
  describe('campaigns and imports, on MongoDB and Redis', () =>
    suite({ MONGODB_URL: own.href, REDIS_URL: redisUrl }));
} else
  describe.skip('campaigns and imports, on MongoDB and Redis (MONGODB_URL, REDIS_URL are not set)', () =>
    suite({}));
