import './style.css';
import thai from '../../../locales/th/my.json';
import { el, fill, keep, kept } from '../../transcript-socket/web/dom';
import { createQuickExit } from '../../transcript-socket/web/quick-exit';
import {
  type Catalogues,
  type Words,
  createWords,
  fetchAbout,
  fetchCatalogues,
  languageInAddress,
} from '../../transcript-socket/web/words';
import { type Mine, type Right, Refused, api, forget, isKnown } from './api';
import { carersSection, chargesSection } from './carers';
import { caseCard, isOpen } from './case-card';
import { type Page, asked, button, inWords, moment, section } from './parts';
import { suggestionsSection } from './suggestions';

const languageName = 'thamrat.language';
const rights: readonly Right[] = ['access', 'correction', 'erasure'];

function calendar(page: Page, mine: Mine): HTMLElement {
  const { words } = page;
  const coming = mine.cases
    .filter(({ appointment }) => appointment?.state === 'booked' && appointment.startsAt > Date.now())
    .sort((a, b) => (a.appointment?.startsAt ?? 0) - (b.appointment?.startsAt ?? 0));
  return section(
    'calendar',
    words('calendar.title'),
    coming.length === 0 && el('p', { class: 'quiet' }, words('calendar.none')),
    el(
      'ul',
      {},
      ...coming.map(({ title, appointment }) =>
        el(
          'li',
          { class: 'card' },
          el('h3', {}, moment(appointment?.startsAt ?? 0, words)),
          el(
            'p',
            {},
            inWords(title, words),
            appointment?.point ? ` · ${inWords(appointment.point, words)}` : '',
          ),
          appointment?.calendar !== undefined &&
            el(
              'a',
              { class: 'do', href: appointment.calendar, download: 'appointment.ics' },
              words('calendar.save'),
            ),
        ),
      ),
    ),
    el('p', { class: 'quiet' }, words('calendar.change')),
  );
}

function channels(page: Page, mine: Mine): HTMLElement {
  const { words } = page;
  const here = mine.channels.find(channel => channel.here);
  return section(
    'channels',
    words('channels.title'),
    el(
      'ul',
      {},
      ...mine.channels.map(channel =>
        el(
          'li',
          {},
          `${words(`channel.${channel.channel}`)}${channel.here ? ` (${words('channels.here')})` : ''}: ${words(
            channel.notices ? 'channels.on' : 'channels.off',
          )}`,
        ),
      ),
    ),
    here !== undefined &&
      button(words(here.notices ? 'channels.stop' : 'channels.start'), () =>
        page.run(() => api.notices(!here.notices), here.notices ? 'done.stopped' : 'done.started'),
      ),
  );
}

function privacy(page: Page): HTMLElement {
  const { words } = page;
  return section(
    'privacy',
    words('privacy.title'),
    el('p', {}, words('privacy.what'), ' ', el('a', { href: '/privacy' }, words('privacy.notice'))),
    ...rights.map(kind =>
      kind === 'erasure'
        ? asked(
            page,
            words(`privacy.${kind}`),
            words('privacy.erasure-sure'),
            words('privacy.erasure-yes'),
            () => page.run(() => api.right(kind), 'done.right'),
          )
        : el(
            'p',
            {},
            button(words(`privacy.${kind}`), () => page.run(() => api.right(kind), 'done.right')),
          ),
    ),
  );
}

function joining(page: Page): HTMLElement {
  const { words } = page;
  const code = el('input', { id: 'code', inputmode: 'numeric', autocomplete: 'off', maxlength: 20 });
  return section(
    'join',
    words('join.title'),
    el('label', { for: 'code' }, words('join.code')),
    el(
      'p',
      { class: 'row' },
      code,
      button(words('join.do'), () => {
        const typed = code.value.trim();
        if (typed === '') return;
        page.run(async () => {
          const { outcome } = await api.join(typed);
          if (outcome !== 'joined' && outcome !== 'entrusted') throw new Refused(outcome);
        }, 'done.joined');
      }),
    ),
  );
}

