import type { Found } from './date-read';
import { isConsonant, isDigit, isLatin, isThai, isThaiLead, isThaiTail } from './letters';

/** The check digit of a Thai national id. A typo check only: any error in the third digit passes (its weight is 11). */
export function isThaiId(digits: string): boolean {
  if (!/^\d{13}$/.test(digits) || digits.startsWith('9')) return false;
  let sum = 0;
  for (let index = 0; index < 12; index++) sum += Number(digits[index]) * (13 - index);
  return (11 - (sum % 11)) % 10 === Number(digits[12]);
}

interface Run {
  readonly digits: string;
  /** Where each digit stands. */
  readonly at: readonly number[];
  /** Lengths of the groups between separators. */
  readonly groups: readonly number[];
  readonly hyphens: boolean;
  readonly end: number;
}

const longestRun = 15;

/** Digits from `start`, with at most one space, hyphen, point or bracket between two, up to 15. */
function digitRun(text: string, start: number): Run {
  let digits = '';
  const at: number[] = [];
  const groups: number[] = [];
  let hyphens = true;
  let index = start;
  let group = 0;
  while (index < text.length && digits.length < longestRun) {
    if (isDigit(text.charCodeAt(index))) {
      digits += text.charAt(index);
      at.push(index);
      group++;
      index++;
      continue;
    }
    const separator = text.charAt(index);
    if (!' -.)('.includes(separator)) break;
    const skip = separator === ')' && text.charAt(index + 1) === ' ' ? 2 : 1;
    if (!isDigit(text.charCodeAt(index + skip))) break;
    if (separator !== '-') hyphens = false;
    groups.push(group);
    group = 0;
    index += skip;
  }
  groups.push(group);
  return { digits, at, groups, hyphens, end: (at[at.length - 1] ?? start - 1) + 1 };
}

/** How ids are grouped: in one, 1-4-5-2-1 as on the card, any groups with hyphens, or digit by digit. */
function groupedAsId({ groups, hyphens }: Run, count: number): boolean {
  if (count === 1 || hyphens) return true;
  return groups.join('-') === '1-4-5-2-1' || groups.every(length => length === 1);
}

function idAt(run: Run, text: string): Found | undefined {
  if (run.digits.length !== 13 || isDigit(text.charCodeAt(run.end))) return undefined;
  if (!groupedAsId(run, run.groups.length) || !isThaiId(run.digits)) return undefined;
  return { kind: 'thai-id', value: run.digits, start: run.at[0] ?? 0, end: run.end };
}

/** Digits of a Thai number without its leading zero: 8 for a landline, 9 for a mobile, by how it begins. */
function subscriberLength(national: string): number | undefined {
  if (/^[689]/.test(national)) return 9;
  return /^[23457]/.test(national) ? 8 : undefined;
}

/** A phone number inside a run: 081-234-5678, +66 81 234 5678, 0-2345-6789, 1800 123 456. E.164, but service numbers as dialled. */
function phoneAt(run: Run, text: string, start: number): Found | undefined {
  const { digits } = run;
  const plus = text.charAt(start - 1) === '+' || text.slice(start - 2, start) === '+(';
  const found = (length: number, value: string, from = start): Found | undefined => {
    const last = run.at[length - 1];
    if (last === undefined || isDigit(text.charCodeAt(last + 1))) return undefined;
    return { kind: 'phone', value, start: from, end: last + 1 };
  };
  if (digits.startsWith('66') && (plus || (digits.length >= 10 && run.groups[0] !== 13))) {
    const trunk = digits[2] === '0' ? 3 : 2;
    const length = subscriberLength(digits.slice(trunk));
    if (
      length !== undefined &&
      digits.length >= trunk + length &&
      (plus || digits.length === trunk + length)
    ) {
      return found(
        trunk + length,
        `+66${digits.slice(trunk, trunk + length)}`,
        plus ? text.lastIndexOf('+', start) : start,
      );
    }
  }
  if (plus) {
    return digits.length >= 8 ? found(digits.length, `+${digits}`, text.lastIndexOf('+', start)) : undefined;
  }
  if (digits.startsWith('0')) {
    const length = subscriberLength(digits.slice(1));
    if (length === undefined || digits.length < length + 1) return undefined;
    const whole = run.groups.length === 1 ? digits.length === length + 1 : endsGroup(run, length + 1);
    return whole ? found(length + 1, `+66${digits.slice(1, length + 1)}`) : undefined;
  }
  if (
    /^1[89]00/.test(digits) &&
    (digits.length === 10 || (digits.length > 10 && endsGroup(run, 10))) &&
    (run.groups[0] === 4 || run.groups.length === 1)
  ) {
    return found(10, digits.slice(0, 10));
  }
  return undefined;
}

