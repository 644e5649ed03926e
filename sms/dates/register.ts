import type { TopicRef } from '../../core';

/** A day of every year, in Bangkok. */
export interface YearDay {
  /** 1-12. */
  readonly month: number;
  readonly day: number;
}

export interface DateEntry {
  /** Its name and note stand in `locales/{th,en}/sms.json` under `known.<id>` and `known.<id>.note`. */
  readonly id: string;
  readonly purpose: 'benefit' | 'renewal';
  /** The last day; absent where each person has their own. */
  readonly until?: YearDay;
  /** Days before the last one on which to tell. */
  readonly leadDays: readonly number[];
  /** Comes again every year for the same person. */
  readonly yearly: boolean;
  /** Where the date stands, as an officer would cite it. */
  readonly source: string;
  /** How people call it, Thai and English. */
  readonly called: RegExp;
  readonly topic?: TopicRef;
}

const service = (id: string): TopicRef => ({ kind: 'service', id });

/**
 * Dates that are the same for everybody, or are counted from a paper that everybody has. More special ones stand first: the first whose
 * name fits is meant. Written from laws and public notices, checked by no agency yet.
 */
export const dateEntries: readonly DateEntry[] = [
  {
    id: 'vehicle-tax',
    purpose: 'renewal',
    leadDays: [30, 7],
    yearly: true,
    source: 'พ.ร.บ. รถยนต์ พ.ศ. 2522 และประกาศกรมการขนส่งทางบก (ชำระล่วงหน้าได้ 90 วัน)',
    called: /ภาษี\s*(?:ประจำปี)?\s*(?:รถ|มอเตอร์ไซค์|มอไซค์)|(?:vehicle|car|motorcycle|road) tax/iu,
    topic: service('p2-34'),
  },
  {
    id: 'motor-insurance',
    purpose: 'renewal',
    leadDays: [30, 7],
    yearly: true,
    source: 'พ.ร.บ. คุ้มครองผู้ประสบภัยจากรถ พ.ศ. 2535',
    called: /พ\.?\s?ร\.?\s?บ\.?\s*(?:รถ|มอเตอร์ไซค์|มอไซค์)|(?:compulsory|motor) insurance/iu,
  },
  {
    id: 'land-tax',
    purpose: 'renewal',
    leadDays: [30, 7],
    yearly: true,
    source: 'พ.ร.บ. ภาษีที่ดินและสิ่งปลูกสร้าง พ.ศ. 2562',
    called: /ภาษี\s*(?:ที่ดิน|บ้าน|โรงเรือน|สิ่งปลูกสร้าง)|(?:land|property|building) tax/iu,
    topic: service('p2-44'),
  },
  {
    id: 'signboard-tax',
    purpose: 'renewal',
    until: { month: 3, day: 31 },
    leadDays: [60, 30, 7],
    yearly: true,
    source: 'พ.ร.บ. ภาษีป้าย พ.ศ. 2510 มาตรา 12',
    called: /ภาษี\s*ป้าย|ภ\.?\s?ป\.?\s?1(?!\d)|sign(?:board)? tax/iu,
  },
  {
    id: 'half-year-tax',
    purpose: 'renewal',
    until: { month: 9, day: 30 },
    leadDays: [30, 7],
    yearly: true,
    source: 'ประมวลรัษฎากร มาตรา 56 ทวิ',
    called: /ภ\.?\s?ง\.?\s?ด\.?\s*94|ภาษี.{0,12}(?:ครึ่งปี|กลางปี)|half-?year(?:ly)? tax/iu,
  },
  {
    id: 'income-tax',
    purpose: 'renewal',
    until: { month: 3, day: 31 },
    leadDays: [60, 30, 7],
    yearly: true,
    source: 'ประมวลรัษฎากร มาตรา 56',
    called:
      /ภ\.?\s?ง\.?\s?ด\.?\s*9[01]|ภาษี\s*เงินได้|(?:ยื่น|เสีย|จ่าย)\s*(?:แบบ)?\s*ภาษี(?:\s*(?:ประจำปี|บุคคล|ปี)|(?!\s*\p{L}))|(?:income )?tax return|file (?:my )?tax(?:es)?/iu,
    topic: service('p1-16'),
  },
  {
    id: 'student-loan',
    purpose: 'renewal',
    until: { month: 7, day: 5 },
    leadDays: [30, 7],
    yearly: true,
    source: 'กองทุนเงินให้กู้ยืมเพื่อการศึกษา (งวดรายปีครบกำหนด 5 กรกฎาคม)',
    called: /กยศ|หนี้\s*(?:กู้)?\s*เรียน|student loan/iu,
    topic: service('p1-03'),
  },
  {
    id: 'elderly-allowance',
    purpose: 'benefit',
    until: { month: 11, day: 30 },
    leadDays: [60, 30, 7],
    yearly: false,
    source: 'ระเบียบกระทรวงมหาดไทยว่าด้วยหลักเกณฑ์การจ่ายเงินเบี้ยยังชีพผู้สูงอายุ (ฉบับที่ 2) พ.ศ. 2560',
    called:
      /(?:ลงทะเบียน|ขึ้นทะเบียน|ลงชื่อ|สมัคร|ยื่นขอ|ยื่น|ขอ)\s*(?:รับ)?\s*(?:เงิน)?\s*เบี้ย\s*(?:ยังชีพ)?\s*(?:ผู้สูงอายุ|ผู้เฒ่า|คนแก่|คนชรา)|regist\w* .{0,20}(?:old[- ]age|elderly)/iu,
    topic: service('p1-04'),
  },
];
