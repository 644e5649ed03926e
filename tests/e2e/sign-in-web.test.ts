import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { barriers, describeInBrowser, openBrowser, openPage, tooWide } from '../support/browser';

const password = 'ข้าวเหนียวมะม่วง 42';
const halfMinute = 30_000;

describeInBrowser('the first administrator at the desk in a browser', () => {
  let world: AppWorld;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let secret = '';
  let codes: string[] = [];
  beforeAll(async () => {
    world = await startAppWorld({});
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  const totp = (): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.now() });
  async function signIn(): Promise<void> {
    await page.getByLabel('ชื่อผู้ใช้').fill('chief');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  }
  async function signOut(): Promise<void> {
    await page.goto(`${world.url}/desk#security`);
    await page.getByRole('button', { name: 'ออกจากระบบ' }).click();
    await page.goto(`${world.url}/desk`);
  }
  async function expectReadable(): Promise<void> {
    expect(await barriers(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
  }

  it('sets a password with the code of the first start', async () => {
    await page.goto(`${world.url}/desk#setup`);
    await page.getByLabel('รหัสตั้งค่า').fill((await world.app.firstRun) ?? '');
    await page.getByLabel('ฉันเป็นผู้ดูแลระบบคนแรกของระบบนี้').check();
    await page.getByLabel('ชื่อผู้ใช้').fill('chief');
    await page.getByLabel('ชื่อ-นามสกุล').fill('หัวหน้า ใจดี');
    await page.getByLabel('รหัสผ่านใหม่', { exact: true }).fill('สั้น');
    await expectReadable();
    await page.getByRole('button', { name: 'ตั้งรหัสผ่าน' }).click();
    await page.getByRole('alert').filter({ hasText: 'ดูข้อกำหนด' }).waitFor();
    await page.getByLabel('รหัสผ่านใหม่', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'ตั้งรหัสผ่าน' }).click();
    await page.getByRole('heading', { name: 'เข้าโต๊ะเจ้าหน้าที่' }).waitFor();
  });

  it('does not let past before there is a second factor', async () => {
    await signIn();
    await page.getByText('ต้องยืนยันตัวตนสองชั้นก่อนเริ่มงาน').waitFor();
    await page.getByRole('button', { name: 'เริ่มเพิ่มแอป' }).click();
    secret = (await page.locator('.secret').textContent()) ?? '';
    await page.getByRole('img', { name: 'คิวอาร์โค้ด' }).waitFor();
    await expectReadable();
    await page.getByLabel('รหัส 6 หลักจากแอป').fill(totp());
    await page.getByRole('button', { name: 'ยืนยันและเปิดใช้' }).click();
    await page.getByRole('heading', { name: 'รหัสสำรอง' }).waitFor();
    codes = await page.locator('.codes code').allTextContents();
    expect(codes).toHaveLength(10);
    await page.getByRole('button', { name: 'เก็บไว้แล้ว' }).click();
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
    world.pass(halfMinute);
  });

  it('asks for the code of the app the next time, and takes a recovery code in its place', async () => {
    await signOut();
    await signIn();
    await page.getByLabel('รหัสยืนยันตัวตน').fill('000000');
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
    await page.getByRole('alert').filter({ hasText: 'รหัสยืนยันตัวตนไม่ถูก' }).waitFor();
    await expectReadable();
    await page.getByLabel('รหัสยืนยันตัวตน').fill(totp());
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
    await signOut();
    await signIn();
    await page.getByLabel('รหัสยืนยันตัวตน').fill(codes[0] ?? '');
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
  });

  it('shows how the account signs in, and ends a session elsewhere', async () => {
    const elsewhere = await world.call('POST', '/session', {
      body: { username: 'chief', password, code: codes[1] ?? '' },
      agent: 'Lost laptop',
    });
    const cookie = elsewhere.cookies[0]?.split(';')[0] ?? '';
    await page.goto(`${world.url}/desk#security`);
    await page.getByText('เหลือ 8 รหัส').waitFor();
    await expectReadable();
    await page.locator('li', { hasText: 'Lost laptop' }).getByRole('button', { name: 'ให้ออก' }).click();
    await page.locator('li', { hasText: 'Lost laptop' }).waitFor({ state: 'detached' });
    expect((await world.call('GET', '/session', { cookie })).code).toBe('NOT_SIGNED_IN');
    await page.getByRole('button', { name: 'กลับไปทำงาน' }).click();
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
    // What a refused request is, the browser counts as an error.
    expect(complaints.filter(complaint => !/40[013]/u.test(complaint))).toEqual([]);
  });
});
