import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openAddresses } from '../support/addresses';
import { describeInBrowser, openBrowser, openPage } from '../support/browser';
import { callApi, demoEnv, openDesk, signIn } from '../support/desk-clients';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';
import { type JsonSchema, type Operation, operationsOf, valueOf } from '../fuzz/operations';
import { makeRecords } from '../fuzz/records';

/** Becomes an element when a page takes it for markup, and runs when nothing else holds it back. */
const markup = `<img data-injected src=x onerror=injected=1>`;
/** Breaks out of an attribute, a text of a script, and a title. */
const breakout = `"'></title></script><svg data-injected onload=injected=1>`;
const seen = 'data-injected';
const partnerKey = 'a-key-of-the-partner';
const password = 'ข้าวเหนียวมะม่วง 42';

/**
 * Everything that takes a text is given markup; then every page that shows something is opened. Seen to fail with `escapeHtml`
 * returning its text as it is.
 */
describeInBrowser('markup where a text is asked for', () => {
  const dataDir = temporaryFolder();
  let product: Product;
  let browser: Browser;
  let operations: readonly Operation[];
  let admin: string;
  let known: Readonly<Record<string, readonly string[]>>;
  const closers: (() => unknown)[] = [];

  const api = (method: string, path: string, body?: object): ReturnType<typeof callApi> =>
    callApi(product.url, admin, method, path, body);
  const pathWithIds = (path: string): string =>
    path.replace(/\/([\w-]+)\/\{\w+\}/gu, (_, kind: string) => `/${kind}/${known[kind]?.[0] ?? 'x'}`);

  /** Markup as far as the field is long enough; what has a form of its own keeps it. */
  const hostile = (name: string, { pattern, format, maxLength = 200 }: JsonSchema): string => {
    const ids = known[name];
    if (ids?.[0]) return ids[0];
    if (pattern !== undefined || format !== undefined) return 'aaaaaaaa';
    return (
      [breakout, markup].find(text => text.length <= maxLength) ?? '<b data-injected>'.slice(0, maxLength)
    );
  };

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({
      dataDir,
      env: { ...demoEnv, OPERATOR_NAME: `กรม${markup}`, PARTNER_API_KEYS: `shop:${partnerKey}:ocpb` },
    });
    operations = await operationsOf(product.url);
    admin = await signIn(product.url, 'admin');
    const officer = await signIn(product.url, 'officer');
    ({ known } = await makeRecords({ url: product.url, admin, officer, sparse: 'officer2', partnerKey }));
  });
  afterAll(async () => {
    for (const close of closers) await close();
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  async function session(cookie?: string): Promise<{ page: Page; context: BrowserContext; where: string }> {
    const { page, close } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    closers.push(close);
    const [name = '', value = ''] = (cookie ?? '').split('=');
    if (cookie) await page.context().addCookies([{ name, value, url: product.url }]);
    return { page, context: page.context(), where: product.url };
  }
  /** What became of the markup on the page: elements made of it, code that ran, links that are code. */
  const injuries = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>(`[
      ...[...document.querySelectorAll('[data-injected]')].map(element => element.outerHTML),
      ...[...document.querySelectorAll('[href],[src],[action]')]
        .filter(element => ['href', 'src', 'action'].some(name =>
          /^\\s*(javascript|vbscript|data:text)/iu.test(element.getAttribute(name) ?? '')))
        .map(element => element.outerHTML),
      ...('injected' in window ? ['code ran'] : []),
    ]`);
  const showsText = (page: Page): Promise<unknown> => page.getByText(seen).first().waitFor();

  it('is taken as a text by every operation that takes one', async () => {
    const taken: string[] = [];
    for (const operation of operations) {
      const { method, path, body } = operation;
      const own =
        /\/(session|account)(\/|$)/u.test(path) || path.endsWith('/retention') || path.endsWith('/erase');
      if (!body || method === 'GET' || own) continue;
      const value = valueOf(body, { text: hostile });
      const { status } = await api(method, pathWithIds(path), Object(value));
      expect([path, status]).not.toEqual([path, 500]);
      if (status < 300) taken.push(`${method} ${path}`);
    }
    const person = { name: markup, phone: '081 234 5678' };
    const [personId = '', conversation = '', caseId = ''] = ['people', 'conversations', 'cases'].map(
      kind => known[kind]?.[0] ?? '',
    );
    const matter = { kind: 'matter', what: breakout, where: { text: markup }, when: markup, attachments: [] };
    const sent = [
      await api('PATCH', `/api/v1/people/${personId}`, { name: markup }),
      await api('POST', '/api/v1/contacts', {
        ...{ way: 'walk-in', type: 'inquiry', at: 1_764_000_000_000, status: 'open', person },
        note: breakout,
      }),
      await api('POST', '/api/v1/cases', { key: 'm', kind: 'complaint', personId, details: matter }),
      await api('POST', `/api/v1/cases/${caseId}/acts`, { key: 'n', act: { kind: 'note', text: breakout } }),
    ];
    expect(sent.map(({ status, body }) => [status < 300, body['error']])).toEqual(
      sent.map(() => [true, undefined]),
    );
    expect(conversation).not.toBe('');
    // Where nothing at all were taken, the pages below would show nothing.
    expect(taken.length).toBeGreaterThan(5);
  });

  it('stays a text in everything the interface answers', async () => {
    const { page } = await session(admin);
    const wrong: string[] = [];
    let pages = 0;
    for (const { method, path, query } of operations) {
      if (method !== 'GET' || path.endsWith('/oidc')) continue;
      const forms = query.flatMap(({ name, schema }) =>
        (schema.enum ?? []).map(value => `${name}=${String(value)}`),
      );
      const texts = query
        .filter(({ schema }) => !schema.enum)
        .map(({ name }) => `${name}=${encodeURIComponent(breakout)}`)
        .join('&');
      for (const asked of ['', texts, ...forms]) {
        const target = `${product.url}${pathWithIds(path)}?${asked}`;
        const response = await fetch(target, { headers: { cookie: admin }, redirect: 'manual' });
        const type = response.headers.get('content-type') ?? '';
        const body = await response.text();
        if (response.headers.get('x-content-type-options') !== 'nosniff')
          wrong.push(`${target} may be guessed at`);
        if (/text\/csv/u.test(type) && /(?:^|[\n,])"?[=+\-@\t\r]/u.test(body))
          wrong.push(`${target}: a formula`);
        // What is saved as a file is not shown in the place of our page.
        const isSaved = response.headers.get('content-disposition')?.startsWith('attachment') ?? false;
        if (isSaved || !/html|xml|svg/u.test(type)) continue;
        pages += 1;
        await page.goto(target);
        wrong.push(...(await injuries(page)).map(each => `${target}: ${each}`));
      }
    }
    expect(wrong).toEqual([]);
    expect(pages).toBeGreaterThan(0);
  });

  it('stays a text in pages that anybody opens, whatever their address says', async () => {
    const { page } = await session();
    const wrong: string[] = [];
    const asked = ['q', 'lang', 'language', 'next', 'topic', 'from', 'text', 'category'];
    const query = asked.map(name => `${name}=${encodeURIComponent(breakout)}`).join('&');
    for (const address of openAddresses.filter(each => each.startsWith('GET '))) {
      const path = address.slice(4).replace(/[:*]\w+/gu, encodeURIComponent(breakout));
      for (const target of [`${path}?${query}`, `${path}?${query}#${encodeURIComponent(breakout)}`]) {
        await page.goto(`${product.url}${target}`);
        wrong.push(...(await injuries(page)).map(each => `${target}: ${each}`));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('stays a text between a citizen and an officer whose very name is markup', async () => {
    const account = { username: 'hostile', name: markup, role: 'supervisor' };
    const invited = await api('POST', '/api/v1/accounts', account);
    const set = await api('POST', '/api/v1/account/setup', { code: invited.body['code'], password });
    expect(set.status).toBe(201);
    const signed = await fetch(`${product.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'hostile', password }),
    });
    const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] ?? '';

    const chat = (await session()).page;
    await chat.goto(`${product.url}/chat`);
    await chat.locator('#message').fill(`ขอคุยกับเจ้าหน้าที่ ${breakout}`);
    await chat.keyboard.press('Enter');
    await showsText(chat);
    const desk = await openDesk(product.url, { cookie });
    closers.push(() => desk.close());
    const lists = await desk.listsWhere('the citizen waits', ({ waiting }) =>
      waiting.some(({ lastText }) => lastText?.includes(seen)),
    );
    const conversation = lists.waiting.find(({ lastText }) => lastText?.includes(seen))?.id ?? '';
    await desk.ask('claim', { conversation });
    await desk.ask('message', { conversation, clientId: 'm1', text: `${markup} ${breakout}` });
    await eventually('the officer is shown', async () => (await chat.getByText(markup).count()) > 1);
    expect(await injuries(chat)).toEqual([]);

    const { page } = await session(cookie);
    const personId = known['people']?.[0] ?? '';
    const caseId = known['cases']?.[0] ?? '';
    for (const place of [
      'desk',
      `desk/c/${conversation}`,
      `desk/c/${conversation}/person`,
      'desk/contacts',
      'desk/cases',
      `desk/cases/${caseId}`,
      `desk/log/${personId}`,
    ]) {
      await page.goto(`${product.url}/${place}`);
      await showsText(page);
      expect([place, await injuries(page)]).toEqual([place, []]);
    }
  });

  it('stays a text at the kiosk', async () => {
    const { page } = await session();
    await page.goto(`${product.url}/kiosk`);
    await showsText(page);
    expect(await injuries(page)).toEqual([]);
  });

  it('ends without having failed in a way nobody foresaw', async () => {
    const metrics = await (await fetch(`${product.url}/metrics`)).text();
    expect(metrics).toMatch(/^thamrat_errors_total 0$/mu);
  });
});
