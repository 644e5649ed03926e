import type { Browser, Page } from 'playwright-core';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { barriers, describeInBrowser, openBrowser, openPage, tooWide } from '../support/browser';
import { type CitizenClient, demoEnv, demoPassword, openCitizen } from '../support/desk-clients';
import { eventually } from '../support/product';
import { png } from '../support/sample-files';

/** Whether the page draws a picture of this width. */
const drawn = (page: Page, width: number): Promise<boolean> =>
  page
    .locator('img')
    .evaluateAll(
      (images, wanted) => images.some((image): boolean => Reflect.get(image, 'naturalWidth') === wanted),
      width,
    );

const hourMs = 60 * 60 * 1000;

/** What administrators look after, in a browser: rights of people, breaches, accounts, and the record of what was done. */
describeInBrowser('administration at the desk in a browser', () => {
  let world: AppWorld;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let citizen: CitizenClient;

  beforeAll(async () => {
    world = await startAppWorld(demoEnv);
    await world.app.demo;
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    // The page's clock is the server's.
    await page.clock.setFixedTime(world.now());
    citizen = await openCitizen(world.url);
    await citizen.say('ขอดูข้อมูลของฉัน');
  });
  afterAll(async () => {
    citizen.close();
    await browser.close();
    await world.stop();
  });

  async function expectReadable(): Promise<void> {
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 1280, height: 800 },
    ]) {
      await page.setViewportSize(viewport);
      expect(await barriers(page)).toEqual([]);
      expect(await tooWide(page)).toBeLessThanOrEqual(0);
    }
  }
  const tab = (name: string): Promise<void> =>
    page.getByRole('navigation', { name: 'ดูแลระบบ' }).getByRole('button', { name }).click();
  const press = (name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).first().click();

  it('is not shown to those who do not administer', async () => {
    await page.goto(`${world.url}/desk`);
    await page.getByLabel('ชื่อผู้ใช้').fill('officer');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await press('เข้าสู่ระบบ');
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
    expect(await page.getByRole('button', { name: 'ดูแลระบบ' }).count()).toBe(0);
    await page.context().clearCookies();
  });

  it('takes a request through being identified to its answer, with the bundle at hand', async () => {
    await page.goto(`${world.url}/desk/admin/requests`);
    await page.getByLabel('ชื่อผู้ใช้').fill('admin');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await press('เข้าสู่ระบบ');
    const card = page.locator('.admin-card').filter({ hasText: 'ขอดูหรือขอสำเนาข้อมูล' }).first();
    await card.getByText('เหลือ 30 วัน').waitFor();
    await expectReadable();
    await card.getByLabel('ยืนยันตัวตนอย่างไร').fill('บัตรประชาชนที่เคาน์เตอร์');
    await card.getByRole('button', { name: 'ยืนยันตัวตนแล้ว' }).click();
    const bundle = card.getByRole('link', { name: 'เปิดหน้าสำหรับพิมพ์' });
    const [opened] = await Promise.all([page.context().waitForEvent('page'), bundle.click()]);
    await opened.getByText('ขอดูข้อมูลของฉัน').first().waitFor();
    await opened.close();
    await card.getByLabel('ทำอะไรไป หรือปฏิเสธเพราะอะไร').fill('พิมพ์ให้แล้ว');
    await card.getByRole('button', { name: 'ตอบคำขอแล้ว' }).click();
    await page.getByText('ยังไม่มีคำขอ').waitFor();
  });

  it('notes a request, a withdrawal and a hold for somebody at the counter, and a hold stops the erasure', async () => {
    const filed = {
      way: 'walk-in',
      type: 'inquiry',
      at: world.now(),
      status: 'open',
      person: { name: 'ยายทอง' },
    };
    const contact = await page.request.post(`${world.url}/api/v1/contacts`, { data: filed });
    expect(contact.status()).toBe(201);
    await page.getByLabel('ชื่อหรือเบอร์โทร').fill('ยายทอง');
    await press('ค้นหา');
    const person = page.locator('.admin-card').filter({ hasText: 'ยายทอง' });
    await person.getByText('ขอลบข้อมูล').click();
    await person.getByRole('button', { name: 'บันทึกคำขอ' }).click();
    await person.getByLabel('คำพูดของเจ้าตัว หรือเหตุผล').fill('ไม่เอาแล้วข่าวสาร');
    await person.getByRole('button', { name: 'ถอนความยินยอม' }).click();
    await page.getByText('บันทึกการถอนความยินยอมแล้ว').waitFor();
    await person.getByLabel('คำพูดของเจ้าตัว หรือเหตุผล').fill('คดีปกครอง 12/2569');
    await person.getByRole('button', { name: 'ระงับการลบ (คดีหรือกฎหมาย)' }).click();
    await page.getByText('ระงับการลบแล้ว', { exact: true }).waitFor();
    await expectReadable();

    const card = page.locator('.admin-card').filter({ hasText: 'รอยืนยันตัวตน' });
    await card.getByLabel('ยืนยันตัวตนอย่างไร').fill('บัตรประชาชน');
    await card.getByRole('button', { name: 'ยืนยันตัวตนแล้ว' }).click();
    const erasure = page
      .locator('.admin-card')
      .filter({ has: page.getByRole('heading', { name: 'ขอลบข้อมูล', exact: true }) });
    await erasure.getByRole('button', { name: 'ลบข้อมูลของคนนี้' }).click();
    await erasure.getByText('เรียกคืนไม่ได้').waitFor();
    await erasure.getByRole('button', { name: 'แน่ใจ ลบเลย' }).click();
    await erasure.getByRole('alert').waitFor();
    await person.getByRole('button', { name: 'เลิกระงับการลบ' }).click();
    await page.getByText('เลิกระงับการลบแล้ว', { exact: true }).waitFor();
    await erasure.getByRole('button', { name: 'แน่ใจ ลบเลย' }).click();
    await page.getByText('ยังไม่มีคำขอ').waitFor();
    await page.getByText('ทั้งหมด', { exact: true }).click();
    await page.getByText('ลบแล้ว:').waitFor();
  });

  it('keeps the breach register with its clock of 72 hours', async () => {
    await tab('ทะเบียนเหตุละเมิด');
    await page.getByLabel('เกิดอะไรขึ้น').fill('แฟ้มรายชื่อหาย');
    await page.getByLabel('กระทบประมาณกี่คน').fill('40');
    await press('ลงทะเบียน');
    const card = page.locator('.admin-card').filter({ hasText: 'แฟ้มรายชื่อหาย' });
    await card.getByText('เหลือ 3 วัน').waitFor();
    await expectReadable();
    world.pass(73 * hourMs);
    await page.clock.setFixedTime(world.now());
    // A session is over after an hour: whoever comes back signs in again.
    await page.reload();
    await page.getByLabel('ชื่อผู้ใช้').fill('admin');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await press('เข้าสู่ระบบ');
    await card.getByText('เลยกำหนด').waitFor();
    expect(await card.getByRole('button', { name: 'แจ้งสำนักงานฯ แล้ว' }).isEnabled()).toBe(false);
    await card.getByLabel('แจ้งช้าเพราะอะไร').fill('สอบสวนนาน');
    await card.getByRole('button', { name: 'แจ้งสำนักงานฯ แล้ว' }).click();
    await card.getByText('แจ้งแล้ว (ช้า)').waitFor();
    await card.getByRole('button', { name: 'ปิดเหตุนี้' }).click();
    await card.getByText('ปิดเมื่อ').waitFor();
  });

  it('makes an account, changes it, signs it out, resets it', async () => {
    await tab('บัญชีเจ้าหน้าที่');
    await page.getByLabel('ชื่อผู้ใช้').fill('somsri');
    await page.getByLabel('ชื่อ-นามสกุล').fill('สมศรี ขยัน');
    await press('สร้างบัญชี');
    await page.getByRole('heading', { name: 'รหัสตั้งค่าของ สมศรี ขยัน' }).waitFor();
    const code = (await page.locator('.secret code').textContent()) ?? '';
    await expectReadable();
    const password = 'ข้าวเหนียวมะม่วง 42';
    const setUp = await world.call('POST', '/account/setup', { body: { code, password } });
    expect(setUp.status).toBe(201);
    const cookie = (await world.call('POST', '/session', { body: { username: 'somsri', password } }))
      .cookies[0];
    await press('ส่งให้แล้ว');

    const card = page.locator('.admin-card').filter({ hasText: 'สมศรี ขยัน' });
    await card.getByRole('button', { name: 'ดูว่าลงชื่อเข้าใช้ที่ไหน' }).click();
    await card.getByText('เข้าเมื่อ').waitFor();
    await card.getByRole('button', { name: 'ให้ออกจากระบบทุกเครื่อง' }).click();
    await card.getByText('ไม่ได้ลงชื่อเข้าใช้อยู่').waitFor();
    const { code: ended } = await world.call('GET', '/session', { cookie: cookie?.split(';')[0] ?? '' });
    expect(ended).toBe('NOT_SIGNED_IN');
    await card.getByLabel('บทบาท').selectOption('supervisor');
    await card.getByRole('button', { name: 'ปิดใช้' }).click();
    await card.getByText('ปิดใช้อยู่').waitFor();
    await expectReadable();
    await card.getByRole('button', { name: 'เปิดใช้' }).click();
    await card.getByRole('button', { name: 'ล้างรหัสผ่านและการยืนยันสองชั้น' }).click();
    await card.getByRole('button', { name: 'แน่ใจ ล้างเลย' }).click();
    await page.getByRole('heading', { name: 'รหัสตั้งค่าของ สมศรี ขยัน' }).waitFor();
  });

  it('shows what was done, and proves that the record is whole', async () => {
    await tab('บันทึกตรวจสอบ');
    await page.getByRole('cell', { name: 'สร้างบัญชี' }).first().waitFor();
    await press('ตรวจว่าบันทึกครบถ้วน');
    await page.getByText(/ครบถ้วน \d+ รายการ/u).waitFor();
    const entries = page.locator('section[aria-labelledby="audit-title"] tbody tr');
    const erasures = entries.filter({ hasText: 'ลบข้อมูลของบุคคล' });
    await page.getByRole('combobox', { name: 'การกระทำ' }).fill('ลบข้อมูลของบุคคล');
    await page.getByRole('option', { name: 'ลบข้อมูลของบุคคล', exact: true }).click();
    await press('ค้นหา');
    await entries.filter({ hasText: 'สร้างบัญชี' }).first().waitFor({ state: 'detached' });
    expect(await erasures.count()).toBeGreaterThan(0);
    expect(await erasures.count()).toBe(await entries.count());
    await expectReadable();
    expect(complaints.filter(each => !/40[0-9]|409/u.test(each))).toEqual([]);
  });

  it('takes a photograph from the web chat to the officer who looks at it', async () => {
    const chat = await openPage(browser);
    await chat.page.goto(`${world.url}/chat`);
    await chat.page.getByLabel('แนบรูปหรือ PDF').setInputFiles({
      ...{ name: 'หลุมหน้าบ้าน.png', mimeType: 'image/png' },
      buffer: png({ side: 40 }),
    });
    await chat.page.getByLabel('แนบตำแหน่งที่ถ่ายไปด้วย').waitFor();
    expect(await barriers(chat.page)).toEqual([]);
    expect(await tooWide(chat.page)).toBeLessThanOrEqual(0);
    await chat.page.locator('.chosen').getByRole('button', { name: 'ส่ง', exact: true }).click();
    await chat.page.getByText('ส่ง หลุมหน้าบ้าน.png แล้ว').waitFor();
    await chat.page.locator('.chosen').waitFor({ state: 'hidden' });
    await chat.page.getByLabel('แนบรูปหรือ PDF').setInputFiles({
      ...{ name: 'photo.jpg', mimeType: 'image/jpeg' },
      buffer: Buffer.from('<script>alert(1)</script>'),
    });
    await chat.page.locator('.chosen').getByRole('button', { name: 'ส่ง', exact: true }).click();
    await chat.page.getByText('ส่งได้เฉพาะรูป').waitFor();
    await chat.page.getByRole('textbox').fill('ขอคุยกับเจ้าหน้าที่');
    await chat.page.keyboard.press('Enter');

    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${world.url}/desk`);
    await page.getByRole('button', { name: 'รับเรื่อง' }).first().click();
    await page.getByRole('button', { name: 'เปิดดู หลุมหน้าบ้าน.png' }).click();
    const picture = page.getByRole('img', { name: 'หลุมหน้าบ้าน.png' });
    await picture.waitFor();
    await eventually('the drawn picture', () => drawn(page, 40));
    expect(await barriers(page)).toEqual([]);

    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'แผนที่.png', mimeType: 'image/png' },
      buffer: png({ side: 30 }),
    });
    await chat.page.getByRole('img', { name: 'รูปจากเจ้าหน้าที่' }).waitFor();
    await eventually('the drawn picture', () => drawn(chat.page, 30));
    await chat.close();
  });
});
