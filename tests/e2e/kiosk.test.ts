import { type Browser, type Page } from 'playwright-core';
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
import { eventually, type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';

/** A voice for Thai, which a browser without a desktop lacks: notes what it is given to read. */
const thaiVoice = `
  const spoken = [];
  window.spoken = spoken;
  const speech = {
    getVoices: () => [{ lang: 'th-TH', name: 'Thai' }],
    speak: utterance => {
      spoken.push(utterance.text);
      setTimeout(() => { utterance.onstart?.(); utterance.onend?.(); }, 0);
    },
    cancel: () => undefined,
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
`;

describeInBrowser('the kiosk', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({ dataDir });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  async function kiosk(
    options: Parameters<typeof openPage>[1] = {},
    prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<Awaited<ReturnType<typeof openPage>>> {
    const opened = await openPage(browser, { viewport: { width: 1080, height: 1920 }, ...options });
    await prepare(opened.page);
    await opened.page.goto(`${product.url}/kiosk`);
    await opened.page.waitForSelector('.begin');
    return opened;
  }
  const touch = (page: Page, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  async function askFromMenu(page: Page): Promise<void> {
    await page.click('.begin');
    await touch(page, 'บัตรและทะเบียน');
    await touch(page, 'บัตรประชาชนหาย ทำใหม่ยังไง');
    await page.waitForSelector('.answer article');
  }

  it('answers a question by touch alone, goes back a screen at a time, and complains about nothing', async () => {
    const { page, complaints, close } = await kiosk();
    await askFromMenu(page);
    expect(await page.innerText('.asked')).toContain('บัตรประชาชนหาย');
    await touch(page, 'ย้อนกลับ');
    expect(await page.innerText('h1')).toBe('บัตรและทะเบียน');
    await touch(page, 'ย้อนกลับ');
    await touch(page, 'ย้อนกลับ');
    await page.waitForSelector('.begin');
    expect(complaints).toEqual([]);
    await close();
  });

  it('types a Thai question on its own keys', async () => {
    const { page, close } = await kiosk();
    await page.click('.begin');
    await touch(page, 'พิมพ์คำถาม');
    const press = (face: string): Promise<void> => page.locator('.key', { hasText: face }).first().click();
    for (const face of ['ท', '◌ำ', 'บ', '◌ั', 'ต', 'ร', 'ร']) await press(face);
    await touch(page, 'ลบ');
    expect(await page.inputValue('#question')).toBe('ทำบัตร');
    await touch(page, 'ถาม');
    await page.waitForSelector('.answer');
    expect(await page.innerText('.asked')).toContain('ทำบัตร');
    await close();
  });

  it('asks after 45 seconds whether somebody is there, and after 60 has wiped everything', async () => {
    const { page, close } = await kiosk({}, page => page.clock.install());
    await page.click('.begin');
    await page.clock.runFor(1_000);
    await touch(page, 'บัตรและทะเบียน');
    await touch(page, 'บัตรประชาชนหาย ทำใหม่ยังไง');
    await page.waitForSelector('.asked');
    await page.clock.runFor(44_000);
    expect(await page.isVisible('.warning')).toBe(false);
    await page.clock.runFor(2_000);
    expect(await page.innerText('.warning h2')).toBe('ยังอยู่ไหมคะ');
    expect(await barriers(page)).toEqual([]);
    await touch(page, 'ยังใช้อยู่');
    expect(await page.isVisible('.asked')).toBe(true);
    await page.clock.runFor(61_000);
    await page.waitForSelector('.begin');
    expect(await page.evaluate("document.body.innerHTML.includes('บัตรประชาชน')")).toBe(false);
    expect(await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(
      0,
    );
    await page.clock.resume();
    await page.click('.begin');
    await touch(page, 'พิมพ์คำถาม');
    expect(await page.inputValue('#question')).toBe('');
    await close();
  });

  it('is silent until it is asked to read, then reads what is on the screen and shows where it is', async () => {
    const { page, close } = await kiosk({}, page => page.addInitScript(thaiVoice));
    await askFromMenu(page);
    expect(await page.evaluate('window.spoken')).toEqual([]);
    await touch(page, 'ฟังเสียง');
    await eventually('the answer is read aloud', () =>
      page.evaluate<boolean>("window.spoken.some(text => text.includes('ทำบัตรประชาชน'))"),
    );
    await page.getByRole('button', { name: 'ฟังเสียง', exact: true }).waitFor();
    const heard = await page.evaluate<string[]>('window.spoken');
    expect(heard[0]).toBe('คำตอบ');
    expect(heard.join(' ')).toContain('ดูขั้นตอน');
    await close();
  });

  it('calls an officer from any screen', async () => {
    const { page, close } = await kiosk();
    await page.click('.begin');
    await touch(page, 'เรียกเจ้าหน้าที่');
    await page.locator('.status', { hasText: 'กำลังตามเจ้าหน้าที่' }).waitFor();
    await page.locator('.status button').click();
    await page.locator('nav .officer:visible').waitFor();
    await close();
  });

  it('says that it has no connection, and forgets the question that was not sent when it is wiped', async () => {
    const { page, close } = await kiosk();
    await page.click('.begin');
    await page.locator('.touching .big', { hasText: 'เรื่องที่ถามบ่อย' }).waitFor();
    await page.context().setOffline(true);
    await touch(page, 'ผู้สูงอายุ');
    await page.locator('.touching .big').first().click();
    await page.waitForSelector('.status .lost', { timeout: 60_000 });
    await touch(page, 'เสร็จแล้ว');
    await page.context().setOffline(false);
    await page.click('.begin');
    await page.locator('.touching .big', { hasText: 'เรื่องที่ถามบ่อย' }).waitFor({ timeout: 45_000 });
    expect(await page.locator('.asked').count()).toBe(0);
    await close();
  });

  it.each(screens)('keeps nobody out on %s', async (_, { letters, ...viewport }) => {
    const { page, close } = await kiosk({ viewport });
    if (letters) await enlarge(page, letters);
    const check = async (): Promise<void> => {
      expect(await barriers(page)).toEqual([]);
      expect(await tooWide(page)).toBeLessThanOrEqual(0);
    };
    await check();
    await askFromMenu(page);
    await check();
    expect(await smallTargets(page, '.big', 64, 64)).toEqual([]);
    await touch(page, 'พิมพ์คำถาม');
    await check();
    await close();
  });
});
