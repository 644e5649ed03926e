import { type Officer, type Role, type Route, roles } from '../core';

/**
 * Who may do what: role × purpose × agency, deny by default. Everything that is asked of the product by somebody signed in has a row
 * here; what has none is refused to everybody.
 *
 * To add a route: give it a row in `routeActions` (`'GET /api/v1/things/:id': 'thing.read'`, or `'public'`), and where no action fits,
 * a row in `actions` with what it is for and how far it reaches. A socket event of the desk has its row in `eventActions`. The
 * route's own `access` list says the same (`rolesFor('thing.read')` or a list): `tests/e2e/authorisation.test.ts` compares the two, and
 * tries every route with every role, so a row that is missing or wrong fails there and names itself. An action that reaches records
 * also needs one line in that test's `makers`, which makes such a record.
 */

/** What personal data and the product itself may be used for. */
export type Purpose =
  /** Helping one citizen. */
  | 'serve'
  /** Seeing that an agency's citizens are helped. */
  | 'lead'
  | 'write'
  | 'review'
  /** Accounts and settings. */
  | 'administer'
  /** Seeing what officers did. */
  | 'oversee'
  /** Public knowledge, and one's own account. */
  | 'inform'
  | 'self';

const purposesOf: Readonly<Record<Role, readonly Purpose[]>> = {
  officer: ['inform', 'self', 'serve'],
  supervisor: ['inform', 'self', 'serve', 'lead'],
  editor: ['inform', 'self', 'write'],
  reviewer: ['inform', 'self', 'review'],
  agencyadmin: ['inform', 'self', 'serve', 'lead', 'administer'],
  admin: ['inform', 'self', 'serve', 'lead', 'write', 'review', 'administer', 'oversee'],
};

/** Roles of the whole installation, not of one agency. */
const everywhere: readonly Role[] = ['admin'];

/** Roles whose password alone is not enough: they see much, or change what others may do. */
export const privilegedRoles: readonly Role[] = ['supervisor', 'agencyadmin', 'admin'];

export interface Action {
  /** Any of these is enough. */
  readonly for: readonly Purpose[];
  /**
   * Which records: `none` (there is no record), `agency` (of the officer's agency), `lead` (of their agency, and theirs unless they
   * lead), `holder` (theirs alone), `self` (about themselves), `module` (its module has a finer rule, kept in one function of its own).
   */
  readonly reach: 'none' | 'agency' | 'lead' | 'holder' | 'self' | 'module';
  /** Allowed to a session that still lacks its second factor. */
  readonly beforeFactor?: true;
}