/** Whether the first `count` digits end where a group does, so that no number is cut in two. */
function endsGroup({ groups }: Run, count: number): boolean {
  let sum = 0;
  for (const length of groups) {
    sum += length;
    if (sum === count) return true;
  }
  return false;
}

const hotlineCues = [
  'โทร',
  'โทร.',
  'โทรศัพท์',
  'สายด่วน',
  'เบอร์',
  'เบอร์โทร',
  'หมายเลข',
  'call',
  'hotline',
  'dial',
  'tel',
  'tel.',
  'กด',
  'ติดต่อ',
  'แจ้ง',
];
const emergency = new Set(['191', '199', '1669']);

/** A 3- or 4-digit service number after a word that says so. */
function hotlineAt(text: string, run: Run, start: number): Found | undefined {
  const length = run.groups[0] ?? 0;
  if ((length !== 3 && length !== 4) || text.charAt(start) !== '1') return undefined;
  const end = start + length;
  const after = text.slice(end, end + 6).trimStart();
  if (after.startsWith('บาท') || after.startsWith('คน') || /^[.,:/]\d/.test(text.slice(end, end + 2)))
    return undefined;
  const value = text.slice(start, end);
  const head = text.slice(Math.max(0, start - 14), start).trimEnd();
  if (!emergency.has(value) && !hotlineCues.some(cue => head.endsWith(cue))) return undefined;
  if (run.groups.length > 1 && text.charAt(end) !== ' ') return undefined;
  return { kind: 'phone', value, start, end };
}

const spokenDigits: readonly (readonly [string, string])[] = [
  ['ศูนย์', '0'],
  ['หนึ่ง', '1'],
  ['นึง', '1'],
  ['สอง', '2'],
  ['โท', '2'],
  ['สาม', '3'],
  ['สี่', '4'],
  ['ห้า', '5'],
  ['หก', '6'],
  ['เจ็ด', '7'],
  ['แปด', '8'],
  ['เก้า', '9'],
];

/** A phone number or id said digit by digit: ศูนย์แปดหนึ่ง สองสามสี่ … */
function spokenAt(text: string, start: number): Found | undefined {
  let digits = '';
  let index = start;
  let end = start;
  while (digits.length < 14) {
    const word = spokenDigits.find(([name]) => text.startsWith(name, index));
    if (word === undefined) break;
    digits += word[1];
    index += word[0].length;
    end = index;
    if (text.charAt(index) === ' ') index++;
  }
  if (isThaiId(digits)) return { kind: 'thai-id', value: digits, start, end, confidence: 0.9 };
  const length = subscriberLength(digits.slice(1));
  if (!digits.startsWith('0') || length === undefined || digits.length !== length + 1) return undefined;
  return { kind: 'phone', value: `+66${digits.slice(1)}`, start, end, confidence: 0.9 };
}

const domainEnds = [
  '.go.th',
  '.or.th',
  '.ac.th',
  '.co.th',
  '.in.th',
  '.mi.th',
  '.com',
  '.net',
  '.org',
  '.th',
  '.io',
  '.info',
  '.app',
  '.gov',
  '.me',
  '.ly',
  '.gle',
];

const isWordChar = (code: number): boolean => isLatin(code) || isDigit(code);

const isUrlChar = (code: number): boolean =>
  code > 32 && code < 127 && code !== 34 && code !== 60 && code !== 62;

/** Longer runs are looked through in pieces, so that the time stays linear. */
const longestAddress = 300;

/** An address of mail or of the web in a run of plain characters. */
function addressIn(text: string, start: number, end: number): Found | undefined {
  let last = end;
  while (last > start && ".,;:!?)]}'".includes(text.charAt(last - 1))) last--;
  const run = text.slice(start, last);
  const link = /^(?:https?:\/\/|www\.)/.test(run) && run.length > 8;
  if (link) return { kind: 'url', value: run, start, end: last };
  const at = run.indexOf('@');
  if (at > 0) return mailIn(run, at, start);
  const slash = run.indexOf('/');
  const host = slash < 0 ? run : run.slice(0, slash);
  const plain =
    host.length > 3 &&
    Array.from(host).every(char => isWordChar(char.charCodeAt(0)) || char === '.' || char === '-');
  if (!plain || !isLatin(host.charCodeAt(0)) || host.includes('..')) return undefined;
  return domainEnds.some(ending => host.endsWith(ending) && host.length > ending.length)
    ? { kind: 'url', value: run, start, end: last }
    : undefined;
}

