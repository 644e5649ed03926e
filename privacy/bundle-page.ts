import { type BundlePart, escapeHtml as escaped } from '../core';

export interface Bundle {
  readonly operator: string;
  readonly notice: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly parts: readonly BundlePart[];
}

export type Sentences = (key: string, values?: Readonly<Record<string, string>>) => string;

/** The last moment that a calendar knows, ms; what somebody typed may lie beyond. */
const lastMoment = 8.64e15;

/** Times of records are numbers of milliseconds; people read a clock in Bangkok. */
function shown(name: string, value: unknown): string {
  if (typeof value === 'number' && /(?:^at|^since|At)$/u.test(name) && Math.abs(value) <= lastMoment)
    return new Intl.DateTimeFormat('th-TH', {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: 'Asia/Bangkok',
    }).format(value);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return String(value);
}

function rowOf(record: unknown, say: Sentences): string {
  if (typeof record !== 'object' || record === null) return '';
  const cells = Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => `<dt>${escaped(say(`field.${name}`))}</dt><dd>${escaped(shown(name, value))}</dd>`,
    );
  return `<dl>${cells.join('')}</dl>`;
}

/** The access bundle for paper: Thai, every text escaped, no script. */
export function bundlePage(bundle: Bundle, say: Sentences): string {
  const part = ({ name, records, leftOut = 0 }: BundlePart): string => {
    const [kind = name, channel] = name.split(' ');
    const heading = `${say(`part.${kind}`)}${channel ? ` (${channel})` : ''}`;
    const left = leftOut > 0 ? `<p>${escaped(say('leftOut', { count: String(leftOut) }))}</p>` : '';
    const rows = records.map(record => rowOf(record, say)).join('');
    return `<section><h2>${escaped(heading)}</h2>${left}${rows || `<p>${escaped(say('nothing'))}</p>`}</section>`;
  };
  return [
    '<!doctype html><html lang="th"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(say('title'))}</title><link rel="stylesheet" href="/start.css"></head><body><main class="wide">`,
    `<h1>${escaped(say('title'))}</h1><p>${escaped(
      say('lead', {
        operator: bundle.operator,
        date: shown('madeAt', Date.parse(bundle.madeAt)),
        notice: bundle.notice,
      }),
    )}</p>`,
    ...bundle.parts.map(part),
    '</main></body></html>',
  ].join('\n');
}
