import type { Browser, Page } from 'playwright-core';
import { loadGroups } from '../../knowledge';
import { loadPublished } from '../../server/knowledge';
import { projectRoot } from '../../server/root';
import { join } from 'node:path';
import {
  barriers,
  describeInBrowser,
  enlarge,
  openBrowser,
  openPage,
  screens,
  smallTargets,
  tooWide,
} from '../support/browser';
import { type Product, freePort, removeFolder, startProduct, temporaryFolder } from '../support/product';

const address = 'https://thamrat.example.go.th';
const { knowledge } = loadPublished(projectRoot());
const services = knowledge.topics().filter(topic => topic.kind === 'service');

/** Everything a page claims about itself for programs. */
const dataOf = (html: string): Record<string, unknown> => {
  const block = /<script type="application\/ld\+json">(.*?)<\/script>/su.exec(html)?.[1] ?? '{}';
  return JSON.parse(block) as Record<string, unknown>;
};

describe('the register for everybody', () => {
  const dataDir = temporaryFolder();
  let product: Product;
  const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => {
    const response = await fetch(`${product.url}${path}`);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const json = async (
    path: string,
  ): Promise<Record<string, never> & { services: { id: string }[]; total: number }> =>
    JSON.parse((await get(path)).text) as never;

  beforeAll(async () => {
    product = await startProduct({ dataDir, env: { OPERATOR_NAME: 'อบต. <ตัวอย่าง>' } });
  });
  afterAll(async () => {
    await product.stop();
    removeFolder(dataDir);
  });

  it('shows services in both languages, each a whole page with its date, its state and its data', async () => {
    // Not all: one address may ask three hundred times a minute.
    const some = services.filter((topic, index) => index % 5 === 0 || topic.incompatible.length > 0);
    expect(some.length).toBeGreaterThan(50);
    for (const [index, topic] of some.entries()) {
      const { status, text } = await get(`/services/${topic.id}${index % 3 === 0 ? '?lang=en' : ''}`);
      expect([topic.id, status]).toEqual([topic.id, 200]);
      expect(dataOf(text)).toMatchObject({ '@type': 'GovernmentService', dateModified: topic.writtenAt });
      expect(text).toContain('class="status draft"');
      expect(text).not.toMatch(/>undefined<|\[object|<ตัวอย่าง>|>(?:service|by|nav|foot)\.[a-z-]+</u);
    }
  });

  it('finds by words as people say them, and narrows down', async () => {
    for (const [text, id] of [
      ['เงินคนแก่', 'p1-04'],
      ['ตกงาน', 'p1-25'],
      ['บัตรประชาชนหาย', 'px-47'],
      ['unemployment', 'p1-25'],
    ] as const) {
      const found = await json(`/api/v1/services?q=${encodeURIComponent(text)}&perPage=5`);
      expect([
        text,
        found.services
          .map(each => each.id)
          .slice(0, 3)
          .includes(id),
      ]).toEqual([text, true]);
      expect((await get(`/services?q=${encodeURIComponent(text)}`)).text).toContain(`/services/${id}"`);
    }
    const welfare = await json('/api/v1/services?category=welfare&targetGroup=elderly&perPage=100');
    const expected = services.filter(
      topic => topic.category === 'welfare' && topic.targetGroups.includes('elderly'),
    );
    expect(welfare.services.map(each => each.id).sort()).toEqual(expected.map(topic => topic.id).sort());
  });

  it('gives every service once over the pages of the list, and refuses what is no page', async () => {
    const seen: string[] = [];
    for (let page = 1; page <= 3; page += 1)
      seen.push(...(await json(`/api/v1/services?perPage=100&page=${page}`)).services.map(each => each.id));
    expect(seen.sort()).toEqual(services.map(topic => topic.id).sort());
    for (const bad of ['page=0', 'page=x', 'perPage=101', 'category=../x', `q=${'x'.repeat(201)}`])
      expect((await get(`/api/v1/services?${bad}`)).status).toBe(400);
  });

  it('names groups that exist, and lists each service that is asked most', () => {
    const groups = loadGroups(join(projectRoot(), 'knowledge', 'data'));
    const ids = services.map(topic => topic.id);
    expect(groups.mostAsked.filter(id => !ids.includes(id))).toEqual([]);
    const unnamed = services.flatMap(topic => [
      ...(groups.category.some(({ id }) => id === topic.category)
        ? []
        : [`${topic.id} ${topic.category ?? ''}`]),
      ...topic.lifeStages.filter(stage => !groups.lifeStage.some(({ id }) => id === stage)),
      ...topic.targetGroups.filter(group => !groups.targetGroup.some(({ id }) => id === group)),
    ]);
    expect(unnamed).toEqual([]);
  });

  it('answers with the version it read, and 404 in words for what is not there', async () => {
    const one = (await json('/api/v1/services/p1-04')) as unknown as {
      version: string;
      incompatible: unknown[];
    };
    expect(one.version).toBe(knowledge.version);
    expect(one.incompatible).not.toEqual([]);
    expect((await get('/api/v1/services/p9-99')).status).toBe(404);
    for (const path of ['/services/p9-99', '/services/%3Cscript%3E', '/services/..%2f..%2fetc']) {
      const { status, text, headers } = await get(path);
      expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(text).toContain('name="q"');
    }
  });

  it('writes what people type as text', async () => {
    const typed = `"><script>alert(1)</script><img src=x onerror=alert(2)>`;
    const { text } = await get(`/services?q=${encodeURIComponent(typed)}&page=9&category=%22%3E`);
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;script&gt;');
  });

  it('explains official words where they stand', async () => {
    const { text } = await get('/services/p2-38');
    const [, number] = /<a class="term" href="#word-(\d+)"[^>]*>โฉนด<\/a\s*>/u.exec(text) ?? [];
    expect(text).toMatch(new RegExp(`id="word-${number ?? 'none'}">โฉนด</dt>`, 'u'));
  });

  it('says what cannot be had together, with a way to the other one', async () => {
    const { text } = await get('/services/p1-33');
    expect(text).toContain('ใช้พร้อมกันไม่ได้');
    expect(text).toMatch(/href="\/services\/p1-17">/u);
  });

  it('tells search engines what there is and what is nothing for them', async () => {
    const { text: robots } = await get('/robots.txt');
    expect(robots).toContain('Disallow: /desk');
    // Whole addresses need PUBLIC_URL: a request's own `Host` is whatever its sender wrote.
    expect(robots).not.toContain('Sitemap:');
    expect((await fetch(`${product.url}/sitemap.xml`)).status).toBe(404);
    expect((await get('/services?q=x')).text).toContain('noindex');
    expect((await get('/services')).text).not.toContain('noindex');
  });

  it('is described like every other route', async () => {
    const { text } = await get('/api/openapi.json');
    const { paths } = JSON.parse(text) as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/v1/services', '/api/v1/services/{id}']));
  });

  describeInBrowser('in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser.close());
    const open = async (
      path: string,
      options: Parameters<typeof openPage>[1] = {},
    ): Promise<Awaited<ReturnType<typeof openPage>>> => {
      const opened = await openPage(browser, options);
      await opened.page.goto(`${product.url}${path}`);
      return opened;
    };
    const paths = [
      '/services',
      '/services?category=welfare',
      '/services/p1-33',
      '/services/x-online-crime?lang=en',
      '/guide',
    ];

    it.each(screens)('keeps nobody out on %s, light and dark', async (title, { letters, ...viewport }) => {
      const at = screens.findIndex(([name]) => name === title);
      const { page, close, complaints } = await openPage(browser, { viewport });
      for (const [index, path] of paths.entries()) {
        await page.goto(`${product.url}${path}`);
        if (letters) await enlarge(page, letters);
        expect([path, await tooWide(page)]).toEqual([path, 0]);
        const targets = 'nav a, .chips a, .tiles a, button, .main, summary';
        expect([path, await smallTargets(page, targets, 24, 44)]).toEqual([path, []]);
        // Slow: over all screens every page is looked at, every other one in the dark.
        if (index !== at) continue;
        if (at % 2 === 1) await page.emulateMedia({ colorScheme: 'dark' });
        expect([path, await barriers(page)]).toEqual([path, []]);
      }
      // The data block passes the policy, and nothing else complains.
      expect(complaints).toEqual([]);
      await close();
    });

    it('works without script: search, a service, its questions, the other language', async () => {
      const { page, close } = await open('/services', { javaScriptEnabled: false });
      await page.fill('#q', 'เบี้ยคนแก่');
      await page.press('#q', 'Enter');
      await page.click('.service >> nth=0');
      expect(await page.innerText('h1')).toBe('เบี้ยผู้สูงอายุ');
      expect(await page.isVisible('[data-print]')).toBe(false);
      await page.click('details >> nth=0 >> summary');
      expect(await page.isVisible('details >> nth=0 >> p')).toBe(true);
      await page.click('.language');
      expect(await page.innerText('h1')).toBe('Old-age allowance');
      expect(await page.getAttribute('html', 'lang')).toBe('en');
      await close();
    });

    it('leads to the chat with the matter in the box, and sends nothing by itself', async () => {
      const { page, close } = await open('/services/p1-04');
      await page.click('.main');
      await page.waitForSelector('.line.bot .choice');
      expect(await page.inputValue('#message')).toBe('เบี้ยผู้สูงอายุ');
      expect(new URL(page.url()).search).toBe('');
      expect(await page.locator('.line.citizen').count()).toBe(0);
      await page.press('#message', 'Enter');
      await page.waitForSelector('.card');
      expect(await page.innerText('.card h2')).toBe('เบี้ยผู้สูงอายุ');
      await close();
    });

    it('fits the guide on one sheet of A4', async () => {
      const { page, close } = await open('/guide');
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)).toHaveLength(1);
      await close();
    });

    const choices = (page: Page): Promise<string[]> =>
      page.locator('.line.bot').last().locator('.choice').allInnerTexts();
    const pick = async (page: Page, label: string): Promise<void> => {
      const before = await page.locator('.line.bot').count();
      await page.locator('.line.bot').last().locator('.choice', { hasText: label }).first().click();
      await page.locator('.line.bot').nth(before).waitFor();
    };

    it('browses in the chat: topics, pages, a service', async () => {
      const { page, close } = await open('/chat');
      await page.waitForSelector('.line.bot .choice');
      await pick(page, 'ดูตามหมวด');
      await pick(page, 'ตามหมวด');
      await pick(page, 'ดูต่อ');
      await pick(page, 'สิ่งแวดล้อม');
      const first = await choices(page);
      expect(first.at(-2)).toBe('ดูต่อ');
      await pick(page, 'ดูต่อ');
      const second = await choices(page);
      expect(second.filter(label => first.slice(0, -2).includes(label))).toEqual([]);
      await pick(page, second[0] ?? '');
      await page.waitForSelector('.card');
      await close();
    });
  });
});

