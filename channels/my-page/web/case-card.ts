import { el, fill } from '../../transcript-socket/web/dom';
import { type MyCase, type WholeCase, api } from './api';
import { type Page, asked, button, dateIn, day, dayField, inWords, moment, spaced } from './parts';

const openStates = ['forwarding', 'received', 'working', 'needs-person'];
export const isOpen = ({ state }: MyCase): boolean => openStates.includes(state);

function facts(page: Page, one: MyCase): HTMLElement[] {
  const { words } = page;
  const { late, refusal, answer } = one;
  const line = (label: string, text: string): HTMLElement => el('p', {}, el('b', {}, label), ` ${text}`);
  return [
    ...(one.needs.length > 0
      ? [
          el(
            'div',
            { class: 'needs' },
            el('b', {}, words('case.needs')),
            ...one.needs.map(need => el('p', {}, need)),
          ),
        ]
      : []),
    ...(answer === undefined ? [] : [line(words('case.answer'), answer)]),
    ...(refusal
      ? [line(words('case.refusal'), refusal.reasons), line(words('case.appeal'), refusal.appeal)]
      : []),
    ...(late ? [line(words('case.late', { date: day(late.newDueAt, words) }), late.why)] : []),
    ...(isOpen(one)
      ? [
          line(
            words('case.holder'),
            words('case.holder-since', {
              unit: inWords(one.holder.unit, words),
              since: day(one.holder.since, words),
            }),
          ),
          ...(one.appointment ? [] : [line(words('case.due'), moment(one.dueAt, words))]),
        ]
      : []),
  ];
}

function steps(page: Page, one: MyCase): HTMLElement | false {
  const { words } = page;
  if (one.steps.length === 0 || !isOpen(one)) return false;
  return el(
    'ol',
    { class: 'steps' },
    ...one.steps.map(step =>
      el(
        'li',
        { class: step.state },
        `${inWords(step.name, words)} (${words(`step.${step.state}`)})`,
        step.state === 'now' && step.expectedBy !== undefined
          ? el('span', {}, words('step.by', { date: day(step.expectedBy, words) }))
          : false,
      ),
    ),
  );
}

function adding(page: Page, one: WholeCase): HTMLElement {
  const { words } = page;
  const id = `add-${one.id}`;
  const text = el('textarea', { id, rows: 3, maxlength: 8000 });
  return el(
    'div',
    { class: 'adding' },
    el('label', { for: id }, words('case.add')),
    text,
    button(words('case.add-send'), () => {
      const said = text.value.trim();
      if (said !== '') page.run(() => api.add(one.id, said), 'done.added');
    }),
  );
}

function following(page: Page, one: WholeCase): HTMLElement {
  const { words } = page;
  if (one.sensitive) return el('p', { class: 'quiet' }, words('follow.never'));
  const code = el('p', { class: 'code', role: 'status' });
  const lastDay = dayField(words('follow.day'), words);
  const invite = (as: 'family' | 'carer'): HTMLButtonElement =>
    button(words(`follow.invite-${as}`), () => {
      api.invite(one.id, as, lastDay.input.value).then(
        made =>
          fill(code, words('follow.code', { code: spaced(made.code), until: moment(made.expiresAt, words) })),
        () => fill(code, words('error.INTERNAL')),
      );
    });
  return el(
    'div',
    { class: 'following' },
    el('h4', {}, words('follow.title')),
    el('p', { class: 'quiet' }, words('follow.what')),
    ...one.followers.map(follower =>
      el(
        'p',
        { class: 'follower' },
        `${words(`follow.as-${follower.as}`)} · ${
          follower.until === undefined
            ? day(follower.since, words)
            : words('follow.until', { until: dateIn(follower.until, words) })
        } `,
        button(words('follow.remove'), () =>
          page.run(() => api.unfollow(one.id, follower.id), 'done.unfollowed'),
        ),
      ),
    ),
    lastDay.place,
    el('p', { class: 'row' }, invite('family'), invite('carer')),
    code,
  );
}

/** One matter: how it stands at a glance, and what can be done with it once it is opened. */
export function caseCard(page: Page, one: MyCase): HTMLElement {
  const { words } = page;
  const more = el('div', { class: 'more', hidden: true });
  const toggle = el('button', { type: 'button', class: 'do', 'aria-expanded': 'false' }, words('case.open'));
  toggle.addEventListener('click', () => {
    const opens = more.hidden === true;
    more.hidden = !opens;
    toggle.setAttribute('aria-expanded', String(opens));
    toggle.textContent = words(opens ? 'case.close' : 'case.open');
    if (!opens) return;
    fill(more, el('p', { role: 'status' }, words('loading')));
    api.open(one.id).then(
      whole =>
        fill(
          more,
          ...facts(page, whole),
          steps(page, whole),
          whole.mine && isOpen(whole) && adding(page, whole),
          whole.mine && following(page, whole),
          whole.mine &&
            isOpen(whole) &&
            asked(page, words('case.withdraw'), words('case.withdraw-sure'), words('case.withdraw-yes'), () =>
              page.run(() => api.withdraw(one.id), 'done.withdrawn'),
            ),
        ),
      () => fill(more, el('p', { role: 'alert' }, words('error.INTERNAL'))),
    );
  });
  return el(
    'li',
    { class: `card ${isOpen(one) ? 'open' : 'ended'}${one.sensitive ? ' sensitive' : ''}` },
    el('h3', {}, inWords(one.title, words)),
    el(
      'p',
      {},
      el('span', { class: 'state' }, words(`state.${one.state}`)),
      one.reference ? ` · ${words('case.number', { reference: spaced(one.reference) })}` : '',
      one.mine ? '' : ` · ${words('case.followed')}`,
    ),
    el('p', { class: 'quiet' }, words('case.changed', { date: moment(one.changedAt, words) })),
    toggle,
    more,
  );
}
