import { numberWords } from './thai-numbers';

const dayMs = 24 * 60 * 60 * 1000;
/** Bangkok's clock before UTC, all year. */
export const bangkokMs = 7 * 60 * 60 * 1000;

const weekdays = ['อาทิตย์', 'จันทร์', 'อังคาร', 'พุธ', 'พฤหัสบดี', 'ศุกร์', 'เสาร์'] as const;
const months = [
  ['ม.ค.', 'มกราคม'],
  ['ก.พ.', 'กุมภาพันธ์'],
  ['มี.ค.', 'มีนาคม'],
  ['เม.ย.', 'เมษายน'],
  ['พ.ค.', 'พฤษภาคม'],
  ['มิ.ย.', 'มิถุนายน'],
  ['ก.ค.', 'กรกฎาคม'],
  ['ส.ค.', 'สิงหาคม'],
  ['ก.ย.', 'กันยายน'],
  ['ต.ค.', 'ตุลาคม'],
  ['พ.ย.', 'พฤศจิกายน'],
  ['ธ.ค.', 'ธันวาคม'],
] as const;

/** A moment on Bangkok's clock, which keeps UTC+7 all year. Months 1-12, weekdays from Sunday = 0, the year of the common era. */
export interface BangkokTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly minutes: number;
}

export function bangkokTimeOf(at: number): BangkokTime {
  const local = new Date(at + bangkokMs);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    minutes: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}

/** The moment (ms) of a day and time in Bangkok. A day beyond its month runs on into the next, as in `Date.UTC`. */
export const bangkokAt = (year: number, month: number, day: number, minutes = 0): number =>
  Date.UTC(year, month - 1, day) + minutes * 60_000 - bangkokMs;

/** The ISO date in Bangkok, such as `2027-01-12`. */
export const bangkokIsoDate = (at: number): string => new Date(at + bangkokMs).toISOString().slice(0, 10);

/** Midnight in Bangkok of an ISO date; `undefined` where there is no such day. */
export function bangkokMidnight(isoDate: string): number | undefined {
  const at = Date.parse(`${isoDate}T00:00:00+07:00`);
  return Number.isNaN(at) || bangkokIsoDate(at) !== isoDate ? undefined : at;
}

/** How much room a date or time may take: `full` for reading, `short` where a part of an SMS is at stake, `spoken` for a call. */
export type Fullness = 'full' | 'short' | 'spoken';

const inEnglish = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Bangkok', ...options }).format(at);

/** A day for people: `วันอังคารที่ 12 ม.ค. 2570`, `อังคาร 12 ม.ค. 70`, `วันอังคารที่ 12 มกราคม 2570`; `Tuesday 12 Jan 2027`. */
export function dayWords(at: number, language: string, fullness: Fullness = 'full'): string {
  if (language !== 'th')
    return inEnglish(at, {
      weekday: fullness === 'short' ? 'short' : 'long',
      day: 'numeric',
      month: fullness === 'spoken' ? 'long' : 'short',
      year: 'numeric',
    }).replace(',', '');
  const { year, month, day, weekday } = bangkokTimeOf(at);
  const [short = '', long = ''] = months[month - 1] ?? [];
  const name = weekdays[weekday] ?? '';
  switch (fullness) {
    case 'full':
      return `วัน${name}ที่ ${day} ${short} ${year + 543}`;
    case 'short':
      return `${name} ${day} ${short} ${String((year + 543) % 100).padStart(2, '0')}`;
    case 'spoken':
      return `วัน${name}ที่ ${day} ${long} ${year + 543}`;
  }
}

/** Hours as people say them: a word before, how many, and a word after that is left out where minutes follow and nothing is in doubt. */
function hourWords(hour: number): {
  readonly before: string;
  readonly count: number;
  readonly unit: string;
  readonly part: string;
} {
  if (hour < 6) return { before: 'ตี', count: hour, unit: '', part: '' };
  if (hour < 12) return { before: '', count: hour, unit: 'โมง', part: hour < 10 ? 'เช้า' : '' };
  if (hour < 16) return { before: 'บ่าย', count: hour - 12, unit: 'โมง', part: '' };
  if (hour < 19) return { before: '', count: hour - 12, unit: 'โมง', part: 'เย็น' };
  return { before: '', count: hour - 18, unit: 'ทุ่ม', part: '' };
}

/** With minutes, only these hours could be taken for another part of the day. */
const doubtful = (hour: number): boolean => hour === 6 || (hour >= 16 && hour <= 18);

function minuteWords(minute: number, fullness: Fullness): string {
  if (minute === 0) return '';
  if (minute === 30) return 'ครึ่ง';
  return fullness === 'short' ? ` ${minute} นาที` : `${numberWords(String(minute))}นาที`;
}

/** A time of day for people, `minutes` since midnight: `บ่ายสองโมง`, `เก้าโมงครึ่ง`; short: `บ่าย 2 โมง`; English: `2:30 pm`. */
export function timeWords(minutes: number, language: string, fullness: Fullness = 'full'): string {
  const hour = Math.floor(minutes / 60) % 24;
  const minute = minutes % 60;
  if (language !== 'th') {
    const of12 = hour % 12 === 0 ? 12 : hour % 12;
    const rest = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
    return `${of12}${rest} ${hour < 12 ? 'am' : 'pm'}`;
  }
  const after = minuteWords(minute, fullness);
  if (hour === 0) return `เที่ยงคืน${after}`;
  if (hour === 12) return `เที่ยง${after}`;
  if (hour === 13) return `บ่ายโมง${after}`;
  const { before, count, unit, part } = hourWords(hour);
  const number =
    fullness === 'short'
      ? `${before ? `${before} ` : ''}${count} `
      : `${before}${numberWords(String(count))}`;
  const named = `${number}${unit}`.trim();
  if (after === '') return `${named}${part}`;
  const gap = fullness === 'short' && unit === '' && minute === 30 ? ' ' : '';
  return `${named}${gap}${after}${doubtful(hour) ? `ตอน${part}` : ''}`;
}

/** Money for people, from satang: `600 บาท`, `1,250.50 บาท`. */
export function amountWords(satang: number, language: string): string {
  const baht = Math.floor(satang / 100);
  const rest = satang % 100;
  const number = `${String(baht).replace(/\B(?=(?:\d{3})+$)/gu, ',')}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
  return language === 'th' ? `${number} บาท` : `${number} baht`;
}

/** `พรุ่งนี้`, `วันนี้` or nothing: how a day stands to now. */
export function nearDay(at: number, now: number): 'today' | 'tomorrow' | undefined {
  const days = Math.floor((at + bangkokMs) / dayMs) - Math.floor((now + bangkokMs) / dayMs);
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : undefined;
}
