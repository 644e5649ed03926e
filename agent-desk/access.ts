import type { Conversation, Officer, Role } from '../core';

/** The session cookie: HttpOnly and `SameSite=Strict`; the server sets it, the desk's socket reads it in the handshake. */
export const sessionCookie = 'thamrat_session';

/** Everybody who works with people. Editors and reviewers work with texts only. */
export const deskRoles: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];

/** Who may act on conversations that colleagues own. */
const leadingRoles: readonly Role[] = ['supervisor', 'agencyadmin', 'admin'];

export const leads = (officer: Officer): boolean => leadingRoles.includes(officer.role);

/** Records of an agency are for its own officers, and for administrators of the whole. */
export const sameAgency = (record: { readonly agencyId: string }, officer: Officer): boolean =>
  record.agencyId === officer.agencyId || officer.role === 'admin';

export const owns = (conversation: Conversation, officer: Officer): boolean =>
  conversation.owner.kind === 'officer' && conversation.owner.officer.id === officer.id;
