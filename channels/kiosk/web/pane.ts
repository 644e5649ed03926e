import type { Card } from '../../../core';
import { el } from '../../transcript-socket/web/dom';
import { phrasesOf } from '../../transcript-socket/web/speech';
import { wholeWords } from '../../transcript-socket/web/text';
import type { Words } from '../../transcript-socket/web/words';
import type { Line } from '../../transcript-socket/wire';

/** A text as phrases that read-aloud can show one by one. */
function spoken(text: string): Node[] {
  const nodes: Node[] = [];
  let last = 0;
  for (const phrase of phrasesOf(text)) {
    if (phrase.start > last) nodes.push(document.createTextNode(text.slice(last, phrase.start)));
    nodes.push(el('span', { class: 'phrase' }, ...wholeWords(phrase.text)));
    last = phrase.end;
  }
  return nodes;
}

const texts = (text: string, name?: string): HTMLElement[] =>
  text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => el('p', { class: name }, ...spoken(line)));

function cardNode(card: Card): HTMLElement {
  // A kiosk neither dials nor opens other sites: numbers are shown, links are not.
  const phones = card.actions.flatMap(action => (action.kind === 'phone' ? [action.label] : []));
  return el(
    'article',
    {},
    el('h2', {}, ...spoken(card.title)),
    ...(card.subtitle === undefined ? [] : texts(card.subtitle, 'soft')),
    ...texts(card.lead),
    ...card.sections.flatMap(section => [
      el('h3', {}, ...spoken(section.label)),
      el('ul', {}, ...section.lines.map(line => el('li', {}, ...spoken(line)))),
    ]),
    ...phones.map(phone => el('p', { class: 'phone' }, ...spoken(phone))),
    ...(card.footnote === undefined ? [] : texts(card.footnote, 'soft')),
  );
}

/** One answer in large letters; what can be picked stands below, not here. */
export function answerNode({ reply, from, name }: Line, words: Words): HTMLElement {
  const who =
    from === 'officer' ? [el('p', { class: 'who' }, words('answer.from-officer', { name: name ?? '' }))] : [];
  const body = (): HTMLElement[] => {
    switch (reply.kind) {
      case 'card':
        return [cardNode(reply.card)];
      case 'cards':
        return reply.cards.map(cardNode);
      case 'location':
        return texts([reply.title, reply.address].filter(Boolean).join('\n') || reply.text);
      default:
        return texts(reply.text);
    }
  };
  return el('div', { class: `answer ${from}` }, ...who, ...body());
}
