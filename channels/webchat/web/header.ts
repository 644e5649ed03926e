import { el, fill } from '../../transcript-socket/web/dom';
import { icon } from '../../transcript-socket/web/icons';
import type { QuickExit } from '../../transcript-socket/web/quick-exit';
import type { Words } from '../../transcript-socket/web/words';
import type { State } from '../../transcript-socket/wire';
import { type Size, sizes } from './memory';

export interface HeaderParts {
  readonly words: () => Words;
  readonly operator: string;
  readonly size: () => Size;
  readonly setSize: (size: Size) => void;
  readonly setLanguage: (language: string) => void;
  readonly callOfficer: () => void;
  readonly stopWaiting: () => void;
  readonly endChat: () => Promise<boolean>;
  readonly quickExit: QuickExit;
}

export interface Header {
  readonly element: HTMLElement;
  state(state: State): void;
  sensitive(): void;
  redraw(): void;
}

const glyphs: Readonly<Record<Size, string>> = { small: 'A', medium: 'A+', large: 'A++' };

/** Who this is, who answers now, and what can be set. */
export function createHeader(parts: HeaderParts): Header {
  const title = el('h1', {});
  const operator = el('p', { class: 'operator' });
  const officer = el('button', { type: 'button', class: 'officer', onclick: () => parts.callOfficer() });
  const toggle = el('button', {
    type: 'button',
    class: 'toggle',
    'aria-controls': 'options',
    onclick: () => open(panel.hidden === true),
  });
  const panel = el('section', { id: 'options', class: 'options', hidden: true });
  const status = el('div', { class: 'status', role: 'status' });
  const exit = el('button', {
    type: 'button',
    class: 'exit',
    hidden: true,
    onclick: () => parts.quickExit.leave(),
  });
  const element = el(
    'header',
    {},
    el('div', { class: 'bar' }, title, operator, officer, toggle),
    panel,
    status,
    exit,
  );
  let state: State = { owner: 'bot', urgent: false };

  function open(opened: boolean): void {
    panel.hidden = !opened;
    if (opened) drawPanel();
    drawToggle();
    if (opened) panel.querySelector('button')?.focus();
  }

  element.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || panel.hidden) return;
    open(false);
    toggle.focus();
  });

  function drawToggle(): void {
    const words = parts.words();
    toggle.setAttribute('aria-expanded', String(!panel.hidden));
    fill(
      toggle,
      icon(panel.hidden ? 'options' : 'close'),
      el('span', {}, words(panel.hidden ? 'options.open' : 'options.close')),
    );
  }

  function pick(
    label: string,
    chosen: boolean,
    act: () => void,
    attributes: { lang?: string; class?: string; 'aria-label'?: string } = {},
  ): HTMLElement {
    return el(
      'button',
      { type: 'button', class: 'pick', 'aria-pressed': String(chosen), onclick: act, ...attributes },
      label,
    );
  }

  /** A page of ours beside the chat, which stays open. */
  function page(path: string, key: string): HTMLElement {
    const words = parts.words();
    const href = words.language === 'en' ? `${path}?lang=en` : path;
    const label = [words(key), el('span', { class: 'sr' }, ` (${words('link.new-tab')})`)];
    return el('a', { class: 'pick', href, target: '_blank', rel: 'noopener' }, ...label);
  }

  function drawPanel(): void {
    const words = parts.words();
    const focused = [...panel.querySelectorAll('button')].findIndex(
      button => button === document.activeElement,
    );
    fill(
      panel,
      el('h2', { class: 'sr' }, words('options.title')),
      el(
        'div',
        { class: 'group', role: 'group', 'aria-label': words('options.size') },
        el('p', {}, words('options.size')),
        ...sizes.map(size =>
          pick(glyphs[size], size === parts.size(), () => set(() => parts.setSize(size)), {
            class: `pick ${size}`,
            'aria-label': words(`options.size.${size}`),
          }),
        ),
      ),
      el(
        'div',
        { class: 'group', role: 'group', 'aria-label': words('options.language') },
        el('p', {}, words('options.language')),
        ...words.languages.map(({ tag, name }) =>
          pick(name, tag === words.language, () => set(() => parts.setLanguage(tag)), { lang: tag }),
        ),
      ),
      el('div', { class: 'group' }, el('a', { class: 'pick', href: '/my' }, words('options.my'))),
      el('div', { class: 'group' }, page('/services', 'options.services'), page('/guide', 'options.guide')),
      el(
        'div',
        { class: 'group' },
        el(
          'button',
          { type: 'button', class: 'end', onclick: () => askEnd() },
          icon('exit'),
          words('options.end'),
        ),
      ),
    );
    if (focused >= 0) panel.querySelectorAll('button')[focused]?.focus();
  }

  function set(change: () => void): void {
    change();
    drawPanel();
  }

  function askEnd(failed = false): void {
    const words = parts.words();
    const no = el('button', { type: 'button', class: 'pick', onclick: () => open(false) }, words('end.no'));
    const yes = el(
      'button',
      {
        type: 'button',
        class: 'end sure',
        onclick: () => {
          parts.endChat().then(
            ended => (ended ? open(false) : askEnd(true)),
            () => askEnd(true),
          );
        },
      },
      words('end.yes'),
    );
    fill(
      panel,
      el('h2', {}, words('end.confirm')),
      el('p', { role: failed ? 'alert' : undefined }, words(failed ? 'end.failed' : 'end.explain')),
      el('div', { class: 'group' }, no, yes),
    );
    no.focus();
  }

  function drawStatus(): void {
    const words = parts.words();
    const waits = state.owner === 'queue';
    const text = waits
      ? words('officer.waiting')
      : state.owner === 'officer'
        ? words('officer.here', { name: state.name ?? '' })
        : '';
    fill(
      status,
      text !== '' && el('span', {}, text),
      waits && el('button', { type: 'button', onclick: () => parts.stopWaiting() }, words('officer.stop')),
    );
    officer.hidden = state.owner !== 'bot';
  }

  function offerExit(): void {
    exit.hidden = false;
    parts.quickExit.arm();
  }

  function redraw(): void {
    const words = parts.words();
    title.textContent = words('page.name');
    operator.textContent = parts.operator === '' ? '' : words('page.by', { operator: parts.operator });
    fill(officer, icon('officer'), el('span', {}, words('officer.call')));
    fill(exit, icon('exit'), words('exit.now'), el('small', {}, words('exit.keys')));
    drawToggle();
    drawStatus();
  }
  redraw();

  return {
    element,
    state(next) {
      state = next;
      drawStatus();
      if (next.urgent) offerExit();
    },
    sensitive: offerExit,
    redraw,
  };
}
