import type { Browser, Page } from 'playwright-core';
import { barriers, describeInBrowser, openBrowser, openPage } from '../support/browser';
import { callApi, demoEnv, signIn } from '../support/desk-clients';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';

const pictures = process.env['PICTURES'];
const harmless = 'https://www.tmd.go.th/';
/** What was asked, written and answered, and what it is about. */
const telling = /HIV|เอชไอวี|ถุงยาง|ลับสุดยอด/iu;

interface Listed {
  readonly id: string;
  readonly title: { readonly th: string };
  readonly sensitive: boolean;
  readonly appointment?: { readonly calendar?: string };
}

describeInBrowser('a sensitive matter among my matters', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  let page: Page;

  const chat = async (text: string, answer: RegExp): Promise<void> => {
    await page.getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
    await page.getByText(answer).last().waitFor();
  };
  const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).last().click();
  const visitor = (): Promise<string | null> =>
    page.evaluate<string | null>(`localStorage.getItem('thamrat.visitor')`);
  const mine = async (
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${product.url}/api/v1/my${path}`, {
      method,
      headers: { authorization: `Visitor ${await visitor()}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, text: await response.text() };
  };
  const listed = async (): Promise<readonly Listed[]> =>
    (JSON.parse((await mine('GET', '')).text) as { cases: readonly Listed[] }).cases;
  const theSuggestion = async (): Promise<Listed> => {
    const found = (await listed()).find(({ appointment }) => !appointment);
    if (!found) throw new Error('the suggestion is not listed');
    return found;
  };

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({ dataDir, env: demoEnv });
    ({ page } = await openPage(browser));
    await page
      .context()
      .route(`${harmless}**`, route =>
        route.fulfill({ contentType: 'text/html', body: '<title>weather</title><p>ฝนตกเล็กน้อย</p>' }),
      );
    await page.goto(`${product.url}/chat`);
    await chat('ตรวจเอชไอวีฟรีที่ไหน', /ตรวจ/u);
    await chat('อยากเสนอแนะว่าคลินิกควรแจกถุงยางด้วย ลับสุดยอด', /ตรวจก่อนส่ง/u);
    await press('ยืนยันและส่ง');
    await page.getByText('ได้รับแล้ว').last().waitFor();
    const desk = await signIn(product.url, 'supervisor');
    const { id } = await theSuggestion();
    for (const [key, act] of [
      ['take', { kind: 'take' }],
      ['answer', { kind: 'answer', text: 'จะแจกที่คลินิก HIV ลับสุดยอด' }],
    ] as const)
      expect(
        await callApi(product.url, desk, 'POST', `/api/v1/cases/${id}/acts`, { key, act }),
      ).toMatchObject({
        status: 200,
      });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  it('has no words in the list, and neither there nor by a code does anybody else get in', async () => {
    const { text } = await mine('GET', '');
    expect(text).not.toMatch(telling);
    const { id, title, sensitive } = await theSuggestion();
    expect({ title: title.th, sensitive }).toEqual({ title: 'ข้อเสนอแนะ', sensitive: true });
    expect((await mine('POST', `/cases/${id}/invites`, { key: 'one', as: 'family' })).status).toBe(404);
    expect((await mine('GET', `/cases/${id}`)).text).toContain('ลับสุดยอด');
  });

  it('is an appointment without a reason in the calendar file', async () => {
    await chat('จองคิว', /คิวเผื่อไว้ให้|ไปที่ไหนดี/u);
    await press('ไม่ใช่');
    await page.getByText('วันไหนดี').last().waitFor();
    await page
      .getByRole('log')
      .getByRole('button', { name: /พ\.ศ\.|25\d\d/u })
      .last()
      .click();
    await page.getByText('เวลาไหนดี').last().waitFor();
    await page
      .getByRole('button', { name: /^\d\d:\d\d น\.$/u })
      .last()
      .click();
    await press('จองเวลานี้');
    const calendar = await eventually(
      'the appointment is listed',
      async () => (await listed()).flatMap(({ appointment }) => appointment?.calendar ?? [])[0],
    );
    const file = await (await fetch(`${product.url}${calendar}`)).text();
    expect(file).toContain('BEGIN:VEVENT');
    expect(file).not.toMatch(telling);
  });

  it('shows its words on the page once opened, to nobody who only glimpses it, and not on paper', async () => {
    await page.goto(`${product.url}/my`);
    await page.getByText('เรื่องที่จบแล้ว 1 เรื่อง').click();
    expect(await page.locator('#page').innerText()).not.toMatch(telling);
    const card = page.locator('.card.sensitive', { hasText: 'ข้อเสนอแนะ' });
    await card.getByRole('button', { name: 'ดูและจัดการ' }).click();
    await card.getByText('ลับสุดยอด').waitFor();
    if (pictures) await page.screenshot({ path: `${pictures}/my-sensitive-360.png`, fullPage: true });
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await card.getByText('ลับสุดยอด').isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
  });

  it('speaks the language that the address asks for', async () => {
    await page.goto(`${product.url}/my?lang=en`);
    await page.getByRole('heading', { name: 'My matters' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('is left with one touch or three presses of Esc, and "back" does not return to it', async () => {
    const token = await visitor();
    for (const leave of [
      () => page.getByRole('button', { name: 'ออกจากหน้านี้ทันที' }).click(),
      async () => {
        for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Escape');
      },
    ]) {
      await page.goto(`${product.url}/services`);
      await page.evaluate(`localStorage.setItem('thamrat.visitor', '${token}')`);
      await page.goto(`${product.url}/chat`);
      await page.getByText('ลับสุดยอด').first().waitFor();
      await page.goto(`${product.url}/my`);
      await page.getByRole('button', { name: 'ออกจากหน้านี้ทันที' }).waitFor();
      await Promise.all([page.waitForURL(harmless), leave()]);
      await page.goBack();
      expect(page.url()).toBe(`${product.url}/chat`);
      await page.getByRole('textbox').waitFor();
      expect(await page.locator('body').innerText()).not.toMatch(telling);
      expect(await visitor()).not.toBe(token);
    }
  });
});
