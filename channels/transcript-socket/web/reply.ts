import type { Action, Card, Reply } from '../../../core';
import { type Child, el } from './dom';
import { icon } from './icons';
import { paragraphs, webAddress, wholeWords } from './text';
import type { Words } from './words';

export interface ReplyParts {
  readonly words: Words;
  readonly choose: (choice: string, label: string) => void;
  /** The citizen's own words: web addresses in them stay text. */
  readonly own: boolean;
}

/** Our own pictures are shown from here, whatever address people reach us by; others only from the web. */
const pictureAddress = (url: string): string | undefined =>
  /\/api\/v1\/pictures\/[\w-]{43}$/.exec(url)?.[0] ?? webAddress(url);

const outside = (parts: ReplyParts, label: string, url: string): Child =>
  webAddress(url) &&
  el(
    'a',
    { class: 'action', href: url, target: '_blank', rel: 'noopener noreferrer' },
    icon('link'),
    el('span', {}, label, el('span', { class: 'sr' }, ` (${parts.words('link.new-tab')})`)),
  );

export const choiceButton = (parts: ReplyParts, id: string, label: string): HTMLElement =>
  el(
    'button',
    { type: 'button', class: 'choice', onclick: () => parts.choose(id, label) },
    ...wholeWords(label),
  );

export function actionNode(parts: ReplyParts, action: Action): Child {
  switch (action.kind) {
    case 'choice':
      return choiceButton(parts, action.id, action.label);
    case 'phone':
      return el(
        'a',
        { class: 'action', href: `tel:${action.number.replace(/[^\d+*#]/g, '')}` },
        icon('phone'),
        el('span', {}, action.label),
      );
    case 'link':
      return outside(parts, action.label, action.url);
  }
}

export function cardNode(parts: ReplyParts, card: Card): HTMLElement {
  const actions = card.actions.map(action => actionNode(parts, action));
  return el(
    'article',
    { class: 'card' },
    el('h2', {}, ...wholeWords(card.title)),
    card.subtitle !== undefined && el('p', { class: 'subtitle' }, card.subtitle),
    el('div', { class: 'lead' }, ...paragraphs(card.lead)),
    ...card.sections.map(section =>
      el(
        'section',
        {},
        el('h3', {}, ...wholeWords(section.label)),
        el('ul', {}, ...section.lines.map(line => el('li', {}, ...paragraphs(line)))),
      ),
    ),
    actions.length > 0 && el('div', { class: 'actions' }, ...actions),
    card.footnote !== undefined && el('div', { class: 'footnote' }, ...paragraphs(card.footnote)),
  );
}

export function choicesNode(
  parts: ReplyParts,
  choices: readonly { readonly id: string; readonly label: string }[],
): HTMLElement {
  return el(
    'div',
    { class: 'choices', role: 'group', 'aria-label': parts.words('choices.label') },
    ...choices.map(choice => choiceButton(parts, choice.id, choice.label)),
  );
}

/** What a reply looks like on a page. */
export function replyNodes(parts: ReplyParts, reply: Reply): Child[] {
  switch (reply.kind) {
    case 'text':
    case 'read-aloud':
      return paragraphs(reply.text, !parts.own);
    case 'choices':
      return [...paragraphs(reply.text), choicesNode(parts, reply.choices)];
    case 'card':
      return [cardNode(parts, reply.card)];
    case 'cards':
      return reply.cards.map(card => cardNode(parts, card));
    case 'link':
      return [...paragraphs(reply.text), outside(parts, reply.label, reply.url)];
    case 'image':
      return [
        pictureAddress(reply.url) && el('img', { src: pictureAddress(reply.url), alt: reply.text }),
        ...paragraphs(reply.text),
      ];
    case 'location':
      return [
        ...paragraphs([reply.title, reply.address].filter(Boolean).join('\n') || reply.text),
        outside(
          parts,
          parts.words('location.map'),
          `https://www.openstreetmap.org/?mlat=${reply.latitude}&mlon=${reply.longitude}#map=17/${reply.latitude}/${reply.longitude}`,
        ),
      ];
  }
}

/** What is read aloud: the words written for the ear where there are some, otherwise what is on the page. */
export function spokenText(reply: Reply): string {
  if (reply.kind === 'card' || reply.kind === 'read-aloud') return reply.speak ?? reply.text;
  if (reply.kind === 'choices') return [reply.text, ...reply.choices.map(choice => choice.label)].join('\n');
  return reply.text;
}
