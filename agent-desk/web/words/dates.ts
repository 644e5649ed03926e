/** Times as Thais write them: the Buddhist era in Thai, Bangkok's clock whatever the computer's zone. */
const zone = 'Asia/Bangkok';
const tag = (language: string): string =>
  language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : `${language}-u-ca-gregory`;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tag(language), { timeZone: zone, ...options });
  formats.set(key, known);
  return known;
}

const part = (parts: readonly Intl.DateTimeFormatPart[], type: string): string =>
  parts.find(each => each.type === type)?.value ?? '';

/** `24 พ.ย. 2569`. */
export function dateText(language: string, at: number): string {
  const parts = format(language, { day: 'numeric', month: 'short', year: 'numeric' }).formatToParts(at);
  return `${part(parts, 'day')} ${part(parts, 'month')} ${part(parts, 'year')}`;
}

/** `14:05`, and ` น.` in Thai. */
export function timeText(language: string, at: number): string {
  const time = format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  return language === 'th' ? `${time} น.` : time;
}

/** `พฤศจิกายน 2569`. */
export function monthText(language: string, at: number): string {
  const parts = format(language, { month: 'long', year: 'numeric' }).formatToParts(at);
  return `${part(parts, 'month')} ${part(parts, 'year')}`;
}

/** `อา.`, `จ.` … */
export const weekdayText = (language: string, at: number): string =>
  format(language, { weekday: 'short' }).format(at);

export const momentText = (language: string, at: number): string =>
  `${dateText(language, at)} ${timeText(language, at)}`;

/** The day in Bangkok, `2026-11-24`. */
export const dayOf = (at: number): string => new Date(at + bangkokOffsetMs).toISOString().slice(0, 10);

const bangkokOffsetMs = 7 * 60 * 60 * 1000;

/** For `<input type="datetime-local">`, on Bangkok's clock. */
export const toLocalInput = (at: number): string => new Date(at + bangkokOffsetMs).toISOString().slice(0, 16);

export function fromLocalInput(text: string): number | undefined {
  const at = Date.parse(`${text}:00Z`);
  return Number.isNaN(at) ? undefined : at - bangkokOffsetMs;
}

/** `081 234 5678` from `+66812345678`. */
export function phoneText(phone: string): string {
  const national = phone.replace(/^\+66/u, '0');
  return national.length === 10
    ? national.replace(/^(\d{3})(\d{3})(\d{4})$/u, '$1 $2 $3')
    : national.replace(/^(\d{2})(\d{3})(\d+)$/u, '$1 $2 $3');
}
