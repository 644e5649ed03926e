import {
  type BrowseWay,
  type Finder,
  type Topic,
  type TopicFilter,
  type TopicSummary,
  browseWays,
} from '../../core';
import { framed, searchBox } from './frame';
import { type Html, html } from './html';
import type { Words } from './words';

export interface ListQuery {
  readonly filter: TopicFilter;
  /** From 1. */
  readonly page: number;
}

export interface PageParts {
  readonly finder: Finder;
  readonly topicOf: (id: string) => Topic | undefined;
  readonly words: Words;
  readonly operator: string;
  readonly publicUrl?: string;
  /** Milliseconds since the epoch: what is announced for a while is shown while it lasts. */
  readonly now: number;
}

const perPage = 20;

const address = (words: Words, topic: TopicSummary): string => words.link(`/services/${topic.id}`);

/** One service in a list: its everyday name, whose it is, and what it is in a sentence. */
const item = (words: Words, topic: Topic): Html =>
  html`<li>
    <a class="service" href="${address(words, topic)}">
      <strong>${words.of(topic.name)}</strong>
      <span class="agency">${words.of(topic.agency)}</span>
      ${topic.answer ? html`<span>${words.of(topic.answer)}</span>` : ''}
    </a>
  </li>`;

function groupLinks(parts: PageParts, way: BrowseWay): Html {
  const { finder, words } = parts;
  const links = finder.groups(way).map(
    group =>
      html`<li>
        <a href="${words.link('/services', { [way]: group.id })}"
          >${words.of(group.label)} <span class="count">${group.count}</span></a
        >
      </li>`,
  );
  const list = html`<ul class="${way === 'category' ? 'tiles' : 'chips'}">
    ${links}
  </ul>`;
  // A hundred agencies are looked up, not read.
  return way === 'agency'
    ? html`<details>
        <summary><h2>${words(`by.${way}`)}</h2></summary>
        ${list}
      </details>`
    : html`<section>
        <h2>${words(`by.${way}`)}</h2>
        ${list}
      </section>`;
}

/** The way in: search, topics, moments of life, groups, what is asked most, agencies. */
function frontPage(parts: PageParts): Html {
  const { finder, words } = parts;
  const mostAsked = finder
    .mostAsked()
    .map(topic => html`<li><a href="${address(words, topic)}">${words.of(topic.name)}</a></li>`);
  return html`<h1>${words('list.title')}</h1>
    <p class="lead">${words('list.lead')}</p>
    ${searchBox(words)}
    <section>
      <h2>${words('most-asked')}</h2>
      <ul class="chips">
        ${mostAsked}
      </ul>
    </section>
    ${browseWays.map(way => groupLinks(parts, way))}`;
}

function pager(
  words: Words,
  query: Readonly<Record<string, string | undefined>>,
  page: number,
  pages: number,
): Html | '' {
  if (pages < 2) return '';
  const to = (number: number, key: string, rel: string): Html =>
    html`<a rel="${rel}" href="${words.link('/services', { ...query, page: String(number) })}"
      >${words(key)}</a
    >`;
  return html`<nav class="pager" aria-label="${words('pager.label')}">
    ${page > 1 ? to(page - 1, 'pager.previous', 'prev') : ''}
    <span>${words('pager.now', { page, pages })}</span>
    ${page < pages ? to(page + 1, 'pager.next', 'next') : ''}
  </nav>`;
}

/** What was found, and how it was narrowed down. */
function results(
  parts: PageParts,
  { filter, page: asked }: ListQuery,
  query: Record<string, string | undefined>,
): Html {
  const { finder, topicOf, words } = parts;
  const found = finder.find(filter);
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(asked, pages);
  const shown = found.slice((page - 1) * perPage, page * perPage).flatMap(({ id }) => topicOf(id) ?? []);
  const narrowed = browseWays.flatMap(way => {
    const id = filter[way];
    const group = id === undefined ? undefined : finder.group(way, id);
    if (!group) return [];
    const without = { ...query, [way]: undefined };
    return [
      html`<li>
        <a href="${words.link('/services', without)}"
          >${words.of(group.label)} <span aria-hidden="true">×</span
          ><span class="unseen"> ${words('list.without')}</span></a
        >
      </li>`,
    ];
  });
  const chat = words.language === 'th' ? '/chat' : `/chat?language=${words.language}`;
  return html`<h1>${heading(parts, filter)}</h1>
    ${searchBox(words, filter.text)}
    ${
      narrowed.length > 0 &&
      html`<ul class="chips">
        ${narrowed}
      </ul>`
    }
    <p role="status">${words(found.length > 0 ? 'list.found' : 'list.nothing', { count: found.length })}</p>
    <ul class="services">
      ${shown.map(topic => item(words, topic))}
    </ul>
    ${pager(words, query, page, pages)}
    <p>
      <a href="${words.link('/services')}">${words('list.all')}</a> ·
      <a href="${chat}">${words('list.ask-chat')}</a>
    </p>`;
}

/** What the list is of, in words. */
function heading({ finder, words }: PageParts, filter: TopicFilter): string {
  if (filter.text) return words('list.search-title', { text: filter.text });
  const way = browseWays.find(each => filter[each] !== undefined);
  const group = way && finder.group(way, filter[way] ?? '');
  return group ? words.of(group.label) : words('list.title');
}

export function listPage(parts: PageParts, asked: ListQuery): string {
  const { words } = parts;
  const { text, ...ways } = asked.filter;
  const query = { q: text, ...ways };
  const isFront = Object.values(query).every(value => value === undefined);
  const title = heading(parts, asked.filter);
  return framed({
    ...parts,
    title: `${title} | ${words('name')}`,
    description: words('list.lead'),
    path: '/services',
    query,
    // Lists of one group are worth finding; pages of what somebody typed are not.
    index: text === undefined && (isFront || asked.page === 1),
    body: isFront ? frontPage(parts) : results(parts, asked, query),
  });
}
