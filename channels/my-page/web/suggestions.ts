import { el } from '../../transcript-socket/web/dom';
import { type MySuggestions, api } from './api';
import { type Page, button, inWords, section } from './parts';

function list({ words }: Page, { suggestions }: MySuggestions): HTMLElement {
  if (suggestions.length === 0) return el('p', { class: 'quiet' }, words('suggestions.none'));
  return el(
    'ul',
    {},
    ...suggestions.map(({ service, name, reasons, askedAbout }) =>
      el(
        'li',
        { class: 'card' },
        el('h3', {}, el('a', { href: `/services/${encodeURIComponent(service)}` }, inWords(name, words))),
        el(
          'p',
          {},
          el('b', {}, words('suggestions.why')),
          ` ${
            askedAbout
              ? words('suggestions.because-asked', { name: inWords(askedAbout, words) })
              : words('suggestions.because', {
                  reasons: reasons.map(reason => inWords(reason, words)).join(', '),
                })
          }`,
        ),
      ),
    ),
  );
}

function remembered(page: Page, { facts, asked }: MySuggestions): HTMLElement {
  const { words } = page;
  const lines = [
    ...facts.map(({ label, value }) => `${inWords(label, words)}: ${inWords(value, words)}`),
    ...asked.map(({ name }) => words('suggestions.asked', { name: inWords(name, words) })),
  ];
  return el(
    'div',
    {},
    el('h3', {}, words('suggestions.remembered')),
    lines.length === 0
      ? el('p', { class: 'quiet' }, words('suggestions.nothing-kept'))
      : el('ul', { class: 'told' }, ...lines.map(line => el('li', {}, line))),
    el(
      'p',
      { class: 'row' },
      lines.length > 0 &&
        button(words('suggestions.forget'), () => page.run(api.forgetTold, 'done.forgotten')),
      button(words('suggestions.turn-off'), () => page.run(() => api.suggest(false), 'done.suggestions-off')),
    ),
  );
}

/** What may be for this person: off until they agree; then each with its reason, what it is read from, and the eraser. */
export function suggestionsSection(page: Page, mine: MySuggestions): HTMLElement {
  const { words } = page;
  return section(
    'suggestions',
    words('suggestions.title'),
    ...(mine.on
      ? [list(page, mine), remembered(page, mine)]
      : [
          el('p', {}, words('suggestions.off'), ' ', el('a', { href: '/privacy' }, words('privacy.notice'))),
          button(words('suggestions.turn-on'), () =>
            page.run(() => api.suggest(true), 'done.suggestions-on'),
          ),
        ]),
  );
}
