import type { Outgoing } from '../../transcript-socket/web/client';
import { el, fill } from '../../transcript-socket/web/dom';
import { icon } from '../../transcript-socket/web/icons';
import { replyNodes, spokenText } from '../../transcript-socket/web/reply';
import { type Speaker, phrasesOf } from '../../transcript-socket/web/speech';
import { dayText, sameDay, timeText } from '../../transcript-socket/web/when';
import type { Words } from '../../transcript-socket/web/words';
import type { Line, Typing } from '../../transcript-socket/wire';

export interface LogParts {
  readonly words: () => Words;
  readonly choose: (choice: string, label: string) => void;
  readonly retry: (clientId: string) => void;
  readonly speaker: Speaker;
}

/** The messages on the page. */
export interface Log {
  readonly element: HTMLElement;
  add(line: Line): void;
  outgoing(list: readonly Outgoing[]): void;
  typing(typing: Typing | undefined): void;
  /** From here on new messages are announced. */
  caughtUp(): void;
  clear(): void;
  /** Draws everything again, in another language. */
  redraw(): void;
}

/** Nearer to the end than this the page follows new messages, px. */
const nearEnd = 120;

function whoText(line: Line, words: Words): string {
  return words(`from.${line.from}`, { name: line.name ?? '' }).trim();
}

export function createLog(parts: LogParts): Log {
  const { speaker } = parts;
  const lines: Line[] = [];
  const list = el('div', { class: 'lines', role: 'log', 'aria-live': 'off', 'aria-relevant': 'additions' });
  const waiting = el('div', { class: 'waiting' });
  const typing = el('p', { class: 'typing', role: 'status', hidden: true });
  const below = el('button', { type: 'button', class: 'below', hidden: true, onclick: () => toEnd() });
  const scroller = el('div', { class: 'scroller', tabindex: 0, role: 'region' }, list, waiting, typing);
  const element = el('div', { class: 'log' }, scroller, below);
  let following = true;

  scroller.addEventListener(
    'scroll',
    () => {
      following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
      if (following) below.hidden = true;
    },
    { passive: true },
  );
  // The keyboard of a phone, a notice above: whoever followed goes on following.
  if ('ResizeObserver' in window) new ResizeObserver(() => following && toEnd()).observe(scroller);

  /** To the end, but not past the beginning of an answer longer than the screen. */
  function toEnd(): void {
    const own = element.querySelectorAll<HTMLElement>('.line.citizen');
    const question = own[own.length - 1];
    const end = scroller.scrollHeight - scroller.clientHeight;
    scroller.scrollTop = question ? Math.min(end, question.offsetTop - 12) : lines.length > 2 ? end : 0;
    below.hidden = true;
    following = true;
  }

  function listenButton(line: Line): HTMLElement | undefined {
    const words = parts.words();
    if (line.from === 'citizen' || !speaker.can(words.language)) return undefined;
    const button = el('button', { type: 'button', class: 'listen' });
    const show = (reading: boolean): void => {
      button.setAttribute('aria-pressed', String(reading));
      fill(
        button,
        icon(reading ? 'stop' : 'listen'),
        parts.words()(reading ? 'listen.stop' : 'listen.start'),
      );
    };
    show(false);
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-pressed') === 'true') return speaker.stop();
      const phrases = phrasesOf(spokenText(line.reply)).map(phrase => phrase.text);
      speaker.read(phrases, words.language, index => show(index !== undefined));
      show(true);
    });
    return button;
  }

  function lineNode(line: Line, previous: Line | undefined): HTMLElement {
    const words = parts.words();
    const same =
      previous?.from === line.from && previous.name === line.name && line.at - previous.at < 60_000;
    const own = line.from === 'citizen';
    return el(
      'div',
      { class: `line ${line.from}`, 'data-seq': line.seq },
      el('p', { class: same ? 'who sr' : 'who' }, whoText(line, words)),
      el('div', { class: 'bubble' }, ...replyNodes({ words, choose: parts.choose, own }, line.reply)),
      el(
        'div',
        { class: 'meta' },
        el('time', { datetime: new Date(line.at).toISOString() }, timeText(line.at, words)),
        own && el('span', {}, words('state.sent')),
        listenButton(line),
      ),
    );
  }

  function append(line: Line, previous: Line | undefined): void {
    if (!previous || !sameDay(previous.at, line.at)) {
      list.append(el('p', { class: 'day' }, dayText(line.at, Date.now(), parts.words())));
    }
    list.append(lineNode(line, previous));
  }

  function waitingNode(message: Outgoing): HTMLElement {
    const words = parts.words();
    const failed = message.state === 'failed';
    return el(
      'div',
      { class: `line citizen ${message.state}` },
      el('p', { class: 'who sr' }, words('from.citizen')),
      el(
        'div',
        { class: 'bubble' },
        ...replyNodes({ words, choose: parts.choose, own: true }, { kind: 'text', text: message.label }),
      ),
      el(
        'div',
        { class: 'meta', role: failed ? 'alert' : undefined },
        el('span', {}, message.why ?? words(`state.${message.state}`)),
        failed &&
          el(
            'button',
            { type: 'button', class: 'retry', onclick: () => parts.retry(message.clientId) },
            words('state.retry'),
          ),
      ),
    );
  }

  function label(): void {
    scroller.setAttribute('aria-label', parts.words()('log.label'));
    list.setAttribute('aria-label', parts.words()('log.label'));
    fill(below, icon('down'), parts.words()('new.below'));
  }
  label();

  return {
    element,
    add(line) {
      append(line, lines[lines.length - 1]);
      lines.push(line);
      typing.hidden = true;
      if (following || line.from === 'citizen') toEnd();
      else below.hidden = false;
    },
    outgoing(messages) {
      const grew = messages.length > waiting.children.length;
      fill(waiting, ...messages.map(waitingNode));
      if (grew || following) toEnd();
    },
    typing(who) {
      typing.hidden = who === undefined;
      if (who) typing.textContent = parts.words()(`typing.${who.from}`, { name: who.name ?? '' });
      if (who && following) toEnd();
    },
    caughtUp() {
      list.setAttribute('aria-live', 'polite');
      if (following) toEnd();
    },
    clear() {
      speaker.stop();
      lines.length = 0;
      list.setAttribute('aria-live', 'off');
      fill(list);
      fill(waiting);
    },
    redraw() {
      const live = list.getAttribute('aria-live') ?? 'off';
      list.setAttribute('aria-live', 'off');
      fill(list);
      lines.forEach((line, index) => append(line, lines[index - 1]));
      label();
      list.setAttribute('aria-live', live);
    },
  };
}
