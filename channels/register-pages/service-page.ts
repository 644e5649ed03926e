import { type FindOfficialWords, type PlainWord, type Topic, announcedAt, partsByForm } from '../../core';
import { framed, searchBox } from './frame';
import { type Html, dataBlock, html, safeUrl } from './html';
import type { PageParts } from './list-page';
import { governmentService } from './structured-data';
import type { Words } from './words';

export interface ServicePageParts extends PageParts {
  readonly officialWords: FindOfficialWords;
}

const officerHotline = '1111';
/** Where somebody goes who must not be seen here: a page that anybody may be looking at. */
const harmlessPage = 'https://www.tmd.go.th/';

/** Texts of one page with its official words marked; each leads to its explanation below. */
interface Explained {
  text(text: string): Html;
  readonly words: () => readonly PlainWord[];
}

/** Marks each official word where it stands first. */
function explaining(find: FindOfficialWords, language: string): Explained {
  const met = new Map<string, PlainWord>();
  return {
    words: () => [...met.values()],
    text(text) {
      const fresh = language === 'th' ? find(text).filter(word => !met.has(word.official)) : [];
      let rest = text;
      const parts: Html[] = [];
      for (const word of fresh) {
        const at = rest.indexOf(word.official);
        if (at < 0 || met.has(word.official)) continue;
        met.set(word.official, word);
        parts.push(
          html`${rest.slice(0, at)}<a class="term" href="#word-${met.size}" title="${word.plain.th}"
              >${word.official}</a
            >`,
        );
        rest = rest.slice(at + word.official.length);
      }
      return html`${parts}${rest}`;
    },
  };
}

const section = (heading: string, body: Html | '' | false): Html | '' =>
  body === '' || body === false
    ? ''
    : html`<section>
        <h2>${heading}</h2>
        ${body}
      </section>`;

const lines = (explained: Explained, texts: readonly string[], tag: 'ul' | 'ol' = 'ul'): Html | '' => {
  if (texts.length === 0) return '';
  const items = texts.map(text => html`<li>${explained.text(text)}</li>`);
  return tag === 'ol'
    ? html`<ol>
        ${items}
      </ol>`
    : html`<ul>
        ${items}
      </ul>`;
};

/** Whom to trust this far: who has looked at the text, when, and where to ask. */
function statusLine(topic: Topic, words: Words): Html {
  const phone = topic.phones[0]?.number ?? officerHotline;
  const values = { date: words.date(topic.writtenAt), phone };
  return html`<p class="status ${topic.status}">${words(`service.${topic.status}`, values)}</p>`;
}

function contacts(topic: Topic, words: Words): Html {
  const phones =
    topic.phones.length > 0
      ? topic.phones
      : [{ number: officerHotline, label: { th: words('service.1111') } }];
  return html`<ul class="actions">
    ${phones.map(
      phone =>
        html`<li>
          <a href="tel:${phone.number.replace(/[^\d+]/gu, '')}"
            >${words('service.call', { number: phone.number })}<span>${words.of(phone.label)}</span></a
          >
        </li>`,
    )}
    ${
      topic.signVideo !== undefined &&
      html`<li>
        <a href="${safeUrl(topic.signVideo)}" rel="noopener"
          >${words('service.sign-video')}<span>${words('service.sign-language')}</span></a
        >
      </li>`
    }
    ${topic.links.map(
      link =>
        html`<li>
          <a href="${safeUrl(link.url)}" rel="noopener"
            >${words.of(link.label)}<span>${new URL(link.url).hostname}</span></a
          >
        </li>`,
    )}
  </ul>`;
}

function otherServices(parts: ServicePageParts, topic: Topic): { clashes: Html | ''; related: Html | '' } {
  const { words, topicOf } = parts;
  const link = (other: Topic): Html =>
    html`<a href="${words.link(`/services/${other.id}`)}">${words.of(other.name)}</a>`;
  const clashes = topic.incompatible.flatMap(({ id, why }) => {
    const other = topicOf(id);
    return other ? [html`<li>${link(other)}: ${words.of(why)}</li>`] : [];
  });
  const related = topic.related.flatMap(id => {
    const other = topicOf(id);
    return other ? [html`<li>${link(other)}</li>`] : [];
  });
  return {
    clashes:
      clashes.length > 0
        ? html`<ul>
            ${clashes}
          </ul>`
        : '',
    related:
      related.length > 0
        ? html`<ul class="chips">
            ${related}
          </ul>`
        : '',
  };
}

/** Where the service belongs, each a way to its neighbours. */
function places(parts: PageParts, topic: Topic): Html {
  const { finder, words } = parts;
  const ways = [
    ['category', topic.category ? [topic.category] : []],
    ['lifeStage', topic.lifeStages],
    ['targetGroup', topic.targetGroups],
    ['agency', [topic.agencyId]],
  ] as const;
  const links = ways.flatMap(([way, ids]) =>
    ids.flatMap(id => {
      const group = finder.group(way, id);
      return group
        ? [html`<li><a href="${words.link('/services', { [way]: id })}">${words.of(group.label)}</a></li>`]
        : [];
    }),
  );
  return html`<ul class="chips">
    ${links}
  </ul>`;
}

function questions(topic: Topic, words: Words, explained: Explained): Html | '' {
  const all = topic.questions.map(
    ({ ask, answer }) =>
      html`<details>
        <summary>${words.of(ask)[0] ?? ''}</summary>
        <p>${explained.text(words.of(answer))}</p>
      </details>`,
  );
  return all.length > 0 ? html`${all}` : '';
}

