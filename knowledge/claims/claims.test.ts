import { join } from 'node:path';
import type { ClaimedSite } from '../../core';
import { sqliteEngine } from '../../store';
import { createClaimChecker, createSentTexts, loadRegister, loadSites, publish } from '../index';

const data = join(__dirname, '..', 'data');
const knowledge = publish(loadRegister(data));
const engine = sqliteEngine({ file: ':memory:' });
let now = Date.UTC(2026, 10, 25);
const sent = createSentTexts({ engine, mac: text => `mac:${text}`, clock: () => now });
const checker = createClaimChecker({
  sites: loadSites(data),
  knowledge: () => knowledge,
  sent,
  ownHosts: ['thamrat.example.go.th'],
});
beforeAll(() => engine.open());
afterAll(() => engine.close());

const kinds = async (text: string): Promise<ClaimedSite['kind'][]> =>
  (await checker.check(text)).sites.map(site => site.kind);

describe('addresses in what somebody was sent', () => {
  it.each([
    ['https://www.dlt.go.th/th/news', 'official'],
    ['เข้าไปที่ www.sso.go.th ได้เลย', 'official'],
    ['จ่ายค่าไฟที่ mea.or.th', 'official'],
    ['https://thamrat.example.go.th/services', 'ours'],
    ['https://dlt-go-th.com/pay', 'look-alike'],
    ['http://www.sso.go.th.verify-id.cc/login', 'look-alike'],
    ['กดที่ sso-thai.net', 'look-alike'],
    ['https://thaipoliceonlline.com', 'look-alike'],
    ['http://www.dlt.g0.th', 'look-alike'],
    ['https://digital-wallet-th.com/รับสิทธิ', 'look-alike'],
    ['https://dlt.go.th@evil.xyz/a', 'unknown'],
    ['https://www.ѕѕо.com/th', 'look-alike'],
    ['bit.ly/3abcd', 'shortened'],
    ['ลองดู https://example.com/x', 'unknown'],
    ['hxxps://dopa-go-th[.]top', 'look-alike'],
  ] as const)('%s is %s', async (text, kind) => {
    expect(await kinds(text)).toEqual([kind]);
  });

  it.each(['โทร 1111', 'ราคา 12.30 บาท', 'เขียนถึง somchai@example.com', 'อบต.ปัว จ.น่าน น.3 ก'])(
    'sees none in "%s"',
    async text => {
      expect(await kinds(text)).toEqual([]);
      expect(checker.holdsStrangeAddress(text)).toBe(false);
    },
  );

  it('names the site that is imitated, and whose it is', async () => {
    const [site] = (await checker.check('https://thaipoliceonlline.com')).sites;
    expect(site?.like).toBe('thaipoliceonline.go.th');
    expect(site?.owner?.th).toContain('ตำรวจ');
  });

  it('takes no site of the register for a stranger', () => {
    const links = knowledge.topics().flatMap(topic => topic.links.map(link => link.url));
    expect(links.filter(url => checker.holdsStrangeAddress(url))).toEqual([]);
    expect(links.length).toBeGreaterThan(100);
  });
});

describe('what is said of a message', () => {
  it.each([
    ['แจกเงินหมื่นจริงไหม', 'cannot-tell'],
    ['เขาว่าปีหน้าบัตรทองยกเลิก จริงไหม', 'cannot-tell'],
    ['คุณได้รับสิทธิ์ กรุณาโอนค่าธรรมเนียมก่อน 500 บาท', 'not-ours'],
    ['แจ้งรหัส OTP เพื่อยืนยันตัวตน', 'not-ours'],
    ['ติดตั้งแอปจากลิงก์นี้ example.com/a.apk', 'not-ours'],
    ['อัปเดตข้อมูลที่ https://dlt-go-th.com', 'not-ours'],
    ['ดูข้อมูลที่ https://www.dlt.go.th', 'cannot-tell'],
  ] as const)('"%s" is %s', async (text, verdict) => {
    expect((await checker.check(text)).verdict).toBe(verdict);
  });

  it.each([
    ['เพิ่งโอนเงินไปแล้ว 5000', true],
    ['กรอกรหัสบัตรไปแล้วทำไงดี', true],
    ['I already sent money to them', true],
    ['ถ้าโอนเงินไปแล้วจะได้คืนไหม', false],
    ['ยังไม่ได้โอน เขาให้โอนก่อน', false],
    ['แจกเงินหมื่นจริงไหม', false],
  ] as const)('"%s": harmed is %s', async (text, harmed) => {
    expect((await checker.check(text)).harmed).toBe(harmed);
  });

  it('knows whose a published number is, and says of others that they are in no list', async () => {
    const { phones } = await checker.check('โทรกลับ 1506 หรือ 081 234 5678 หรือ โทร 1506');
    expect(phones.map(phone => phone.number)).toEqual(['0812345678', '1506']);
    expect(phones.map(phone => phone.owner !== undefined)).toEqual([false, true]);
  });
});

describe('what was sent', () => {
  const text = 'นัดเบี้ยผู้สูงอายุ อบต.ปัว อังคาร 12 ม.ค. 70 9 โมงเช้า โทร 054123456';

  it('is ours word for word, also as it comes back from a phone', async () => {
    await sent.note(text);
    const at = now;
    now += 60_000;
    await sent.note(text);
    for (const forwarded of [text, `ได้ข้อความนี้มา\n${text}\nจริงไหมคะ`, text.replace(/ /gu, '\n')]) {
      const check = await checker.check(forwarded);
      expect([check.verdict, check.sentAt]).toEqual(['ours', at]);
    }
  });

  it.each([
    ['another number', text.replace('054123456', '0999999999')],
    ['a link put in', `${text} bit.ly/x`],
    ['a line put in that leads elsewhere', `${text}\nกด https://dlt-go-th.com\nด่วน`],
    ['a link put behind it', `จริงไหม\n${text}\nกด dlt-go-th.com ยืนยันสิทธิ`],
    ['a number put behind it', `${text}\nหรือโทร 0999999999`],
    ['a demand put before it', `โอนเงินก่อน\n${text}`],
  ])('is not ours with %s', async (_, changed) => {
    expect((await checker.check(changed)).verdict).not.toBe('ours');
  });

  it('goes with the record of the sending, and only by its age', async () => {
    const cutoffs = { isHeld: () => false, dryRun: false };
    await sent.records.expire({ ...cutoffs, before: () => now - 120_000 });
    expect((await checker.check(text)).verdict).toBe('ours');
    const removed = await sent.records.expire({ ...cutoffs, before: () => now });
    expect(removed).toEqual({ 'sent-texts': 1 });
    expect((await checker.check(text)).verdict).toBe('cannot-tell');
  });
});
