import { framed } from './frame';
import { html } from './html';
import type { PageParts } from './list-page';

/** Steps and rules of the guide, by the number of their sentence. */
const steps = [1, 2, 3, 4, 5];
const waysIn = ['chat', 'line', 'sms', 'kiosk', 'call'];
const cautions = [1, 2, 3, 4];

/** One page to print and pin up: how the service is used, and what it never asks. */
export function guidePage(parts: PageParts): string {
  const { words, publicUrl } = parts;
  const body = html`<article class="guide">
    <h1>${words('guide.title')}</h1>
    <p class="lead">${words('guide.lead')}</p>
    <section>
      <h2>${words('guide.how')}</h2>
      <ol>
        ${steps.map(step => html`<li>${words(`guide.step.${step}`)}</li>`)}
      </ol>
    </section>
    <section>
      <h2>${words('guide.ways')}</h2>
      <ul>
        ${waysIn.map(way => html`<li>${words(`guide.way.${way}`, { address: publicUrl ?? '' })}</li>`)}
      </ul>
    </section>
    <section class="warning">
      <h2>${words('guide.safe')}</h2>
      <ul>
        ${cautions.map(caution => html`<li>${words(`guide.caution.${caution}`)}</li>`)}
      </ul>
    </section>
    <p class="ways">
      <a class="main" href="/chat">${words('guide.begin')}</a>
      <button type="button" data-print hidden>${words('service.print')}</button>
    </p>
  </article>`;
  return framed({
    ...parts,
    title: `${words('guide.title')} | ${words('name')}`,
    description: words('guide.lead'),
    path: '/guide',
    index: true,
    body,
  });
}
