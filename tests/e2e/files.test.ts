import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiAnswer, type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import {
  type CitizenClient,
  demoEnv,
  demoPassword,
  handIn,
  openCitizen,
  openDesk,
  signIn,
} from '../support/desk-clients';
import {
  type LineStandIn,
  lineCall,
  lineEvent,
  lineUserId,
  signLine,
  startLineStandIn,
} from '../support/line-standin';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';
import { jpeg, mp4, pdf, png } from '../support/sample-files';

interface File {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
  readonly name: string;
  readonly kind?: string;
  readonly why?: string;
  readonly place?: { latitude: number; longitude: number };
}

const minuteMs = 60_000;

describe('photographs and documents', () => {
  let world: AppWorld;
  const filesDir = temporaryFolder();
  const cookies = new Map<string, string>();
  const citizens: CitizenClient[] = [];

  beforeAll(async () => {
    world = await startAppWorld({
      ...demoEnv,
      FILES_DIR: filesDir,
      OPERATOR_NAME: 'เทศบาลเมืองปัว',
      PUBLIC_URL: 'https://chat.example.go.th',
    });
    await world.app.demo;
  });
  afterAll(async () => {
    for (const citizen of citizens) citizen.close();
    await world.stop();
    removeFolder(filesDir);
  });

  async function cookieOf(username: string): Promise<string> {
    const known = cookies.get(username);
    if (known) return known;
    const body = { username, password: demoPassword };
    const cookie = cookieFrom(await world.call('POST', '/session', { body }));
    cookies.set(username, cookie);
    return cookie;
  }
  async function as(username: string, method: string, path: string, body?: object): Promise<ApiAnswer> {
    return world.call(method, path, { cookie: await cookieOf(username), ...(body ? { body } : {}) });
  }
  async function citizen(): Promise<CitizenClient> {
    const opened = await openCitizen(world.url);
    citizens.push(opened);
    await opened.say('สวัสดีค่ะ');
    return opened;
  }
  async function filesOf(conversation: string): Promise<readonly File[]> {
    const { body } = await as('officer', 'GET', `/conversations/${conversation}/files`);
    return body['files'] as File[];
  }
  const onDisk = (): readonly string[] =>
    readdirSync(filesDir, { recursive: true, withFileTypes: true }).flatMap(entry =>
      entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
    );
  const stored = (id: string): string | undefined => onDisk().find(path => path.endsWith(id));
  async function linkTo(id: string, username = 'officer'): Promise<string> {
    const { body } = await as(username, 'POST', `/files/${id}/link`);
    return String(body['url']);
  }
  async function look(url: string, username?: string): Promise<Response> {
    const headers = username ? { cookie: await cookieOf(username) } : undefined;
    return fetch(`${world.url}${url}`, headers ? { headers } : {});
  }

  it('are checked, stripped, kept encrypted outside the database, and shown to the officer by a link', async () => {
    const { conversation, visitor } = await citizen();
    const sent = await handIn(world.url, visitor, jpeg(), { name: '../บัตรประชาชน.php.jpg' });
    expect(sent.status).toBe(201);
    const [file] = await filesOf(conversation);
    expect(file).toMatchObject({ state: 'kept', kind: 'image/jpeg', name: 'บัตรประชาชน-php.jpg' });
    expect(file?.place).toBeUndefined();
    const path = stored(file?.id ?? '');
    expect(path).toBeDefined();
    expect(readFileSync(path ?? '').toString('latin1')).not.toMatch(/JFIF|Exif|SECRET/u);

    const url = await linkTo(file?.id ?? '');
    const shown = await look(url, 'officer');
    expect(shown.status).toBe(200);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'cache-control': 'no-store',
    });
    const bytes = Buffer.from(await shown.arrayBuffer()).toString('latin1');
    expect(bytes.startsWith('\u00ff\u00d8')).toBe(true);
    expect(bytes).not.toMatch(/SECRET|xmpmeta/u);
  });

  it('have links that end: in other hands, after five minutes, when taken back, and with the session', async () => {
    const { conversation, visitor } = await citizen();
    await handIn(world.url, visitor, png());
    const id = (await filesOf(conversation))[0]?.id ?? '';
    const url = await linkTo(id);
    expect((await look(url)).status).toBe(401);
    expect((await look(url, 'officer2')).status).toBe(404);
    expect((await look(url, 'officer')).status).toBe(200);
    const forged = url.replace(/.$/u, last => (last === 'A' ? 'B' : 'A'));
    expect((await look(forged, 'officer')).status).toBe(404);
    const later = url.replace(
      /\.(\w+)\.(\w+)\./u,
      (_, end: string, epoch: string) => `.${(parseInt(end, 36) + 9 * minuteMs).toString(36)}.${epoch}.`,
    );
    expect((await look(later, 'officer')).status).toBe(404);

    const other = await linkTo(id);
    expect((await as('supervisor', 'DELETE', `/files/${id}/links`)).status).toBe(200);
    expect((await look(other, 'officer')).status).toBe(404);

    const third = await linkTo(id);
    world.pass(5 * minuteMs + 1);
    expect((await look(third, 'officer')).status).toBe(404);

    const fourth = await linkTo(id, 'officer2');
    expect((await look(fourth, 'officer2')).status).toBe(200);
    await as('officer2', 'DELETE', '/session');
    expect((await look(fourth, 'officer2')).status).toBe(401);
    cookies.delete('officer2');
  });

  it('tell where they were taken only if their sender wants that', async () => {
    const { conversation, visitor } = await citizen();
    await handIn(world.url, visitor, jpeg(), { clientId: 'with', keepPlace: true });
    await handIn(world.url, visitor, jpeg(), { clientId: 'without' });
    const files = await filesOf(conversation);
    expect(files.find(each => each.reference === 'u-with')?.place?.latitude).toBeCloseTo(13.7508, 3);
    expect(files.find(each => each.reference === 'u-without')).toMatchObject({ state: 'kept' });
    expect(files.find(each => each.reference === 'u-without')?.place).toBeUndefined();
  });

  it.each([
    ['a web page named as a photograph', Buffer.from('<script>alert(1)</script>'), 'photo.jpg', 'kind'],
    ['a PDF with a script', pdf('<</S/JavaScript>>'), 'form.pdf', 'active'],
    ['an archive', Buffer.from('PK\u0003\u0004'), 'photo.jpg', 'kind'],
    ['a picture of a billion dots', png({ width: 60_000, height: 20_000 }), 'x.png', 'dimensions'],
  ])('are refused with the reason: %s', async (_, bytes, name, why) => {
    const { conversation, visitor } = await citizen();
    const before = onDisk().length;
    const { status, error } = await handIn(world.url, visitor, bytes, { name });
    expect({ status, error }).toEqual({ status: 422, error: { code: 'FILE_REFUSED', message: why } });
    expect(await filesOf(conversation)).toEqual([]);
    expect(onDisk()).toHaveLength(before);
  });

  it('are taken only from the visitor they belong to, within limits, and once', async () => {
    const { conversation, visitor } = await citizen();
    expect((await handIn(world.url, `${visitor.slice(0, -1)}x`, png())).status).toBe(401);
    const attempts = await Promise.all([1, 2, 3].map(() => handIn(world.url, visitor, png())));
    expect(attempts.map(each => each.status)).toEqual([201, 201, 201]);
    expect(await filesOf(conversation)).toHaveLength(1);
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, index) => handIn(world.url, visitor, png(), { clientId: `n${index}` })),
    );
    expect(many.map(each => each.status)).toContain(429);
    const tooLarge = await handIn(world.url, (await citizen()).visitor, Buffer.alloc(21 * 1024 * 1024));
    expect(tooLarge.status).toBe(413);
  });

  it('go to the citizen under an address that nobody guesses and that can be taken back', async () => {
    const talking = await citizen();
    await talking.say('ขอคุยกับเจ้าหน้าที่');
    const { conversation } = talking;
    const send = async (username: string, bytes: Buffer): Promise<Response> =>
      fetch(
        `${world.url}/api/v1/conversations/${conversation}/pictures?clientId=p1&text=${encodeURIComponent('แผนที่')}`,
        {
          method: 'POST',
          headers: { cookie: await cookieOf(username), 'content-type': 'application/octet-stream' },
          body: new Uint8Array(bytes),
        },
      );
    expect((await send('officer', png())).status).toBe(409);
    const desk = await openDesk(world.url, { cookie: await cookieOf('officer') });
    await desk.ask('claim', { conversation });
    expect((await send('officer', Buffer.from('<svg/>'))).status).toBe(400);
    expect((await send('officer2', png())).status).toBe(409);
    const { fileId } = (await (await send('officer', png())).json()) as { fileId: string };
    const heard = await eventually('the picture', () =>
      talking.heard.find(each => each.reply.url !== undefined),
    );
    const path = new URL(heard.reply.url ?? '').pathname;
    expect(path).toMatch(/^\/api\/v1\/pictures\/[\w-]{43}$/u);
    const fetched = await fetch(`${world.url}${path}`);
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await fetch(`${world.url}${path.slice(0, -1)}`)).status).toBe(404);
    expect((await as('officer', 'DELETE', `/files/${fileId}/links`)).status).toBe(200);
    expect((await fetch(`${world.url}${path}`)).status).toBe(404);
    desk.close();
  });

  it('wait to be checked before a visit, and those taken again belong to the same matter', async () => {
    const talking = await citizen();
    const { conversation, visitor } = talking;
    const hears = (text: string): Promise<unknown> =>
      eventually(text, () => talking.heard.some(each => each.reply.text.includes(text)));
    const press = async (label: string, answer: string): Promise<void> => {
      await talking.say(label);
      await hears(answer);
    };
    await press('เบี้ยผู้สูงอายุ', 'เบี้ย 600');
    await press('ตรวจเอกสารก่อนไป', 'เอกสารข้อ 1');
    await press('มีแล้วค่ะ', 'เอกสารข้อ 2');
    await press('มีแล้ว', 'เอกสารข้อ 3');
    await press('มีแล้ว', 'เอกสารข้อ 4');
    await press('ยังไม่มี', 'ยังขาด');
    await press('ส่งรูปเอกสารให้เจ้าหน้าที่ตรวจ', 'ถ่ายรูปเอกสาร');
    await handIn(world.url, visitor, jpeg(), { clientId: 'dark' });
    await hears('ได้รูปแล้ว 1 รูป');
    await press('ส่งให้เจ้าหน้าที่ตรวจ', 'ต้องถ่ายใหม่');
    const { body } = await as('officer', 'GET', '/cases?list=due&kind=pre-check');
    const [waiting] = body['cases'] as { id: string }[];
    const path = `/cases/${waiting?.id}`;
    const again = { kind: 'ask-person', needs: ['รูปมืด ถ่ายใหม่'] };
    expect(await as('officer', 'POST', `${path}/acts`, { key: 'k', act: again })).toMatchObject({
      status: 200,
    });
    await hears('รูปมืด ถ่ายใหม่');
    await press('ส่งข้อมูลเพิ่ม', 'หรือส่งรูปมาได้เลย');
    await handIn(world.url, visitor, png(), { clientId: 'bright' });
    await hears('เพิ่มรูปให้แล้ว');
    const shown = async (address: string): Promise<readonly File[]> =>
      (await as('officer', 'GET', address)).body['files'] as File[];
    const ofCase = await eventually('both pictures stand at the matter', async () => {
      const files = await shown(`${path}/files`);
      return files.length === 2 && files;
    });
    expect(ofCase.map(({ id }) => id).sort()).toEqual(
      (await filesOf(conversation)).map(({ id }) => id).sort(),
    );
  });

  it('stand in a product where no number that identifies a person stays readable, whoever typed it', async () => {
    const id = '1101700230708';
    const person = { name: `ยายทอง ${id}` };
    const contact = { way: 'walk-in', type: 'inquiry', at: world.now(), status: 'open', note: id, person };
    const { body: logged } = await as('officer', 'POST', '/contacts', contact);
    const personId = String(logged['personId']);
    const details = { kind: 'matter', what: `บัตร ${id} หาย`, where: { text: id }, attachments: [] };
    const { body: filed } = await as('officer', 'POST', '/cases', {
      key: 'm1',
      kind: 'question',
      personId,
      details,
    });
    const caseId = String(filed['caseId']);
    const act = { key: 'a1', act: { kind: 'note', text: `ดูบัตร ${id}` } };
    expect((await as('officer', 'POST', `/cases/${caseId}/acts`, act)).status).toBe(200);
    const asked = await as('officer', 'POST', '/privacy/requests', { personId, kind: 'access' });
    const request = `/privacy/requests/${String(asked.body['id'])}`;
    await as('agencyadmin', 'POST', `${request}/identify`, { how: `บัตรประชาชน ${id}` });
    const shown = await Promise.all([
      as('officer', 'GET', `/people/${personId}`),
      as('officer', 'GET', `/people/${personId}/history`),
      as('officer', 'GET', `/cases/${caseId}`),
      as('agencyadmin', 'GET', '/privacy/requests'),
      as('agencyadmin', 'GET', `/people/${personId}/bundle`),
    ]);
    const text = JSON.stringify(shown);
    expect(text).toContain('1-xxxx-xxxxx-xx-8');
    expect(text).not.toContain(id);
  });

  it('are asked for by somebody who says in every greeting who is responsible', async () => {
    const { heard } = await citizen();
    const greetings = await eventually(
      'the greetings',
      () => heard.filter(each => each.from === 'bot').length >= 2 && heard,
    );
    for (const { reply } of greetings.filter(each => each.from === 'bot'))
      expect(reply.text).toContain('เทศบาลเมืองปัว');
  });

  it('are erased with everything else, in the database and on the disk', async () => {
    const { conversation, visitor } = await citizen();
    await handIn(world.url, visitor, png(), { name: 'สลิป.png' });
    const id = (await filesOf(conversation))[0]?.id ?? '';
    const { body } = await as('officer', 'GET', `/conversations/${conversation}/messages`);
    const { personId } = body['conversation'] as { personId: string };
    const bundle = await as('agencyadmin', 'GET', `/people/${personId}/bundle`);
    expect(JSON.stringify(bundle.body)).toContain('สลิป.png');
    const asked = await as('officer', 'POST', '/privacy/requests', { personId, kind: 'erasure' });
    const request = String(asked.body['id']);
    await as('agencyadmin', 'POST', `/privacy/requests/${request}/identify`, { how: 'at the counter' });
    const erased = await as('agencyadmin', 'POST', `/privacy/requests/${request}/erase`);
    expect(erased.body).toMatchObject({ state: 'done', removed: { files: 1 } });
    expect(stored(id)).toBeUndefined();
  });

  it('go when their time is over, and a dry run only counts them', async () => {
    const { conversation, visitor } = await citizen();
    await handIn(world.url, visitor, png());
    const id = (await filesOf(conversation))[0]?.id ?? '';
    const before = onDisk().length;
    world.pass(731 * 24 * 60 * minuteMs);
    cookies.clear();
    const dry = await world.app.upkeep.privacy.expire(true);
    expect(dry.removed['files']?.['files']).toBeGreaterThan(0);
    expect(onDisk()).toHaveLength(before);
    await world.app.upkeep.privacy.expire(false);
    expect(stored(id)).toBeUndefined();
  });
});

