import { type OidcStandIn, type Seen, startOidcStandIn } from '../support/oidc-standin';
import { freePort } from '../support/app-world';
import { type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';

const password = 'a password of the demo';

/** The shipped program with a real provider beside it; the browser's part is played request by request. */
describe('signing in at an identity provider', () => {
  const dataDir = temporaryFolder();
  let provider: OidcStandIn;
  let product: Product;
  let admin = '';
  let publicUrl = '';
  beforeAll(async () => {
    provider = await startOidcStandIn();
    const port = await freePort();
    publicUrl = `http://127.0.0.1:${port}`;
    product = await startProduct({
      dataDir,
      env: {
        PORT: String(port),
        PUBLIC_URL: publicUrl,
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: provider.clientId,
        OIDC_CLIENT_SECRET: provider.clientSecret,
        DEMO: 'true',
        DEMO_PASSWORD: password,
      },
    });
    const signedIn = await ask('POST', '/api/v1/session', '', { username: 'admin', password });
    admin = cookiesOf(signedIn);
    for (const [username, email] of [
      ['ning', 'ning@example.go.th'],
      ['bird', 'bird@example.go.th'],
    ] as const) {
      const made = await ask('POST', '/api/v1/accounts', admin, {
        username,
        name: username,
        role: 'officer',
        email,
      });
      expect(made.status).toBe(201);
    }
  });
  afterAll(async () => {
    await product.stop();
    await provider.stop();
    removeFolder(dataDir);
  });

  const ask = (method: string, path: string, cookie = '', body?: object): Promise<Response> =>
    fetch(`${product.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const cookiesOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map(each => each.split(';')[0] ?? '')
      .join('; ');

  interface Trip {
    readonly cookie: string;
    /** Path and query of the way back. */
    readonly back: string;
    readonly asked: URLSearchParams;
  }
  /** From our page to the provider, up to its answer. */
  async function go(person: Seen): Promise<Trip> {
    provider.sees(person);
    const start = await ask('GET', '/api/v1/session/oidc');
    expect(start.status).toBe(303);
    const there = new URL(start.headers.get('location') ?? '');
    const answer = await fetch(there, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.origin).toBe(publicUrl);
    return { cookie: cookiesOf(start), back: `${back.pathname}${back.search}`, asked: there.searchParams };
  }
  async function come({
    back,
    cookie,
  }: Pick<Trip, 'back' | 'cookie'>): Promise<{ to: string; session: string }> {
    const response = await ask('GET', back, cookie);
    const session = response.headers.getSetCookie().find(each => each.startsWith('thamrat_session='));
    return { to: response.headers.get('location') ?? '', session: session ?? '' };
  }
  const refused = { to: '/desk#refused', session: '' };
  const ning: Seen = { sub: 'n-1', email: 'Ning@example.go.th', email_verified: true };

  it('goes with PKCE, state and nonce, and comes back with a session, without a token in any address', async () => {
    const trip = await go(ning);
    expect(trip.asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(trip.asked.get(name)?.length ?? 0).toBeGreaterThan(20);
    const { to, session } = await come(trip);
    expect(to).toBe('/desk');
    expect(session).toMatch(/HttpOnly; SameSite=Strict/u);
    const me = await ask('GET', '/api/v1/session', session.split(';')[0]);
    expect(await me.json()).toMatchObject({ username: 'ning' });
  });

  it('takes an answer once, and only from the browser that asked', async () => {
    const trip = await go(ning);
    const stranger = await go(ning);
    expect(await come({ ...trip, cookie: stranger.cookie })).toEqual(refused);
    expect(await come({ ...trip, cookie: '' })).toEqual(refused);
    expect((await come(trip)).to).toBe('/desk');
    expect(await come(trip)).toEqual(refused);
    const forged = trip.back.replace(/state=[^&]+/u, 'state=forged');
    expect(await come({ ...trip, back: forged })).toEqual(refused);
  });

  it.each(['nonce', 'audience', 'issuer', 'signature', 'expired'] as const)(
    'refuses an ID token whose %s is wrong',
    async wrong => {
      expect(await come(await go({ ...ning, wrong }))).toEqual(refused);
      expect((await come(await go(ning))).to).toBe('/desk');
    },
  );

  it('knows people by verified addresses once, then by their subject; strangers get no account', async () => {
    expect(await come(await go({ sub: 'x', email: 'stranger@example.go.th', email_verified: true }))).toEqual(
      refused,
    );
    expect(await come(await go({ sub: 'b-1', email: 'bird@example.go.th', email_verified: false }))).toEqual(
      refused,
    );
    expect((await come(await go({ sub: 'b-1', email: 'bird@example.go.th', email_verified: true }))).to).toBe(
      '/desk',
    );
    // Somebody else who got the address later is not the officer.
    expect(await come(await go({ sub: 'b-2', email: 'bird@example.go.th', email_verified: true }))).toEqual(
      refused,
    );
    expect((await come(await go({ sub: 'b-1' }))).to).toBe('/desk');
  });

  it('lets a disabled account in no way', async () => {
    const list = (await (await ask('GET', '/api/v1/accounts', admin)).json()) as {
      accounts: { id: string; username: string }[];
    };
    const bird = list.accounts.find(each => each.username === 'bird')?.id ?? '';
    expect((await come(await go({ sub: 'b-1' }))).to).toBe('/desk');
    await ask('PATCH', `/api/v1/accounts/${bird}`, admin, { disabled: true });
    expect(await come(await go({ sub: 'b-1' }))).toEqual(refused);
  });
});
