import { hasLink, segmentsOf } from '../../core';

/** Parts of one text at most: what a person reads at a glance, and what the agency pays for. */
export const mostSegments = 3;

/** Why a text may not go out as it is. */
export type TextFault = 'link' | 'phones' | 'long' | 'signs' | 'empty';

/** Numbers to call: Thai numbers as people write them, and hotlines after the word that says so. */
const phones =
  /(?<!\d)(?:\+66[\s-]?\d|0\d)(?:[\s-]?\d){7,8}(?!\d)|(?=\d)(?<=(?:โทร|สายด่วน|call)\.?\s*)\d{3,4}(?!\d)/giu;

export const phonesIn = (text: string): readonly string[] => text.match(phones) ?? [];

/** Signs that no phone of ten years ago shows, and those that could hide something. */
const foreignSigns = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Extended_Pictographic}\uFFFD]/u;
/** A mark that sits on what stands before it: at the start of a text it would sit on somebody else's letter. */
const loneMark = /(?:^|[\s\p{P}\d])[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/u;

export interface TextRules {
  /** Numbers to call that must stand in it: one, or none where a reminder is to oneself. */
  readonly phones: number;
}

/** What the law, the phone and the reader ask of a text; empty when it may go out. */
export function textFaults(text: string, rules: TextRules): readonly TextFault[] {
  const lines = text.replaceAll('\n', ' ');
  return [
    ...(text.trim() === '' ? (['empty'] as const) : []),
    ...(hasLink(text) ? (['link'] as const) : []),
    ...(phonesIn(text).length > rules.phones ? (['phones'] as const) : []),
    ...(segmentsOf(text) > mostSegments ? (['long'] as const) : []),
    ...(foreignSigns.test(lines) || loneMark.test(lines) ? (['signs'] as const) : []),
  ];
}

/** Words of offices, and how a good officer says them to an older relative. Longer ones first. */
const officeWords: readonly (readonly [string, string])[] = [
  ['บัตรประจำตัวประชาชน', 'บัตรประชาชน'],
  ['ดำเนินการยื่นคำร้อง', 'ยื่นเรื่อง'],
  ['ภายในระยะเวลาที่กำหนด', 'ภายในวันที่ …'],
  ['ที่ว่าการอำเภอ', 'อำเภอ'],
  ['ตามวันและเวลาดังกล่าว', 'วันที่ … เวลา …'],
  ['จักขอบพระคุณยิ่ง', ''],
  ['จึงเรียนมาเพื่อโปรดทราบ', ''],
  ['ดำเนินการ', 'ทำ'],
  ['ยื่นคำร้อง', 'ยื่นเรื่อง'],
  ['ยื่นคำขอ', 'ยื่นเรื่อง'],
  ['ดังกล่าว', 'นี้'],
  ['เอกสารหลักฐาน', 'เอกสาร'],
  ['ประสงค์', 'ต้องการ'],
  ['โปรดทราบ', ''],
  ['อนึ่ง', ''],
  ['พำนัก', 'อยู่'],
  ['กรณี', 'ถ้า'],
  ['มิได้', 'ไม่ได้'],
  ['ประกอบการพิจารณา', ''],
  ['หมดอายุลง', 'หมดอายุ'],
  ['ท่าน', ''],
];

export interface PlainHint {
  readonly word: string;
  /** What to write instead; empty: leave it out. */
  readonly instead: string;
}

const words = new Intl.Segmenter('th', { granularity: 'word' });

/** Where a text sounds like an office. ` ณ ` is looked for as a word of its own. */
export function plainHints(text: string): readonly PlainHint[] {
  const hints: PlainHint[] = [];
  let rest = text;
  for (const [word, instead] of officeWords) {
    if (!rest.includes(word)) continue;
    hints.push({ word, instead });
    rest = rest.replaceAll(word, ' ');
  }
  if ([...words.segment(text)].some(each => each.segment === 'ณ')) hints.push({ word: 'ณ', instead: 'ที่' });
  return hints;
}

/** What sending costs, in satang. */
export const costOf = (segments: number, people: number, satangPerSegment: number): number =>
  segments * people * satangPerSegment;
