const thaiMonths = [
  'ม.ค.',
  'ก.พ.',
  'มี.ค.',
  'เม.ย.',
  'พ.ค.',
  'มิ.ย.',
  'ก.ค.',
  'ส.ค.',
  'ก.ย.',
  'ต.ค.',
  'พ.ย.',
  'ธ.ค.',
];

/** An ISO date (`2026-11-24`) for a reader: `24 พ.ย. 2569` in Thai (Buddhist era), `24 Nov 2026` otherwise. */
export function thaiDate(isoDate: string, language: string): string {
  const [year = 0, month = 1, day = 1] = isoDate.split('-').map(Number);
  if (language === 'th') return `${day} ${thaiMonths[month - 1] ?? ''} ${year + 543}`;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.UTC(year, month - 1, day));
}

/** A moment by the clock in Bangkok: `วันจันทร์ที่ 30 พ.ย. 2569 เวลา 08:30 น.` */
export function bangkokMoment(atMs: number, language: string): string {
  const locale = language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB';
  const options = { timeZone: 'Asia/Bangkok' } as const;
  const day = new Intl.DateTimeFormat(locale, {
    ...options,
    weekday: 'long',
    day: 'numeric',
    month: 'short',
  }).format(atMs);
  const time = bangkokTime(atMs, language);
  return language === 'th' ? `${day} เวลา ${time}` : `${day}, ${time}`;
}

/** The time of a moment by the clock in Bangkok: `08:30 น.` */
export function bangkokTime(atMs: number, language: string): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Bangkok',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(atMs);
  return language === 'th' ? `${time} น.` : time;
}
