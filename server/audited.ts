import type { Accounts } from '../agent-desk';
import { type ApiResult, type Audit, type AuditEvent, type Officer, type Route, officerActor } from '../core';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The collection a path is about: `conversations` of `/api/v1/conversations/:id/messages`. */
const kindOf = (path: string): string => path.replace(/^\/api\/v\d+\//u, '').split('/')[0] ?? path;

/** What was asked, as the route's schemas read it. */
interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** What a list is asked for by. */
const kindsByQuery: Readonly<Record<string, string>> = {
  person: 'people',
  personId: 'people',
  caseId: 'cases',
};

/** What a request was about: the ids in its path, whom a list is of, or the id of what it made. */
function subjectOf(route: Route, { params, query }: Asked, body: unknown): AuditEvent['subject'] {
  for (const [name, id] of fieldsOf(query)) {
    const kind = kindsByQuery[name];
    if (kind !== undefined && isText(id)) return { kind, id };
  }
  const named = fieldsOf(params).map(([, value]) => value);
  const made = fieldsOf(body).flatMap(([name, value]) => (/^(?:id|\w+Id)$/u.test(name) ? [value] : []));
  const ids = (named.length > 0 ? named : route.method === 'get' ? [] : made.slice(0, 2)).filter(isText);
  return ids.length > 0 ? { kind: kindOf(route.path), id: ids.join('/') } : undefined;
}

/**
 * What the audit keeps of a request that was answered: every change, and every look at what is marked. Made from the route itself;
 * one that changes something and has no name does not compile.
 */
export function auditOf(
  route: Route,
  officer: Officer,
  asked: Asked,
  result: ApiResult,
): AuditEvent | undefined {
  if (route.audit === undefined || route.audit === 'by-module') return undefined;
  const subject = subjectOf(route, asked, result.body);
  return {
    action: typeof route.audit === 'function' ? route.audit(asked.body) : route.audit,
    actor: officerActor(officer),
    ...(subject ? { subject } : {}),
  };
}

/** Somebody signed in who asked for what their role may not do. */
export function refusalOf(route: Route, officer: Officer): AuditEvent {
  return {
    action: 'access.refused',
    actor: officerActor(officer),
    detail: { method: route.method, path: route.path },
  };
}

/** Accounts whose sign-ins and changes are recorded, by whatever way they come. A name that is not an account may be a password typed in the wrong place: it is not kept. */
export function auditedAccounts(accounts: Accounts, audit: Audit): Accounts {
  return {
    ...accounts,
    async signIn(...given) {
      const session = await accounts.signIn(...given);
      await audit.record(
        session
          ? { action: 'sign-in.succeeded', actor: officerActor(session.officer) }
          : { action: 'sign-in.refused', actor: { kind: 'nobody' } },
      );
      return session;
    },
  };
}
