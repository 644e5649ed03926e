import { connect } from 'node:net';
import { once } from 'node:events';
import { callApi, demoEnv, demoPassword, signIn } from '../support/desk-clients';
import { type Product, freePort, removeFolder, startProduct, temporaryFolder } from '../support/product';
import { rawGet, rawHttp } from './raw-http';

/**
 * Seen to fail with the defence taken away: `securityHeaders` passing everything on (every row of headers), `refuseForged` returning
 * at once (every row of changes asked for elsewhere).
 */
describe('attacks over HTTP', () => {
  const dataDir = temporaryFolder();
  let product: Product;
  let slow: ReturnType<typeof connect>;
  let slowEnded: Promise<unknown>;

  beforeAll(async () => {
    product = await startProduct({
      dataDir,
      env: {
        ...demoEnv,
        PORT: await freePort(),
        PUBLIC_URL: 'https://chat.example.org',
        WIDGET_ORIGINS: 'https://agency.example.org',
      },
    });
    const { hostname, port } = new URL(product.url);
    slow = connect(Number(port), hostname);
    slow.write('GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ');
    slow.on('error', () => undefined);
    slowEnded = once(slow, 'close');
    slow.resume();
  });
  afterAll(async () => {
    slow.destroy();
    await product.stop();
    removeFolder(dataDir);
  });

  const pages = [
    '/',
    '/api/docs',
    '/api/openapi.json',
    '/api/v1/about',
    '/api/v1/session',
    '/chat',
    '/chat/anything',
    '/kiosk',
    '/desk',
    '/desk/queue',
    '/widget.js',
    '/start.css',
    '/locales/webchat.json',
    '/healthz',
    '/metrics',
    '/favicon.ico',
    '/nothing-is-here',
  ];

  describe.each(pages)('headers of %s', path => {
    it('hold back foreign code, frames, guesses about types, and unencrypted visits', async () => {
      const { headers } = await fetch(`${product.url}${path}`);
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split(';').map(rule => {
          const [name = '', ...sources] = rule.trim().split(/\s+/u);
          return [name, sources];
        }),
      );
      expect(policy.get('default-src')).toEqual(["'none'"]);
      expect(policy.get('script-src')).toEqual(["'self'"]);
      expect(policy.get('base-uri')).toEqual(["'none'"]);
      expect(policy.get('form-action')).toEqual(["'self'"]);
      const isChat = path.startsWith('/chat');
      expect(policy.get('frame-ancestors')).toEqual(
        isChat ? ["'self'", 'https://agency.example.org'] : ["'none'"],
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000; includeSubDomains/u);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    });
  });

  it.each(['/', '/chat', '/kiosk', '/desk', '/api/docs'])('%s carries no inline script', async path => {
    const html = await (await fetch(`${product.url}${path}`)).text();
    expect(html).toMatch(/<!doctype html>/iu);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|\son\w+\s*=|javascript:/iu);
  });

  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without a name', { origin: 'null' }],
    ['a page that looks like ours', { origin: 'https://chat.example.org.evil.example' }],
    ['a page of a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    ['a link that the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
  ] as [string, Record<string, string>][])('refuses a change asked for by %s', async (_, headers) => {
    const cookie = await signIn(product.url, 'officer');
    const response = await fetch(`${product.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { cookie, ...headers },
    });
    expect(response.status).toBe(403);
    expect((await callApi(product.url, cookie, 'GET', '/api/v1/session')).status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses a form of type %s, which needs no leave from us',
    async type => {
      const response = await fetch(`${product.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ username: 'officer', password: demoPassword }),
      });
      expect(response.status).toBe(400);
      expect(response.headers.getSetCookie()).toEqual([]);
    },
  );

  it('gives a fresh session at every sign-in, whatever session the browser was given before', async () => {
    const planted = 'thamrat_session=planted-by-somebody-else-00000000000000';
    const sign = (cookie: string): Promise<Response> =>
      fetch(`${product.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ username: 'officer', password: demoPassword }),
      });
    const first = (await sign(planted)).headers.getSetCookie()[0] ?? '';
    const second = (await sign(first.split(';')[0] ?? '')).headers.getSetCookie()[0] ?? '';
    expect(first).toMatch(/^[\w-]+=[^;]{32,};.*HttpOnly/iu);
    expect(first).toMatch(/SameSite=Strict/iu);
    expect(first).toMatch(/Secure/iu);
    expect(first).not.toContain('planted');
    expect(second.split(';')[0]).not.toBe(first.split(';')[0]);
    expect((await callApi(product.url, planted, 'GET', '/api/v1/session')).status).toBe(401);
  });

  it('ends a session for good', async () => {
    const cookie = await signIn(product.url, 'officer2');
    await callApi(product.url, cookie, 'DELETE', '/api/v1/session');
    expect((await callApi(product.url, cookie, 'GET', '/api/v1/session')).status).toBe(401);
  });

  it.each([
    ['another agency', { agencyId: 'another-agency' }],
    ['an id', { id: 'p-1' }],
    ['a version', { version: 99 }],
    ['a role', { role: 'admin' }],
    ['an own prototype', JSON.parse('{"__proto__":{"role":"admin"}}') as object],
    ['a constructor', { constructor: { prototype: { role: 'admin' } } }],
  ])('takes nothing into a record but what is asked for: %s', async (_, extra) => {
    const cookie = await signIn(product.url, 'officer');
    const contact = { way: 'walk-in', type: 'inquiry', at: 1_764_000_000_000, status: 'closed' };
    const logged = await callApi(product.url, cookie, 'POST', '/api/v1/contacts', {
      ...contact,
      person: { name: 'ยายมี' },
    });
    const path = `/api/v1/people/${String(logged.body['personId'])}`;
    const before = await callApi(product.url, cookie, 'GET', path);
    // By hand: a spread would lose the prototype's name.
    const body = JSON.stringify(extra).replace(/^\{/u, '{"name":"คนอื่น",');
    const response = await fetch(`${product.url}${path}`, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
    expect(await callApi(product.url, cookie, 'GET', path)).toEqual(before);
    const me = await callApi(product.url, cookie, 'GET', '/api/v1/session');
    expect(me.body).toMatchObject({ role: 'officer', agencyId: 'operator' });
  });

  const secrets = /"dependencies"|root:.*:0:0|SQLite format|thamrat\.db|-----BEGIN/u;
  it.each([
    '/chat/../../../package.json',
    '/chat/..%2f..%2f..%2fpackage.json',
    '/chat/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/chat/..%5c..%5c..%5cpackage.json',
    '/chat/....//....//package.json',
    '/chat/%252e%252e%252f%252e%252e%252fpackage.json',
    '/chat//etc/passwd',
    '/chat/assets/..%00/index.html',
    '/desk/%c0%ae%c0%ae/%c0%ae%c0%ae/package.json',
    '/locales/..%2f..%2fpackage.json',
    '/locales/__proto__.json',
    '/locales/constructor.json',
    '/widget.js/../../package.json',
    'file:///etc/passwd',
    '//evil.example/%2e%2e',
  ])('leads out of no folder: %s', async target => {
    const answer = await rawGet(product.url, target);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|403|404) /u);
    expect(answer).not.toMatch(secrets);
    expect(answer).not.toMatch(/^location:/imu);
  });

  it.each([
    ['in the path', '/chat/%0d%0aset-cookie:%20x=1'],
    ['in the query', '/?x=%0d%0aset-cookie:%20x=1'],
    ['in a name of a file', '/locales/a%0d%0aset-cookie:x.json'],
    ['as UTF-8 that is cut to bytes', '/chat/%E5%98%8A%E5%98%8Dset-cookie:%20x=1'],
  ])('lets nobody write headers: %s', async (_, target) => {
    const [head = ''] = (await rawGet(product.url, target)).split('\r\n\r\n');
    expect(head).not.toMatch(/^set-cookie/imu);
  });

  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked'],
    ['chunks that are not the last coding', 'transfer-encoding: chunked, identity'],
    ['a header that is folded', 'x-a: b\r\n c: d\r\ncontent-length : 5'],
  ])('does not guess where a request ends: %s', async (_, headers) => {
    const answer = await rawHttp(
      product.url,
      `POST /api/v1/session HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}\r\n\r\nhello`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
  });

  it('refuses headers without end and bodies without measure', async () => {
    const flood = await rawGet(product.url, '/healthz', [`x-a: ${'a'.repeat(40_000)}`]);
    expect(flood).toMatch(/^HTTP\/1\.1 431 /u);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const response = await fetch(`${product.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: deep,
    });
    expect([400, 413]).toContain(response.status);
  });

  it.each([Date.now() + 2 * 86_400_000, Number.MAX_SAFE_INTEGER])(
    'takes no contact of a time to come: %d',
    async at => {
      const cookie = await signIn(product.url, 'officer');
      const contact = { way: 'walk-in', type: 'inquiry', status: 'closed', person: { name: 'ยายมา' } };
      expect(
        (await callApi(product.url, cookie, 'POST', '/api/v1/contacts', { ...contact, at })).status,
      ).toBe(400);
    },
  );

  it('tells nobody whether a name exists', async () => {
    const attempt = async (username: string): Promise<string> => {
      const response = await fetch(`${product.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password: 'surely-not-the-password' }),
      });
      return `${response.status} ${await response.text()}`;
    };
    expect(await attempt('supervisor')).toBe(await attempt('nobody'));
  });

  it.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-host'])(
    'shows its figures to nobody who came through a proxy: %s',
    async name => {
      expect((await fetch(`${product.url}/metrics`, { headers: { [name]: '127.0.0.1' } })).status).toBe(403);
    },
  );

  it('shows people a page where nothing is, and programs an answer they can read', async () => {
    const ask = (path: string, accept: string): Promise<Response> =>
      fetch(`${product.url}${path}`, { headers: { accept } });
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const page = await ask('/no/such/<b>page</b>', browser);
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const text = await page.text();
    expect(text).toMatch(/<html lang="th">.*ไม่พบหน้านี้.*href="\/chat"/su);
    expect(text).not.toContain('such');
    for (const [path, accept] of [
      ['/no/such/page', '*/*'],
      ['/no/such/page', 'application/json'],
      ['/api/v1/nothing', browser],
      ['/webhooks/nothing', browser],
    ] as const) {
      const answer = await ask(path, accept);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    }
    const sign = await ask('/favicon.ico', 'image/*');
    expect([sign.status, sign.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
  });

  it('gives up on a client that never ends its headers', async () => {
    await slowEnded;
    expect(slow.destroyed).toBe(true);
  });

  it('ends without having failed in a way nobody foresaw', async () => {
    const metrics = await (await fetch(`${product.url}/metrics`)).text();
    expect(metrics).toMatch(/^thamrat_errors_total 0$/mu);
    expect(product.isAlive()).toBe(true);
  });
});
