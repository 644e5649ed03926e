/**
 * Numbers that identify a person, found in free text and masked before the text is kept. Bank accounts stay readable: who reports a
 * fraud must be able to name the account the money went to.
 */

const zeros = [0x30, 0x0e50, 0xff10] as const;

/** The digit at a place, Western, Thai or full-width; -1 where there is none. */
function digitAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  for (const zero of zeros) if (code >= zero && code <= zero + 9) return code - zero;
  return -1;
}

/** What people put between the digits of one number. */
const separators: ReadonlySet<string> = new Set(
  ' \u00a0-.\u2010\u2011\u2012\u2013\u2014_/\u200b\u200c\u200d\ufeff',
);
const separatorsAtMost = 3;

/** Digits without anything between them. */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

/** Groups of digits that stand in a row, with no more than separators between them. */
function* runsOf(text: string): Generator<readonly Group[]> {
  let run: Group[] = [];
  let index = 0;
  while (index < text.length) {
    if (digitAt(text, index) < 0) {
      index += 1;
      continue;
    }
    const last = run.at(-1);
    if (last && !onlySeparators(text, last.end, index)) {
      yield run;
      run = [];
    }
    const group = groupAt(text, index);
    run.push(group);
    index = group.end;
  }
  if (run.length > 0) yield run;
}

function groupAt(text: string, start: number): Group {
  let digits = '';
  let end = start;
  for (let digit = digitAt(text, end); digit >= 0; digit = digitAt(text, end)) {
    digits += String(digit);
    end += 1;
  }
  return { start, end, digits };
}

function onlySeparators(text: string, from: number, to: number): boolean {
  if (to - from > separatorsAtMost) return false;
  for (let index = from; index < to; index += 1) if (!separators.has(text.charAt(index))) return false;
  return true;
}

const idDigits = 13;

/** The check digit of a Thai national id. It finds typing errors, it proves nobody. */
export function hasThaiIdCheckDigit(digits: string): boolean {
  if (!/^[0-8]\d{12}$/u.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < 12; index += 1) sum += Number(digits[index]) * (idDigits - index);
  return (11 - (sum % 11)) % 10 === Number(digits[12]);
}

/** Luhn's check digit, as on payment cards. */
export function hasLuhnCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

const shapeOnTheCard = '1-4-5-2-1';
const idCue =
  /(?:เลขบัตร|บัตรประชาชน|บัตร ปชช|เลขประจำตัว|13 หลัก|๑๓ หลัก|id card|citizen id|national id|id no)[^\n]{0,24}$/iu;
const cueUnits = 48;

/**
 * Whether groups of 13 digits are a national id. In the shape of the card, or after words that announce one, a wrong check digit is a
 * typing error and the rest still tells who it is; otherwise the check digit decides. Loose groups could be a phone number and an amount.
 */
function isThaiId(text: string, groups: readonly Group[], digits: string): boolean {
  const shape = groups.map(group => group.digits.length);
  if (shape.join('-') === shapeOnTheCard) return true;
  const start = groups[0]?.start ?? 0;
  if (shape.length === 1 && idCue.test(text.slice(Math.max(0, start - cueUnits), start))) return true;
  if (!hasThaiIdCheckDigit(digits)) return false;
  if (shape.length === 1 || shape.every(length => length === 1)) return true;
  return shape.length <= 6 && !digits.startsWith('0') && shape.every(length => length < 9);
}

const cardDigits = { least: 14, most: 19 } as const;

function isCard(groups: readonly Group[], digits: string): boolean {
  if (!/^[2-6]/u.test(digits) || digits.length < cardDigits.least || !hasLuhnCheckDigit(digits)) return false;
  const shape = groups.map(group => group.digits.length);
  const inFours = shape.slice(0, -1).every(length => length === 4) && (shape.at(-1) ?? 0) <= 4;
  return shape.length === 1 || inFours || shape.join('-') === '4-6-5' || shape.join('-') === '4-6-4';
}

interface Mask {
  readonly start: number;
  readonly end: number;
  readonly shown: string;
}

/** The number that begins at a group, if one of the kinds does. */
function maskFrom(
  text: string,
  run: readonly Group[],
  from: number,
): { mask: Mask; next: number } | undefined {
  let digits = '';
  for (let to = from; to < run.length; to += 1) {
    digits += run[to]?.digits ?? '';
    if (digits.length > cardDigits.most) return undefined;
    if (digits.length < idDigits) continue;
    const groups = run.slice(from, to + 1);
    const start = groups[0]?.start ?? 0;
    const end = groups.at(-1)?.end ?? start;
    if (digits.length === idDigits && isThaiId(text, groups, digits)) {
      const shown = `${text.charAt(start)}-xxxx-xxxxx-xx-${text.charAt(end - 1)}`;
      return { mask: { start, end, shown }, next: to + 1 };
    }
    if (isCard(groups, digits)) {
      return { mask: { start, end, shown: `xxxx-xxxx-xxxx-${digits.slice(-4)}` }, next: to + 1 };
    }
  }
  return undefined;
}

function numberMasks(text: string): Mask[] {
  const masks: Mask[] = [];
  for (const run of runsOf(text)) {
    for (let from = 0; from < run.length;) {
      const found = maskFrom(text, run, from);
      if (found) masks.push(found.mask);
      from = found?.next ?? from + 1;
    }
  }
  return masks;
}

/** The code on the back of the identity card: two letters and ten digits. */
const laserCode = /(?<![A-Za-z0-9])[A-Za-z]{2}\d-?\d{7}-?\d{2}(?!\d)/gu;
const passport =
  /((?:passport|พาสปอร์ต|หนังสือเดินทาง)(?: ?(?:no\.?|number))?[^A-Za-z0-9\n]{0,20})([A-Za-z]{1,2}\d{6,8})(?!\d)/giu;

/**
 * The text with national ids, payment cards, the codes of identity cards and passports masked: `1-xxxx-xxxxx-xx-8`. Masking what is
 * masked changes nothing.
 */
export function maskPersonalData(text: string): string {
  if (!/[\d๐-๙\uff10-\uff19]/u.test(text)) return text;
  let masked = '';
  let copied = 0;
  for (const { start, end, shown } of numberMasks(text)) {
    masked += text.slice(copied, start) + shown;
    copied = end;
  }
  return (masked + text.slice(copied))
    .replace(laserCode, 'xxx-xxxxxxx-xx')
    .replace(passport, (_, before: string, number: string) => `${before}xxxxxx${number.slice(-2)}`);
}

/** Whether a text holds a national id that was masked. */
export const holdsMaskedId = (text: string): boolean => /[\d๐-๙]-xxxx-xxxxx-xx-[\d๐-๙]/u.test(text);

const email = /[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/gu;
const phone = /(?<![\w.+๐-๙-])(?:\+|00)?(?:66|๖๖|0|๐)(?:[ -]?[\d๐-๙]){8,9}(?![\d๐-๙])/gu;

/** For logs, reports and copies for somebody else: phone numbers and mail addresses go too. */
export function maskContacts(text: string): string {
  return maskPersonalData(text).replace(email, 'x@x').replace(phone, 'xxx-xxx-xxxx');
}
