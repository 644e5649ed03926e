import { callApi, demoEnv, signIn } from '../support/desk-clients';
import { type Product, removeFolder, runProduct, startProduct, temporaryFolder } from '../support/product';

describe('starting', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = temporaryFolder();
  });
  afterEach(() => removeFolder(dataDir));

  it('names every wrong setting at once and exits with 1', async () => {
    const env = {
      PORT: 'eighty',
      PUBLIC_URL: 'not an address',
      MONGODB_URL: 'http://127.0.0.1',
      SESSION_SECRET: 'short',
      TWILIO_ACCOUNT_SID: 'AC12',
    };
    const { code, output } = await runProduct({ dataDir, env });
    expect(code).toBe(1);
    for (const key of Object.keys(env)) expect(output).toContain(`${key}:`);
    expect(output).not.toContain('    at ');
  });

  it.each([
    ['MongoDB without Redis', { MONGODB_URL: 'mongodb://127.0.0.1:1/x' }, 'REDIS_URL'],
    ['half of a LINE account', { LINE_CHANNEL_SECRET: 'x' }, 'LINE_CHANNEL_ACCESS_TOKEN'],
    ['demo accounts in production', { DEMO: 'true', NODE_ENV: 'production' }, 'DEMO'],
    ['nobody named as responsible in production', { NODE_ENV: 'production' }, 'OPERATOR_NAME'],
    ['demo accounts on an open address', { DEMO: 'true', HOST: '0.0.0.0' }, 'DEMO'],
    ['a widget origin with a path', { WIDGET_ORIGINS: 'https://a.example/x' }, 'WIDGET_ORIGINS'],
  ])('refuses %s', async (_, env, key) => {
    const { code, output } = await runProduct({ dataDir, env });
    expect(code).toBe(1);
    expect(output).toContain(key);
  });

  it('refuses a second process on the same data folder with one sentence, and the first goes on', async () => {
    const first = await startProduct({ dataDir });
    try {
      const second = await runProduct({ dataDir });
      expect(second.code).toBe(1);
      expect(second.output.trim().split('\n')).toHaveLength(1);
      expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    } finally {
      await first.stop();
    }
  });

  it('stops in order at SIGTERM and starts again on the same data', async () => {
    const first = await startProduct({ dataDir });
    await first.stop();
    expect(await first.gone).toBe(0);
    const second = await startProduct({ dataDir });
    await second.stop();
    expect(await second.gone).toBe(0);
  });

  it('prints the demo accounts and makes their sample history on the first run only', async () => {
    const contactsOf = async ({ url }: Product): Promise<unknown> =>
      (await callApi(url, await signIn(url, 'officer'), 'GET', '/api/v1/contacts')).body['episodes'];
    const first = await startProduct({ dataDir, env: demoEnv });
    const made = await contactsOf(first);
    await first.stop();
    expect(first.output()).toContain(demoEnv.DEMO_PASSWORD);
    const byHand = (list: unknown): unknown[] =>
      Array.isArray(list)
        ? list.map((each: { id: unknown }) => each.id).filter(id => String(id).includes('sample'))
        : [];
    expect(byHand(made)).toHaveLength(4);
    const second = await startProduct({ dataDir, env: demoEnv });
    const kept = await contactsOf(second);
    await second.stop();
    expect(second.output()).not.toContain(demoEnv.DEMO_PASSWORD);
    expect(byHand(kept)).toEqual(byHand(made));
  });
});
