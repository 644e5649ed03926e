import { type Child, el } from '../../transcript-socket/web/dom';
import { dayText, timeText } from '../../transcript-socket/web/when';
import type { Words } from '../../transcript-socket/web/words';
import type { Localised } from './api';

/** What the parts of the page have in common: words, and a way to do something and show what came of it. */
export interface Page {
  readonly words: Words;
  /** Does it, says what came of it, and shows the page anew. */
  run(work: () => Promise<unknown>, doneKey: string): void;
}

export const inWords = (text: Localised, { language }: Words): string => text[language] ?? text['th'] ?? '';

export const moment = (at: number, words: Words): string =>
  `${dayText(at, Date.now(), words)} ${timeText(at, words)}`;
export const day = (at: number, words: Words): string => dayText(at, Date.now(), words);

export function button(label: string, onclick: () => void, kind = ''): HTMLButtonElement {
  return el('button', { type: 'button', class: `do ${kind}`.trim(), onclick }, label);
}

export function section(id: string, title: string, ...children: readonly Child[]): HTMLElement {
  return el('section', { 'aria-labelledby': id }, el('h2', { id }, title), ...children);
}

/** A question before what cannot be taken back. */
export function asked(
  page: Page,
  label: string,
  question: string,
  yes: string,
  act: () => void,
): HTMLElement {
  const place = el('div', { class: 'asked' });
  const show = (): void => {
    place.textContent = '';
    place.append(
      button(
        label,
        () => {
          place.textContent = '';
          const no = button(page.words('no'), show);
          place.append(el('p', {}, question), button(yes, act, 'danger'), no);
          no.focus();
        },
        'danger',
      ),
    );
  };
  show();
  return place;
}
