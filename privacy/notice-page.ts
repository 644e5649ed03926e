import { escapeHtml as escaped } from '../core';
import { type PrivacyNotice, named } from './notice';

type Words = Readonly<
  Record<'purpose' | 'basis' | 'data' | 'mandatory' | 'version' | 'draft' | 'back', string>
>;

/** The notice as a page of its own, in one language; no script. */
export function noticePage(
  notice: PrivacyNotice,
  operator: string,
  language: 'th' | 'en',
  words: Words,
): string {
  const e = (text: string): string => escaped(named(text, operator));
  const row = (label: string, text: string): string => `<dt>${e(label)}</dt><dd>${e(text)}</dd>`;
  const purposes = notice.purposes.map(
    each =>
      `<h3>${e(each.name[language])}</h3><dl>${row(words.basis, each.section[language])}${row(
        words.data,
        each.data[language],
      )}${row(words.mandatory, each.mandatory[language])}</dl>`,
  );
  const sections = notice.sections.map(
    each =>
      `<section id="${escaped(each.id)}"><h2>${e(each.heading[language])}</h2><ul>${each.lines[language]
        .map(line => `<li>${e(line)}</li>`)
        .join('')}</ul></section>`,
  );
  const other =
    language === 'th' ? '<a href="/privacy?lang=en" lang="en">English</a>' : '<a href="/privacy">ภาษาไทย</a>';
  const draft = notice.status === 'draft' ? ` · ${e(words.draft)}` : '';
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${e(notice.title[language])}</title><link rel="stylesheet" href="/start.css"></head><body><main>`,
    `<p>${other}</p><h1>${e(notice.title[language])}</h1>`,
    `<p>${e(notice.short[language])}</p><p>${e(notice.controller[language])}</p>`,
    `<section><h2>${e(words.purpose)}</h2>${purposes.join('')}</section>`,
    ...sections,
    `<p class="small">${e(words.version)} ${escaped(notice.version)} (${escaped(notice.effectiveFrom)})${draft}</p>`,
    `<p><a href="/">${e(words.back)}</a></p></main></body></html>`,
  ].join('\n');
}
