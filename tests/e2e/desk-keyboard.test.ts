import type { Browser, Page } from 'playwright-core';
import {
  barriers,
  describeInBrowser,
  openBrowser,
  openPage,
  smallTargets,
  tooWide,
} from '../support/browser';
import { callApi, demoEnv, demoPassword, openCitizen, signIn } from '../support/desk-clients';
import { type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';

/** The mark around what has the focus; empty: nobody sees where they are. */
const focusMark = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return '';
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
    const box = focused.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const outline = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    return inSight && (outline || boxShadow !== 'none') ? focused.tagName + ' ' + outlineWidth : '';
  })()`);

describeInBrowser('the desk by keyboard alone', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({ dataDir, env: demoEnv });
    const cookie = await signIn(product.url, 'officer');
    for (const [name, th] of [
      ['ขอเลขบัตร', 'ขอดูบัตรประชาชนที่เคาน์เตอร์นะคะ'],
      ['ขอเวลา', 'สวัสดีค่ะ {person} ดิฉัน{officer} ขอเวลาตรวจสอบสักครู่นะคะ'],
      ['นัดหมาย', 'นัดที่เคาน์เตอร์ค่ะ'],
    ] as const) {
      const body = { name, text: { th }, shared: false };
      expect((await callApi(product.url, cookie, 'POST', '/api/v1/canned-replies', body)).status).toBe(201);
    }
  });
  afterAll(async () => {
    for (const each of open) await each.close();
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  /** From the door on; the mouse is never touched. */
  async function signedIn(username: string): Promise<Page> {
    const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    open.push(opened);
    const { page } = opened;
    await page.goto(`${product.url}/desk`);
    await page.getByLabel('ชื่อผู้ใช้').waitFor();
    for (let tabs = 0; tabs < 12; tabs += 1) {
      if ((await page.getByLabel('ชื่อผู้ใช้').and(page.locator(':focus')).count()) > 0) break;
      await page.keyboard.press('Tab');
    }
    expect(await focusMark(page)).not.toBe('');
    await page.keyboard.type(username);
    await page.keyboard.press('Tab');
    expect(await focusMark(page)).not.toBe('');
    await page.keyboard.type(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
    return page;
  }

  it('takes, answers with a ready-made reply and the person’s name, hands over, takes over and closes', async () => {
    const page = await signedIn('officer');
    const citizen = await openCitizen(product.url);
    open.push(citizen);
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    await page.locator('.item').first().waitFor();
    await page.keyboard.press('Alt+KeyQ');
    await page.locator('#reply:focus').waitFor();
    expect(await focusMark(page)).not.toBe('');

    await page.keyboard.type('/ขอ');
    await page.getByRole('option').nth(1).waitFor();
    expect(await page.getByRole('option').allInnerTexts()).toEqual([
      expect.stringContaining('ขอเลขบัตร'),
      expect.stringContaining('ขอเวลา'),
    ]);
    const marked = (): Promise<string> => page.locator('[aria-selected=true] b').innerText();
    expect(await marked()).toBe('ขอเลขบัตร');
    expect(await page.getAttribute('#reply', 'aria-activedescendant')).toBe(
      await page.getAttribute('[aria-selected=true]', 'id'),
    );
    await page.keyboard.press('ArrowDown');
    expect(await marked()).toBe('ขอเวลา');
    await page.keyboard.press('Enter');
    // Nobody knows the name yet: it has to be written before the message can go.
    await page.getByText('พิมพ์แทน {ชื่อผู้ติดต่อ} ก่อนส่ง').waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('#reply').inputValue()).toBe(
      'สวัสดีค่ะ {ชื่อผู้ติดต่อ} ดิฉันสมหญิง ใจดี ขอเวลาตรวจสอบสักครู่นะคะ',
    );
    await page.keyboard.type('คุณยายทอง');
    await page.keyboard.press('Enter');
    const said = 'สวัสดีค่ะ คุณยายทอง ดิฉันสมหญิง ใจดี ขอเวลาตรวจสอบสักครู่นะคะ';
    await page.locator('.message[data-from=officer][data-seq]', { hasText: said }).waitFor();
    await page.keyboard.type('12/5 /ไม่มีคำนี้');
    await page.getByText('ไม่มีข้อความที่ตรง').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.canned').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+KeyA');
    await page.keyboard.press('Backspace');

    const other = await signedIn('officer2');
    await page.keyboard.press('Alt+KeyS');
    const place = page.getByLabel('ส่งต่อให้');
    await page.getByRole('option', { name: 'สมชาย มีสุข (อยู่หน้าจอ)' }).waitFor({ state: 'attached' });
    expect(await place.and(page.locator(':focus')).count()).toBe(1);
    expect(await focusMark(page)).not.toBe('');
    await page.keyboard.press('ArrowDown');
    expect(await place.locator('option:checked').innerText()).toBe('สมชาย มีสุข (อยู่หน้าจอ)');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ยายถามเรื่องเบี้ย');
    expect(await focusMark(page)).not.toBe('');
    await page.keyboard.press('Control+Enter');
    await page.getByText('ส่งต่อให้ สมชาย มีสุข แล้ว รอกดรับ').waitFor();

    await other.getByRole('heading', { name: 'ส่งต่อมาให้ฉัน' }).waitFor();
    await other.keyboard.press('Alt+KeyQ');
    await other.locator('#reply:focus').waitFor();
    await other.locator('.entry-note', { hasText: 'ยายถามเรื่องเบี้ย' }).waitFor();
    await page.getByText('สมชาย มีสุข ดูแลเรื่องนี้อยู่').waitFor();
    await other.keyboard.press('Alt+KeyK');
    await other.getByRole('dialog').waitFor();
    expect(await focusMark(other)).not.toBe('');
    await other.keyboard.press('Control+Enter');
    await other.locator('.owner[data-owner=bot]').waitFor();
  });

  it('keeps the ready-made replies on a page of their own, on a phone too', async () => {
    const page = await signedIn('supervisor');
    await page.goto(`${product.url}/desk/replies`);
    await page.getByRole('button', { name: 'เริ่มจากตัวอย่าง' }).waitFor();
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      expect([width, await barriers(page), await tooWide(page)]).toEqual([width, [], 0]);
    }
    await page.getByRole('button', { name: 'เขียนข้อความใหม่' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('แจ้งเลข');
    await page.keyboard.press('Tab');
    await page.keyboard.type('เลขที่เรื่องคือ ');
    await page.getByRole('button', { name: 'เลขที่เรื่อง' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('เลขที่เรื่องคือ 6900 1234 5678').waitFor();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 740 });
      expect([width, await barriers(page), await tooWide(page)]).toEqual([width, [], 0]);
    }
    expect(await smallTargets(page, '.replies-page button', 40, 40)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.locator('.canned-item', { hasText: 'เลขที่เรื่องคือ {เลขที่เรื่อง}' }).waitFor();
    const cookie = await signIn(product.url, 'officer');
    const { body } = await callApi(product.url, cookie, 'GET', '/api/v1/canned-replies');
    const shown = body['replies'] as { name: string; text: { th: string }; shared: boolean; kept: boolean }[];
    expect(shown.find(({ name }) => name === 'แจ้งเลข')).toMatchObject({
      ...{ text: { th: 'เลขที่เรื่องคือ {reference}' }, shared: true, kept: false },
    });
    await page.getByRole('button', { name: 'ลบข้อความ แจ้งเลข' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('.canned-item', { hasText: 'แจ้งเลข' }).waitFor({ state: 'detached' });
  });
});