describe('the register behind a public address', () => {
  it('says where it is: canonical addresses, the other language, the data, the map', async () => {
    const dataDir = temporaryFolder();
    const product = await startProduct({ dataDir, env: { PUBLIC_URL: address, PORT: await freePort() } });
    try {
      const page = await (await fetch(`${product.url}/services/p1-04?lang=en`)).text();
      expect(page).toContain(`<link rel="canonical" href="${address}/services/p1-04?lang=en"`);
      expect(page).toContain(`hreflang="th" href="${address}/services/p1-04"`);
      expect(dataOf(page)).toMatchObject({ url: `${address}/services/p1-04?lang=en` });
      const map = await (
        await fetch(`${product.url}/sitemap.xml`, { headers: { host: 'evil.example' } })
      ).text();
      expect(map).toContain(`<loc>${address}/services</loc>`);
      expect(map).toContain(`${address}/services/p1-04</loc>`);
      expect(map.match(/<loc>/gu)).toHaveLength((services.length + 2) * 2);
      expect(map).not.toContain('evil.example');
      const robots = await (await fetch(`${product.url}/robots.txt`)).text();
      expect(robots).toContain(`Sitemap: ${address}/sitemap.xml`);
    } finally {
      await product.stop();
      removeFolder(dataDir);
    }
  });
});
