import { type Child, el } from '../../transcript-socket/web/dom';
import type { Words } from '../../transcript-socket/web/words';
import { createKeyboard } from './keyboard';
import { answerNode } from './pane';
import { type Turn, choicesOf } from './turns';

export type Screen =
  | { readonly kind: 'start' }
  | { readonly kind: 'home' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'type' }
  | { readonly kind: 'answer'; readonly turn: number };

export interface Acts {
  readonly begin: (language: string) => void;
  readonly open: (screen: Screen) => void;
  readonly ask: (text: string) => void;
  readonly choose: (choice: string, label: string) => void;
  readonly retry: (clientId: string) => void;
}

/** A screen in its places: what is read above, what is touched below. */
export interface Drawn {
  readonly title: string;
  readonly reading: readonly Child[];
  readonly touching: readonly HTMLElement[];
  /** Where the person goes on typing. */
  readonly focus?: HTMLElement;
}

/** The group that shows what the bot's greeting offers. */
const frequent = 'frequent';

const groupKey = /^group\.([a-z]+)$/;

/** Groups and their questions, as the catalogue lists them. */
const groupsIn = (words: Words): string[] => words.keys.flatMap(key => groupKey.exec(key)?.[1] ?? []);

const questionsIn = (words: Words, group: string): string[] =>
  words.keys.filter(key => key.startsWith(`group.${group}.`)).map(key => words(key));

/** What of the greeting is for everybody at this screen: its topics, the quiz, the lists and the lessons. */
const offered = /^(?:topic|quiz|browse|how-to)(?::|$)/;

const topicsOf = (turns: readonly Turn[]): ReturnType<typeof choicesOf> =>
  (turns[0] ? choicesOf(turns[0]) : []).filter(choice => offered.test(choice.id));

const big = (label: string, act: () => void): HTMLElement =>
  el('button', { type: 'button', class: 'big', onclick: act }, label);

export function drawStart(words: Words, operator: string, acts: Acts): HTMLElement {
  const others = words.languages.filter(({ tag }) => tag !== words.language);
  return el(
    'main',
    { class: 'start' },
    el('h1', {}, words('page.name')),
    el('p', {}, words('start.about')),
    el(
      'button',
      { type: 'button', class: 'big primary begin', onclick: () => acts.begin(words.language) },
      words('start.touch'),
    ),
    el(
      'div',
      { class: 'languages', role: 'group', 'aria-label': words('start.language') },
      ...others.map(({ tag, name }) =>
        el('button', { type: 'button', class: 'big', lang: tag, onclick: () => acts.begin(tag) }, name),
      ),
    ),
    el('p', { class: 'soft' }, words('start.private')),
    operator !== '' && el('p', { class: 'soft' }, words('page.by', { operator })),
  );
}

export function drawScreen(
  screen: Screen,
  turns: readonly Turn[],
  words: Words,
  acts: Acts,
  online: boolean,
): Drawn {
  switch (screen.kind) {
    case 'start':
    case 'home': {
      const groups = groupsIn(words).map(group =>
        big(words(`group.${group}`), () => acts.open({ kind: 'group', group })),
      );
      const known =
        topicsOf(turns).length > 0
          ? [big(words('home.frequent'), () => acts.open({ kind: 'group', group: frequent }))]
          : [];
      return { title: words('home.title'), reading: [], touching: [...groups, ...known] };
    }
    case 'group':
      return screen.group === frequent
        ? {
            title: words('home.frequent'),
            reading: [],
            touching: topicsOf(turns).map(({ id, label }) => big(label, () => acts.choose(id, label))),
          }
        : {
            title: words(`group.${screen.group}`),
            reading: [],
            touching: questionsIn(words, screen.group).map(question =>
              big(question, () => acts.ask(question)),
            ),
          };
    case 'type': {
      const { element, input } = createKeyboard(words, acts.ask);
      return { title: words('type.title'), reading: [element], touching: [], focus: input };
    }
    case 'answer':
      return drawAnswer(turns[screen.turn], words, acts, online);
  }
}

function drawAnswer(turn: Turn | undefined, words: Words, acts: Acts, online: boolean): Drawn {
  const title = words('answer.title');
  if (!turn) return { title, reading: [], touching: [] };
  const asked = el('p', { class: 'asked' }, words('answer.asked', { text: turn.question }));
  const { outgoing } = turn;
  if (outgoing?.state === 'failed') {
    return {
      title,
      reading: [asked, el('p', { role: 'alert' }, outgoing.why ?? words('answer.failed'))],
      touching: [big(words('answer.retry'), () => acts.retry(outgoing.clientId))],
    };
  }
  if (outgoing)
    return {
      title,
      reading: [asked, el('p', {}, words(online ? 'answer.wait' : 'answer.unsent'))],
      touching: [],
    };
  const answers = turn.answers.map(line => answerNode(line, words));
  return {
    title,
    reading: [asked, ...(answers.length > 0 ? answers : [el('p', {}, words('answer.empty'))])],
    // Calling an officer has its own place below; the language was chosen at the start.
    touching: choicesOf(turn)
      .filter(({ id }) => id !== 'handover' && !id.startsWith('language:'))
      .map(({ id, label }) => big(label, () => acts.choose(id, label))),
  };
}