function matters(page: Page, mine: Mine): HTMLElement {
  const { words } = page;
  const list = (which: Mine['cases']): HTMLElement => el('ul', {}, ...which.map(one => caseCard(page, one)));
  const [open, ended] = [mine.cases.filter(isOpen), mine.cases.filter(one => !isOpen(one))];
  return section(
    'matters',
    words('matters.title'),
    mine.cases.length === 0 && el('p', {}, words('matters.none')),
    open.length > 0 && list(open),
    ended.length > 0 &&
      el('details', {}, el('summary', {}, words('matters.ended', { count: ended.length })), list(ended)),
  );
}

function start(
  root: HTMLElement,
  catalogues: Catalogues,
  politeness: 'female' | 'male',
  operator: string,
): void {
  const asked = languageInAddress() ?? kept(() => localStorage, languageName) ?? 'th';
  let words: Words = createWords(catalogues, asked, politeness);
  const said = el('p', { class: 'said', role: 'status', hidden: true });
  const body = el('main', { id: 'content', tabindex: -1 });
  const head = el('header', {});
  const page: Page = {
    get words() {
      return words;
    },
    run(work, doneKey) {
      work().then(
        () => void show(words(doneKey)),
        (error: unknown) => tell(words(`error.${error instanceof Refused ? error.code : 'INTERNAL'}`)),
      );
    },
  };

  function tell(text: string): void {
    said.textContent = text;
    said.hidden = text === '';
  }

  const exit = createQuickExit(forget, isKnown);

  function frame(sensitive: boolean): void {
    if (sensitive) exit.arm();
    document.documentElement.lang = words.language;
    document.title = words('page.title');
    fill(
      head,
      el('h1', {}, words('page.name')),
      el('p', { class: 'quiet' }, operator === '' ? '' : words('page.by', { operator })),
      el(
        'nav',
        { 'aria-label': words('page.nav') },
        isKnown() && el('a', { class: 'do', href: '/chat' }, words('page.chat')),
        ...words.languages
          .filter(({ tag }) => tag !== words.language)
          .map(({ tag, name }) =>
            el(
              'button',
              {
                type: 'button',
                class: 'do',
                lang: tag,
                onclick: () => {
                  keep(() => localStorage, languageName, tag);
                  words = createWords(catalogues, tag, politeness);
                  void show('');
                },
              },
              name,
            ),
          ),
      ),
      sensitive && button(words('page.leave'), () => exit.leave(), 'exit'),
      sensitive && el('p', { class: 'quiet' }, words('page.leave-keys')),
    );
  }

  async function show(text: string): Promise<void> {
    try {
      const [mine, suggested, carers] = isKnown()
        ? await Promise.all([api.mine(), api.suggestions(), api.carers()])
        : [];
      frame(mine?.cases.some(one => one.sensitive) ?? false);
      if (!mine || !suggested || !carers) throw new Refused('SIGN_IN_REFUSED');
      fill(
        body,
        matters(page, mine),
        calendar(page, mine),
        chargesSection(page, carers),
        suggestionsSection(page, suggested),
        channels(page, mine),
        carersSection(page, carers),
        joining(page),
        privacy(page),
      );
      tell(text);
    } catch (error) {
      const code = error instanceof Refused ? error.code : 'INTERNAL';
      frame(false);
      tell('');
      fill(
        body,
        el('p', { role: code === 'SIGN_IN_REFUSED' ? undefined : 'alert' }, words(`error.${code}`)),
        !isKnown() && el('p', {}, el('a', { class: 'do', href: '/chat' }, words('page.chat'))),
      );
    }
  }

  fill(root, el('a', { class: 'skip', href: '#content' }, words('page.skip')), head, said, body);
  frame(false);
  fill(body, el('p', { role: 'status' }, words('loading')));
  void show('');
}

const root = document.getElementById('page');
if (root)
  void Promise.all([fetchCatalogues('my', thai), fetchAbout()]).then(([catalogues, about]) =>
    start(root, catalogues, about.politeness, about.operator),
  );