function mailIn(run: string, at: number, offset: number): Found | undefined {
  let from = at;
  while (from > 0 && (isWordChar(run.charCodeAt(from - 1)) || '._%+-'.includes(run.charAt(from - 1)))) from--;
  let to = at + 1;
  while (to < run.length && (isWordChar(run.charCodeAt(to)) || '.-'.includes(run.charAt(to)))) to++;
  while (to > at && '.-'.includes(run.charAt(to - 1))) to--;
  const host = run.slice(at + 1, to);
  const dot = host.lastIndexOf('.');
  const fine =
    from < at &&
    dot > 0 &&
    host.length - dot > 2 &&
    !host.includes('..') &&
    isLatin(host.charCodeAt(dot + 1));
  return fine
    ? { kind: 'email', value: run.slice(from, to), start: offset + from, end: offset + to }
    : undefined;
}

/** Two consonants before a number that are an abbreviation, not a plate. */
const notPlates = new Set(
  'มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค พศ คศ รศ จศ กก ชม นน ตร ลบ ถน กม มม ซม ซก ตก ตม สน สภ ทศ รร รพ บช ผจ นส วท นท พท ดช ดญ อบ อส ปล ปณ คน บท ตอ ผล ชน งบ มน ทบ รถ จบ พบ ลง จน สด กว นม'.split(
    ' ',
  ),
);

/** 1กก 1234, กข 1234 after ทะเบียน, at the start or after a space: letters and 1-4 digits. The province stays its own entity. */
function plateAt(text: string, start: number): Found | undefined {
  let index = start;
  const series = isDigit(text.charCodeAt(index));
  if (series) index++;
  if (!isConsonant(text.charCodeAt(index)) || !isConsonant(text.charCodeAt(index + 1))) return undefined;
  const letters = text.slice(index, index + 2);
  index += 2;
  if (isThaiTail(text.charCodeAt(index)) || text.charAt(index) === '.') return undefined;
  if (text.charAt(index) === ' ' || text.charAt(index) === '-') index++;
  const from = index;
  while (isDigit(text.charCodeAt(index)) && index - from < 5) index++;
  const digits = index - from;
  if (digits === 0 || digits > 4 || /^[.,]\d/.test(text.slice(index, index + 2)) || text.charAt(from) === '0')
    return undefined;
  const before = start === 0 ? 32 : text.charCodeAt(start - 1);
  const told = /(?:ทะเบียน|ป้าย|รถ)(?:รถ|เลขที่|หมายเลข|เลข)?\s?$/.test(
    text.slice(Math.max(0, start - 20), start),
  );
  if (isThai(before) && !told) return undefined;
  if (isDigit(before) || isLatin(before) || isThaiLead(before)) return undefined;
  const believed = series ? digits >= 3 || !notPlates.has(letters) : digits >= 3 && !notPlates.has(letters);
  if (letters === 'รถ' || (!told && !believed)) return undefined;
  const value = `${text.slice(start, series ? start + 3 : start + 2)} ${text.slice(from, index)}`;
  return { kind: 'plate', value, start, end: index, confidence: told || series ? 0.95 : 0.7 };
}

const referenceCues = [
  'เลขที่เรื่อง',
  'เลขรับ',
  'เลขที่รับ',
  'เลขรับเรื่อง',
  'เลขที่คำร้อง',
  'เลขคำร้อง',
  'เลขเรื่อง',
  'เลขที่คำขอ',
  'หมายเลขคำขอ',
  'เลขคำขอ',
  'เลขอ้างอิง',
  'เลขที่อ้างอิง',
  'รหัสอ้างอิง',
  'หมายเลขอ้างอิง',
  'เลขติดตาม',
  'เลขพัสดุ',
  'เลขที่ใบเสร็จ',
  'เลขที่หนังสือ',
  'หนังสือเลขที่',
  'เลขโฉนด',
  'โฉนดเลขที่',
  'เลขที่โฉนด',
  'เลขที่บัญชี',
  'เลขบัญชี',
  'เลขคดี',
  'คดีหมายเลข',
  'คดีดำที่',
  'คดีแดงที่',
  'เลขใบสั่ง',
  'ใบสั่งเลขที่',
  'เลขที่ใบสั่ง',
  'หมายเลขเรื่อง',
  'หมายเลขติดตาม',
  'รหัสเรื่อง',
  'เลขทะเบียน',
  'เลขที่ใบอนุญาต',
  'ใบอนุญาตเลขที่',
  'reference',
  'ref',
  'ref.',
  'ticket',
  'case',
  'tracking',
  'case no.',
  'case number',
  'reference number',
  'ticket number',
];

function isReferenceChar(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (
    isWordChar(code) ||
    (('-/'.includes(text.charAt(index)) || isConsonant(code)) && isWordChar(text.charCodeAt(index + 1)))
  );
}