export const actions = {
  'account.own': { for: ['self'], reach: 'self', beforeFactor: true },
  'account.administer': { for: ['administer'], reach: 'agency' },
  'knowledge.look-up': { for: ['inform'], reach: 'none' },
  'desk.open': { for: ['serve'], reach: 'none' },
  'conversation.list': { for: ['serve'], reach: 'none' },
  'conversation.list-team': { for: ['lead'], reach: 'none' },
  'conversation.read': { for: ['serve'], reach: 'agency' },
  'conversation.claim': { for: ['serve'], reach: 'agency' },
  'conversation.handle': { for: ['serve'], reach: 'lead' },
  'conversation.speak': { for: ['serve'], reach: 'holder' },
  'canned-reply.list': { for: ['serve'], reach: 'none' },
  'canned-reply.make': { for: ['serve'], reach: 'none' },
  /** Texts of an agency are kept by those who lead, and one's own by oneself. */
  'canned-reply.keep': { for: ['serve'], reach: 'lead' },
  'file.read': { for: ['serve'], reach: 'agency' },
  'file.open': { for: ['serve'], reach: 'none' },
  'file.remove': { for: ['serve'], reach: 'lead' },
  'contact.list': { for: ['serve'], reach: 'none' },
  'contact.log': { for: ['serve'], reach: 'none' },
  'contact.read': { for: ['serve'], reach: 'agency' },
  'person.find': { for: ['serve'], reach: 'none' },
  'person.read': { for: ['serve'], reach: 'agency' },
  'person.describe': { for: ['serve'], reach: 'agency' },
  'audit.read': { for: ['oversee'], reach: 'none' },
  'case.list': { for: ['serve'], reach: 'none' },
  'case.file': { for: ['serve'], reach: 'none' },
  'case.import': { for: ['serve'], reach: 'none' },
  /** Its module knows who holds a case, whom it is about and what is sensitive. */
  'case.read': { for: ['serve'], reach: 'module' },
  'case.work': { for: ['serve'], reach: 'module' },
  'case.oversee': { for: ['lead'], reach: 'none' },
  /** Its module asks the one rule of who sees which case. */
  'appointment.work': { for: ['serve'], reach: 'module' },
  'call-back.work': { for: ['serve'], reach: 'module' },
  'relay.work': { for: ['serve'], reach: 'module' },
  'reminder.list': { for: ['serve'], reach: 'none' },
  'reminder.make': { for: ['serve'], reach: 'none' },
  'reminder.work': { for: ['serve'], reach: 'agency' },
  'import.list': { for: ['serve'], reach: 'none' },
  'import.work': { for: ['serve'], reach: 'agency' },
  'campaign.list': { for: ['lead'], reach: 'none' },
  'campaign.work': { for: ['lead'], reach: 'agency' },
  'privacy.receive': { for: ['serve'], reach: 'none' },
  'privacy.list': { for: ['administer'], reach: 'none' },
  /** Its module keeps requests to the agency they came to. */
  'privacy.answer': { for: ['administer'], reach: 'module' },
  'person.steward': { for: ['administer'], reach: 'agency' },
  'privacy.oversee': { for: ['oversee'], reach: 'none' },
  /** An entry is of the agency whose service it is; the operator's editors help out. Its module keeps that rule. */
  'entry.list': { for: ['write', 'review'], reach: 'none' },
  'entry.read': { for: ['write', 'review'], reach: 'module' },
  'entry.write': { for: ['write'], reach: 'module' },
  'entry.import': { for: ['write'], reach: 'none' },
  'entry.review': { for: ['review'], reach: 'module' },
  'publication.list': { for: ['write', 'review'], reach: 'none' },
  'publication.try': { for: ['write', 'review'], reach: 'none' },
  'publication.make': { for: ['review'], reach: 'none' },
  'switch.topic': { for: ['write', 'review'], reach: 'none' },
  'switch.all': { for: ['oversee'], reach: 'none' },
  'question.list': { for: ['write', 'review'], reach: 'none' },
  'question.work': { for: ['write'], reach: 'none' },
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof actions;

/** Every HTTP route, by method and path. */
export const routeActions: Readonly<Record<string, ActionName | 'public'>> = {
  'GET /api/v1/about': 'public',
  'POST /api/v1/session': 'public',
  'GET /api/v1/session': 'account.own',
  'DELETE /api/v1/session': 'account.own',
  'POST /api/v1/session/factor': 'account.own',
  'GET /api/v1/account': 'account.own',
  'PUT /api/v1/account/password': 'account.own',
  'POST /api/v1/account/totp': 'account.own',
  'POST /api/v1/account/totp/confirm': 'account.own',
  'POST /api/v1/account/totp/remove': 'account.own',
  'POST /api/v1/account/recovery-codes': 'account.own',
  'GET /api/v1/sessions': 'account.own',
  'DELETE /api/v1/sessions/:id': 'account.own',
  'GET /api/v1/session/ways': 'public',
  'GET /api/v1/session/oidc': 'public',
  'GET /api/v1/session/oidc/callback': 'public',
  'POST /api/v1/session/passkey/options': 'public',
  'POST /api/v1/session/passkey': 'public',
  'POST /api/v1/account/passkeys/options': 'account.own',
  'POST /api/v1/account/passkeys': 'account.own',
  'DELETE /api/v1/account/passkeys/:id': 'account.own',
  'POST /api/v1/account/setup': 'public',
  'GET /api/v1/accounts': 'account.administer',
  'POST /api/v1/accounts': 'account.administer',
  'PATCH /api/v1/accounts/:id': 'account.administer',
  'POST /api/v1/accounts/:id/reset': 'account.administer',
  'GET /api/v1/accounts/:id/sessions': 'account.administer',
  'DELETE /api/v1/accounts/:id/sessions': 'account.administer',
  'GET /api/v1/conversations': 'conversation.list',
  'GET /api/v1/conversations/:id/messages': 'conversation.read',
  'POST /api/v1/conversations/:id/note': 'conversation.handle',
  'POST /api/v1/conversations/:id/release': 'conversation.handle',
  'POST /api/v1/conversations/:id/close': 'conversation.handle',
  'GET /api/v1/transfer-desks': 'conversation.list',
  'GET /api/v1/canned-replies': 'canned-reply.list',
  'POST /api/v1/canned-replies': 'canned-reply.make',
  'PUT /api/v1/canned-replies/:id': 'canned-reply.keep',
  'DELETE /api/v1/canned-replies/:id': 'canned-reply.keep',
  'GET /api/v1/conversations/:id/files': 'conversation.read',
  'POST /api/v1/conversations/:id/pictures': 'conversation.speak',
  'POST /api/v1/files/:id/link': 'file.read',
  /** The link itself names session and file; its module asks the same rule again. */
  'GET /api/v1/files/links/:token': 'file.open',
  'DELETE /api/v1/files/:id/links': 'file.remove',
  'DELETE /api/v1/files/:id': 'file.remove',
  'GET /api/v1/cases/:id/files': 'case.read',
  'GET /api/v1/pictures/:token': 'public',
  'POST /api/v1/webchat/files': 'public',
  'POST /api/v1/contacts': 'contact.log',
  'GET /api/v1/contacts': 'contact.list',
  'GET /api/v1/people': 'person.find',
  'GET /api/v1/people/:id': 'person.read',
  'PATCH /api/v1/people/:id': 'person.describe',
  'GET /api/v1/people/:id/history': 'person.read',
  'GET /api/v1/services': 'public',
  'GET /api/v1/services/:id': 'public',
  'GET /api/v1/topics': 'knowledge.look-up',
  'GET /api/v1/knowledge/entries': 'entry.list',
  'POST /api/v1/knowledge/entries': 'entry.write',
  'GET /api/v1/knowledge/agencies': 'entry.list',
  'GET /api/v1/knowledge/entries/:id': 'entry.read',
  'GET /api/v1/knowledge/entries/:id/revisions': 'entry.read',
  'GET /api/v1/knowledge/entries/:id/diff': 'entry.read',
  'PUT /api/v1/knowledge/entries/:id': 'entry.write',
  'POST /api/v1/knowledge/entries/:id/submit': 'entry.write',
  'POST /api/v1/knowledge/entries/:id/archive': 'entry.write',
  'POST /api/v1/knowledge/entries/:id/restore': 'entry.write',
  'POST /api/v1/knowledge/entries/:id/review': 'entry.review',
  'PUT /api/v1/knowledge/entries/:id/plan': 'entry.read',
  'GET /api/v1/knowledge/due': 'entry.list',
  'GET /api/v1/knowledge/export': 'entry.list',
  'POST /api/v1/knowledge/import': 'entry.import',
  'GET /api/v1/knowledge/report': 'entry.list',
  'POST /api/v1/knowledge/report/links': 'entry.list',
  'GET /api/v1/knowledge/publications': 'publication.list',
  'GET /api/v1/knowledge/publications/:number': 'publication.list',
  'POST /api/v1/knowledge/publications': 'publication.make',
  'POST /api/v1/knowledge/trials': 'publication.try',
  'GET /api/v1/knowledge/samples': 'entry.list',
  'POST /api/v1/knowledge/samples': 'publication.try',
  'GET /api/v1/knowledge/rules/:id': 'entry.read',
  'POST /api/v1/knowledge/undo': 'publication.make',
  'GET /api/v1/knowledge/switches': 'publication.list',
  'POST /api/v1/knowledge/switches': 'switch.topic',
  'POST /api/v1/knowledge/switches/all': 'switch.all',
  'GET /api/v1/knowledge/announcements': 'publication.list',
  'POST /api/v1/knowledge/announcements': 'switch.topic',
  'DELETE /api/v1/knowledge/announcements/:id': 'switch.topic',
  'GET /api/v1/knowledge/feedback': 'question.list',
  'GET /api/v1/knowledge/questions': 'question.list',
  'POST /api/v1/knowledge/questions/phrases': 'question.work',
  'POST /api/v1/knowledge/questions/draft': 'question.work',
  'POST /api/v1/knowledge/questions/dismiss': 'question.work',
  'GET /api/v1/audit': 'audit.read',
  'GET /api/v1/appointments': 'appointment.work',
  'POST /api/v1/appointments/attendance': 'appointment.work',
  'GET /api/v1/call-backs': 'call-back.work',
  'POST /api/v1/call-backs/attempts': 'call-back.work',
  'GET /api/v1/relay-leaders': 'relay.work',
  'POST /api/v1/relay-leaders': 'relay.work',
  'GET /api/v1/relays': 'relay.work',
  'POST /api/v1/relays/answers': 'relay.work',
  'GET /api/v1/relays/announcement': 'relay.work',
  'GET /api/v1/relays/sheet': 'relay.work',
  'GET /api/v1/relay-news': 'relay.work',
  'POST /api/v1/relay-news': 'relay.work',
  'GET /api/v1/relay-news/receipts': 'relay.work',
  'GET /api/v1/relay-news/sheet': 'relay.work',
  'GET /api/v1/service-points': 'appointment.work',
  'GET /api/v1/calendar/:id/:key': 'public',
  'GET /api/v1/my': 'public',
  'GET /api/v1/my/cases/:id': 'public',
  'POST /api/v1/my/cases/:id/notes': 'public',
  'POST /api/v1/my/cases/:id/withdrawal': 'public',
  'POST /api/v1/my/cases/:id/invites': 'public',
  'DELETE /api/v1/my/cases/:id/followers/:follower': 'public',
  'POST /api/v1/my/following': 'public',
  'GET /api/v1/my/carers': 'public',
  'POST /api/v1/my/carers': 'public',
  'DELETE /api/v1/my/carers/:id': 'public',
  'PUT /api/v1/my/notices': 'public',
  'POST /api/v1/my/rights': 'public',
  'GET /api/v1/my/suggestions': 'public',
  'PUT /api/v1/my/suggestions': 'public',
  'DELETE /api/v1/my/suggestions/remembered': 'public',
  'GET /api/v1/audit/verify': 'audit.read',
  'POST /api/v1/cases/status': 'public',
  'POST /api/v1/cases/code': 'public',
  'GET /api/v1/cases': 'case.list',
  'GET /api/v1/case-desks': 'case.list',
  'GET /api/v1/case-reception': 'case.list',
  'GET /api/v1/cases/:id': 'case.read',
  'POST /api/v1/cases': 'case.file',
  'POST /api/v1/cases/:id/acts': 'case.work',
  'POST /api/v1/cases/import': 'case.import',
  'GET /api/v1/case-deliveries': 'case.oversee',
  'POST /api/v1/case-deliveries/replay': 'case.oversee',
  'GET /api/v1/case-guesses': 'case.oversee',
  'POST /api/v1/partner/cases': 'public',
  'GET /api/v1/partner/cases': 'public',
  'GET /api/v1/partner/cases/:id': 'public',
  'POST /api/v1/partner/cases/:id/acknowledge': 'public',
  'POST /api/v1/partner/cases/:id/status': 'public',
  'GET /api/v1/reminders': 'reminder.list',
  'POST /api/v1/reminders': 'reminder.make',
  'GET /api/v1/reminders/:id': 'reminder.work',
  'PATCH /api/v1/reminders/:id': 'reminder.work',
  'POST /api/v1/reminders/:id/cancel': 'reminder.work',
  'POST /api/v1/reminders/:id/dealt-with': 'reminder.work',
  'GET /api/v1/reminder-days': 'reminder.list',
  'GET /api/v1/reminder-dates': 'reminder.make',
  'GET /api/v1/reminder-templates': 'reminder.make',
  'POST /api/v1/reminder-texts/preview': 'reminder.make',
  'POST /api/v1/reminder-texts/test': 'reminder.make',
  'GET /api/v1/reminder-imports': 'import.list',
  'POST /api/v1/reminder-imports': 'import.list',
  'PUT /api/v1/reminder-imports/:id/file': 'import.work',
  'GET /api/v1/reminder-imports/:id': 'import.work',
  'GET /api/v1/reminder-imports/:id/problems': 'import.work',
  'POST /api/v1/reminder-imports/:id/acts': 'import.work',
  'GET /api/v1/campaign-audience': 'campaign.list',
  'GET /api/v1/campaigns': 'campaign.list',
  'POST /api/v1/campaigns': 'campaign.list',
  'GET /api/v1/campaigns/:id': 'campaign.work',
  'POST /api/v1/campaigns/:id/acts': 'campaign.work',
  'POST /api/v1/partner/reminders': 'public',
  'GET /api/v1/partner/reminders/:key': 'public',
  'DELETE /api/v1/partner/reminders/:key': 'public',
  'GET /api/v1/privacy/notice': 'public',
  'GET /api/v1/privacy/requests': 'privacy.list',
  'POST /api/v1/privacy/requests': 'privacy.receive',
  'POST /api/v1/privacy/requests/:id/identify': 'privacy.answer',
  'POST /api/v1/privacy/requests/:id/refuse': 'privacy.answer',
  'POST /api/v1/privacy/requests/:id/complete': 'privacy.answer',
  'POST /api/v1/privacy/requests/:id/erase': 'privacy.answer',
  'GET /api/v1/people/:id/bundle': 'person.steward',
  'GET /api/v1/people/:id/consents': 'person.read',
  'POST /api/v1/people/:id/withdrawal': 'person.describe',
  'PUT /api/v1/people/:id/hold': 'person.steward',
  'DELETE /api/v1/people/:id/hold': 'person.steward',
  'GET /api/v1/privacy/holds': 'privacy.oversee',
  'GET /api/v1/privacy/processing': 'privacy.list',
  'POST /api/v1/privacy/retention': 'privacy.oversee',
  'GET /api/v1/privacy/breaches': 'privacy.list',
  'POST /api/v1/privacy/breaches': 'privacy.list',
  'PATCH /api/v1/privacy/breaches/:id': 'privacy.list',
};

/** Every event a desk may send. */
export const eventActions = {
  claim: 'conversation.claim',
  message: 'conversation.speak',
  watch: 'conversation.read',
  unwatch: 'desk.open',
  typing: 'conversation.speak',
  release: 'conversation.handle',
  transfer: 'conversation.handle',
  decline: 'conversation.claim',
  close: 'conversation.handle',
} as const satisfies Readonly<Record<string, ActionName>>;

/** What the policy looks at in a record. */
export interface Resource {
  readonly agencyId?: string;
  /** The officer who has it in hand, or whom it is about. */
  readonly officerId?: string | undefined;
}

const row = (name: ActionName): Action => actions[name];

/** The roles that hold a purpose of the action. */
export const rolesFor = (name: ActionName): readonly Role[] =>
  roles.filter(role => row(name).for.some(purpose => purposesOf[role].includes(purpose)));

/** Whether an officer may do this to this record; without a record, whether their role may do it at all. */
export function may(
  officer: Pick<Officer, 'id' | 'role' | 'agencyId'>,
  name: ActionName,
  resource?: Resource,
): boolean {
  if (!rolesFor(name).includes(officer.role)) return false;
  if (!resource) return true;
  const theirs = resource.officerId !== undefined && resource.officerId === officer.id;
  const near = everywhere.includes(officer.role) || resource.agencyId === officer.agencyId;
  switch (row(name).reach) {
    case 'none':
    case 'module':
      return true;
    case 'agency':
      return near;
    case 'lead':
      return near && (theirs || purposesOf[officer.role].includes('lead'));
    case 'holder':
      return near && theirs;
    case 'self':
      return theirs;
  }
}

/** Whether an officer may give a role, or touch an account that has it: what reaches everywhere is given by who has it. */
export const mayGive = (officer: Pick<Officer, 'role'>, role: Role): boolean =>
  !everywhere.includes(role) || everywhere.includes(officer.role);

export const routeKey = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path}`;

const accessOf = (key: string): Route['access'] => {
  const action = Object.hasOwn(routeActions, key) ? routeActions[key] : undefined;
  if (action === undefined) return [];
  return action === 'public' ? 'public' : rolesFor(action);
};

/** Whether a session that still lacks its second factor may use the route. */
export function openBeforeFactor(route: Pick<Route, 'method' | 'path'>): boolean {
  const action = routeActions[routeKey(route)];
  return action === 'public' || (action !== undefined && row(action).beforeFactor === true);
}

/** What both allow: a slip in one of the two lists opens nothing. */
function both(declared: Route['access'], allowed: Route['access']): Route['access'] {
  if (declared === 'public' || allowed === 'public') return declared === allowed ? 'public' : [];
  return declared.filter(role => allowed.includes(role));
}

/** The routes as the policy allows them. A route without a row is open to nobody. */
export const underPolicy = (routes: readonly Route[]): Route[] =>
  routes.map(route => ({ ...route, access: both(route.access, accessOf(routeKey(route))) }));

const named = (access: Route['access']): string =>
  access === 'public' ? access : [...access].sort().join(', ') || 'nobody';

/** Where routes and policy do not say the same, in sentences; empty when all is well. */
export const policyFaults = (routes: readonly Route[]): readonly string[] =>
  routes.flatMap(route => {
    const key = routeKey(route);
    if (!Object.hasOwn(routeActions, key))
      return [`${key} has no row in agent-desk/policy.ts, so nobody may use it`];
    const [says, allows] = [named(route.access), named(accessOf(key))];
    return says === allows ? [] : [`${key}: the route is for ${says}; the policy allows ${allows}`];
  });
