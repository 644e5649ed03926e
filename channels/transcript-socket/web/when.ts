import type { Words } from './words';

/** Dates as people in Thailand read them: Buddhist era, Bangkok time. */
const bangkok = { timeZone: 'Asia/Bangkok' } as const;

const localeOf = (language: string): string => (language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : language);

/** `15:04 น.` */
export function timeText(at: number, words: Words): string {
  const time = new Intl.DateTimeFormat('en-GB', { ...bangkok, hour: '2-digit', minute: '2-digit' }).format(
    at,
  );
  return words('time.at', { time });
}

const dayKey = (at: number): string => new Intl.DateTimeFormat('en-CA', bangkok).format(at);

export const sameDay = (one: number, other: number): boolean => dayKey(one) === dayKey(other);

const dayMs = 86_400_000;

/** `วันนี้`, `เมื่อวาน`, `15 ม.ค. 2570` */
export function dayText(at: number, now: number, words: Words): string {
  if (sameDay(at, now)) return words('day.today');
  if (sameDay(at, now - dayMs)) return words('day.yesterday');
  const parts = new Intl.DateTimeFormat(localeOf(words.language), {
    ...bangkok,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).formatToParts(at);
  const era = parts.filter(part => part.type !== 'era' && part.value.trim() !== 'พ.ศ.');
  return era
    .map(part => part.value)
    .join('')
    .trim();
}
