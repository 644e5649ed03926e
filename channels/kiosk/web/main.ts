import './style.css';
import thai from '../../../locales/th/kiosk.json';
import { type Client, type Outgoing, connect, randomId } from '../../transcript-socket/web/client';
import { el, fill } from '../../transcript-socket/web/dom';
import { createSpeaker } from '../../transcript-socket/web/speech';
import {
  type About,
  type Catalogues,
  type Words,
  createWords,
  fetchAbout,
  fetchCatalogues,
} from '../../transcript-socket/web/words';
import type { Line, State } from '../../transcript-socket/wire';
import { createFrame } from './frame';
import { idleness } from './idle';
import { type Acts, type Screen, drawScreen, drawStart } from './screens';
import { type Turn, turnsOf } from './turns';
import { createWarning } from './warning';

const lookEveryMs = 500;
/** A connection that is away shorter than this is not worth a word. */
const lostAfterMs = 2_000;
/** Lines that come together are shown together. */
const gatherMs = 60;

/** One person at the machine. Everything of theirs is in here, and goes with it. */
interface Visit {
  readonly client: Client;
  readonly lines: Line[];
  outgoing: readonly Outgoing[];
  state: State;
  online: boolean;
  screens: Screen[];
  touchedAt: number;
  /** Reads every new screen, since the person asked for it once. */
  aloud: boolean;
}

