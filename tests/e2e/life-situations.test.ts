import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openBrowser, openPage, tooWide } from '../support/browser';
import {
  type Product,
  eventually,
  freePort,
  removeFolder,
  startProduct,
  temporaryFolder,
} from '../support/product';
import {
  type TwilioStandIn,
  incomingText,
  signTwilio,
  startTwilioStandIn,
  twilioForm,
} from '../support/twilio-standin';

const account = { accountSid: `AC${'fedcba9876543210'.repeat(2)}`, authToken: 'situations-token' };
const publicUrl = 'https://thamrat.example.go.th';
const officialNumber = '+14155550111';
/** Where pictures for people to look at go; none are made without it. */
const pictures = process.env['SCREENSHOT_DIR'];

/** What somebody says to each question, by words of the question; what is not here is "none of these", or else "not sure". */
type Answers = readonly (readonly [RegExp, readonly string[]])[];

/** Lives as people tell them, and what they lead to: the first services of the list, and some that must not be on it. */
const situations: readonly {
  readonly name: string;
  readonly tells: string;
  readonly answers: Answers;
  readonly leadsTo: readonly string[];
  readonly not: readonly string[];
}[] = [
  {
    name: 'lost-job',
    tells: 'ตกงานมาสองเดือน ลูกยังเล็ก เงินไม่พอใช้',
    answers: [
      [/อายุเท่าไร/u, ['25-54 ปี']],
      [/เดือดร้อน|เรื่องไหนบ้าง/u, []],
      [/รายได้/u, ['ไม่เกิน']],
    ],
    leadsTo: ['ว่างงาน ประกันสังคม', 'สมัครประกันสังคม ม.39 ม.40', 'บัตรสวัสดิการแห่งรัฐ', 'หางานของกรมการจัดหางาน'],
    not: ['เบี้ยผู้สูงอายุ', 'เงินชราภาพประกันสังคม'],
  },
  {
    name: 'old-and-alone',
    tells: 'ยายอายุ 72 ทำนา อยู่คนเดียว เงินไม่พอกิน',
    answers: [
      [/อายุเท่าไร/u, ['66 ปีขึ้นไป']],
      [/รายได้/u, ['ไม่เกิน']],
    ],
    leadsTo: ['เบี้ยผู้สูงอายุ', 'เงินช่วยผู้สูงอายุเดือดร้อน', 'บัตรสวัสดิการแห่งรัฐ'],
    not: ['ว่างงาน ประกันสังคม', 'เงินอุดหนุนบุตร 600 บาท'],
  },
  {
    name: 'pregnant-worker',
    tells: 'ท้อง 7 เดือน ทำงานโรงงาน อยากรู้ว่าได้อะไรบ้าง',
    answers: [
      [/อายุเท่าไร/u, ['25-54 ปี']],
      [/รายได้/u, ['ไม่เกิน']],
    ],
    leadsTo: ['ค่าคลอดประกันสังคม', 'เงินอุดหนุนบุตร 600 บาท'],
    not: ['เบี้ยผู้สูงอายุ', 'ว่างงาน ประกันสังคม'],
  },
  {
    name: 'caring-for-mother',
    tells: 'แม่อายุ 80 ติดเตียง ต้องดูแลทั้งวันเลยไม่ได้ทำงาน',
    answers: [
      [/บำนาญ/u, ['ใช่']],
      [/รายได้/u, ['ไม่เกิน']],
      [/เงินไม่พอ/u, ['ใช่']],
    ],
    leadsTo: ['เบี้ยผู้สูงอายุ', 'เงินช่วยผู้สูงอายุเดือดร้อน'],
    not: ['เงินอุดหนุนบุตร 600 บาท'],
  },
  {
    name: 'flooded',
    tells: 'บ้านโดนน้ำท่วม ข้าวของเสียหมด มีหลาน 3 ขวบ เงินไม่พอใช้',
    answers: [
      [/อายุเท่าไร/u, ['25-54 ปี']],
      [/ทำงานอะไร/u, ['อาชีพอิสระ']],
      [/รายได้/u, ['ไม่เกิน']],
      [/เด็กอยู่กับใคร/u, ['ญาติ']],
    ],
    leadsTo: ['ช่วยผู้ประสบภัย สภากาชาด', 'ขอความช่วยเหลือเมื่อเดือดร้อน'],
    not: ['เบี้ยผู้สูงอายุ', 'ว่างงาน ประกันสังคม'],
  },
];

const wanted = (question: string, answers: Answers): readonly string[] =>
  answers.find(([words]) => words.test(question))?.[1] ?? [];

