import type { Browser, Page } from 'playwright-core';
import {
  barriers,
  describeInBrowser,
  enlarge,
  openBrowser,
  openPage,
  screens,
  tooWide,
} from '../support/browser';
import {
  type CitizenClient,
  callApi,
  demoEnv,
  demoPassword,
  openCitizen,
  signIn,
} from '../support/desk-clients';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';

describeInBrowser('cases, from the chat to the desk and back', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  let citizen: CitizenClient;
  let caller: CitizenClient;
  const clients: CitizenClient[] = [];
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({ dataDir, env: demoEnv });
    citizen = await openCitizen(product.url);
    clients.push(citizen);
  });
  afterAll(async () => {
    for (const each of clients) each.close();
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  /** Says it and gives what was answered to it, choices and all. */
  async function talk(text: string, by = citizen): Promise<string> {
    const seq = await by.say(text);
    const answer = await eventually(`an answer to "${text}"`, () =>
      by.heard.find(message => message.seq > seq && message.from === 'bot'),
    );
    return JSON.stringify(answer.reply);
  }
  const heard = (text: string, by = citizen): Promise<unknown> =>
    eventually(`the citizen is told "${text}"`, () =>
      by.heard.find(message => message.reply.text.includes(text)),
    );
  /** What to say to each question, found by a choice it offers or a word of it. */
  const answers: readonly (readonly [string, string])[] = [
    ['ไม่บอกชื่อ', 'บอกชื่อได้'],
    ['4 ตัวท้าย', '081 234 5678'],
    ['ไม่มีรูป', 'ไม่มีรูป'],
    ['เรื่องอื่น', 'เรื่องอื่น'],
    ['ยังเป็นอยู่ตอนนี้', 'ยังเป็นอยู่ตอนนี้'],
    ['เกิดที่ไหน', 'หมู่ 3 ตำบลปัว'],
  ];

  it('takes a complaint in the chat', async () => {
    await talk('ร้องเรียน');
    let asked = await talk('ไฟถนนหน้าบ้านดับมาสามวันแล้ว แจ้งเทศบาลไปแล้วไม่มีใครมาซ่อม');
    for (const _ of answers) {
      const [, answer] = answers.find(([mark]) => asked.includes(mark)) ?? [];
      if (asked.includes('ยินยอมและส่ง') || answer === undefined) break;
      asked = await talk(answer);
    }
    await talk('ยินยอมและส่ง');
    await heard('รับเรื่องแล้ว');
  });

  it('takes a call-back in the chat', async () => {
    // Somebody else: one person may not send so much so fast.
    caller = await openCitizen(product.url);
    clients.push(caller);
    for (const text of ['โทรกลับหน่อย 081-234-5678', 'เวลาไหนก็ได้', 'บอกตอนคุย', 'ขอให้โทรกลับ'])
      await talk(text, caller);
    await heard('รับเรื่องโทรกลับแล้ว', caller);
  });

  it('is listed at the desk, opened, worked on and answered; the answer comes to the chat', async () => {
    ({ page, complaints } = await openPage(browser, { viewport: { width: 1280, height: 800 } }));
    await page.goto(`${product.url}/desk`);
    await page.getByLabel('ชื่อผู้ใช้').fill('officer');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'เรื่อง', exact: true }).click();
    await page
      .getByRole('row', { name: /ร้องเรียน/u })
      .getByRole('button')
      .click();
    await page.getByText('ไฟถนนหน้าบ้านดับมาสามวันแล้ว').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'รับเรื่อง', exact: true }).click();
    await heard('เจ้าหน้าที่เริ่มดูเรื่องแล้ว');
    await page.getByText('ตอบและปิดเรื่อง').click();
    await page.getByLabel('ข้อความ').fill('ซ่อมเสร็จแล้วเมื่อเช้านี้');
    await page.getByRole('button', { name: 'บันทึก', exact: true }).click();
    await heard('ซ่อมเสร็จแล้วเมื่อเช้านี้');
    await page.getByText('เรื่องนี้จบแล้ว').waitFor();
  });

  it('notes an attempt to call, and the call that reached the person', async () => {
    await page.getByRole('button', { name: 'กลับไปรายการ' }).click();
    await page.getByText('รอโทรกลับ').click();
    await page
      .getByRole('row', { name: /โทรกลับ/u })
      .getByRole('button')
      .click();
    await page.getByRole('button', { name: 'ไม่รับสาย' }).click();
    await heard('ไม่มีคนรับ', caller);
    await page.getByRole('button', { name: 'คุยแล้ว' }).click();
    await page.getByText('เรื่องนี้จบแล้ว').waitFor();
    expect(complaints.filter(each => !each.includes('401'))).toEqual([]);
  });

  it.each(screens)('keeps nobody out on %s', async (_, { letters, ...viewport }) => {
    await page.setViewportSize(viewport);
    await page.goto(`${product.url}/desk/cases`);
    await page.getByRole('heading', { name: 'เรื่องที่รับไว้' }).waitFor();
    if (letters) await enlarge(page, letters);
    expect(await barriers(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
  });

  it('is there for nobody of another role', async () => {
    const cookie = await signIn(product.url, 'editor');
    expect((await callApi(product.url, cookie, 'GET', '/api/v1/call-backs')).status).toBe(403);
  });
});
