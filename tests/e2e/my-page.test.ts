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
import { bangkokIsoDate } from '../../core';
import { callApi, demoEnv, demoPassword, signIn } from '../support/desk-clients';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';

const pictures = process.env['PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};

const dayMs = 24 * 60 * 60 * 1000;

/** What an administrator reads of one kind of act. */
async function recorded(url: string, action: string): Promise<unknown> {
  const admin = await signIn(url, 'admin');
  return (await callApi(url, admin, 'GET', `/api/v1/audit?action=${action}`)).body['entries'];
}

describeInBrowser('my matters in a browser', () => {
  const dataDir = temporaryFolder();
  let browser: Browser;
  let product: Product;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct({ dataDir, env: demoEnv });
    ({ page, complaints } = await openPage(browser));
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    removeFolder(dataDir);
  });

  const chat = async (text: string, answer: RegExp): Promise<void> => {
    await page.getByRole('textbox').fill(text);
    await page.keyboard.press('Enter');
    await page.getByText(answer).last().waitFor();
  };

  it('says to whom nobody is known yet where to begin', async () => {
    await page.goto(`${product.url}/my`);
    await page.getByText('ทักในแชตก่อน').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'ไปที่แชต' }).click();
    await chat('อยากเสนอแนะว่าควรมีที่นั่งรอให้คนท้องและคนแก่', /ตรวจก่อนส่ง/u);
    await page.getByRole('button', { name: 'ยืนยันและส่ง' }).last().click();
    await page.getByText('ได้รับแล้ว').last().waitFor();
  });

  it('shows the matter, adds to it, gives a code to follow it, and takes it back', async () => {
    await page.goto(`${product.url}/my`);
    await page.getByRole('button', { name: 'ดูและจัดการ' }).click();
    await page.getByLabel('ส่งข้อมูลเพิ่ม').fill('ตรงประตูทางเข้า');
    await page.getByRole('button', { name: 'ส่ง', exact: true }).click();
    await page.getByText('ส่งข้อมูลเพิ่มแล้ว').waitFor();
    await page.getByRole('button', { name: 'ดูและจัดการ' }).click();
    await page.getByRole('button', { name: 'ให้คนในครอบครัวติดตาม' }).click();
    await page.getByText(/รหัส \d{4} \d{4} ใช้ได้คนเดียว/u).waitFor();
    expect(await barriers(page)).toEqual([]);
    await picture(page, 'my-360');
    await page.getByRole('button', { name: 'ถอนเรื่องนี้' }).click();
    await page.getByRole('button', { name: 'ใช่ ถอนเลย' }).click();
    await page.getByText('ถอนเรื่องแล้ว').waitFor();
    await page.getByText('เรื่องที่จบแล้ว 1 เรื่อง').waitFor();
  });

  it('turns notices off and on, and takes a request in', async () => {
    await page.getByRole('button', { name: 'ไม่รับแจ้งเตือนในแชตนี้' }).click();
    await page.getByText('จะไม่ส่งแจ้งเตือนมาที่แชตนี้').waitFor();
    await page.getByRole('button', { name: 'รับแจ้งเตือนในแชตนี้', exact: true }).click();
    await page.getByText('จะส่งแจ้งเตือนมาที่แชตนี้').waitFor();
    await page.getByRole('button', { name: 'ขอสำเนาข้อมูลของฉัน' }).click();
    await page.getByText('รับคำขอแล้ว').waitFor();
    expect(complaints.filter(each => !each.includes('401'))).toEqual([]);
  });

  it('suggests nothing until somebody agrees, then says why, and forgets at one touch', async () => {
    const part = page.getByRole('region', { name: 'สิทธิที่อาจตรงกับคุณ' });
    await part.getByText('ตอนนี้ปิดอยู่').waitFor();
    await part.getByRole('button', { name: 'ยินยอม เปิดคำแนะนำ' }).click();
    await page.getByText('เปิดคำแนะนำแล้ว').waitFor();
    await page.goto(`${product.url}/chat`);
    await chat('แนะนำสิทธิให้ฉัน', /บอกเพิ่มได้เลย/u);
    await chat('ฉันอายุ 67 ปี ไม่ได้ทำงาน', /เพราะบอกไว้ว่า อายุ 60 ปีขึ้นไป/u);
    await eventually('the page shows it', async () => {
      await page.goto(`${product.url}/my`);
      await part.getByText('ที่จำไว้', { exact: true }).waitFor();
      return part.getByRole('link', { name: 'เบี้ยผู้สูงอายุ' }).isVisible();
    });
    await part.getByText('เพราะบอกไว้ว่า อายุ 60 ปีขึ้นไป').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await picture(page, 'suggestions-360');
    await part.getByRole('button', { name: 'ลบที่จำไว้ทั้งหมด' }).click();
    await part.getByText('ยังไม่ได้จำอะไรไว้').waitFor();
    await part.getByRole('button', { name: 'ปิดและลบที่จำไว้' }).click();
    await part.getByText('ตอนนี้ปิดอยู่').waitFor();
  });

  it.each(screens)('keeps nobody out on %s', async (_, { letters, ...viewport }) => {
    await page.setViewportSize(viewport);
    await page.goto(`${product.url}/my`);
    await page.getByRole('heading', { name: 'ปฏิทินนัด' }).waitFor();
    if (letters) await enlarge(page, letters);
    expect(await barriers(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
  });

  describe('at the desk', () => {
    let desk: Page;
    beforeAll(async () => {
      const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } });
      desk = opened.page;
      await desk.goto(`${product.url}/desk`);
      await desk.getByLabel('ชื่อผู้ใช้').fill('supervisor');
      await desk.getByLabel('รหัสผ่าน', { exact: true }).fill(demoPassword);
      await desk.keyboard.press('Enter');
      await desk.getByRole('button', { name: 'เรื่อง', exact: true }).click();
    });

    it('a leader is verified, told something, and says that it was read', async () => {
      await page.goto(`${product.url}/chat`);
      await chat('ติดต่อเบอร์ไหนได้บ้าง', /./u);
      await desk.getByText('ผู้นำชุมชนและประกาศ').click();
      await desk.getByRole('heading', { name: 'ผู้นำชุมชนที่ยืนยันแล้ว' }).waitFor();
      const people = await eventually('somebody to verify', async () => {
        const answer = await desk.evaluate(async () => {
          const response = await fetch('/api/v1/contacts?limit=50');
          return (await response.json()) as {
            episodes: { personId: string; way: string; conversationId?: string }[];
          };
        });
        const own = answer.episodes.find(each => each.way === 'webchat' && each.conversationId);
        return own?.personId;
      });
      await desk.evaluate(async personId => {
        await fetch('/api/v1/relay-leaders', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ verified: true, personId, village: 'บ้านปัว หมู่ 3', province: 'น่าน' }),
        });
      }, people);
      await desk.reload();
      await desk.getByText('ผู้นำชุมชนและประกาศ').click();
      await desk.getByRole('cell', { name: 'บ้านปัว หมู่ 3' }).waitFor();
      await desk.getByLabel('ข้อความ').fill('หน่วยแพทย์เคลื่อนที่มาวันศุกร์ 09:00 น. ที่วัดปัว โทร 1669');
      await desk.getByRole('button', { name: 'ส่งถึงผู้นำในพื้นที่' }).click();
      await desk.getByText('ถึงผู้นำ 1 คน').first().waitFor();
      await page.getByText('หน่วยแพทย์เคลื่อนที่มาวันศุกร์').last().waitFor();
      await page.getByRole('button', { name: 'บอกลูกบ้านแล้ว' }).last().click();
      await page.getByText('ขอบคุณแทนลูกบ้าน').last().waitFor();
      await eventually('the receipt is there', async () => {
        await desk.getByRole('button', { name: 'ใครอ่านและบอกต่อแล้ว' }).click();
        return desk.getByText('บอกลูกบ้านแล้ว 1 จาก 1 หมู่บ้าน').isVisible();
      });
      expect(await barriers(desk)).toEqual([]);
      await picture(desk, 'news-1280');
    });

    it.each([
      ['นัดหมาย', 'นัดหมายรายวัน'],
      ['รอโทรกลับ', 'รอโทรกลับ'],
    ])('the list "%s" keeps nobody out', async (list, heading) => {
      await desk.getByText(list, { exact: true }).first().click();
      await desk.getByRole('heading', { name: heading }).waitFor();
      expect(await barriers(desk)).toEqual([]);
      await picture(desk, `list-${list}`);
    });

    it('lets a carer book for its person until a day, who sees it; both names stand in the record', async () => {
      await page.goto(`${product.url}/my`);
      const part = page.getByRole('region', { name: 'ผู้ดูแล', exact: true });
      await part.getByText('ให้คนช่วยดูแล').click();
      await part.getByLabel('ชื่อผู้ดูแล').fill('สมหญิง ใจดี');
      await part.getByLabel('ชื่อของคุณ').fill('สมศรี ใจดี');
      await part.getByLabel('ทำแทนได้ถึงวันที่').fill(bangkokIsoDate(Date.now() + 60 * dayMs));
      await part.getByRole('button', { name: 'ออกรหัส' }).click();
      const told = await part.getByText(/รหัส \d{4} \d{4} ใช้ได้คนเดียว/u).textContent();
      expect(await barriers(page)).toEqual([]);
      await picture(page, 'carers-360');

      const carer = await openPage(browser);
      const says = async (text: string, answer: RegExp): Promise<void> => {
        await carer.page.getByRole('textbox').fill(text);
        await carer.page.keyboard.press('Enter');
        await carer.page.getByText(answer).last().waitFor();
      };
      await carer.page.goto(`${product.url}/chat`);
      await says(`ติดตามให้ ${/\d{4} \d{4}/u.exec(told ?? '')?.[0] ?? ''}`, /ทำแทน สมศรี ใจดี ได้แล้ว/u);
      await says('จองคิว', /จองให้ใครดี/u);
      await carer.page.getByRole('button', { name: 'สมศรี ใจดี' }).last().click();
      await carer.page.getByRole('button', { name: 'ไม่ใช่', exact: true }).last().click();
      await carer.page.getByText('วันไหนดี').last().waitFor();
      await carer.page
        .getByRole('button', { name: /\d+ \S+ 25\d\d/u })
        .last()
        .click();
      await carer.page
        .getByRole('button', { name: /\d\d:\d\d น\./u })
        .last()
        .click();
      await carer.page.getByRole('button', { name: 'จองเวลานี้' }).last().click();
      await carer.page.getByText(/จองให้ สมศรี ใจดี แล้ว/u).waitFor();
      await picture(carer.page, 'carer-chat-360');
      await carer.page.goto(`${product.url}/my`);
      const charges = carer.page.getByRole('region', { name: 'คนที่ฉันดูแลแทน' });
      await charges.getByText('นัดหมาย').waitFor();
      expect(await barriers(carer.page)).toEqual([]);
      await picture(carer.page, 'charges-360');
      await carer.page.context().close();

      await page.goto(`${product.url}/my`);
      await page.getByText('สมหญิง ใจดี ทำแทนคุณได้ถึง').waitFor();
      await page.getByRole('region', { name: 'ปฏิทินนัด' }).getByText('นัดหมาย').waitFor();
      const entries = await recorded(product.url, 'carer.booked');
      expect(entries).toMatchObject([{ names: { carer: 'สมหญิง ใจดี', person: 'สมศรี ใจดี' } }]);
      await desk.getByText('ทั้งหมดที่ยังไม่เสร็จ', { exact: true }).first().click();
      await desk
        .getByRole('row', { name: /นัดหมาย/u })
        .getByRole('button')
        .click();
      await desk.getByText('สมหญิง ใจดี (แทน สมศรี ใจดี)').waitFor();
      await desk.getByText('สมหญิง ใจดี ทำแทน สมศรี ใจดี ได้ถึง').waitFor();
      expect(await barriers(desk)).toEqual([]);
      await picture(desk, 'carer-desk-1280');
    });

    it('photos are asked for again with reasons, and found good, by a touch each', async () => {
      await desk.evaluate(async () => {
        const details = { kind: 'matter', what: 'สำเนาทะเบียนบ้าน', attachments: [] };
        await fetch('/api/v1/cases', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ key: 'photos', kind: 'pre-check', details }),
        });
      });
      await desk.getByRole('button', { name: 'กลับไปรายการ' }).click();
      await desk.getByText('ตรวจรูปก่อนยื่น', { exact: true }).first().click();
      await desk
        .getByRole('row', { name: /ตรวจรูปก่อนยื่น/u })
        .getByRole('button')
        .click();
      const part = desk.getByRole('region', { name: 'ตรวจรูป', exact: true });
      await part.getByLabel(/รูปเบลอ/u).check();
      await part.getByLabel(/เห็นไม่ครบทั้งแผ่น/u).check();
      expect(await barriers(desk)).toEqual([]);
      await picture(desk, 'photos-1280');
      await part.getByRole('button', { name: 'ขอรูปใหม่' }).click();
      await desk
        .getByText(/รอประชาชน/u)
        .first()
        .waitFor();
      await part.getByRole('button', { name: 'รูปใช้ได้ทุกรูป' }).click();
      await part.waitFor({ state: 'detached' });
      await desk.getByText('ตรวจรูปแล้ว ใช้ยื่นได้ทุกรูป').waitFor();
    });
  });
});
