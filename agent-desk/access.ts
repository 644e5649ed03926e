import type { Conversation, Officer } from '../core';
import { type Resource, rolesFor } from './policy';

/** The session cookie: HttpOnly and `SameSite=Strict`; the server sets it, the desk's socket reads it in the handshake. */
export const sessionCookie = 'thamrat_session';

/** Everybody who works with people. Editors and reviewers work with texts only. */
export const deskRoles = rolesFor('desk.open');

export const owns = (conversation: Conversation, officer: Officer): boolean =>
  conversation.owner.kind === 'officer' && conversation.owner.officer.id === officer.id;

/** A conversation as the policy sees it. */
export const asResource = ({ agencyId, owner }: Conversation): Resource => ({
  agencyId,
  officerId: owner.kind === 'officer' ? owner.officer.id : undefined,
});
