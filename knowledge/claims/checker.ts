import type { ClaimCheck, ClaimChecker, ClaimedPhone, Demand, Knowledge, SentTexts } from '../../core';
import { createSiteReader, hostsIn, type Sites } from './sites';

/** Longer texts are no message that anybody forwards; the rest of them is not read. */
const readCharacters = 4_000;
const mostNamed = 5;

/** What a text asks of its reader. No agency asks for these in a message. */
const demandWords: readonly (readonly [Demand, RegExp])[] = [
  [
    'money',
    /โอน(?:เงิน|มา|ไป|ค่า|ก่อน|ภายใน)|ค่าธรรมเนียม(?:ก่อน|แรกเข้า|การโอน)|มัดจำ|ค่าประกัน(?:ก่อน|การ)|จ่ายก่อน|ค่าปลดล็อก|transfer (?:the )?money|pay (?:a|the) fee|deposit/iu,
  ],
  ['code', /otp|โอทีพี|รหัส(?:ผ่าน|พิน|ยืนยัน|หลังบัตร|6 ?หลัก)|เลขหลังบัตร|cvv|\bpin\b|password|one-time code/iu],
  [
    'app',
    /\.apk|ติดตั้งแอป|โหลดแอป(?!สโตร์)|ดาวน์โหลดแอป|แชร์(?:หน้า)?จอ|รีโมต|anydesk|teamviewer|(?:install|download) (?:the |this |our )?app/iu,
  ],
];

/** What the reader says of themselves: it has happened. */
const harmedWords =
  /(?:โอน(?:เงิน)?(?:ไป|ให้)?(?:เขา|มัน|คนนั้น)?(?:แล้ว|ไปแล้ว)|จ่าย(?:เงิน)?ไปแล้ว|เสียเงินไปแล้ว|(?:บอก|ให้|กรอก|ใส่)(?:รหัส|otp|เลขบัตร|เลขบัญชี)(?:[^\n]{0,20})ไปแล้ว|เงินหายจากบัญชี|โดน(?:หลอก|โกง|ดูดเงิน)(?:ไป)?(?:แล้ว)?|(?:already|just) (?:sent|paid|transferred)|i (?:sent|paid|transferred)|gave (?:them )?(?:my|the) (?:code|otp|password))/iu;

/** Whether they mean themselves: a forwarded text may say "โอนแล้ว" of others. */
const notHarmed = /ถ้าโอน|หากโอน|อย่าโอน|ห้ามโอน|ยังไม่(?:ได้)?(?:โอน|จ่าย|กด)|before i (?:sent|paid)/iu;

const phoneLike =
  /(?<![\d.,/])(?:\+?66[ -]?\d|0\d)(?:[ -]?\d){7,8}(?!\d)|(?<=โทร\.?\s?|สายด่วน\s?|call\s)1\d{3}(?!\d)/giu;
const digitsOf = (number: string): string => number.replace(/^\+?66/u, '0').replace(/\D/gu, '');

/** What a person puts before or after what they forward: a short remark without a number, an address or a demand. */
const isRemark = (line: string): boolean =>
  line.length <= 60 &&
  !/[\d๐-๙]{3}/u.test(line) &&
  hostsIn(line).length === 0 &&
  !demandWords.some(([, words]) => words.test(line));

/** The text, and the text without remarks around it ("เขาส่งมาแบบนี้", "จริงไหม"). Nothing else may be left out: fakes add a line. */
function forwardedIn(text: string): string[] {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const first = isRemark(lines[0] ?? '') ? [0, 1] : [0];
  const last = isRemark(lines.at(-1) ?? '') ? [0, 1] : [0];
  return first.flatMap(from => last.map(to => lines.slice(from, lines.length - to).join('\n')));
}

/** Checks what somebody heard or was sent against what was really sent and what is published. */
export function createClaimChecker(parts: {
  readonly sites: Sites;
  readonly knowledge: () => Knowledge;
  readonly sent: Pick<SentTexts, 'sentAt'>;
  /** Where this installation is reached. */
  readonly ownHosts: readonly string[];
}): ClaimChecker {
  const readSite = createSiteReader(parts.sites, parts.knowledge, parts.ownHosts);

  function phonesIn(text: string): ClaimedPhone[] {
    const numbers = [...new Set([...text.matchAll(phoneLike)].map(([number]) => digitsOf(number)))];
    const published = parts.knowledge().topics();
    return numbers.slice(0, mostNamed).map(number => {
      const phone = published.flatMap(topic => topic.phones).find(each => digitsOf(each.number) === number);
      return phone ? { number, owner: phone.label } : { number };
    });
  }

  async function firstSent(text: string): Promise<number | undefined> {
    for (const each of forwardedIn(text)) {
      const at = await parts.sent.sentAt(each);
      if (at !== undefined) return at;
    }
    return undefined;
  }

  return {
    holdsStrangeAddress: text =>
      hostsIn(text.slice(0, readCharacters))
        .slice(0, mostNamed)
        .map(readSite)
        .some(({ kind }) => kind !== 'ours' && kind !== 'official'),
    async check(whole): Promise<ClaimCheck> {
      const text = whole.slice(0, readCharacters);
      const sentAt = await firstSent(text);
      const sites = hostsIn(text).slice(0, mostNamed).map(readSite);
      const demands = demandWords.flatMap(([demand, words]) => (words.test(text) ? [demand] : []));
      const wrong = demands.length > 0 || sites.some(site => site.kind === 'look-alike');
      return {
        verdict: sentAt !== undefined ? 'ours' : wrong ? 'not-ours' : 'cannot-tell',
        ...(sentAt === undefined ? {} : { sentAt }),
        sites,
        phones: phonesIn(text),
        demands,
        harmed: harmedWords.test(text) && !notHarmed.test(text),
      };
    },
  };
}
