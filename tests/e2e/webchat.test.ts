import { type Browser, type Page } from 'playwright-core';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const question = 'บัตรประชาชนหายต้องทำยังไง';

describeInBrowser('the chat page', () => {
  const dataDir = temporaryFolder();
  const localesDir = temporaryFolder();
  let browser: Browser;
  let product: Product;

  /** A third language, made of files alone. */
  function addLanguage(): void {
    mkdirSync(join(localesDir, 'my'));
    for (const part of ['webchat', 'kiosk', 'bot']) {
      const thai = JSON.parse(readFileSync(join('locales', 'th', `${part}.json`), 'utf8')) as Record<
        string,
        string
      >;
      const texts = Object.fromEntries(Object.keys(thai).map(key => [key, `my ${key}`]));
      writeFileSync(
        join(localesDir, 'my', `${part}.json`),
        JSON.stringify({ ...texts, 'language.name': 'မြန်မာဘာသာ' }),
      );
    }
  }

  beforeAll(async () => {
    addLanguage();
    browser = await openBrowser();
    product = await startProduct({ dataDir, env: { LOCALES_DIR: localesDir, OPERATOR_NAME: 'อบต. ตัวอย่าง' } });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
    removeFolder(localesDir);
  });

  async function chat(
    options: Parameters<typeof openPage>[1] = {},
  ): Promise<Awaited<ReturnType<typeof openPage>>> {
    const opened = await openPage(browser, options);
    await opened.page.goto(`${product.url}/chat`);
    await opened.page.waitForSelector('.line.bot .choice');
    return opened;
  }
  async function ask(page: Page, text: string): Promise<void> {
    const before = await page.locator('.line.bot').count();
    await page.fill('#message', text);
    await page.press('#message', 'Enter');
    await page.locator('.line.bot').nth(before).waitFor();
  }
  const numbers = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>("[...document.querySelectorAll('.line')].map(line => line.dataset.seq)");
  const texts = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();

  it('answers a question, keeps it over a reload, and complains about nothing', async () => {
    const { page, complaints, close } = await chat();
    await ask(page, question);
    await page.waitForSelector('.card');
    expect(await page.innerText('.operator')).toContain('อบต. ตัวอย่าง');
    const before = await numbers(page);
    await page.reload();
    await page.waitForSelector('.card');
    const after = await numbers(page);
    expect(after).toEqual(before);
    expect(await texts(page, '.line.citizen .bubble')).toEqual([question]);
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(screens)('keeps nobody out on %s', async (_, { letters, ...viewport }) => {
    const { page, close } = await chat({ viewport });
    if (letters) await enlarge(page, letters);
    await ask(page, question);
    await page.waitForSelector('.card');
    expect(await barriers(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    await page.click('.toggle');
    expect(await barriers(page)).toEqual([]);
    expect(await smallTargets(page, 'button, a.action', 44, 44)).toEqual([]);
    await close();
  });

  it('works with the keyboard alone: Enter sends, Shift and Enter makes a line, choices and options are reached', async () => {
    const { page, close } = await chat();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    await page.keyboard.type('บรรทัดแรก');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('บรรทัดสอง');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.line.citizen[data-seq] .bubble');
    expect(await page.locator('.line.citizen .bubble p').allInnerTexts()).toEqual(['บรรทัดแรก', 'บรรทัดสอง']);
    await page.locator('.line.bot .choice', { hasText: 'เบี้ยผู้สูงอายุ' }).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card');
    await page.focus('.toggle');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.options .pick');
    await page.keyboard.press('Escape');
    expect(await page.isVisible('.options')).toBe(false);
    await close();
  });

  it('announces new messages, and not the old ones again', async () => {
    const { page, close } = await chat();
    await page.waitForSelector('[role=log][aria-live=polite]');
    await ask(page, question);
    expect(await page.getAttribute('[role=log]', 'aria-live')).toBe('polite');
    expect(await texts(page, '.line .who')).toContain('ถามรัฐ ผู้ช่วยอัตโนมัติ');
    await close();
  });

  it('puts the number to call first when somebody is in danger, and offers to leave the page', async () => {
    const { page, close } = await chat();
    expect(await page.isVisible('.exit')).toBe(false);
    await ask(page, 'อยากตาย');
    await page.waitForSelector('.exit:visible');
    const link = page.locator('.line.bot').last().locator('a.tel').first();
    expect(await link.getAttribute('href')).toBe('tel:1323');
    expect(await page.innerText('.status')).toContain('รอเจ้าหน้าที่');
    expect(await barriers(page)).toEqual([]);
    await close();
  });

  it('shows what a person typed while offline as waiting, and sends it once when the connection is back', async () => {
    const { page, close } = await chat();
    await page.context().setOffline(true);
    await page.fill('#message', question);
    await page.press('#message', 'Enter');
    await page.waitForSelector('.line.citizen.sending');
    await page.context().setOffline(false);
    await page.waitForSelector('.card', { timeout: 45_000 });
    expect(await texts(page, '.line.citizen .bubble')).toEqual([question]);
    expect(await page.locator('.sending').count()).toBe(0);
    await close();
  });

  it('outlives the server: what was typed while it was killed is sent once, and nothing is shown twice', async () => {
    const folder = temporaryFolder();
    const env = { PORT: await freePort() };
    let server = await startProduct({ dataDir: folder, env });
    const { page, close } = await openPage(browser);
    try {
      await page.goto(`${server.url}/chat`);
      await page.waitForSelector('.line.bot .choice');
      await ask(page, 'สวัสดีค่ะ');
      await server.kill();
      await page.fill('#message', question);
      await page.press('#message', 'Enter');
      await page.waitForSelector('.line.citizen.sending');
      server = await startProduct({ dataDir: folder, env });
      await page.waitForSelector('.card', { timeout: 45_000 });
      expect(await texts(page, '.line.citizen .bubble')).toEqual(['สวัสดีค่ะ', question]);
      const shown = await numbers(page);
      expect(shown).toEqual(shown.map((_, index) => String(index + 1)));
    } finally {
      await close();
      await server.stop();
      removeFolder(folder);
    }
  });

  it('ends on the wish of the person, and keeps nothing of it on the device', async () => {
    const { page, close } = await chat();
    await ask(page, question);
    await page.click('.toggle');
    await page.click('.end');
    await page.click('.end.sure');
    await page.waitForSelector('.ended .choice');
    expect(await page.locator('.line').count()).toBe(0);
    expect(await page.evaluate("localStorage.getItem('thamrat.visitor')")).toBeNull();
    await page.click('.ended .choice');
    await page.waitForSelector('.line.bot .choice');
    expect(await page.locator('.line.citizen').count()).toBe(0);
    await close();
  });

  it('remembers the text size, and speaks a language that came by files alone', async () => {
    const { page, close } = await chat();
    await page.click('.toggle');
    await page.click('.pick.large');
    await page.click('.pick[lang=my]');
    await page.locator('.line.bot', { hasText: 'my language.changed' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('my');
    expect(await page.getAttribute('#message', 'placeholder')).toBe('my compose.placeholder');
    await page.reload();
    await page.waitForSelector('.line.bot');
    expect(await page.getAttribute('html', 'lang')).toBe('my');
    expect(await page.getAttribute('html', 'data-size')).toBe('large');
    await close();
  });

  it('shows what strangers type as text, not as page', async () => {
    const { page, complaints, close } = await chat();
    const attack = '<img src=x onerror="document.title=\'broken\'"><script>1</script> javascript:alert(1)';
    await ask(page, attack);
    expect(await texts(page, '.line.citizen .bubble')).toEqual([attack]);
    expect(await page.locator('.line.citizen img, .line.citizen a').count()).toBe(0);
    expect(await page.title()).not.toBe('broken');
    expect(complaints).toEqual([]);
    await close();
  });
});

describeInBrowser('the widget on another site', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  let site: Server;
  let siteUrl: string;

  beforeAll(async () => {
    browser = await openBrowser();
    site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      // A strict site: nothing inline, scripts and frames only of itself and of the chat.
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src ${product.url}; frame-src ${product.url}`,
      );
      response.end(
        `<!doctype html><html lang="th"><title>เทศบาล</title><h1>เทศบาล</h1><script src="${product.url}/widget.js" async></script></html>`,
      );
    });
    await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve));
    siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    product = await startProduct({ dataDir, env: { WIDGET_ORIGINS: siteUrl } });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    await new Promise(resolve => site.close(resolve));
    removeFolder(dataDir);
  });

  it('opens the chat in a frame, answers there, and closes with Escape back to its button', async () => {
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await page.goto(siteUrl);
    const launcher = page.getByRole('button', { name: 'ถามรัฐ' });
    await launcher.click();
    const frame = page.frameLocator('iframe[title="แชตถามรัฐ"]');
    await frame.locator('.line.bot .choice').first().waitFor();
    await frame.locator('#message').fill(question);
    await frame.locator('#message').press('Enter');
    await frame.locator('.card').waitFor();
    await frame.locator('#message').press('Escape');
    await page.locator('iframe').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.textContent')).toBe('ถามรัฐ');
    expect(complaints).toEqual([]);
    await close();
  });
});
