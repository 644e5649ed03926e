import { el, fill } from '../../transcript-socket/web/dom';
import { type IconName, icon } from '../../transcript-socket/web/icons';
import type { Words } from '../../transcript-socket/web/words';
import type { State } from '../../transcript-socket/wire';
import type { Drawn } from './screens';

export interface FrameParts {
  readonly back: () => void;
  readonly listen: () => void;
  readonly type: () => void;
  readonly officer: () => void;
  readonly stopWaiting: () => void;
  readonly done: () => void;
}

export interface View {
  readonly words: Words;
  readonly drawn: Drawn;
  readonly state: State;
  readonly online: boolean;
  readonly canRead: boolean;
  readonly reading: boolean;
  readonly typing: boolean;
  /** The same screen as before, with something new on it. */
  readonly same: boolean;
}

export interface Frame {
  readonly element: HTMLElement;
  show(view: View): void;
  /** What read-aloud reads, in order: the title, the text, then what can be touched. */
  phrases(): HTMLElement[];
}

/** The places that never move: back on the left, read-aloud on the right, the way to a person below. */
export function createFrame(parts: FrameParts): Frame {
  const button = (name: string, act: () => void): HTMLButtonElement =>
    el('button', { type: 'button', class: `big ${name}`, onclick: act });
  const back = button('back', parts.back);
  const listen = button('listen', parts.listen);
  const officer = button('officer', parts.officer);
  const type = button('type', parts.type);
  const done = button('done', parts.done);
  const title = el('h1', { tabindex: -1 });
  const status = el('div', { class: 'status', role: 'status' });
  const reading = el('div', { class: 'reading', tabindex: 0, role: 'region' });
  const touching = el('div', { class: 'touching' });
  const up = button('scroll', () => scroll(-1));
  const down = button('scroll', () => scroll(1));
  const scrolls = el('div', { class: 'scrolls' }, up, down);
  const pane = el('div', { class: 'pane' }, reading, scrolls);
  const live = el('p', { class: 'sr', role: 'status' });
  const element = el(
    'div',
    { class: 'frame' },
    el('header', {}, back, title, listen),
    status,
    el('main', {}, pane, touching),
    el('nav', {}, done, officer, type),
    live,
  );

  function scroll(direction: 1 | -1): void {
    reading.scrollBy({ top: direction * reading.clientHeight * 0.8 });
  }

  function showScrolls(): void {
    const more = reading.scrollHeight - reading.clientHeight;
    scrolls.hidden = more < 8;
    up.disabled = reading.scrollTop < 4;
    down.disabled = reading.scrollTop > more - 4;
  }
  reading.addEventListener('scroll', showScrolls, { passive: true });
  window.addEventListener('resize', showScrolls);

  function face(target: HTMLElement, image: IconName, text: string): void {
    fill(target, icon(image), el('span', {}, text));
  }

  return {
    element,
    show({ words, drawn, state, online, canRead, reading: readsNow, typing, same }) {
      face(back, 'back', words('bar.back'));
      face(listen, readsNow ? 'stop' : 'listen', words(readsNow ? 'bar.quiet' : 'bar.listen'));
      listen.hidden = !canRead;
      listen.setAttribute('aria-pressed', String(readsNow));
      face(officer, 'officer', words('bar.officer'));
      officer.hidden = state.owner !== 'bot';
      face(type, 'keyboard', words('bar.type'));
      type.hidden = typing;
      face(done, 'done', words('bar.done'));
      face(up, 'up', words('scroll.up'));
      face(down, 'down', words('scroll.down'));
      fill(title, el('span', { class: 'phrase' }, drawn.title));
      const waits = state.owner === 'queue';
      const who = waits
        ? words('officer.waiting')
        : state.owner === 'officer'
          ? words('officer.here', { name: state.name ?? '' })
          : '';
      fill(
        status,
        !online && el('p', { class: 'lost' }, words('net.lost')),
        who !== '' && el('p', {}, who),
        waits &&
          el('button', { type: 'button', class: 'big', onclick: parts.stopWaiting }, words('officer.stop')),
      );
      pane.hidden = drawn.reading.length === 0;
      reading.setAttribute('aria-label', drawn.title);
      const before = reading.querySelectorAll('.answer').length;
      const place = reading.scrollTop;
      fill(reading, ...drawn.reading);
      const answers = reading.querySelectorAll<HTMLElement>('.answer');
      const fresh = same && before > 0 && answers.length > before ? answers[answers.length - 1] : undefined;
      reading.scrollTop = fresh ? fresh.offsetTop - reading.offsetTop : same ? place : 0;
      reading.classList.toggle('keys-inside', typing);
      fill(touching, ...drawn.touching);
      touching.classList.toggle('only', drawn.reading.length === 0);
      touching.hidden = drawn.touching.length === 0;
      showScrolls();
      live.textContent = [...reading.querySelectorAll('.answer')]
        .map(answer => answer.textContent ?? '')
        .join(' ');
      if (!same) (drawn.focus ?? title).focus({ preventScroll: true });
    },
    phrases: () => [
      title,
      ...reading.querySelectorAll<HTMLElement>('.phrase'),
      ...touching.querySelectorAll<HTMLElement>('button'),
    ],
  };
}
