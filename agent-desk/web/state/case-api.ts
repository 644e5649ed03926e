import { z } from 'zod';
import { ask } from './api';
import {
  type CaseAct,
  type CaseKind,
  announcement,
  appointmentRow,
  callRow,
  caseRow,
  desks,
  leader,
  newsReceipts,
  newsRow,
  servicePoints,
  wholeCase,
} from './case-schemas';
import { newId } from './new-id';

const anything = z.unknown();
const idPath = (id: string): string => encodeURIComponent(id);
const rows = z.object({ cases: z.array(caseRow) });

export interface CaseQuery {
  readonly list: 'due' | 'mine';
  readonly kind?: CaseKind;
  readonly reference?: string;
}

export interface Area {
  readonly province?: string;
  readonly district?: string;
}

/** The HTTP side of cases, appointments, call-backs and relays. */
export const caseApi = {
  list: async ({ list, kind, reference }: CaseQuery) => {
    const query = new URLSearchParams({
      list,
      limit: '100',
      ...(kind ? { kind } : {}),
      ...(reference ? { reference } : {}),
    });
    return (await ask('GET', `/api/v1/cases?${query.toString()}`, rows)).cases;
  },
  open: (id: string) => ask('GET', `/api/v1/cases/${idPath(id)}`, wholeCase),
  act: (id: string, act: CaseAct) =>
    ask('POST', `/api/v1/cases/${idPath(id)}/acts`, anything, { key: newId(), act }),
  attend: (caseId: string, came: boolean) =>
    ask('POST', '/api/v1/appointments/attendance', anything, { caseId, clientId: newId(), came }),
  attempt: (caseId: string, outcome: string) =>
    ask('POST', '/api/v1/call-backs/attempts', anything, { caseId, clientId: newId(), outcome }),
  answerItem: (caseId: string, item: number, text: string) =>
    ask('POST', '/api/v1/relays/answers', anything, { caseId, clientId: newId(), item, text }),
  desks: () => ask('GET', '/api/v1/case-desks', desks),
  points: async () => (await ask('GET', '/api/v1/service-points', servicePoints)).points,
  appointments: async (point: string, day: number) =>
    (
      await ask(
        'GET',
        `/api/v1/appointments?point=${idPath(point)}&day=${day}`,
        z.object({ appointments: z.array(appointmentRow) }),
      )
    ).appointments,
  calls: async () => (await ask('GET', '/api/v1/call-backs', z.object({ calls: z.array(callRow) }))).calls,
  leaders: async () =>
    (await ask('GET', '/api/v1/relay-leaders', z.object({ leaders: z.array(leader) }))).leaders,
  verify: (personId: string, place: Area & { readonly village: string }) =>
    ask('POST', '/api/v1/relay-leaders', anything, { verified: true, personId, ...place }),
  unverify: (personId: string) =>
    ask('POST', '/api/v1/relay-leaders', anything, { verified: false, personId }),
  news: async () =>
    (await ask('GET', '/api/v1/relay-news', z.object({ announcements: z.array(newsRow) }))).announcements,
  receipts: (id: string) => ask('GET', `/api/v1/relay-news/receipts?id=${idPath(id)}`, newsReceipts),
  sendNews: (text: string, area: Area) =>
    ask('POST', '/api/v1/relay-news', newsRow, { clientId: newId(), text, ...area }),
  announcement: (caseId: string) =>
    ask('GET', `/api/v1/relays/announcement?caseId=${idPath(caseId)}`, announcement),
};

export const newsSheetAddress = (id: string): string => `/api/v1/relay-news/sheet?id=${idPath(id)}`;

/** The page to print, opened by the browser itself. */
export const sheetAddress = (caseId: string): string => `/api/v1/relays/sheet?caseId=${idPath(caseId)}`;
