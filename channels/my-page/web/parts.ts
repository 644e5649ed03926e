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

/** A day with its year, for what may be far ahead. */
export const dateIn = (at: number, { language }: Words): string =>
  new Intl.DateTimeFormat(language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB', {
    ...{ timeZone: 'Asia/Bangkok', day: 'numeric', month: 'short', year: 'numeric' },
  }).format(at);
/** Today in Bangkok as a field of dates has it. */
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok' }).format(Date.now());
export const spaced = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ');

let fields = 0;
/** A field under its label. */
export function field(
  label: string,
  attributes: Readonly<Record<string, string | number>>,
): { readonly place: HTMLElement; readonly input: HTMLInputElement } {
  fields += 1;
  const id = `field-${fields}`;
  const input = el('input', { id, ...attributes });
  return { input, place: el('p', { class: 'field' }, el('label', { for: id }, label), input) };
}

/** A day to choose, read back with its year of the Buddhist era where the reader counts so. */
export function dayField(label: string, words: Words): ReturnType<typeof field> {
  const { place, input } = field(label, { type: 'date', min: today() });
  const said = el('span', { class: 'quiet', role: 'status' });
  const chosen = (): number => Date.parse(`${input.value}T00:00:00+07:00`);
  input.addEventListener('input', () => {
    said.textContent = Number.isNaN(chosen()) ? '' : dateIn(chosen(), words);
  });
  place.append(said);
  return { place, input };
}

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
