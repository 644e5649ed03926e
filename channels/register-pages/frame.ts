import { type Html, html } from './html';
import type { Words } from './words';

export interface Frame {
  readonly words: Words;
  readonly title: string;
  /** For search engines and whoever shares the page; plain text. */
  readonly description: string;
  /** Where the page is, without a language: `/services/p1-04`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Where the product is reached from outside; absent: unknown, and no page claims an address. */
  readonly publicUrl?: string;
  readonly index: boolean;
  readonly head?: readonly Html[];
  readonly body: Html;
  readonly operator: string;
}

/** Everything around the content of a page; whole without script. */
export function framed(frame: Frame): string {
  const { words, path, query = {}, publicUrl } = frame;
  const other = words.language === 'th' ? 'en' : 'th';
  const inLanguage = (language: string): string => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
    if (language !== 'th') search.set('lang', language);
    return search.size > 0 ? `${path}?${search.toString()}` : path;
  };
  const outside = (language: string): string => `${publicUrl ?? ''}${inLanguage(language)}`;
  const addresses =
    publicUrl === undefined || !frame.index
      ? ''
      : html`<link rel="canonical" href="${outside(words.language)}" />
          <link rel="alternate" hreflang="th" href="${outside('th')}" />
          <link rel="alternate" hreflang="en" href="${outside('en')}" />
          <meta property="og:url" content="${outside(words.language)}" />`;
  return `<!doctype html>\n${
    html`<html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${frame.title}</title>
        <meta name="description" content="${frame.description}" />
        <meta property="og:title" content="${frame.title}" />
        <meta property="og:description" content="${frame.description}" />
        <meta property="og:type" content="article" />
        ${frame.index ? '' : html`<meta name="robots" content="noindex" />`}${addresses}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/services/page.css" />
        <script src="/services/page.js" defer></script>
        ${frame.head ?? []}
      </head>
      <body>
        <a class="skip" href="#content">${words('skip')}</a>
        <header>
          <nav aria-label="${words('nav.label')}">
            <a class="home" href="/">${words('name')}</a>
            <a href="${words.link('/services')}">${words('nav.services')}</a>
            <a href="/chat${words.language === 'th' ? '' : `?language=${words.language}`}"
              >${words('nav.chat')}</a
            >
            <a href="${words.link('/guide')}">${words('nav.guide')}</a>
            <a class="language" href="${inLanguage(other)}" lang="${other}" hreflang="${other}"
              >${words('nav.other')}</a
            >
          </nav>
        </header>
        <main id="content" tabindex="-1">${frame.body}</main>
        <footer>
          ${frame.operator && html`<p>${words('foot.by', { operator: frame.operator })}</p>`}
          <p>${words('foot.call')} <a href="tel:1111">1111</a></p>
          <p><a href="${words.link('/privacy')}">${words('foot.privacy')}</a></p>
        </footer>
      </body>
    </html>`.html
  }`;
}

/** The search box, the same on every page. */
export const searchBox = (words: Words, text = ''): Html =>
  html`<form class="search" action="/services" method="get" role="search">
    <label for="q">${words('search.label')}</label>
    <div>
      <input id="q" name="q" type="search" value="${text}" maxlength="200" autocomplete="off" />
      ${words.language === 'th' ? '' : html`<input type="hidden" name="lang" value="${words.language}" />`}
      <button type="submit">${words('search.go')}</button>
    </div>
  </form>`;
