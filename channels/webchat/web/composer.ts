import { el, fill } from '../../transcript-socket/web/dom';
import { icon } from '../../transcript-socket/web/icons';
import { createAttach } from './attach';
import type { Words } from '../../transcript-socket/web/words';

/** Longest text the server takes at once, UTF-16 units. */
const textUnits = 5_000;
/** From here on the page says how much is left. */
const fewLeft = 500;
const typingEveryMs = 3_000;

export interface Composer {
  readonly element: HTMLElement;
  focus(): void;
  /** Puts a text there to be looked at and sent, or changed; sends nothing. */
  prefill(text: string): void;
  redraw(): void;
}

/** Where the person types. Enter sends, Shift and Enter begins a new line. */
export function createComposer(parts: {
  words: () => Words;
  send: (text: string) => void;
  typing: () => void;
  visitor: () => string | undefined;
}): Composer {
  const attach = createAttach(parts);
  const input = el('textarea', {
    id: 'message',
    rows: 1,
    maxlength: textUnits,
    enterkeyhint: 'send',
    autocomplete: 'off',
    'aria-describedby': 'message-hint message-privacy',
  });
  const label = el('label', { for: 'message', class: 'sr' });
  const hint = el('p', { id: 'message-hint', class: 'sr' });
  const left = el('p', { class: 'left', role: 'status' });
  const privacy = el('p', { id: 'message-privacy', class: 'privacy' });
  const button = el('button', { type: 'submit', class: 'send' });
  let typingTold = 0;

  function grow(): void {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight + 2}px`;
    const count = textUnits - input.value.length;
    left.textContent = count < fewLeft ? parts.words()('compose.left', { count }) : '';
  }

  function submit(): void {
    const text = input.value.trim();
    if (text === '') return;
    parts.send(text);
    input.value = '';
    grow();
    input.focus();
  }

  input.addEventListener('input', () => {
    grow();
    if (Date.now() - typingTold < typingEveryMs || input.value === '') return;
    typingTold = Date.now();
    parts.typing();
  });
  input.addEventListener('keydown', event => {
    // While a word is being composed, Enter only ends the composing.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  const form = el(
    'form',
    {
      class: 'composer',
      onsubmit: event => {
        event.preventDefault();
        submit();
      },
    },
    label,
    hint,
    el('div', { class: 'row' }, input, attach.button, button),
    attach.element,
    left,
    privacy,
  );

  function redraw(): void {
    const words = parts.words();
    label.textContent = words('compose.label');
    hint.textContent = words('compose.hint');
    privacy.textContent = words('compose.privacy');
    input.placeholder = words('compose.placeholder');
    attach.redraw();
    fill(button, icon('send'), el('span', {}, words('compose.send')));
    grow();
  }
  redraw();
  return {
    element: form,
    focus: () => input.focus(),
    prefill(text) {
      input.value = text.slice(0, textUnits);
      grow();
      input.focus();
    },
    redraw,
  };
}