/** A file or case number after words that announce one: เลขที่เรื่อง TR-2569/00123. */
function referenceAfter(text: string, start: number): Found | undefined {
  let index = start;
  while (index < text.length && index - start < 14) {
    const rest = text.slice(index, index + 7);
    if (' :#.='.includes(text.charAt(index))) index++;
    else if (rest.startsWith('ที่')) index += 3;
    else if (rest.startsWith('คือ') || rest.startsWith('no.')) index += 3;
    else if (rest.startsWith('เลขที่')) index += 6;
    else if (rest.startsWith('หมายเลข')) index += 7;
    else break;
  }
  let end = index;
  let digits = 0;
  while (end < text.length && end - index < 40 && isReferenceChar(text, end)) {
    if (isDigit(text.charCodeAt(end))) digits++;
    end++;
  }
  return digits >= 2
    ? { kind: 'reference', value: text.slice(index, end).toUpperCase(), start: index, end }
    : undefined;
}

/** บ้านเลขที่ 12/3: an address, so that nobody takes it for a date. */
const houseCues = ['บ้านเลขที่', 'เลขที่', 'หมู่ที่', 'ห้องเลขที่'];

interface Cue {
  readonly word: string;
  readonly house: boolean;
}

const cuesByFirst = new Map<number, Cue[]>();
for (const cue of [
  ...referenceCues.map(word => ({ word, house: false })),
  ...houseCues.map(word => ({ word, house: true })),
]) {
  const code = cue.word.charCodeAt(0);
  cuesByFirst.set(
    code,
    [...(cuesByFirst.get(code) ?? []), cue].sort((a, b) => b.word.length - a.word.length),
  );
}

export interface Identifiers {
  readonly found: readonly Found[];
  /** Spans that are neither dates nor amounts, without being identifiers. */
  readonly hidden: readonly { readonly start: number; readonly end: number }[];
}

/** Ids, phones, plates, references, mail and web addresses of a folded text, left to right. */
export function readIdentifiers(text: string): Identifiers {
  const found: Found[] = [];
  const hidden: { start: number; end: number }[] = [];
  let index = 0;
  /** Up to here a run of plain characters was looked through for an address. */
  let runEnd = 0;
  const take = (read: Found | undefined): boolean => {
    if (read === undefined) return false;
    found.push(read);
    index = Math.max(read.end, index + 1);
    return true;
  };
  while (index < text.length) {
    const code = text.charCodeAt(index);
    const cue = cuesByFirst.get(code)?.find(({ word }) => text.startsWith(word, index));
    if (cue !== undefined && !(isLatin(code) && index > 0 && isLatin(text.charCodeAt(index - 1)))) {
      const after = index + cue.word.length;
      if (!cue.house) {
        if (take(referenceAfter(text, after))) continue;
      } else {
        const slash = /^ ?\d{1,5}\/\d{1,5}/.exec(text.slice(after, after + 13));
        if (slash !== null) {
          hidden.push({ start: after, end: after + slash[0].length });
          index = after + slash[0].length;
          continue;
        }
      }
    }
    if (isDigit(code)) {
      const fresh = index === 0 || !isDigit(text.charCodeAt(index - 1));
      const run = fresh ? digitRun(text, index) : undefined;
      if (run !== undefined) {
        const mailEnd = isLatinAhead(text, index);
        if (mailEnd > 0 && take(addressIn(text, index, mailEnd))) continue;
        if (
          take(
            idAt(run, text) ??
              phoneAt(run, text, index) ??
              plateAt(text, index) ??
              hotlineAt(text, run, index),
          )
        )
          continue;
      }
      index++;
      while (isDigit(text.charCodeAt(index))) index++;
      continue;
    }
    if (isLatin(code)) {
      if (index >= runEnd) {
        runEnd = index;
        while (runEnd - index < longestAddress && isUrlChar(text.charCodeAt(runEnd))) runEnd++;
        if (take(addressIn(text, index, runEnd))) continue;
      }
      while (isLatin(text.charCodeAt(index))) index++;
      continue;
    }
    if (isConsonant(code) && take(plateAt(text, index))) continue;
    if (isConsonant(code) || isThaiLead(code)) {
      if (
        (code === 0x0e28 || code === 0x0e2b || code === 0x0e2a || code === 0x0e40 || code === 0x0e41) &&
        take(spokenAt(text, index))
      )
        continue;
    }
    index++;
  }
  return { found, hidden };
}

/** Where the run of plain characters from `start` ends, if a mail address could be in it; else 0. */
function isLatinAhead(text: string, start: number): number {
  let end = start;
  let mail = false;
  while (end < text.length && end - start < 80 && isUrlChar(text.charCodeAt(end))) {
    if (text.charAt(end) === '@') mail = true;
    end++;
  }
  return mail ? end : 0;
}
