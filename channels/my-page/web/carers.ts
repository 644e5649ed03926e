import { el, fill } from '../../transcript-socket/web/dom';
import { type MyCarers, Refused, api } from './api';
import { type Page, asked, button, dateIn, dayField, field, inWords, moment, section, spaced } from './parts';

/** Names whoever is let in, until which day, and gets the code for them. */
function letIn({ words }: Page): HTMLElement {
  const name = field(words('carers.name'), { maxlength: 100, autocomplete: 'off' });
  const ownName = field(words('carers.own-name'), { maxlength: 100, autocomplete: 'name' });
  const lastDay = dayField(words('carers.until'), words);
  const said = el('p', { class: 'code', role: 'status' });
  const make = (): void => {
    const given = { name: name.input.value, ownName: ownName.input.value, lastDay: lastDay.input.value };
    api.entrust(given).then(
      made =>
        fill(said, words('carers.code', { code: spaced(made.code), until: moment(made.expiresAt, words) })),
      (error: unknown) => {
        const code = error instanceof Refused ? error.code : 'INTERNAL';
        fill(said, words(code === 'CONFLICT' ? 'carers.not-made' : `error.${code}`));
      },
    );
  };
  return el(
    'details',
    {},
    el('summary', {}, words('carers.new')),
    ...[name, ownName, lastDay].map(({ place }) => place),
    button(words('carers.make'), make),
    said,
  );
}

/** Those who may act for this person: by name, until when, and an end at any moment. */
export function carersSection(page: Page, { carers }: MyCarers): HTMLElement {
  const { words } = page;
  return section(
    'carers',
    words('carers.title'),
    el('p', { class: 'quiet' }, words('carers.what')),
    carers.length === 0 && el('p', {}, words('carers.none')),
    ...carers.map(({ id, name, until, state }) =>
      el(
        'div',
        { class: 'follower' },
        el('p', {}, words(`carers.${state}`, { name, until: dateIn(until, words) })),
        state !== 'ended' &&
          button(words('carers.end'), () => page.run(() => api.endCarer(id), 'done.carer-ended')),
      ),
    ),
    letIn(page),
  );
}

/** Those this person acts for: how their matters stand; when it has ended, that and since when. */
export function chargesSection(page: Page, { charges }: MyCarers): HTMLElement | false {
  const { words } = page;
  if (charges.length === 0) return false;
  return section(
    'charges',
    words('charges.title'),
    el(
      'ul',
      {},
      ...charges.map(charge =>
        el(
          'li',
          { class: 'card' },
          el('h3', {}, charge.name),
          el(
            'p',
            { class: 'quiet' },
            words(charge.holds ? 'charges.until' : 'charges.ended', { until: dateIn(charge.until, words) }),
          ),
          charge.holds && charge.matters.length === 0 && el('p', {}, words('charges.none')),
          ...charge.matters.map(({ title, state, startsAt }) =>
            el(
              'p',
              {},
              `${inWords(title, words)} · ${
                startsAt === undefined ? words(`state.${state}`) : moment(startsAt, words)
              }`,
            ),
          ),
          charge.holds && el('p', { class: 'quiet' }, words('charges.book')),
          charge.holds &&
            asked(...([page, words('charges.give-up'), charge.name, words('charges.give-up')] as const), () =>
              page.run(() => api.endCarer(charge.id), 'done.carer-ended'),
            ),
        ),
      ),
    ),
  );
}