function start(page: HTMLElement, catalogues: Catalogues, about: About): void {
  const speaker = createSpeaker();
  const wordsIn = (language: string): Words => createWords(catalogues, language, about.politeness);
  let words = wordsIn('th');
  let visit: Visit | undefined;
  let drawnScreen: Screen | undefined;
  let reading = false;

  const acts: Acts = { begin, open, ask, choose, retry: clientId => visit?.client.retry(clientId) };
  const frame = createFrame({
    back,
    listen,
    type: () => open({ kind: 'type' }),
    officer: () => choose('handover', words('choice.handover')),
    stopWaiting: () => choose('stop-waiting', words('choice.stop-waiting')),
    done: wipe,
  });
  const warning = createWarning({ stay: touched, wipe, behind: frame.element });
  const place = el('div', { class: 'place' });

  const turns = (): Turn[] => (visit ? turnsOf(visit.lines, visit.outgoing) : []);
  const current = (): Screen => visit?.screens[visit.screens.length - 1] ?? { kind: 'start' };

  function draw(): void {
    document.documentElement.lang = words.language;
    document.title = words('page.title');
    const screen = current();
    const changed = screen !== drawnScreen;
    drawnScreen = screen;
    if (!visit) {
      fill(place, drawStart(words, about.operator, acts));
      return;
    }
    // Somebody who types is not interrupted by what arrives.
    if (!changed && screen.kind === 'type') return;
    speaker.stop();
    frame.show({
      words,
      drawn: drawScreen(screen, turns(), words, acts, visit.online),
      state: visit.state,
      online: visit.online,
      canRead: speaker.can(words.language),
      reading,
      typing: screen.kind === 'type',
      same: !changed,
    });
    if (!place.contains(frame.element)) fill(place, frame.element);
    if (visit.aloud) readScreen();
  }

  function readScreen(): void {
    const phrases = frame.phrases();
    const texts = phrases.map(phrase => phrase.textContent ?? '');
    reading = true;
    speaker.read(texts, words.language, index => {
      phrases.forEach((phrase, place) => phrase.classList.toggle('now', place === index));
      if (index !== undefined) {
        phrases[index]?.scrollIntoView({ block: 'nearest' });
        if (visit) visit.touchedAt = Date.now();
        return;
      }
      reading = false;
      showListening();
    });
    showListening();
  }

  function showListening(): void {
    const button = frame.element.querySelector('.listen');
    const label = button?.querySelector('span');
    if (label) label.textContent = words(reading ? 'bar.quiet' : 'bar.listen');
    button?.setAttribute('aria-pressed', String(reading));
  }

  function listen(): void {
    if (!visit) return;
    visit.aloud = !reading;
    if (reading) speaker.stop();
    else readScreen();
  }

  function open(screen: Screen): void {
    visit?.screens.push(screen);
    draw();
  }

  function back(): void {
    if (!visit) return;
    if (visit.screens.length === 1) return wipe();
    visit.screens.pop();
    draw();
  }

  /** The screen of the question that was just asked; typing and picking are not gone back to. */
  function openQuestion(): void {
    if (!visit) return;
    visit.screens = [
      ...visit.screens.filter(screen => screen.kind !== 'type'),
      { kind: 'answer', turn: turns().length - 1 },
    ];
    draw();
  }

  function ask(text: string): void {
    visit?.client.sendText(text);
    openQuestion();
  }

  function choose(choice: string, label: string): void {
    visit?.client.sendChoice(choice, label);
    openQuestion();
  }

  /** Brings the screen to where an officer answers, unless the person is typing. */
  function showOfficer(): void {
    const screen = current();
    const turn = turns().length - 1;
    if (!visit || screen.kind === 'type' || (screen.kind === 'answer' && screen.turn === turn)) return;
    visit.screens.push({ kind: 'answer', turn });
  }

  function touched(): void {
    if (visit) visit.touchedAt = Date.now();
    warning.hide();
  }

  function begin(language: string): void {
    words = wordsIn(language);
    let lostTimer: number | undefined;
    const mine = (): boolean => visit === begun;
    let gathering = false;
    const redraw = (): void => {
      if (gathering) return;
      gathering = true;
      window.setTimeout(() => {
        gathering = false;
        if (mine()) draw();
      }, gatherMs);
    };
    const begun: Visit = {
      lines: [],
      outgoing: [],
      state: { owner: 'bot', urgent: false },
      online: true,
      screens: [{ kind: 'home' }],
      touchedAt: Date.now(),
      aloud: false,
      client: connect({
        url: '/kiosk',
        language: () => language,
        newId: randomId,
        memory: {
          visitor: () => undefined,
          keepVisitor: () => undefined,
          unsent: () => [],
          keepUnsent: () => undefined,
        },
        events: {
          line(line) {
            begun.lines.push(line);
            if (line.from === 'officer') showOfficer();
            redraw();
          },
          reset() {
            begun.lines.length = 0;
            redraw();
          },
          outgoing(list) {
            begun.outgoing = list;
            // A question keeps its screen when it comes back as a line: same place in the list.
            if (list.some(message => message.state === 'failed')) redraw();
          },
          connection(connection) {
            window.clearTimeout(lostTimer);
            const set = (online: boolean): void => {
              if (begun.online === online) return;
              begun.online = online;
              redraw();
            };
            if (connection === 'connected') set(true);
            else lostTimer = window.setTimeout(() => set(false), lostAfterMs);
          },
          state(state) {
            begun.state = state;
            redraw();
          },
          typing: () => undefined,
          caughtUp: () => undefined,
        },
      }),
    };
    visit = begun;
    draw();
  }

  /** Leaves nothing for the next person; what the server knows ends there. */
  function wipe(): void {
    const ended = visit;
    visit = undefined;
    reading = false;
    speaker.stop();
    warning.hide();
    words = wordsIn('th');
    fill(place);
    frame.element.remove();
    draw();
    ended?.client.end().then(
      () => ended.client.close(),
      () => ended.client.close(),
    );
  }

  for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) {
    document.addEventListener(kind, () => visit && touched(), { passive: true, capture: true });
  }
  document.addEventListener('contextmenu', event => event.preventDefault());
  window.setInterval(() => {
    if (!visit) return;
    const idle = idleness(visit.touchedAt, Date.now());
    if (idle.kind === 'wipe') wipe();
    else if (idle.kind === 'warn') warning.show(words, idle.secondsLeft);
  }, lookEveryMs);
  speaker.onVoices(draw);
  fill(page, place, warning.element);
  draw();
}

const page = document.getElementById('page');
if (page) {
  Promise.all([fetchCatalogues('kiosk', thai), fetchAbout()]).then(
    ([catalogues, about]) => start(page, catalogues, about),
    () => start(page, { th: thai }, { operator: '', politeness: 'female' }),
  );
}
