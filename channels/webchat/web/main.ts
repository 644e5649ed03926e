import './style.css';
import thai from '../../../locales/th/webchat.json';
import { type Client, type Connection, connect, randomId } from '../../transcript-socket/web/client';
import { el, fill } from '../../transcript-socket/web/dom';
import { createQuickExit } from '../../transcript-socket/web/quick-exit';
import { createSpeaker } from '../../transcript-socket/web/speech';
import {
  type About,
  type Catalogues,
  type Words,
  createWords,
  fetchAbout,
  fetchCatalogues,
  languageInAddress,
} from '../../transcript-socket/web/words';
import { createComposer } from './composer';
import { createHeader } from './header';
import { createLog } from './log';
import { type Size, forget, keepLanguage, keepSize, memory, readLanguage, readSize } from './memory';

/** What a page that leads here may put into the box, characters. */
const askedCharacters = 200;
/** A short break is mended before anybody notices. */
const offlineAfterMs = 1_500;
const typingShownMs = 6_000;

const inFrame = window.parent !== window;

function startLanguage(catalogues: Catalogues): string {
  const asked = languageInAddress() ?? readLanguage();
  const preferred =
    asked ?? navigator.languages.map(tag => tag.split('-')[0] ?? '').find(tag => catalogues[tag]);
  return preferred !== undefined && catalogues[preferred] ? preferred : 'th';
}

/** What the page that led here is about; taken out of the address, so that it is put into the box once. */
function takeAsked(): string {
  const address = new URL(location.href);
  const asked = address.searchParams.get('ask') ?? '';
  address.searchParams.delete('ask');
  if (asked !== '') history.replaceState(null, '', address);
  return asked.slice(0, askedCharacters);
}

function start(page: HTMLElement, catalogues: Catalogues, about: About): void {
  let words: Words = createWords(catalogues, startLanguage(catalogues), about.politeness);
  let size = readSize();
  let typingTimer: number | undefined;
  let offlineTimer: number | undefined;
  let client: Client;
  const speaker = createSpeaker();
  const banner = el('p', { class: 'banner', role: 'status', hidden: true });
  const ended = el('div', { class: 'ended', role: 'status' });

  const log = createLog({
    words: () => words,
    choose: (choice, label) => {
      const language = /^language:(.+)$/.exec(choice)?.[1];
      if (language !== undefined && catalogues[language]) applyLanguage(language);
      client.sendChoice(choice, label);
    },
    retry: clientId => client.retry(clientId),
    speaker,
  });
  const composer = createComposer({
    words: () => words,
    send: text => client.sendText(text),
    typing: () => client.typing(),
    visitor: () => memory.visitor(),
  });
  const header = createHeader({
    words: () => words,
    operator: about.operator,
    size: () => size,
    setSize,
    setLanguage(language) {
      if (language === words.language) return;
      applyLanguage(language);
      client.sendChoice(`language:${language}`, words('language.name'));
    },
    callOfficer: () => client.sendChoice('handover', words('choice.handover')),
    stopWaiting: () => client.sendChoice('stop-waiting', words('choice.stop-waiting')),
    endChat,
    quickExit: createQuickExit(
      () => {
        forget();
        client.close();
      },
      () => memory.visitor() !== undefined,
    ),
  });

  function setSize(next: Size): void {
    size = next;
    keepSize(next);
    document.documentElement.dataset['size'] = next;
  }

  function applyLanguage(language: string): void {
    words = createWords(catalogues, language, about.politeness);
    keepLanguage(language);
    redraw();
  }

  function redraw(): void {
    document.documentElement.lang = words.language;
    document.title = words('page.title');
    skip.textContent = words('page.skip');
    header.redraw();
    log.redraw();
    composer.redraw();
  }

  async function endChat(): Promise<boolean> {
    if (!(await client.end())) return false;
    client.close();
    forget();
    log.clear();
    const again = el(
      'button',
      { type: 'button', class: 'choice', onclick: () => begin() },
      words('end.again'),
    );
    fill(ended, el('p', {}, words('end.done')), again);
    composer.element.hidden = true;
    again.focus();
    return true;
  }

  function showConnection(connection: Connection): void {
    window.clearTimeout(offlineTimer);
    if (connection === 'connected') {
      banner.hidden = true;
      return;
    }
    const text = words(connection === 'refused' ? 'net.refused' : 'net.offline');
    const show = (): void => {
      banner.textContent = text;
      banner.hidden = false;
    };
    if (connection === 'connecting') offlineTimer = window.setTimeout(show, offlineAfterMs * 3);
    else if (banner.hidden) offlineTimer = window.setTimeout(show, offlineAfterMs);
    else show();
  }

  function begin(): void {
    fill(ended);
    composer.element.hidden = false;
    let unread = 0;
    const tellRead = (): void => {
      if (unread === 0 || document.visibilityState !== 'visible') return;
      client.read(unread);
      unread = 0;
    };
    document.addEventListener('visibilitychange', tellRead);
    client = connect({
      url: '/webchat',
      language: () => words.language,
      memory,
      newId: randomId,
      events: {
        line(line) {
          log.add(line);
          if (line.sensitive) header.sensitive();
          if (line.from === 'officer' || line.from === 'bot') {
            unread = line.seq;
            window.setTimeout(tellRead, 500);
          }
        },
        reset: () => log.clear(),
        outgoing: list => log.outgoing(list),
        connection: showConnection,
        state: state => header.state(state),
        typing(typing) {
          window.clearTimeout(typingTimer);
          log.typing(typing);
          typingTimer = window.setTimeout(() => log.typing(undefined), typingShownMs);
        },
        caughtUp: () => log.caughtUp(),
      },
    });
  }

  const skip = el('a', { class: 'skip', href: '#message' });
  document.documentElement.dataset['size'] = size;
  speaker.onVoices(() => log.redraw());
  fill(page, skip, header.element, el('main', {}, banner, log.element, ended, composer.element));
  if (inFrame) {
    document.documentElement.dataset['frame'] = 'true';
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape') window.parent.postMessage({ thamrat: 'close' }, '*');
    });
  }
  redraw();
  begin();
  const asked = takeAsked();
  if (asked !== '') composer.prefill(asked);
}

const page = document.getElementById('page');
if (page) {
  page.append(el('p', { class: 'loading' }, thai['page.loading']));
  Promise.all([fetchCatalogues('webchat', thai), fetchAbout()]).then(
    ([catalogues, about]) => start(page, catalogues, about),
    () => start(page, { th: thai }, { operator: '', politeness: 'female' }),
  );
}
