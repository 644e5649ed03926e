import { el, fill } from '../../transcript-socket/web/dom';
import { icon } from '../../transcript-socket/web/icons';
import type { Words } from '../../transcript-socket/web/words';
import { type Layout, keyFace, latinKeys, thaiKeys } from './keys';

/** Longest question that can be typed here, UTF-16 units. */
const questionUnits = 300;

export interface Keyboard {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
}

/** A field with its own keys, so that the machine needs no others; a real keyboard works too. */
export function createKeyboard(words: Words, send: (text: string) => void): Keyboard {
  const input = el('textarea', {
    id: 'question',
    rows: 2,
    // The keys are on the page: the system's own keyboard stays away.
    inputmode: 'none',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: questionUnits,
    'aria-describedby': 'question-hint',
  });
  const keys = el('div', { class: 'keys', role: 'group', 'aria-label': words('type.title') });
  let layout: Layout = words.language === 'th' ? thaiKeys : latinKeys;
  let shifted = false;

  function write(change: (text: string) => string): void {
    input.value = change(input.value).slice(0, questionUnits);
    input.scrollTop = input.scrollHeight;
  }

  function submit(): void {
    const text = input.value.trim();
    if (text !== '') send(text);
  }

  function key(
    face: string,
    act: () => void,
    name = 'key',
    attributes: Readonly<Record<string, string>> = {},
  ): HTMLElement {
    return el('button', { type: 'button', class: name, onclick: act, ...attributes }, face);
  }

  function draw(): void {
    const rows = (shifted ? layout.shifted : layout.rows).map(row =>
      el(
        'div',
        { class: 'keyrow' },
        ...row.map(letter =>
          key(keyFace(letter), () => {
            write(text => text + letter);
            if (shifted) toggleShift();
          }),
        ),
      ),
    );
    const shift = key('', toggleShift, 'key wide', { 'aria-pressed': String(shifted) });
    fill(shift, icon('shift'), words('key.shift'));
    const erase = key('', () => write(text => text.slice(0, -1)), 'key wide');
    fill(erase, icon('backspace'), words('key.delete'));
    fill(
      keys,
      ...rows,
      el(
        'div',
        { class: 'keyrow' },
        shift,
        key(words('key.other'), otherLayout, 'key wide', { lang: words.language === 'th' ? 'en' : 'th' }),
        key(words('key.space'), () => write(text => `${text} `), 'key space'),
        erase,
      ),
    );
  }

  function toggleShift(): void {
    shifted = !shifted;
    draw();
  }

  function otherLayout(): void {
    layout = layout === thaiKeys ? latinKeys : thaiKeys;
    draw();
  }

  input.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  draw();
  const element = el(
    'form',
    {
      class: 'typing',
      onsubmit: event => {
        event.preventDefault();
        submit();
      },
    },
    el('label', { for: 'question', class: 'sr' }, words('type.label')),
    el(
      'div',
      { class: 'field' },
      input,
      el('button', { type: 'submit', class: 'big primary' }, words('type.send')),
    ),
    el('p', { id: 'question-hint', class: 'soft' }, words('type.hint')),
    keys,
  );
  return { element, input };
}
