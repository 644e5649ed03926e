import { z } from 'zod';
import { ask } from './api';

const anything = z.unknown();
const at = (path: string, id: string, rest = ''): string =>
  `/api/v1/${path}/${encodeURIComponent(id)}${rest}`;

export const requestKinds = [
  'access',
  'correction',
  'erasure',
  'restriction',
  'objection',
  'portability',
] as const;
export type RequestKind = (typeof requestKinds)[number];
const by = z.object({ id: z.string(), name: z.string() });
const steps = z.array(z.object({ at: z.number(), by, what: z.string() }));
const request = z.object({
  id: z.string(),
  kind: z.enum(requestKinds),
  personId: z.string(),
  channel: z.string(),
  state: z.enum(['received', 'identified', 'running', 'done', 'refused']),
  receivedAt: z.number(),
  dueAt: z.number(),
  overdue: z.boolean(),
  steps,
  removed: z.record(z.string(), z.number()).optional(),
});
export type Request = z.infer<typeof request>;

export const risks = ['unknown', 'none', 'some', 'high'] as const;
export type Risk = (typeof risks)[number];
const breach = z.object({
  id: z.string(),
  noticedAt: z.number(),
  reportBy: z.number(),
  what: z.string(),
  people: z.number(),
  risk: z.enum(risks),
  state: z.enum(['running', 'overdue', 'reported', 'reported-late', 'no-report-needed']),
  reportedAt: z.number().optional(),
  peopleToldAt: z.number().optional(),
  lateBecause: z.string().optional(),
  closedAt: z.number().optional(),
  steps,
});
export type Breach = z.infer<typeof breach>;
export type BreachChange = Partial<
  Pick<Breach, 'risk' | 'people' | 'reportedAt' | 'peopleToldAt' | 'lateBecause' | 'closedAt'>
>;

export const roles = ['officer', 'supervisor', 'editor', 'reviewer', 'agencyadmin', 'admin'] as const;
export type Role = (typeof roles)[number];
const account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: z.enum(roles),
  agencyId: z.string(),
  email: z.string().optional(),
  disabled: z.boolean(),
  locked: z.boolean(),
  secondFactor: z.boolean(),
  invited: z.boolean(),
});
export type Account = z.infer<typeof account>;
const invitation = z.object({ account, code: z.string(), expiresAt: z.number() });
export type Invitation = z.infer<typeof invitation>;
const session = z.object({ createdAt: z.number(), seenAt: z.number(), agent: z.string().optional() });
export type SignedIn = z.infer<typeof session>;

const actor = z.looseObject({
  kind: z.enum(['officer', 'person', 'system', 'nobody']),
  name: z.string().optional(),
  id: z.string().optional(),
});
const entry = z.object({
  seq: z.number(),
  at: z.number(),
  action: z.string(),
  actor,
  subject: z.object({ kind: z.string(), id: z.string() }).optional(),
  names: z.object({ carer: z.string(), person: z.string() }).optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type AuditEntry = z.infer<typeof entry>;
const verified = z.object({
  ok: z.boolean(),
  entries: z.number(),
  brokenAt: z.number().optional(),
  why: z.string().optional(),
});
export type Verified = z.infer<typeof verified>;
export interface AuditQuery {
  readonly limit?: number;
  readonly officer?: string;
  readonly action?: string;
  readonly before?: number;
}

/** What administrators look after: rights of people, breaches, accounts, and the record of what was done. */
export const adminApi = {
  requests: async (all: boolean) =>
    (await ask('GET', `/api/v1/privacy/requests?all=${all}`, z.object({ requests: z.array(request) })))
      .requests,
  receive: (personId: string, kind: RequestKind) =>
    ask('POST', '/api/v1/privacy/requests', request, { personId, kind }),
  identify: (id: string, how: string) =>
    ask('POST', at('privacy/requests', id, '/identify'), request, { how }),
  refuse: (id: string, reason: string) =>
    ask('POST', at('privacy/requests', id, '/refuse'), request, { reason }),
  complete: (id: string, what: string) =>
    ask('POST', at('privacy/requests', id, '/complete'), request, { what }),
  erase: (id: string) => ask('POST', at('privacy/requests', id, '/erase'), request),
  withdraw: (personId: string, words: string) =>
    ask('POST', at('people', personId, '/withdrawal'), anything, { words }),
  hold: (personId: string, reason: string) =>
    ask('PUT', at('people', personId, '/hold'), anything, { reason }),
  endHold: (personId: string) => ask('DELETE', at('people', personId, '/hold'), anything),
  bundleAddress: (personId: string, form: 'html' | 'json') => at('people', personId, `/bundle?form=${form}`),

  breaches: async () =>
    (await ask('GET', '/api/v1/privacy/breaches', z.object({ breaches: z.array(breach) }))).breaches,
  openBreach: (given: Pick<Breach, 'noticedAt' | 'what' | 'people' | 'risk'>) =>
    ask('POST', '/api/v1/privacy/breaches', breach, given),
  changeBreach: (id: string, change: BreachChange) =>
    ask('PATCH', at('privacy/breaches', id), breach, change),

  accounts: async () =>
    (await ask('GET', '/api/v1/accounts', z.object({ accounts: z.array(account) }))).accounts,
  invite: (given: { username: string; name: string; role: Role; agencyId?: string }) =>
    ask('POST', '/api/v1/accounts', invitation, given),
  changeAccount: (id: string, change: { role?: Role; disabled?: boolean; name?: string }) =>
    ask('PATCH', at('accounts', id), account, change),
  resetAccount: (id: string) => ask('POST', at('accounts', id, '/reset'), invitation),
  sessionsOf: async (id: string) =>
    (await ask('GET', at('accounts', id, '/sessions'), z.object({ sessions: z.array(session) }))).sessions,
  signOutEverywhere: (id: string) => ask('DELETE', at('accounts', id, '/sessions'), anything),

  audit: async (query: AuditQuery) => {
    const asked = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    );
    return (await ask('GET', `/api/v1/audit?${asked}`, z.object({ entries: z.array(entry) }))).entries;
  },
  verify: () => ask('GET', '/api/v1/audit/verify', verified),
};
