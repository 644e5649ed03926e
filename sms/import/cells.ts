import { bangkokAt, bangkokMidnight } from '../../core';

/** Why a cell cannot be used; the words for it are in the desk's catalogue under `import.problem.<code>`. */
export type CellProblem =
  'missing' | 'phone' | 'date' | 'past' | 'time' | 'amount' | 'year' | 'text' | 'twice' | 'consent';

export interface RowProblem {
  /** As the sheet numbers them; the heading is row 1. */
  readonly row: number;
  /** The heading of the column. */
  readonly column: string;
  readonly problem: CellProblem;
  /** What else helps: the other row, what the text check found. */
  readonly detail?: string;
}

const digitsOf = (text: string): string =>
  text.replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50));

/** A Thai number in E.164. Spreadsheets drop the leading zero: nine digits of a mobile number are one too. */
export function phoneOf(text: string): string | undefined {
  const digits = digitsOf(text).replace(/[\s().-]/gu, '');
  const national = /^(?:\+?66|0)([1-9]\d{7,8})$/u.exec(digits)?.[1] ?? /^([689]\d{8})$/u.exec(digits)?.[1];
  return national && (national.length === 9) === /^[689]/u.test(national) ? `+66${national}` : undefined;
}

const months = 'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.'.split(' ');

const iso = (year: number, month: number, day: number): string =>
  `${year >= 2400 ? year - 543 : year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Midnight in Bangkok of `25/11/2569`, `25 พ.ย. 2569`, `2026-11-25`, or of the moment a workbook gives. */
export function dayOf(text: string): number | undefined {
  const plain = digitsOf(text).trim();
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(plain);
  if (slashed) return bangkokMidnight(iso(Number(slashed[3]), Number(slashed[2]), Number(slashed[1])));
  const named = /^(\d{1,2})\s*([ก-๎.]+)\s*(\d{4})$/u.exec(plain);
  const month = months.indexOf(named?.[2] ?? '');
  if (named && month >= 0) return bangkokMidnight(iso(Number(named[3]), month + 1, Number(named[1])));
  const dated = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/u.exec(plain);
  return dated ? bangkokMidnight(iso(Number(dated[1]), Number(dated[2]), Number(dated[3]))) : undefined;
}

/** Minutes since midnight of `9:30`, `09.30 น.`. */
export function minutesOf(text: string): number | undefined {
  const found = /^(\d{1,2})[:.](\d{2})(?:\s*น\.?)?$/u.exec(digitsOf(text).trim());
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
  return found && hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/** Satang of `600`, `1,250.50 บาท`. */
export function satangOf(text: string): number | undefined {
  const found = /^([\d,]{1,12})(?:\.(\d{1,2}))?(?:\s*บาท)?$/u.exec(digitsOf(text).trim());
  if (!found) return undefined;
  const satang = Number((found[1] ?? '').replaceAll(',', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return satang > 0 ? satang : undefined;
}

/** The year of birth in the common era, from either era. */
export function birthYearOf(text: string, now: number): number | undefined {
  const year = /^\d{4}$/u.test(digitsOf(text).trim()) ? Number(digitsOf(text).trim()) : Number.NaN;
  const common = year >= 2400 ? year - 543 : year;
  return common >= 1890 && bangkokAt(common, 1, 1) <= now ? common : undefined;
}
