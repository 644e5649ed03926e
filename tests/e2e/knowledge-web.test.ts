import type { Browser, Page } from 'playwright-core';
import { type ApiAnswer, type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { barriers, describeInBrowser, openBrowser, openPage, tooWide } from '../support/browser';
import { asked, picked } from '../support/chatting';
import { openCitizen } from '../support/desk-clients';
import { eventually } from '../support/product';

const password = 'a password of the test';
const dayMs = 24 * 60 * 60 * 1000;

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
  async function reviewed(id: string): Promise<ApiAnswer> {
    const session = await world.call('POST', '/session', { body: { username: 'second', password } });
    return world.call('GET', `/knowledge/entries/${id}`, { cookie: cookieFrom(session) });
  }
  async function expectReadable(page: Page): Promise<void> {
    expect(await barriers(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
  }
  async function open(page: Page, id = 'p1-02'): Promise<void> {
    await page.getByLabel('หาด้วยชื่อหรือรหัส').fill(id);
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

  it('tries rules on sample people before anything is published, gives dates, announces, and tells versions apart in words', async () => {
    const { page, complaints } = await signedIn('writer');
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
    await open(page, 'p1-08');
    await page.getByText('เกณฑ์ในแบบสอบถามสิทธิ', { exact: true }).click();
    await press('แก้เกณฑ์');
    await page.getByRole('button', { name: 'ลบข้อนี้' }).last().click();
    await press('ลองกับคนตัวอย่าง');
    const cardless = page.locator('tr', { hasText: 'คนพิการยังไม่มีบัตร' });
    expect(await cardless.textContent()).toMatch(/เห็นเพิ่ม.*คนนี้ไม่ควรเห็น/u);
    expect(await page.locator('tr', { hasText: 'แม่เลี้ยงเดี่ยว' }).count()).toBe(0);
    await expectReadable(page);
    await page.getByLabel('แก้อะไร เพราะอะไร').fill('ไม่ต้องมีบัตรแล้ว');
    await press('บันทึกฉบับร่าง');
    await press('แก้อะไรบ้าง');
    const changed = page.locator('.changes');
    await changed.getByText('คนพิการ: ใช่').waitFor();
    expect(await changed.textContent()).not.toMatch(/[{}[\]"]/u);

    await page.getByLabel('ใช้ได้ถึงวันที่').fill('2027-01-31');
    await press('บันทึกวัน');
    const midnight = Date.UTC(2027, 0, 31, 17);
    await eventually('the day is kept', async () => {
      const { entry } = (await reviewed('p1-08')).body as { entry: { expiresAt?: number } };
      return entry.expiresAt === midnight;
    });
    await page.getByLabel('ข้อความประกาศ').fill('เดือนนี้เงินเข้าช้า');
    await page.getByLabel('ข้อความภาษาอังกฤษ').fill('This month money is late');
    await page.getByLabel('ประกาศถึงวันที่').fill(new Date(world.now() + 3 * dayMs).toISOString().slice(0, 10));
    await press('ประกาศ');
    await page.getByText('This month money is late').first().waitFor();
    await press('ถอนประกาศ');
    await page.getByText('This month money is late').waitFor({ state: 'detached' });
    await expectReadable(page);

    await press('กลับไปที่รายการ');
    await page.getByText('ลองเกณฑ์กับคนตัวอย่าง', { exact: true }).click();
    await page.getByText('ผลเปลี่ยน 1 คน').waitFor();
    expect(await cardless.textContent()).toMatch(/เห็นเพิ่ม.*คนนี้ไม่ควรเห็น/u);
    await cardless.locator('summary').first().click();
    await expectReadable(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expectReadable(page);
    expect(complaints).toEqual([]);
  });

  it('shows questions, publications and files without barriers', async () => {
    const { page } = await signedIn('second');
    for (const part of ['คำถามที่ยังไม่มีคำตอบ', 'การเผยแพร่', 'ไฟล์']) {
      await page.getByText(part, { exact: true }).click();
      await expectReadable(page);
    }
  });

  it('shows what people thought of an answer and what they asked, and leads to its entry', async () => {
    const citizen = await openCitizen(world.url);
    const answers = await asked(citizen, 'เงินอุดหนุนบุตร โทร 0812345678');
    const choices = answers.flatMap(each => each.reply.choices ?? []);
    await picked(citizen, choices.find(each => each.id.startsWith('useful:no'))?.id ?? '');
    citizen.close();
    const { page, complaints } = await signedIn('writer');
    await eventually('it is written down', async () => {
      await page.getByText('เนื้อหา', { exact: true }).click();
      await page.getByText('ตอบแล้วช่วยได้ไหม', { exact: true }).click();
      const list = page.locator('ul[aria-label], .empty').first();
      await list.waitFor();
      return (await page.locator('q').count()) > 0;
    });
    expect(await page.locator('q').first().textContent()).toBe('เงินอุดหนุนบุตร โทร …');
    await page.getByText('ช่วยได้ 0 · ไม่ช่วย 1').waitFor();
    await expectReadable(page);
    await page.getByText('ที่ช่วยได้', { exact: true }).click();
    await page.getByText('ยังไม่มีใครบอก').waitFor();
    await page.getByText('ที่ไม่ช่วย', { exact: true }).click();
    await page.locator('.knowledge-list .link').first().click();
    await page.getByRole('heading', { name: 'ประวัติการแก้ไข' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows what is missing by part, agency and entry, with the way to mend it', async () => {
    const { page, complaints } = await signedIn('writer');
    await page.getByText('ยังขาดอะไร', { exact: true }).click();
    const row = page.getByRole('row', { name: /^วันทบทวนครั้งต่อไป 0\/\d+$/u });
    // The numbers stand in one line beside their bar.
    expect((await row.boundingBox())?.height).toBeLessThan(64);
    const lacking = page.getByRole('heading', { name: /^เรื่องที่ยังไม่ครบ/u });
    const everywhere = await lacking.textContent();
    await page.getByText('แยกตามหน่วยงาน').click();
    await expectReadable(page);
    await page.locator('details .link').first().click();
    expect(await page.getByLabel('หน่วยงาน', { exact: true }).inputValue()).not.toBe('');
    expect(await lacking.textContent()).not.toBe(everywhere);
    await page.locator('.knowledge-list .link').first().click();
    await page.getByRole('heading', { name: 'ประวัติการแก้ไข' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('begins the entry of a service outside the catalogue, and says in Thai what is amiss', async () => {
    const { page, complaints } = await signedIn('writer');
    await page.getByRole('button', { name: 'เขียนเรื่องใหม่' }).click();
    const make = page.getByRole('button', { name: 'สร้างฉบับร่าง แล้วเขียนต่อ' });
    await make.click();
    await page.getByText('บอกชื่อที่คนเรียก อย่างน้อย 3 ตัวอักษร').waitFor();
    await expectReadable(page);
    await page.getByLabel('ชื่อที่คนเรียก (ไทย)').fill('รถรับส่งผู้สูงอายุไปโรงพยาบาล');
    await page.getByLabel('คำตอบสั้น ๆ (ไทย)').fill('โทรจองรถของเทศบาลได้ก่อนวันนัด 1 วัน');
    await page.getByLabel('ข้อมูลมาจากไหน').fill('ประกาศเทศบาล 1 พ.ย. 2569');
    for (const label of ['หน่วยงานเจ้าของเรื่อง', 'คนมาทำอะไร', 'หมวด'])
      await page.getByLabel(label).selectOption({ index: 1 });
    const id = page.getByLabel('รหัส');
    await id.fill('p1-02');
    await make.click();
    await page.getByText('มีเรื่องที่ใช้รหัสนี้แล้ว').waitFor();
    await id.fill('pua-elder-bus');
    await make.click();
    await page.getByRole('heading', { name: 'รถรับส่งผู้สูงอายุไปโรงพยาบาล' }).waitFor();
    await page.getByLabel('ทบทวนครั้งต่อไป').fill('2027-01-15');
    await page.getByRole('button', { name: 'บันทึกวัน' }).click();
    await page.getByRole('button', { name: 'กลับไปที่รายการ' }).click();
    await page.getByLabel('หาด้วยชื่อหรือรหัส').fill('pua-elder-bus');
    await page.locator('.knowledge-list').getByText('pua-elder-bus · ฉบับร่าง').waitFor();
    const { body } = await reviewed('pua-elder-bus');
    expect(body['entry']).toMatchObject({ state: 'draft', reviewAt: Date.UTC(2027, 0, 14, 17) });
    expect(complaints.filter(each => !each.includes('422'))).toEqual([]);
  });
});
