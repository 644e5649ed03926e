import type { Browser, Page } from 'playwright-core';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { barriers, describeInBrowser, openBrowser, openPage, tooWide } from '../support/browser';

const password = 'a password of the test';

/** What an editor and a reviewer do in the desk's page, from the first change to the live answer. */
describeInBrowser('the pages of editors and reviewers in a browser', () => {
  let world: AppWorld;
  let browser: Browser;
  beforeAll(async () => {
    world = await startAppWorld({ DEMO: 'true', DEMO_PASSWORD: password });
    const people = { writer: 'editor', second: 'reviewer' } as const;
    for (const [username, role] of Object.entries(people))
      await world.app.accounts.add({ username, name: username, role, agencyId: 'operator', password });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  async function signedIn(username: string): Promise<{ page: Page; complaints: string[] }> {
    const { page, complaints } = await openPage(browser);
    await page.goto(`${world.url}/desk`);
    await page.getByLabel('ชื่อผู้ใช้').fill(username);
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
    await page.getByRole('heading', { name: 'คลังความรู้' }).waitFor();
    // Signing in asks first who is there; that the browser calls an error.
    complaints.length = 0;
    return { page, complaints };
  }
  async function expectReadable(page: Page): Promise<void> {
    expect(await barriers(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
  }
  async function open(page: Page): Promise<void> {
    await page.getByLabel('หาด้วยชื่อหรือรหัส').fill('p1-02');
    await page.locator('.knowledge-list .link').first().click();
    await page.getByRole('heading', { name: 'ประวัติการแก้ไข' }).waitFor();
  }

  it('takes a change from the editor over the reviewer to what people are told', async () => {
    const writer = await signedIn('writer');
    await expectReadable(writer.page);
    await open(writer.page);
    await expectReadable(writer.page);
    const answer = writer.page.getByLabel('คำตอบ (ไทย)');
    await answer.fill('ดู <script>alert(1)</script>');
    await writer.page.getByLabel('แก้อะไร เพราะอะไร').fill('ลองผิด');
    await writer.page.getByRole('button', { name: 'บันทึกฉบับร่าง' }).click();
    await writer.page.getByRole('alert').filter({ hasText: 'markup' }).first().waitFor();
    await answer.fill('คำตอบที่แก้จากหน้าเว็บ');
    await writer.page.getByLabel('แก้อะไร เพราะอะไร').fill('แก้ให้สั้น');
    await writer.page.getByRole('button', { name: 'บันทึกฉบับร่าง' }).click();
    await writer.page.getByRole('button', { name: 'ส่งให้ตรวจทาน' }).click();
    await writer.page.getByText('รอตรวจทาน').first().waitFor();

    const reviewer = await signedIn('second');
    await open(reviewer.page);
    await reviewer.page.getByRole('button', { name: 'แก้อะไรบ้าง' }).first().click();
    await reviewer.page.getByText('คำตอบ › ภาษาไทย').first().waitFor();
    await reviewer.page.getByLabel('เหตุผล (เก็บไว้ในประวัติ)').fill('อ่านแล้วถูกต้อง');
    await expectReadable(reviewer.page);
    await reviewer.page.getByRole('button', { name: 'ผ่าน', exact: true }).click();
    await reviewer.page.getByRole('button', { name: 'เผยแพร่', exact: true }).click();
    await reviewer.page.getByText('เผยแพร่แล้ว').first().waitFor({ timeout: 90_000 });
    expect(writer.complaints.filter(each => !each.includes('422'))).toEqual([]);
    expect(reviewer.complaints).toEqual([]);
  });

  it('shows questions, publications and files without barriers', async () => {
    const { page } = await signedIn('second');
    for (const part of ['คำถามที่ยังไม่มีคำตอบ', 'การเผยแพร่', 'ไฟล์']) {
      await page.getByText(part, { exact: true }).click();
      await expectReadable(page);
    }
  });
});