describe('what is sent to LINE', () => {
  const secret = 'line-channel-secret';
  const filesDir = temporaryFolder();
  const dataDir = temporaryFolder();
  let line: LineStandIn;
  let product: Product;
  let cookie: string;

  beforeAll(async () => {
    line = await startLineStandIn({ token: 'line-token' });
    product = await startProduct({
      dataDir,
      env: {
        ...demoEnv,
        FILES_DIR: filesDir,
        LINE_CHANNEL_SECRET: secret,
        LINE_CHANNEL_ACCESS_TOKEN: 'line-token',
        LINE_API_BASE_URL: line.url,
      },
    });
    cookie = await signIn(product.url, 'officer');
  });
  afterAll(async () => {
    await product.stop();
    await line.stop();
    [filesDir, dataDir].forEach(removeFolder);
  });

  async function tell(event: object): Promise<void> {
    const body = lineCall([event]);
    const headers = { 'x-line-signature': signLine(secret, body), 'content-type': 'application/json' };
    expect((await fetch(`${product.url}/webhooks/line`, { method: 'POST', headers, body })).status).toBe(200);
  }
  const send = (id: string, type: string, more: object = {}): Promise<void> =>
    tell(lineEvent.message({ from: lineUserId('mali'), message: { id, type, ...more } }));
  async function get<T>(path: string): Promise<T> {
    const response = await fetch(`${product.url}/api/v1${path}`, { headers: { cookie } });
    return (await response.json()) as T;
  }
  async function fileOf(reference: string, state: string): Promise<File> {
    return eventually(`${reference} ${state}`, async () => {
      const { episodes } = await get<{ episodes: { way: string; conversationId: string }[] }>('/contacts');
      const contact = episodes.find(each => each.way === 'line');
      if (!contact) return undefined;
      const { files } = await get<{ files: File[] }>(`/conversations/${contact.conversationId}/files`);
      return files.find(file => file.reference === reference && file.state === state);
    });
  }
  const onDisk = (id: string): boolean =>
    readdirSync(filesDir, { recursive: true }).some(name => String(name).endsWith(id));

  it('is fetched with the token, also when LINE needs time, and goes when it is taken back', async () => {
    line.content('5001', jpeg());
    line.content('5002', 'preparing');
    await send('5001', 'image', { contentProvider: { type: 'line' } });
    await send('5002', 'video', { contentProvider: { type: 'line' } });
    const photo = await fileOf('5001', 'kept');
    expect(photo.kind).toBe('image/jpeg');
    expect(onDisk(photo.id)).toBe(true);
    const asked = line.calls().find(call => call.path.endsWith('/5001/content'));
    expect(asked?.headers.authorization).toBe('Bearer line-token');
    await eventually('the first try', () => line.calls().some(call => call.path.endsWith('/5002/content')));
    line.content('5002', mp4());
    expect((await fileOf('5002', 'kept')).kind).toBe('video/mp4');

    await tell(lineEvent.unsend({ from: lineUserId('mali'), messageId: '5001' }));
    await fileOf('5001', 'removed');
    await eventually('what was sent is gone from the disk', () => !onDisk(photo.id));
  });

  it('is refused with a word about what to do, or noted as lost where LINE has it no more', async () => {
    line.content('5003', Buffer.from('PK\u0003\u0004 an office document'));
    line.content('5004', 'gone');
    await send('5003', 'file', { fileName: 'เอกสาร.docx' });
    await send('5004', 'image', { contentProvider: { type: 'line' } });
    await fileOf('5004', 'lost');
    expect((await fileOf('5003', 'refused')).why).toBe('kind');
    await eventually('the word that it is not kept', () =>
      line.accepted().some(each => JSON.stringify(each.messages).includes('เอกสาร PDF แทนได้')),
    );
  });
});
