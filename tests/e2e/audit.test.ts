import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'libsql';
import { io } from 'socket.io-client';
import { projectRoot } from '../../server/root';
import { type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';

interface Entry {
  readonly seq: number;
  readonly action: string;
  readonly actor: { readonly kind: string; readonly name?: string; readonly role?: string };
  readonly subject?: { readonly kind: string; readonly id: string };
}

/** The shipped command, beside the running process or after it. */
function verify(dataDir: string): { status: number | null; output: string } {
  const script = join(projectRoot(), 'dist', 'scripts', 'audit-verify.js');
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: dataDir, env });
  return { status, output: `${stdout.toString()}${stderr.toString()}` };
}

const socketOptions = { transports: ['websocket'], reconnection: false, forceNew: true };

describe('the audit of the running product', () => {
  const dataDir = temporaryFolder();
  const password = 'a-long-test-password';
  let product: Product;

  beforeAll(async () => {
    product = await startProduct({ dataDir, env: { DEMO: 'true', DEMO_PASSWORD: password } });
  });
  afterAll(async () => {
    await product.stop();
    removeFolder(dataDir);
  });

  const call = (path: string, cookie = '', method = 'GET', body?: object): Promise<Response> =>
    fetch(`${product.url}/api/v1${path}`, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  async function signIn(username: string, word = password): Promise<string> {
    const response = await call('/session', '', 'POST', { username, password: word });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  async function entries(cookie: string, query = ''): Promise<Entry[]> {
    const response = await call(`/audit?limit=500${query}`, cookie);
    expect(response.status).toBe(200);
    return ((await response.json()) as { entries: Entry[] }).entries;
  }

  it('records who signed in, looked at whom, and changed what; nobody but the administrator reads it', async () => {
    await signIn('officer', 'a-wrong-password');
    const officer = await signIn('officer');
    const contact = { way: 'walk-in', type: 'inquiry', at: 1_764_000_000_000, status: 'closed' };
    const logged = await call('/contacts', officer, 'POST', { ...contact, person: { name: 'ยายมี' } });
    const { personId } = (await logged.json()) as { personId: string };
    for (const path of ['', '/history']) await call(`/people/${personId}${path}`, officer);
    await call('/people?name=ยายมี', officer);
    expect((await call('/audit', officer)).status).toBe(403);

    const admin = await signIn('admin');
    const all = await entries(admin);
    const seen = all.map(({ action, actor }) => `${action} ${actor.role ?? actor.kind}`).toReversed();
    expect(seen).toEqual([
      'sign-in.refused nobody',
      'sign-in.succeeded officer',
      'contact.logged officer',
      'person.viewed officer',
      'history.viewed officer',
      'people.searched officer',
      'access.refused officer',
      'sign-in.succeeded admin',
      'audit.viewed admin',
    ]);
    const about = await entries(admin, `&subjectKind=people&subjectId=${personId}`);
    expect(about.map(entry => entry.action)).toEqual(['history.viewed', 'person.viewed']);
    expect(JSON.stringify(all)).not.toContain('ยายมี');
  });

  it('records claims and transcripts that are opened over the socket', async () => {
    const visitor = io(`${product.url}/webchat`, socketOptions);
    await visitor.timeout(15_000).emitWithAck('message', { clientId: 'a', text: 'ขอคุยกับเจ้าหน้าที่' });
    visitor.disconnect();
    const cookie = await signIn('officer2');
    const lists = (await (await call('/conversations', cookie)).json()) as { waiting: { id: string }[] };
    const conversation = lists.waiting[0]?.id ?? '';
    const extraHeaders = { cookie };
    const desk = io(`${product.url}/desk`, { ...socketOptions, extraHeaders });
    const watched: unknown = await desk.timeout(15_000).emitWithAck('watch', { conversation });
    expect(watched).toMatchObject({ ok: true });
    const claimed: unknown = await desk.timeout(15_000).emitWithAck('claim', { conversation });
    expect(claimed).toMatchObject({ outcome: 'claimed' });
    desk.disconnect();
    const admin = await signIn('admin');
    const about = await entries(admin, `&subjectKind=conversations&subjectId=${conversation}`);
    expect(about.map(entry => entry.action)).toEqual(['conversation.claimed', 'transcript.viewed']);
  });

  it('is verified beside the running process, and the command names an entry that was changed behind its back', async () => {
    expect(verify(dataDir)).toMatchObject({ status: 0, output: expect.stringContaining('is whole') });
    await product.stop();
    const db = new Database(join(dataDir, 'thamrat.db'));
    db.exec(
      `UPDATE audit SET text = replace(text, 'person.viewed', 'person.forgot') WHERE id = '000000000004'`,
    );
    db.close();
    expect(verify(dataDir)).toMatchObject({
      status: 1,
      output: expect.stringContaining('broken at entry 4'),
    });
  });
});
