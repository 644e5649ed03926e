import { el } from './dom';

/** Numbers after a word for calling, numbers of Thai telephones, and web addresses. */
const found =
  /(https?:\/\/[^\s<>"']+)|((?:โทร\.?|สายด่วน|call|dial|hotline)\s*)(\d{3,4}|0\d[\d\s-]{6,10}\d)(?![\d])|(\b0\d{1,2}[\s-]?\d{3}[\s-]?\d{3,4}\b)/giu;

const phoneLink = (shown: string): HTMLAnchorElement =>
  el('a', { href: `tel:${shown.replace(/[^\d+]/g, '')}`, class: 'tel' }, shown);

/** Words that browsers break in the middle, since their word list lacks them. */
const brokenWords = /(ถามรัฐ|แชต|เช็ก|เฟซบุ๊ก)/;

/** A text whose words stay whole at the end of a line. */
export function wholeWords(text: string): Node[] {
  return text
    .split(brokenWords)
    .filter(part => part !== '')
    .map(part =>
      brokenWords.test(part) ? el('span', { class: 'whole' }, part) : document.createTextNode(part),
    );
}

/** Only addresses that a browser opens as a page. */
export const webAddress = (url: string): string | undefined => (/^https?:\/\//i.test(url) ? url : undefined);

function lineNodes(line: string, links: boolean): Node[] {
  const nodes: Node[] = [];
  let last = 0;
  const push = (text: string): void => {
    nodes.push(...wholeWords(text));
  };
  for (const match of line.matchAll(found)) {
    const [whole, url, before = '', called, number] = match;
    push(line.slice(last, match.index));
    last = match.index + whole.length;
    if (url !== undefined) {
      nodes.push(
        links
          ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url)
          : document.createTextNode(url),
      );
    } else {
      push(before);
      nodes.push(phoneLink(called ?? number ?? ''));
    }
  }
  push(line.slice(last));
  return nodes;
}

/** A text as paragraphs, one a line; telephone numbers can be touched. `links`: web addresses too (never in what strangers wrote). */
export function paragraphs(text: string, links = true): HTMLElement[] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => el('p', { class: line.startsWith('•') ? 'bullet' : undefined }, ...lineNodes(line, links)));
}
