import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';

const password = 'a-long-test-password';
const secret = 'ความลับสีเขียวสี่สิบเอ็ด';

describe('a citizen who asks for their data to be erased', () => {
  const dataDir = temporaryFolder();
  let product: Product;

  beforeAll(async () => {
    const env = { DEMO: 'true', DEMO_PASSWORD: password, OPERATOR_NAME: 'เทศบาลทดสอบ' };
    product = await startProduct({ dataDir, env });
  });
  afterAll(async () => {
    await product.stop();
    removeFolder(dataDir);
  });

  const call = (path: string, cookie = '', method = 'GET', body?: object): Promise<Response> =>
    fetch(`${product.url}${path}`, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  async function signIn(username: string): Promise<string> {
    const response = await call('/api/v1/session', '', 'POST', { username, password });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  const bytes = (): string =>
    readdirSync(dataDir)
      .filter(name => name.startsWith('thamrat.db') && !name.endsWith('.lock'))
      .map(name => readFileSync(join(dataDir, name)).toString('utf8'))
      .join('');

  it('reads the notice, asks in the chat, is identified by an officer, gets a bundle, and is gone', async () => {
    const page = await (await call('/privacy')).text();
    expect(page).toContain('เทศบาลทดสอบ');
    expect(page).toContain('มาตรา 24 (4)');
    expect(await (await call('/privacy?lang=en')).text()).toContain('Section 24(4)');

    const options = { transports: ['websocket'], reconnection: false, forceNew: true };
    const socket = io(`${product.url}/webchat`, options);
    const heard: { from: string; reply: { text?: string; choices?: { id: string }[] } }[] = [];
    socket.on('message', (message: (typeof heard)[number]) => heard.push(message));
    const say = (clientId: string, message: object): Promise<unknown> =>
      socket.timeout(15_000).emitWithAck('message', { clientId, ...message });
    const choiceSeen = (id: string): Promise<boolean> =>
      eventually(`the choice ${id}`, () =>
        heard.some(message => message.reply.choices?.some(choice => choice.id === id)),
      );
    await say('a', { text: `เรื่องของฉัน ${secret}` });
    await choiceSeen('privacy');
    await say('b', { choice: 'privacy' });
    await choiceSeen('privacy:erasure');
    await say('c', { choice: 'privacy:erasure' });
    await choiceSeen('privacy:erasure-yes');
    await say('d', { choice: 'privacy:erasure-yes' });
    socket.disconnect();

    const steward = await signIn('agencyadmin');
    interface Listed {
      requests: { id: string; kind: string; personId: string; receivedAt: number; dueAt: number }[];
    }
    const request = await eventually('the request in the register', async () => {
      const list = (await (await call('/api/v1/privacy/requests', steward)).json()) as Listed;
      return list.requests[0];
    });
    expect(request).toMatchObject({ kind: 'erasure', dueAt: request.receivedAt + 30 * 86_400_000 });
    const consents = await (await call(`/api/v1/people/${request.personId}/consents`, steward)).text();
    expect(JSON.parse(consents)).toMatchObject({ consents: [{ decision: 'told', notice: '1' }] });
    const bundle = await call(`/api/v1/people/${request.personId}/bundle?form=html`, steward);
    expect(bundle.headers.get('content-type')).toContain('text/html');
    expect(await bundle.text()).toContain(secret);
    expect(bytes().includes(secret)).toBe(true);

    const path = `/api/v1/privacy/requests/${encodeURIComponent(request.id)}`;
    expect((await call(`${path}/erase`, steward, 'POST')).status).toBe(409);
    const officer = await signIn('officer');
    expect((await call(`${path}/erase`, officer, 'POST')).status).toBe(403);
    const how = { how: 'แสดงบัตรที่เคาน์เตอร์' };
    expect((await call(`${path}/identify`, steward, 'POST', how)).status).toBe(200);
    const erased = await call(`${path}/erase`, steward, 'POST');
    expect(await erased.json()).toMatchObject({ state: 'done', removed: { addresses: 1, people: 1 } });
    expect(bytes().includes(secret)).toBe(false);
    expect((await call(`/api/v1/people/${request.personId}/bundle`, steward)).status).toBe(404);

    const admin = await signIn('admin');
    const audit = await (await call('/api/v1/audit?action=person.erased', admin)).text();
    expect(audit).toContain(request.personId);
  });
});
