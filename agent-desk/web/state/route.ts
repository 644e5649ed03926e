import { createStore } from './store';

/** Where the officer is. Each place has an address, so that the browser's back button and reload work. */
export type Place =
  | { readonly page: 'desk'; readonly conversation?: string; readonly pane?: 'person' }
  | { readonly page: 'contacts' }
  | { readonly page: 'replies' }
  | { readonly page: 'cases'; readonly caseId?: string }
  | { readonly page: 'admin'; readonly part: AdminPart }
  | { readonly page: 'reminders'; readonly part: ReminderPart; readonly id?: string }
  | { readonly page: 'log'; readonly personId?: string };

export const reminderParts = ['list', 'new', 'import', 'campaigns', 'letters'] as const;
export type ReminderPart = (typeof reminderParts)[number];

/** What administrators look after. */
export const adminParts = ['requests', 'breaches', 'accounts', 'audit'] as const;
export type AdminPart = (typeof adminParts)[number];

function read(): Place {
  const [page, id, pane] = location.pathname
    .replace(/^\/desk\/?/u, '')
    .split('/')
    .map(decodeURIComponent);
  if (page === 'contacts' || page === 'replies') return { page };
  if (page === 'cases') return { page, ...(id ? { caseId: id } : {}) };
  if (page === 'admin') return { page, part: adminParts.find(part => part === id) ?? 'requests' };
  if (page === 'reminders')
    return {
      page,
      part: reminderParts.find(part => part === id) ?? 'list',
      ...(id === 'campaigns' && pane ? { id: pane } : {}),
    };
  if (page === 'log') return { page, ...(id ? { personId: id } : {}) };
  if (page === 'c' && id) return { page: 'desk', conversation: id, ...(pane === 'person' ? { pane } : {}) };
  return { page: 'desk' };
}

function addressOf(place: Place): string {
  const parts =
    place.page === 'desk'
      ? place.conversation
        ? ['c', place.conversation, ...(place.pane ? [place.pane] : [])]
        : []
      : place.page === 'cases'
        ? ['cases', ...(place.caseId ? [place.caseId] : [])]
        : place.page === 'admin'
          ? ['admin', place.part]
          : place.page === 'reminders'
            ? ['reminders', place.part, ...(place.id ? [place.id] : [])]
            : place.page === 'log'
              ? ['log', ...(place.personId ? [place.personId] : [])]
              : [place.page];
  return ['/desk', ...parts.map(encodeURIComponent)].join('/');
}

export const place = createStore<Place>(read());

export function go(to: Place): void {
  const address = addressOf(to);
  if (address !== location.pathname) history.pushState(null, '', address);
  place.set(() => to);
}

addEventListener('popstate', () => place.set(read));