function forms(topic: Topic, words: Words, explained: Explained): Html | '' {
  const all = partsByForm(topic.forms ?? []).map(
    parts =>
      html`<h3>${words.of(parts[0].form)}</h3>
        <dl>
          ${parts.map(
            ({ part, how }) =>
              html`<dt>${words.of(part)}</dt>
                <dd>${explained.text(words.of(how))}</dd>`,
          )}
        </dl>`,
  );
  return all.length > 0 ? html`${all}` : '';
}

function body(parts: ServicePageParts, topic: Topic): Html {
  const { words } = parts;
  const explained = explaining(parts.officialWords, words.language);
  const { clashes, related } = otherServices(parts, topic);
  const officialName = words.of(topic.officialName);
  const note = topic.standing.note;
  const announcements = announcedAt(topic, parts.now).map(({ text }) => html`<li>${words.of(text)}</li>`);
  const lead = topic.answer
    ? explained.text(words.of(topic.answer))
    : html`${words('service.register-only', { agency: words.of(topic.agency) })}`;
  const where = [...words.of(topic.where), ...(topic.hours ? [words.of(topic.hours)] : [])];
  const cost = [topic.fee, topic.duration].flatMap(text => (text ? [words.of(text)] : []));
  const sections = [
    section(words('service.who'), lines(explained, words.of(topic.eligibility))),
    section(words('service.criteria'), topic.criteria ? lines(explained, words.of(topic.criteria)) : ''),
    section(words('service.documents'), lines(explained, words.of(topic.documents))),
    section(words('service.forms'), forms(topic, words, explained)),
    section(words('service.steps'), lines(explained, words.of(topic.steps), 'ol')),
    section(words('service.where'), lines(explained, where)),
    section(words('service.cost'), lines(explained, cost)),
    section(words('service.incompatible'), clashes),
    section(words('service.questions'), questions(topic, words, explained)),
  ];
  const speak = topic.speak && words.of(topic.speak);
  const ask = new URLSearchParams({ ask: words.of(topic.name) });
  if (words.language !== 'th') ask.set('language', words.language);
  const terms = explained.words().map(
    (word, index) =>
      html`<dt id="word-${index + 1}">${word.official}</dt>
        <dd>${words.of(word.plain)}</dd>`,
  );
  return html`<article>
    ${topic.sensitivity !== undefined && html`<p><a class="exit" href="${harmlessPage}" rel="noreferrer">${words('service.exit')}</a></p>`}
    <h1>${words.of(topic.name)}</h1>
    <p class="agency">${words.of(topic.agency)}, ${words.of(topic.ministry)}</p>
    ${officialName !== words.of(topic.name) && html`<p class="official">${words('service.official')} ${officialName}</p>`}
    ${topic.standing.state === 'ended' && html`<p class="warning">${words('service.ended')}</p>`}
    ${note && html`<p class="warning">${words.of(note)}</p>`}
    ${
      announcements.length > 0 &&
      html`<ul class="warning news">
        ${announcements}
      </ul>`
    }
    <p class="lead">${lead}</p>
    ${statusLine(topic, words)} ${section(words('service.contact'), contacts(topic, words))}
    <p class="ways">
      <a class="main" href="/chat?${ask.toString()}">${words('service.ask-chat')}</a>
      <button type="button" data-share hidden>${words('service.share')}</button>
      <button type="button" data-print hidden>${words('service.print')}</button>
    </p>
    ${sections.map(each => (each === '' ? html`` : each))}
    ${
      speak &&
      html`<section class="aloud">
        <h2>${words('service.aloud')}</h2>
        <p><button type="button" data-read-aloud hidden>${words('service.listen')}</button></p>
        <p id="aloud" lang="${words.language}">${speak}</p>
      </section>`
    }
    ${terms.length > 0 && section(words('service.words'), html`<dl>${terms}</dl>`)}
    ${section(words('service.related'), related)} ${section(words('service.belongs'), places(parts, topic))}
    <p class="source">
      ${words('service.source')} <span lang="th">${topic.source}</span> ·
      ${words('service.written', { date: words.date(topic.writtenAt) })}
    </p>
  </article>`;
}

export function servicePage(parts: ServicePageParts, topic: Topic): string {
  const { words, finder, publicUrl } = parts;
  const path = `/services/${topic.id}`;
  const category = topic.category === undefined ? undefined : finder.group('category', topic.category);
  const audiences = topic.targetGroups.flatMap(id => finder.group('targetGroup', id) ?? []);
  const url = publicUrl === undefined ? undefined : `${publicUrl}${words.link(path)}`;
  return framed({
    ...parts,
    title: `${words.of(topic.name)} | ${words('name')}`,
    description: topic.answer ? words.of(topic.answer) : words.of(topic.officialName),
    path,
    index: true,
    head: [dataBlock('application/ld+json', governmentService(topic, words, { category, audiences }, url))],
    body: body(parts, topic),
  });
}

/** Nothing is at this address: what to look for instead. */
export function missingPage(parts: PageParts): string {
  const { words } = parts;
  return framed({
    ...parts,
    title: `${words('missing.title')} | ${words('name')}`,
    description: words('missing.title'),
    path: '/services',
    index: false,
    body: html`<h1>${words('missing.title')}</h1>
      <p class="lead">${words('missing.lead')}</p>
      ${searchBox(words)}`,
  });
}
