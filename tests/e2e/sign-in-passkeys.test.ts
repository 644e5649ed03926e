import { existsSync } from 'node:fs';
import { type Browser, type Page, chromium } from 'playwright-core';
import { type AppWorld, freePort, startAppWorld } from '../support/app-world';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
args.push('--disable-component-update', '--disable-sync');
const withBrowser = existsSync(executablePath) ? describe : describe.skip;
const password = 'a password of the demo';

withBrowser('passkeys in a real browser (needs Chromium)', () => {
  let world: AppWorld;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const port = await freePort();
    world = await startAppWorld(
      { PUBLIC_URL: `http://localhost:${port}`, DEMO: 'true', DEMO_PASSWORD: password },
      port,
    );
    await world.app.demo;
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage();
    await page.goto(`http://localhost:${port}/healthz`);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  interface Answered {
    readonly status: number;
    readonly body: Readonly<Record<string, unknown>>;
  }
  const call = (method: string, path: string, body?: object): Promise<Answered> =>
    page.evaluate(
      async ([verb, address, given]) => {
        const response = await fetch(`/api/v1${address}`, {
          method: verb,
          ...(given ? { headers: { 'content-type': 'application/json' }, body: given } : {}),
        });
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
      },
      [method, path, body ? JSON.stringify(body) : ''] as const,
    );
  /** Runs in the page; its words are the browser's own. */
  const inPage = (script: string, options: object): Promise<object> =>
    page.evaluate<object>(
      `(async given => (${script}).then(made => made.toJSON()))(${JSON.stringify(options)})`,
    );
  const make = (options: object): Promise<object> =>
    inPage(
      'navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(given) })',
      options,
    );
  const use = (options: object): Promise<object> =>
    inPage(
      'navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(given) })',
      options,
    );
  const signIn = (username: string): Promise<Answered> => call('POST', '/session', { username, password });

  it('adds a passkey, signs in with it alone, and takes each answer once', async () => {
    expect((await signIn('officer')).status).toBe(200);
    const { body: options } = await call('POST', '/account/passkeys/options');
    const response = await make(options);
    const kept = await call('POST', '/account/passkeys', { name: 'โน้ตบุ๊กที่ทำงาน', response });
    expect(kept.status).toBe(200);
    expect(kept.body['recoveryCodes']).toHaveLength(10);
    const again = await call('POST', '/account/passkeys', { name: 'again', response });
    expect(again.status).toBe(401);
    expect((await call('DELETE', '/session')).status).toBe(200);

    const asked = await call('POST', '/session/passkey/options');
    const answer = await use(asked.body);
    const entered = await call('POST', '/session/passkey', { response: answer });
    expect(entered.body).toMatchObject({ username: 'officer' });
    expect((await call('POST', '/session/passkey', { response: answer })).status).toBe(401);
    expect((await call('GET', '/account')).body).toMatchObject({
      passkeys: [{ name: 'โน้ตบุ๊กที่ทำงาน' }],
      recoveryCodesLeft: 10,
    });
  });

  it('refuses an answer to somebody else’s challenge, an altered one, and one that came too late', async () => {
    const fresh = async (): Promise<Record<string, unknown> & { response: Record<string, string> }> =>
      (await use((await call('POST', '/session/passkey/options')).body)) as never;
    const altered = await fresh();
    const signature = Buffer.from(altered.response['signature'] ?? '', 'base64url');
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    const response = { ...altered.response, signature: signature.toString('base64url') };
    expect((await call('POST', '/session/passkey', { response: { ...altered, response } })).status).toBe(401);
    const late = await fresh();
    world.pass(5 * 60 * 1000 + 1);
    expect((await call('POST', '/session/passkey', { response: late })).status).toBe(401);
    expect((await call('POST', '/session/passkey', { response: await fresh() })).status).toBe(200);
  });

  it('is a second factor: a password alone does not open the account any more, nor a removed passkey', async () => {
    expect((await signIn('officer')).body).toMatchObject({ error: { code: 'SECOND_FACTOR_NEEDED' } });
    const { body } = await call('GET', '/account');
    const [passkey] = body['passkeys'] as { id: string }[];
    const id = encodeURIComponent(passkey?.id ?? '');
    const answer = await use((await call('POST', '/session/passkey/options')).body);
    expect((await call('DELETE', `/account/passkeys/${id}`)).status).toBe(200);
    expect((await call('POST', '/session/passkey', { response: answer })).status).toBe(401);
    expect((await signIn('officer')).status).toBe(200);
  });
});
