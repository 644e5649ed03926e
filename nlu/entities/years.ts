import { commonYear, type Era } from './eras';
import { readNumber } from './numbers';
import { past, roleAt, wordAt, type Reading } from './tokens';

export interface YearRead {
  readonly year: number;
  readonly next: number;
  /** An era, ปี or four digits: not a guess from two digits. */
  readonly sure: boolean;
}

/** Something follows that makes two digits an amount: "15 มกราคม 10 คน". */
function counts(reading: Reading, index: number, named: boolean): boolean {
  const next = past(reading, index);
  const token = reading.tokens[next];
  const word = token?.word;
  if (token?.mark === ':' || token?.mark === '%') return true;
  if (token?.mark === '/' || (token?.mark === '-' && reading.tokens[next + 1]?.number !== undefined)) {
    return index === next && token.mark === '/' && (reading.tokens[next + 1]?.number ?? '').length < 2;
  }
  if (word === undefined) return reading.text.startsWith('น.', token?.start ?? -1);
  return (
    (word.classifier === true && !named) ||
    word.baht === true ||
    word.place !== undefined ||
    word.role === 'mong' ||
    word.role === 'thum' ||
    word.role === 'hour-sign' ||
    word.role === 'percent' ||
    word.role === 'am' ||
    word.role === 'pm' ||
    (word.unit !== undefined &&
      word.weekday === undefined &&
      wordAt(reading, past(reading, next + 1)).month === undefined)
  );
}

/** Digits said one by one: ปีสองห้าห้าหนึ่ง, ปีสี่ศูนย์. */
function spelt(
  reading: Reading,
  index: number,
): { readonly digits: string; readonly next: number } | undefined {
  let digits = '';
  let next = index;
  while (digits.length < 5) {
    const { digit, only } = wordAt(reading, next);
    if (digit === undefined || only !== undefined) break;
    digits += String(digit);
    next++;
  }
  return digits.length === 2 || digits.length === 4 ? { digits, next } : undefined;
}

/** The year written at `index`, after any ปี and era. `named`: ปี or an era was there, so that two digits are enough. */
function figure(
  reading: Reading,
  index: number,
  how: {
    readonly era?: Era | undefined;
    readonly named: boolean;
    readonly month?: number | undefined;
    readonly english?: boolean;
  },
): YearRead | undefined {
  const thisYear = reading.today.year;
  const quoted = reading.tokens[index]?.mark === "'" ? index + 1 : index;
  const token = reading.tokens[quoted];
  const resolve = (year: number, digits: number, next: number): YearRead | undefined => {
    const era = how.era ?? (how.english === true && digits === 2 ? 'CE' : undefined);
    const found = commonYear({ year, digits, ...(era === undefined ? {} : { era }) }, thisYear, how.month);
    return found === undefined ? undefined : { year: found, next, sure: digits !== 2 || how.named };
  };
  if (token?.number !== undefined) {
    const digits = token.end - token.start;
    if (digits !== token.number.length) return undefined;
    const trimmed = token.number;
    if (trimmed.includes('.')) return undefined;
    const reach =
      how.era === 'RS' || how.era === 'CS' || how.era === 'CE' ? digits <= 4 : digits === 4 || digits === 2;
    if (!reach) return undefined;
    if (digits === 2 && counts(reading, quoted + 1, how.named)) return undefined;
    return resolve(Number(trimmed), digits, quoted + 1);
  }
  if (!how.named) return undefined;
  const said = spelt(reading, quoted);
  if (said !== undefined && (said.digits.length === 4 || !counts(reading, said.next, how.named)))
    return resolve(Number(said.digits), said.digits.length, said.next);
  const spoken = readNumber(reading, quoted);
  if (spoken === undefined || spoken.words < 4 || spoken.value.length !== 4) return undefined;
  return resolve(Number(spoken.value), 4, spoken.next);
}

/** ปีนี้, ปีหน้า, ปีที่แล้ว, ปีเดียวกัน … from the index of ปี. */
export function relativeYear(reading: Reading, index: number): YearRead | undefined {
  if (wordAt(reading, index).unit !== 'year') return undefined;
  const at = past(reading, index + 1);
  const year = reading.today.year;
  switch (roleAt(reading, at)) {
    case 'this':
      return { year, next: at + 1, sure: true };
    case 'next':
    case 'coming':
      return { year: year + 1, next: at + 1, sure: true };
    case 'last':
    case 'before':
      return { year: year - 1, next: at + 1, sure: true };
    case 'same':
      return { year: reading.mentioned?.year ?? year, next: at + 1, sure: true };
    default:
      return undefined;
  }
}

/**
 * A year at `index`: ปี 2551, พ.ศ. 2475, ปี 40, ค.ศ. 1932, ร.ศ. 112; after a month also 2551 and 51 alone, and ปีหน้า.
 */
export function readYear(
  reading: Reading,
  index: number,
  how: { readonly afterMonth?: number; readonly english?: boolean } = {},
): YearRead | undefined {
  const afterMonth = how.afterMonth !== undefined;
  const from = past(reading, index);
  if (from !== index && !afterMonth) return undefined;
  let next = from;
  if (afterMonth && (reading.tokens[next]?.mark === ',' || roleAt(reading, next) === 'of'))
    next = past(reading, next + 1);
  const relative = relativeYear(reading, next);
  if (relative !== undefined) return relative;
  let named = false;
  if (wordAt(reading, next).unit === 'year' || roleAt(reading, next) === 'year-mark') {
    named = true;
    next = past(reading, next + 1);
    if (wordAt(reading, next).unit === 'year') next = past(reading, next + 1);
  }
  const { era, shy } = wordAt(reading, next);
  if (era !== undefined && !(shy === true && !afterMonth)) {
    named = true;
    next = past(reading, next + 1);
  }
  if (!named && !afterMonth) return undefined;
  const read = figure(reading, next, { era, named, month: how.afterMonth, english: how.english === true });
  if (read === undefined) return undefined;
  // English: 2570 BE, 1893 AD after the figure
  const after = past(reading, read.next);
  const trailing = wordAt(reading, after).era;
  if (trailing === undefined || era !== undefined || (reading.tokens[after]?.form ?? 'ก') >= 'ก') return read;
  const digits = (reading.tokens[read.next - 1]?.number ?? '').length;
  const value = Number(reading.tokens[read.next - 1]?.number ?? '0');
  const withEra = commonYear({ year: value, digits, era: trailing }, reading.today.year, how.afterMonth);
  return withEra === undefined ? read : { year: withEra, next: after + 1, sure: true };
}
