import type { Browser, Page } from 'playwright-core';
import { barriers, describeInBrowser, openBrowser, openPage, screens, tooWide } from '../support/browser';
import { callApi, demoEnv, demoPassword, signIn } from '../support/desk-clients';
import { type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';

const isExpected = (complaint: string): boolean => complaint.includes('401');

describeInBrowser('a matter taken in at the desk', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  let cookie: string;

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({ dataDir, env: demoEnv });
    cookie = await signIn(product.url, 'officer');
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  async function form(
    options: Parameters<typeof openPage>[1],
  ): Promise<Awaited<ReturnType<typeof openPage>>> {
    const opened = await openPage(browser, options);
    const { page } = opened;
    await page.goto(`${product.url}/desk/cases`);
    await page.getByLabel('ชื่อผู้ใช้').fill('officer');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'รับเรื่องใหม่' }).click();
    await page.locator('#log-person:focus').waitFor();
    return opened;
  }
  async function somebody(page: Page, phone: string, name: string): Promise<void> {
    await page.keyboard.type(phone);
    await page.keyboard.press('Enter');
    await page.getByLabel('ชื่อของคนนี้').waitFor();
    await page.keyboard.type(name);
  }
  const wide = { viewport: { width: 1280, height: 900 } } as const;

  it('asks for what is missing, reads back, files once, and the number opens the matter by the phone', async () => {
    const { page, complaints } = await form(wide);
    await somebody(page, '0891112233', 'ตาสม ใจเย็น');
    await page.getByText('ร้องเรียน', { exact: true }).click();
    await page.getByLabel('ทำแทนใคร').focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('เลือกบริการหรือเรื่องก่อน').waitFor();
    await page.getByText('เขียนเรื่องสั้น ๆ ก่อน').waitFor();
    await page.getByText('แจ้งผู้มาติดต่อก่อน แล้วติ๊กตรงนี้').waitFor();
    await page.getByText('คำถาม', { exact: true }).click();
    await page.getByLabel('ทำแทนใคร').fill('แม่ อายุ 78 ปี');
    await page.getByLabel('เรื่องเป็นอย่างไร').fill('ไฟถนนหน้าบ้านดับมาสามคืน');
    await page.getByLabel('ที่ไหน').fill('ซอยวัดใหม่');
    await page.getByLabel('แจ้งผู้มาติดต่อแล้ว').check();
    await page.keyboard.press('Control+Enter');
    const summary = page.locator('.summary');
    await summary.waitFor();
    expect(await summary.innerText()).toMatch(/ตาสม ใจเย็น[^]*แม่ อายุ 78 ปี[^]*ไฟถนนหน้าบ้านดับ[^]*ซอยวัดใหม่/u);
    await page.getByRole('button', { name: 'บันทึกและออกเลข' }).click();
    const shown = page.locator('.number');
    await shown.waitFor();
    const reference = (await shown.innerText()).replaceAll(' ', '');
    const asked = { reference, secondFact: '2233' };
    const status = await callApi(product.url, cookie, 'POST', '/api/v1/cases/status', asked);
    expect(status.body).toMatchObject({ outcome: 'found' });
    const people = await callApi(product.url, cookie, 'GET', '/api/v1/people?phone=0891112233');
    const [person] = people.body['people'] as { id: string }[];
    const cases = await callApi(product.url, cookie, 'GET', `/api/v1/cases?person=${person?.id}`);
    expect(cases.body['cases']).toEqual([expect.objectContaining({ reference, kind: 'question' })]);
    const history = await callApi(product.url, cookie, 'GET', `/api/v1/people/${person?.id}/history`);
    expect(history.body['episodes']).toEqual([expect.objectContaining({ way: 'walk-in' })]);
    await page.getByRole('button', { name: 'เปิดเรื่องนี้' }).click();
    await page.getByText('ไฟถนนหน้าบ้านดับมาสามคืน').waitFor();
    expect(complaints.filter(complaint => !isExpected(complaint))).toEqual([]);
    await page.context().close();
  });

  it('shows what a service needs, and where we cannot take it in says where to go and gives no number', async () => {
    const { page } = await form(wide);
    await somebody(page, '0891112244', 'ยายมี ใจดี');
    await page.getByRole('textbox', { name: 'บริการหรือเรื่อง' }).fill('เงินอุดหนุนบุตร');
    await page.keyboard.press('Enter');
    await page.getByText('วิธีกรอกแบบฟอร์ม').click();
    await page.locator('.papers dd').first().waitFor();
    await page.getByRole('button', { name: 'ล้างเรื่อง' }).click();
    await page.getByText('คำขอ', { exact: true }).click();
    await page.getByRole('textbox', { name: 'บริการหรือเรื่อง' }).fill('บัตรประชาชน');
    await page.keyboard.press('Enter');
    await page.getByText('เอกสารที่นำมา').waitFor();
    await page.locator('.papers input[type=checkbox]').first().check();
    await page.getByLabel('เรื่องเป็นอย่างไร').fill('อยากทำบัตรใหม่');
    await page.getByLabel('แจ้งผู้มาติดต่อแล้ว').check();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'บันทึกและออกเลข' }).click();
    await page.getByRole('heading', { name: 'ถามรัฐรับเรื่องนี้แทนไม่ได้' }).waitFor();
    expect(await page.locator('.number').count()).toBe(0);
    // There is nothing of ours to follow.
    const newest = await page.evaluate(async () => {
      const response = await fetch('/api/v1/contacts?limit=1');
      return ((await response.json()) as { episodes: { result?: string }[] }).episodes;
    });
    expect(newest).toMatchObject([{ way: 'walk-in', status: 'closed', result: 'referred' }]);
    await page.context().close();
  });

  it.each(screens)('is without barriers and fits at %s', async (_, { letters: _letters, ...viewport }) => {
    const { page } = await form({ viewport });
    expect(await barriers(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});
