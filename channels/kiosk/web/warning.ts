import { el, fill } from '../../transcript-socket/web/dom';
import type { Words } from '../../transcript-socket/web/words';

export interface Warning {
  readonly element: HTMLElement;
  show(words: Words, secondsLeft: number): void;
  hide(): void;
}

/** Asks whether somebody is still there, above everything else. */
export function createWarning(parts: { stay: () => void; wipe: () => void; behind: HTMLElement }): Warning {
  const title = el('h2', { id: 'idle-title' });
  const text = el('p', { 'aria-live': 'off' });
  const stay = el('button', { type: 'button', class: 'big primary', onclick: parts.stay });
  const wipe = el('button', { type: 'button', class: 'big', onclick: parts.wipe });
  const element = el(
    'div',
    {
      class: 'warning',
      role: 'alertdialog',
      'aria-modal': 'true',
      'aria-labelledby': 'idle-title',
      hidden: true,
    },
    el('div', { class: 'box' }, title, text, stay, wipe),
  );
  return {
    element,
    show(words, secondsLeft) {
      text.textContent = words('idle.text', { seconds: secondsLeft });
      if (!element.hidden) return;
      fill(title, words('idle.title'));
      fill(stay, words('idle.stay'));
      fill(wipe, words('idle.wipe'));
      element.hidden = false;
      parts.behind.setAttribute('inert', '');
      stay.focus();
    },
    hide() {
      element.hidden = true;
      parts.behind.removeAttribute('inert');
    },
  };
}
