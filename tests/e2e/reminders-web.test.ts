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
import { demoEnv, demoPassword } from '../support/desk-clients';
import { type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';

const isExpected = (complaint: string): boolean => complaint.includes('401');
const pictures = process.env['PICTURES_DIR'];

describeInBrowser('reminders and campaigns at the desk', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  let page: Page;
  let complaints: string[];
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({
      dataDir,
      env: { ...demoEnv, OPERATOR_NAME: 'อบต.ปัว', OPERATOR_PHONE: '054123456' },
    });
    ({ page, complaints } = await openPage(browser, { viewport: { width: 1280, height: 800 } }));
    await page.goto(`${product.url}/desk`);
    await page.getByLabel('ชื่อผู้ใช้').fill('supervisor');
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'รอรับ' }).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  /** Every width, twice the text size, and an automated look for barriers. */
  async function fitsEverywhere(name: string): Promise<void> {
    for (const [screen, { width, height, letters = 100 }] of screens) {
      await page.setViewportSize({ width, height });
      await enlarge(page, letters);
      const wider = await tooWide(page);
      if (wider > 0) faults.push(`${name} at ${screen}: ${wider} px too wide`);
      if (pictures && letters === 100 && (width === 360 || width === 1280))
        await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await enlarge(page, 100);
    faults.push(...(await barriers(page)).map(each => `${name}: ${each}`));
  }
  const part = (label: string): Promise<void> => page.getByText(label, { exact: true }).first().click();
  async function turnTo(month: string): Promise<void> {
    const heading = page.locator('#month-name');
    const name = Date.now() < Date.UTC(2027, 0, 12) ? 'เดือนถัดไป' : 'เดือนก่อน';
    for (let turns = 0; turns < 40 && !(await heading.innerText()).includes(month); turns += 1)
      await page.getByRole('button', { name }).click();
  }
  const file = (lines: readonly string[]) => ({
    name: 'บ้านปัว.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });

  it('makes a reminder with the text as it arrives beside it, and shows it in the calendar', async () => {
    await page.getByRole('button', { name: 'เตือน', exact: true }).click();
    await page.getByRole('heading', { name: 'การเตือนและแคมเปญ' }).waitFor();
    await part('ตั้งเตือน');
    await page.getByLabel('เบอร์โทรผู้รับ').fill('081 234 5678');
    await page.getByLabel('เรื่อง', { exact: true }).fill('เบี้ยผู้สูงอายุ');
    await page.getByLabel('สถานที่').fill('อบต.ปัว');
    await page.getByLabel('วันเวลา').fill('2027-01-12T09:00');
    const screen = page.locator('.feature-screen');
    await screen.filter({ hasText: 'นัดเบี้ยผู้สูงอายุ' }).waitFor();
    expect(await screen.innerText()).toBe('นัดเบี้ยผู้สูงอายุ อบต.ปัว อังคาร 12 ม.ค. 70 9 โมงเช้า โทร 054123456');
    await page.getByText('68 ตัวอักษร · 1 ส่วน').waitFor();
    await fitsEverywhere('reminder-new');
    await page.getByLabel('สถานที่').fill('bit.ly/abc');
    await page.getByText('หน่วยงานรัฐส่งลิงก์ทาง SMS ไม่ได้').waitFor();
    await page.getByLabel('สถานที่').fill('อบต.ปัว');
    await page.getByLabel('ยินยอมหรือแจ้งไว้อย่างไร').fill('ใบนัด');
    await page.locator('button[type=submit]', { hasText: 'ตั้งเตือน' }).click();
    await page.getByText('ตั้งเตือนแล้ว').waitFor();
    await part('ปฏิทิน');
    await turnTo('มกราคม 2570');
    await page.getByRole('button', { name: '12 ม.ค. 2570 มี 1 รายการ' }).click();
    await page.getByRole('cell', { name: 'เบี้ยผู้สูงอายุ · อบต.ปัว' }).waitFor();
    await fitsEverywhere('reminder-list');
    await page.getByRole('button', { name: 'ยกเลิก', exact: true }).click();
    await page.getByRole('cell', { name: 'ยกเลิกแล้ว' }).waitFor();
  });

  it('fills in a date of law, with what to know about it', async () => {
    await part('ตั้งเตือน');
    await page.getByLabel('ประเภท').selectOption('renewal');
    await page.getByLabel('วันที่กฎหมายกำหนดไว้').selectOption('income-tax');
    await page.getByText('ประมวลรัษฎากร มาตรา 56').waitFor();
    await page.locator('.feature-screen', { hasText: 'ยื่นภาษีเงินได้ ทำได้ถึง' }).waitFor();
    expect(await page.getByLabel('วันเวลา').inputValue()).toMatch(/^\d{4}-03-31T09:00$/u);
    await fitsEverywhere('reminder-known');
  });

  it('counts every day of a month and shows all of a day, page by page', async () => {
    await page.evaluate(async () => {
      const dueAt = Date.parse('2027-01-13T09:00:00+07:00');
      const make = (n: number): Promise<Response> =>
        fetch('/api/v1/reminders', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            ...{ clientId: `page-${n}`, phone: '+66812345678', purpose: 'personal', dueAt, leadsMs: [0] },
            basis: { basis: 'consent', at: 1, how: 'asked for it' },
            text: { template: 'personal', values: { what: { kind: 'text', text: `กินยา ${n}` } } },
            ladder: [{ way: 'sms' }],
          }),
        });
      const made = await Promise.all(Array.from({ length: 53 }, (_, n) => make(n)));
      if (made.some(({ ok }) => !ok)) throw new Error('not made');
    });
    await part('ปฏิทิน');
    await turnTo('มกราคม 2570');
    await page.getByRole('button', { name: '13 ม.ค. 2570 มี 53 รายการ' }).click();
    const rows = page.locator('section[aria-labelledby=day-name] tbody tr');
    await rows.nth(49).waitFor();
    expect(await rows.count()).toBe(50);
    await page.getByRole('button', { name: 'แสดงรายการต่อไป' }).click();
    await rows.nth(52).waitFor();
    await rows.nth(52).getByRole('button', { name: 'ยกเลิก', exact: true }).click();
    await rows.nth(52).getByText('ยกเลิกแล้ว').waitFor();
    expect(await rows.count()).toBe(53);
    expect(await page.getByRole('button', { name: 'แสดงรายการต่อไป' }).count()).toBe(0);
  });

  it('checks a file, names what is wrong, and makes what is right', async () => {
    await part('นำเข้าไฟล์');
    await page.getByText('รายชื่อสำหรับแคมเปญ').click();
    await page.getByLabel('ชื่อกลุ่มของคนในไฟล์นี้').fill('บ้านปัว');
    await page.getByLabel(/ไฟล์ CSV/u).setInputFiles(file(['ชื่อ,ตำบล', 'ทอง,ปัว']));
    await page.getByRole('button', { name: 'ตรวจไฟล์' }).click();
    await page.getByText('แถวแรกต้องมีหัวคอลัมน์ครบ: เบอร์โทร').waitFor();
    await page.getByRole('button', { name: 'กลับไปรายการ' }).click();
    await page.getByLabel(/ไฟล์ CSV/u).setInputFiles(file(['เบอร์โทร,ตำบล', '0810000001,ปัว', 'ไม่มี,ปัว']));
    await fitsEverywhere('import');
    await page.getByRole('button', { name: 'ตรวจไฟล์' }).click();
    await page.getByText('พบที่ผิด ยังไม่ได้ทำอะไร').waitFor();
    await page.getByRole('cell', { name: 'เบอร์โทรไม่ถูก เขียนแบบ 0812345678' }).waitFor();
    await fitsEverywhere('import-problems');
    await page.getByRole('button', { name: 'กลับไปรายการ' }).click();
    await page
      .getByLabel(/ไฟล์ CSV/u)
      .setInputFiles(file(['เบอร์โทร,ตำบล', '0810000001,ปัว', '0810000002,สกาด']));
    await page.getByRole('button', { name: 'ตรวจไฟล์' }).click();
    await page.getByRole('button', { name: 'ถูกต้อง ตั้งเตือนทั้งหมด' }).click();
    await page.getByText('2 แถว ผิด 0 จุด ตั้งแล้ว 2 รายการ').waitFor();
  });

  it('builds an audience, counts it, starts, and shows results as bars and as a table', async () => {
    await part('แคมเปญ');
    await page.getByRole('button', { name: 'แคมเปญใหม่' }).click();
    await page.getByLabel('ชื่อแคมเปญ').fill('ข่าวถึงคนที่โทรมา');
    await page.getByLabel('ข้อความ', { exact: true }).fill('พรุ่งนี้น้ำไม่ไหล 9 โมงถึงเที่ยง');
    await page.getByText('คนที่เคยติดต่อ', { exact: true }).click();
    await page.getByLabel('ติดต่อมาตั้งแต่วันที่').fill('2026-01-01');
    await page.getByRole('textbox', { name: /^บริการหรือเรื่อง/u }).fill('เบี้ยผู้สูงอายุ');
    await page.locator('.search-hits').getByRole('option').first().click();
    await page.getByRole('button', { name: /^เอา .* ออก$/u }).waitFor();
    await page.getByRole('checkbox', { name: 'โทรศัพท์' }).check();
    await fitsEverywhere('campaign-contacts');
    await page.getByRole('button', { name: 'นับคนและค่าใช้จ่าย' }).click();
    await page.getByText(/^\d+ คน × 1 ส่วน = /u).waitFor();
    await page.getByRole('button', { name: 'กลับไปรายการ' }).click();
    await page.getByRole('button', { name: 'แคมเปญใหม่' }).click();
    await page.getByLabel('ชื่อแคมเปญ').fill('น้ำไม่ไหล');
    await page.getByLabel('ข้อความ', { exact: true }).fill('พรุ่งนี้น้ำไม่ไหล 9 โมงถึงเที่ยง');
    await page.getByLabel('ปัว (1)', { exact: true }).check();
    await fitsEverywhere('campaign-new');
    await page.getByRole('button', { name: 'นับคนและค่าใช้จ่าย' }).click();
    await page.getByText('1 คน × 1 ส่วน = 0.50 บาท').waitFor();
    await page.getByRole('button', { name: 'เริ่มส่ง' }).click();
    await page
      .getByRole('button', { name: 'พัก', exact: true })
      .or(page.getByText('ส่งครบแล้ว'))
      .first()
      .waitFor();
    await page.locator('.charts svg.recharts-surface').first().waitFor();
    expect(await page.locator('.figures tbody tr').count()).toBe(9);
    await fitsEverywhere('campaign');
    await page.getByRole('button', { name: 'กลับไปรายการ' }).click();
    await page.getByRole('button', { name: 'น้ำไม่ไหล' }).waitFor();
    await part('ส่งไม่ถึง');
    await fitsEverywhere('letters');
    expect(complaints.filter(complaint => !isExpected(complaint))).toEqual([]);
  });

  it('fitted every screen and twice the text size, and kept nobody out', () => {
    expect(faults).toEqual([]);
  });
});
