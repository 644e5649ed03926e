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
import { type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';

/** The desk's page asks who is signed in; that nobody is, is an answer, which the browser counts as an error. */
const isExpected = (complaint: string): boolean => complaint.includes('401');

const wide = { viewport: { width: 1280, height: 800 } } as const;

describeInBrowser('the desk in a browser', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({ dataDir, env: demoEnv });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  async function desk(
    username: string,
    options: Parameters<typeof openPage>[1] = wide,
  ): Promise<{ page: Page; complaints: string[] }> {
    const opened = await openPage(browser, options);
    open.push(opened);
    const { page } = opened;
    await page.goto(`${product.url}/desk`);
    await page.getByLabel('ชื่อผู้ใช้').fill(username);
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
    return opened;
  }
  async function citizen(...texts: string[]): Promise<CitizenClient> {
    const client = await openCitizen(product.url);
    open.push(client);
    for (const text of texts) await client.say(text);
    return client;
  }
  const item = (page: Page, text: string) => page.locator('.item', { hasText: text });

  it('says that name or password is wrong, and lets in with the right one', async () => {
    const { page, complaints } = await openPage(browser, wide);
    await page.goto(`${product.url}/desk`);
    await page.getByLabel('ชื่อผู้ใช้').fill('officer');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูก' }).waitFor();
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
    expect(complaints.filter(complaint => !isExpected(complaint))).toEqual([]);
    await page.context().close();
  });

  it('takes, answers, notes and closes a conversation by keyboard alone', async () => {
    const { page, complaints } = await desk('officer');
    const someone = await citizen('บัตรประชาชนหายต้องทำยังไง', 'ขอคุยกับเจ้าหน้าที่');
    await item(page, 'ขอคุยกับเจ้าหน้าที่').waitFor();
    expect(await page.title()).toMatch(/^\(1\)/u);
    await page.keyboard.press('Alt+KeyQ');
    await page.locator('#reply:focus').waitFor();
    await page.keyboard.type('สวัสดีค่ะ มีอะไรให้ช่วยคะ');
    await page.keyboard.press('Enter');
    await page.locator('.message[data-from=officer][data-seq]', { hasText: 'มีอะไรให้ช่วยคะ' }).waitFor();
    await someone.say('ต้องแจ้งความก่อนไหมครับ');
    await page.locator('.message[data-from=citizen]', { hasText: 'ต้องแจ้งความก่อนไหมครับ' }).waitFor();
    await page.keyboard.press('Alt+KeyJ');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('บัตรหายเมื่อวาน');
    await page.keyboard.press('Control+Enter');
    await page.locator('.entry-note', { hasText: 'บัตรหายเมื่อวาน' }).waitFor();
    await page.keyboard.press('Alt+KeyK');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.owner[data-owner=bot]').waitFor();
    await page.locator('.entry', { hasText: 'ผล: เสร็จเรียบร้อย' }).waitFor();
    expect(complaints.filter(complaint => !isExpected(complaint))).toEqual([]);
  });

  it('logs a walk-in by keyboard, finds the person again, and lists the contact today', async () => {
    const { page } = await desk('officer2');
    await page.keyboard.press('Alt+KeyN');
    await page.locator('#log-person:focus').waitFor();
    await page.keyboard.type('๐๘๑-๒๓๔-๕๖๗๘');
    await page.keyboard.press('Enter');
    await page.getByLabel('ชื่อของคนนี้').waitFor();
    await page.keyboard.type('ยายทอง ใจงาม');
    await page.getByRole('textbox', { name: 'บริการหรือเรื่อง' }).focus();
    await page.keyboard.type('เบี้ยผู้สูงอายุ');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'ล้างเรื่อง' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('บันทึกแล้ว ยายทอง ใจงาม').waitFor();
    await page.locator('#log-person:focus').waitFor();
    await page.keyboard.type('ยายทอง');
    await page.keyboard.press('Enter');
    await page.locator('.log-history .entry', { hasText: 'เบี้ยผู้สูงอายุ' }).waitFor();
    const cookie = await signIn(product.url, 'officer2');
    const { body } = await callApi(product.url, cookie, 'GET', '/api/v1/people?phone=0812345678');
    expect(body['people']).toEqual([
      expect.objectContaining({ name: 'ยายทอง ใจงาม', phone: '+66812345678' }),
    ]);
    await page.keyboard.press('Alt+KeyT');
    const row = page.locator('tr', { hasText: 'ยายทอง ใจงาม' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/มาติดต่อด้วยตนเอง[^]*สมชาย มีสุข[^]*ปิดแล้ว/u);
  });

  it('tells the slower of two officers who has the conversation, and does not let them answer', async () => {
    const someone = await citizen('ขอคุยกับเจ้าหน้าที่');
    const { page: one } = await desk('officer');
    const { page: two } = await desk('officer2');
    for (const page of [one, two]) await page.goto(`${product.url}/desk/c/${someone.conversation}`);
    await two.getByText('กดรับเรื่องก่อน').waitFor();
    await one.locator('.composer button').click();
    await one.locator('#reply').waitFor();
    await two.getByText('สมหญิง ใจดี ดูแลเรื่องนี้อยู่').waitFor();
    await two.getByText('สมหญิง ใจดี เปิดดูเรื่องนี้อยู่ด้วย').waitFor();
    expect(await two.locator('#reply').count()).toBe(0);
  });

  it('comes through a restart of the server: what was typed is sent once, what was missed appears', async () => {
    const { page } = await desk('officer');
    const someone = await citizen('ขอคุยกับเจ้าหน้าที่');
    await page.goto(`${product.url}/desk/c/${someone.conversation}`);
    await page.locator('.composer button').click();
    await page.locator('#reply').waitFor();
    const { port } = new URL(product.url);
    await product.stop();
    await page.getByText('การเชื่อมต่อหลุด').waitFor();
    await page.locator('#reply').fill('ข้อความระหว่างหลุด');
    await page.keyboard.press('Enter');
    await page.locator('[data-outgoing]', { hasText: 'ข้อความระหว่างหลุด' }).waitFor();
    product = await startProduct({ dataDir, env: { ...demoEnv, PORT: port } });
    await page.locator('.message[data-seq]', { hasText: 'ข้อความระหว่างหลุด' }).waitFor();
    expect(await page.locator('.message', { hasText: 'ข้อความระหว่างหลุด' }).count()).toBe(1);
    const seqs = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.message[data-seq]')].map(line => Number(line.dataset.seq))`,
    );
    expect(seqs.length).toBeGreaterThan(3);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('goes back to the door when the session ends elsewhere', async () => {
    const { page } = await desk('supervisor');
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    await callApi(product.url, cookie, 'DELETE', '/api/v1/session');
    await page.getByText('หมดเวลาหรือออกจากระบบแล้ว').waitFor();
  });

  it.each([...screens, ['1920 px', { width: 1920, height: 1080 }] as const])(
    'keeps nobody out and fits at %s, in both themes',
    async (_, { letters, ...viewport }: (typeof screens)[number][1]) => {
      const { page } = await desk('officer');
      const someone = await citizen('เบี้ยผู้สูงอายุ', 'ขอคุยกับเจ้าหน้าที่');
      await page.setViewportSize(viewport);
      if (letters) await enlarge(page, letters);
      for (const theme of ['light', 'dark'] as const) {
        await page.getByRole('button', { name: 'ตั้งค่าและบัญชี' }).click();
        await page.getByLabel('หน้าจอ').selectOption(theme);
        expect(await barriers(page)).toEqual([]);
        await page.keyboard.press('Escape');
        for (const path of [
          '',
          `/c/${someone.conversation}`,
          `/c/${someone.conversation}/person`,
          '/contacts',
          '/log',
        ]) {
          await page.evaluate(
            `history.pushState(null, '', '/desk${path}'); dispatchEvent(new PopStateEvent('popstate'))`,
          );
          await page
            .locator('.list-pane:visible, .bubble:visible, .entry:visible, .contacts:visible, #log-person')
            .first()
            .waitFor();
          expect([path, theme, await barriers(page)]).toEqual([path, theme, []]);
          expect([path, await tooWide(page)]).toEqual([path, 0]);
        }
        await page.evaluate(
          `history.pushState(null, '', '/desk'); dispatchEvent(new PopStateEvent('popstate'))`,
        );
      }
    },
  );
});
