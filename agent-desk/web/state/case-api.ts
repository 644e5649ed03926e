import { z } from 'zod';
import { ask } from './api';
import { type CaseAct, type CaseKind, announcement, caseRow, wholeCase } from './case-schemas';
import { newId } from './new-id';

const anything = z.unknown();
const idPath = (id: string): string => encodeURIComponent(id);
const rows = z.object({ cases: z.array(caseRow) });

export interface CaseQuery {
  readonly list: 'due' | 'mine';
  readonly kind?: CaseKind;
  readonly reference?: string;
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
  announcement: (caseId: string) =>
    ask('GET', `/api/v1/relays/announcement?caseId=${idPath(caseId)}`, announcement),
};

/** The page to print, opened by the browser itself. */
export const sheetAddress = (caseId: string): string => `/api/v1/relays/sheet?caseId=${idPath(caseId)}`;
