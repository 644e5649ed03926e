import { type Route, escapeHtml } from '../core';

type Texts = Readonly<Record<string, string>>;

function page(language: string, title: string, body: string): string {
  return [
    `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/start.css"></head><body>${body}</body></html>`,
  ].join('\n');
}

function places(keys: readonly string[], th: Texts, en: Texts): string {
  const links = keys.map(key =>
    [
      `<li><a href="/${key === 'docs' ? 'api/docs' : key}"><strong>${escapeHtml(th[`${key}.name`] ?? key)}</strong>`,
      `<span>${escapeHtml(th[`${key}.what`] ?? '')}</span>`,
      `<span lang="en">${escapeHtml(`${en[`${key}.name`] ?? key}: ${en[`${key}.what`] ?? ''}`)}</span></a></li>`,
    ].join(''),
  );
  return `<ul>${links.join('')}</ul>`;
}

/** The plain page at `/` that leads to all others. */
export function startPage(th: Texts, en: Texts, operator: string): string {
  const body = [
    `<main><h1>${escapeHtml(th['title'] ?? '')}</h1><p>${escapeHtml(th['lead'] ?? '')}</p>`,
    `<p class="small" lang="en">${escapeHtml(`${en['title'] ?? ''}. ${en['lead'] ?? ''}`)}</p>`,
    places(['chat', 'services', 'guide', 'kiosk', 'desk', 'docs'], th, en),
    operator ? `<p class="small">${escapeHtml(th['operator'] ?? '')} ${escapeHtml(operator)}</p>` : '',
    '</main>',
  ].join('\n');
  return page('th', th['title'] ?? 'ThamRat', body);
}

/** For somebody who followed an address where nothing is. */
export function missingPage(th: Texts, en: Texts): string {
  const body = [
    `<main><h1>${escapeHtml(th['missing.title'] ?? '')}</h1><p>${escapeHtml(th['missing.lead'] ?? '')}</p>`,
    `<p lang="en" class="small">${escapeHtml(en['missing.title'] ?? '')} ${escapeHtml(en['missing.lead'] ?? '')}</p>`,
    `${places(['chat', 'services', 'guide'], th, en)}<p><a href="/">${escapeHtml(th['missing.home'] ?? '')}</a></p></main>`,
  ].join('\n');
  return page('th', th['missing.title'] ?? 'ThamRat', body);
}

/** Who may use what nobody signs in for, by what they show. */
const open = {
  nothing: 'anybody',
  visitor: 'a visitor of the chat',
  partner: 'a partner with a key',
} as const;

/** The HTTP API in readable form, made from the routes. */
export function docsPage(routes: readonly Route[]): string {
  const rows = routes.map(route => {
    const who = route.access === 'public' ? open[route.proof ?? 'nothing'] : route.access.join(', ');
    const path = escapeHtml(route.path.replace(/:(\w+)/gu, '{$1}'));
    return `<tr><td><code>${route.method.toUpperCase()}</code></td><td><code>${path}</code></td><td>${escapeHtml(route.summary)}</td><td>${escapeHtml(who)}</td></tr>`;
  });
  const body = [
    '<main class="wide"><h1>ThamRat HTTP API</h1>',
    '<p>Machine-readable, with every field: <a href="/api/openapi.json">/api/openapi.json</a>.',
    'Sign in with <code>POST /api/v1/session</code> and send its cookie; bodies are JSON.</p>',
    '<div class="scroll" tabindex="0"><table><thead><tr><th>Method</th><th>Address</th><th>What it does</th><th>Who may</th></tr></thead>',
    `<tbody>${rows.join('')}</tbody></table></div><p><a href="/">ThamRat</a></p></main>`,
  ].join('\n');
  return page('en', 'ThamRat HTTP API', body);
}

/** The sign of the product, where a browser asks for one without having been told of any. */
export const icon = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b6e69" d="M6 3h20a4 4 0 0 1 4 4v14a4 4 0 0 1-4',
  ' 4H15l-7 5v-5H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z"/><path fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"',
  ' d="M9 11h14M9 17h9"/></svg>',
].join('');

/** Style of these pages; a file of its own because our pages carry no inline styles. */
export const startCss = `
:root { color-scheme: light dark; --ink: #1f2423; --paper: #fbfaf8; --accent: #0b6e69; --line: #d9d5ce; }
@media (prefers-color-scheme: dark) { :root { --ink: #ecebe8; --paper: #171a1a; --accent: #6cc7c0; --line: #3a3f3e; } }
body { margin: 0; font: 1.0625rem/1.7 'Sarabun', 'Noto Sans Thai', 'Noto Sans', sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1.25rem; }
main.wide { max-width: 64rem; }
h1 { font-size: 1.75rem; line-height: 1.5; margin: 0 0 .5rem; }
ul { list-style: none; padding: 0; display: grid; gap: .75rem; }
li a { display: block; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; color: inherit; text-decoration: none; }
li a:hover { border-color: var(--accent); }
li strong, li span { display: block; }
li strong { color: var(--accent); font-size: 1.1875rem; }
li span[lang='en'] { font-size: .9375rem; opacity: .8; }
a { color: var(--accent); }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.small { font-size: .9375rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
`;