/** The label to press: the wanted one, else that none fits or that one is not sure. */
function labelFor(question: string, labels: readonly string[], answers: Answers): string {
  const given = wanted(question, answers).flatMap(want =>
    labels.filter(label => label.startsWith(want) || label.includes(want)),
  );
  const neutral = ['ไม่มีสักข้อ', 'ไม่มีอีกแล้ว', 'ไม่แน่ใจ'].flatMap(end => labels.filter(label => label === end));
  const label = given[0] ?? neutral[0];
  if (label === undefined) throw new Error(`Nothing to answer "${question}" with: ${labels.join(', ')}`);
  return label;
}

const isQuestion = (text: string): boolean => /ข้อ \d+ จาก/u.test(text);

describe('life situations', () => {
  const dataDir = temporaryFolder();
  let twilio: TwilioStandIn;
  let product: Product;

  beforeAll(async () => {
    twilio = await startTwilioStandIn(account);
    product = await startProduct({
      dataDir,
      env: {
        PUBLIC_URL: publicUrl,
        OPERATOR_NAME: 'อบต.ปัว',
        PORT: await freePort(),
        TWILIO_ACCOUNT_SID: account.accountSid,
        TWILIO_AUTH_TOKEN: account.authToken,
        TWILIO_FROM: officialNumber,
        TWILIO_API_BASE_URL: twilio.url,
      },
    });
  });
  afterAll(async () => {
    await product.stop();
    await twilio.stop();
    removeFolder(dataDir);
  });

  /** One text of a citizen's, and the text that answers it. */
  async function sms(from: string, body: string): Promise<string> {
    const known = twilio.accepted().length;
    const fields = incomingText({ from, to: officialNumber, body });
    const response = await fetch(`${product.url}/webhooks/twilio/sms`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signTwilio(account.authToken, `${publicUrl}/webhooks/twilio/sms`, fields),
      },
      body: twilioForm(fields),
    });
    expect(response.status).toBe(200);
    return (await eventually('an answer by SMS', () => twilio.accepted()[known])).body;
  }

  it('is walked through by SMS with nothing but numbers and "ไม่มี", to a list in three parts at most', async () => {
    const from = '+66810000001';
    let text = await sms(from, 'อยากรู้ว่ามีสิทธิอะไรบ้าง');
    const said: string[] = [];
    for (let turns = 0; !text.includes('อยากดูเรื่องไหนต่อ'); turns += 1) {
      expect(turns).toBeLessThan(16);
      // Whatever is cut, it is not what is asked.
      expect(text).toMatch(/(?:มีใครบ้าง|ทำงานอะไร|เรื่องไหนบ้าง|เท่าไร|ใช่ไหม)/u);
      const numbered = [...text.matchAll(/^(\d) (.+)$/gmu)].map(([, number = '', label = '']) => ({
        number,
        label,
      }));
      const want = /ในบ้านมีใคร/u.test(text)
        ? ['ผู้สูงอายุ']
        : /อายุเท่าไร/u.test(text)
          ? ['66 ปี']
          : /ทำงานอะไร/u.test(text)
            ? ['อาชีพอิสระ']
            : /รายได้/u.test(text)
              ? ['ไม่เกิน']
              : [];
      const pick = numbered.find(
        ({ label }) => want.some(word => label.includes(word)) && !said.includes(label),
      );
      if (pick) said.push(pick.label);
      text = await sms(from, pick?.number ?? (/ใช่ไหม/u.test(text) ? 'ไม่แน่ใจ' : 'ไม่มี'));
    }
    expect(said).toHaveLength(4);
    expect(text).toContain('เบี้ยผู้สูงอายุ');
    expect(text.length).toBeLessThanOrEqual(67 * 3);
    expect(text).not.toMatch(/https?:/u);
  });

  it('browses by SMS: topics by number, a page on, a service', async () => {
    const from = '+66810000002';
    const pick = (text: string, label: string): string =>
      new RegExp(`^(\\d) .*${label}`, 'mu').exec(text)?.[1] ?? 'ไม่พบ';
    const ways = await sms(from, 'ดูตามหมวด');
    const topics = await sms(from, pick(ways, 'ตามหมวด'));
    const more = await sms(from, pick(topics, 'ดูต่อ'));
    expect(more).toContain('หน้า 2 จาก 2');
    const services = await sms(from, pick(more, 'ท่องเที่ยว'));
    const answer = await sms(from, '1');
    expect(answer).toContain((/^1 (.+)$/mu.exec(services)?.[1] ?? 'ไม่พบ').slice(0, 20));
  });

  it('knows what was really sent by SMS when it comes back, and calls nothing safe', async () => {
    const original = await sms('+66810000003', 'เบี้ยผู้สูงอายุ');
    const forwarded = await sms('+66810000004', 'ตรวจข้อความแปลก');
    expect(forwarded).not.toBe('');
    const asked = await sms('+66810000004', `มีคนส่งข้อความนี้มา จริงไหม\n${original}`);
    expect(asked).toContain('ตรงกับที่เราส่ง');
    const changed = await sms('+66810000005', `ข้อความนี้จริงไหม\n${original}\nกด dlt-go-th.com ยืนยันสิทธิ`);
    expect(changed).toContain('ไม่ใช่ของเรา');
    for (const text of [asked, changed]) expect(text).not.toMatch(/ปลอดภัย/u);
  });

  it('teaches by SMS how it is used, a lesson at a time', async () => {
    const from = '+66810000007';
    const first = await sms(from, 'สอนใช้หน่อย');
    expect(first).toContain('พิมพ์เรื่องที่อยากรู้');
    const safe = /^(\d) ใช้ให้ปลอดภัย$/mu.exec(first)?.[1] ?? 'ไม่พบ';
    expect(await sms(from, safe)).toMatch(/ไม่ขอรหัสผ่าน/u);
    expect(await sms(from, 'บัตรสวัสดิการแห่งรัฐใช้ยังไง')).toContain('บัตรสวัสดิการแห่งรัฐ');
  });

  it('gives 1441 first to whoever has just paid', async () => {
    const answer = await sms('+66810000006', 'กดลิงก์ dlt-go-th.com แล้วโอนเงินไปแล้ว 3000 ทำไงดี');
    expect(answer.slice(0, 40)).toContain('1441');
  });

  describeInBrowser('on a screen', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
      if (pictures) mkdirSync(pictures, { recursive: true });
    });
    afterAll(() => browser.close());
    const picture = async (page: Page, name: string): Promise<void> => {
      if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    };

    it.each(situations)(
      'told in the chat leads to the right list: $tells',
      async ({ name, tells, answers, leadsTo, not }) => {
        const { page, complaints, close } = await openPage(browser);
        await page.goto(`${product.url}/chat`);
        await page.waitForSelector('.line.bot .choice');
        const said = page.locator('.line.bot');
        const last = (): Promise<string> => said.last().innerText();
        const act = async (what: () => Promise<void>): Promise<void> => {
          const before = await said.count();
          await what();
          await said.nth(before).waitFor();
        };
        await act(async () => {
          await page.fill('#message', tells);
          await page.press('#message', 'Enter');
        });
        await picture(page, `${name}-1`);
        for (let turns = 0; isQuestion(await last()); turns += 1) {
          expect(turns).toBeLessThan(16);
          const labels = await said.last().locator('.choice').allInnerTexts();
          const label = labelFor(await last(), labels, answers);
          await act(() => said.last().getByRole('button', { name: label, exact: true }).click());
        }
        const titles = page.locator('.card h2');
        await titles.first().waitFor();
        await said.last().locator('.choice').first().waitFor();
        const listed = [
          ...(await titles.allInnerTexts()),
          ...(await said.last().locator('.choice').allInnerTexts()),
        ];
        await said.nth(-3).scrollIntoViewIfNeeded();
        await picture(page, `${name}-2`);
        expect(await said.nth(-3).innerText()).toMatch(/จากที่เล่ามา มี \d+ เรื่องที่น่าจะได้/u);
        expect(listed).toEqual(expect.arrayContaining([...leadsTo]));
        expect(listed.filter(each => not.includes(each))).toEqual([]);
        expect(await tooWide(page)).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        await close();
      },
    );

    it('is walked through at the kiosk by touch alone', async () => {
      const { page, close } = await openPage(browser, { viewport: { width: 1080, height: 1920 } });
      await page.goto(`${product.url}/kiosk`);
      await page.click('.begin');
      const touch = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
      await touch('เรื่องที่ถามบ่อย');
      await touch('หาสิทธิของฉัน');
      const answers: Answers = [
        [/ในบ้านมีใคร/u, ['คนพิการ']],
        [/อายุเท่าไร/u, ['25-54 ปี']],
        [/รายได้/u, ['ไม่เกิน']],
        [/บัตรคนพิการแล้ว/u, ['ใช่']],
      ];
      let shown = '';
      for (let turns = 0; turns < 16; turns += 1) {
        shown = await eventually('the next screen', async () => {
          const text = await page.locator('main').innerText();
          return text !== shown && /ข้อ \d+ จาก|เรื่องที่น่าจะได้/u.test(text) && text;
        });
        if (!isQuestion(shown)) break;
        const labels = await page.locator('main button').allInnerTexts();
        const question = /.*ข้อ \d+ จาก/u.exec(shown)?.[0] ?? '';
        await touch(
          labelFor(
            question,
            labels.map(label => label.trim()),
            answers,
          ),
        );
      }
      await picture(page, 'kiosk-result');
      expect(shown).toContain('เบี้ยความพิการ');
      await close();
    });
  });
});
