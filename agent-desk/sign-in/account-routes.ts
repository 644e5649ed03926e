import { z } from 'zod';
import { type Route, roles, route } from '../../core';
import { rolesFor } from '../policy';
import type { Accounts } from './accounts';
import { officerSchema } from './session-routes';

const done = z.object({ ok: z.literal(true) });
const ok = { ok: true } as const;
const code = z.string().trim().min(6).max(40);
const password = z.string().min(1).max(200);
const username = z
  .string()
  .regex(/^[A-Za-z0-9][\w.@-]{1,79}$/u, 'must be 2-80 Latin letters, digits or . _ @ -');
const name = z.string().trim().min(1).max(120);
const email = z.email().max(200);
const id = z.string().min(1).max(200);
const own = rolesFor('account.own');
const administer = rolesFor('account.administer');

const accountView = officerSchema.extend({
  email: z.string().optional(),
  disabled: z.boolean(),
  locked: z.boolean(),
  secondFactor: z.boolean(),
  invited: z.boolean(),
});
const invitation = z.object({ account: accountView, code: z.string(), expiresAt: z.number() });

/** What is left of an optional object when nothing is said about absent fields. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

function ownRoutes({ own: mine }: Accounts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/account',
      summary: 'How I sign in, and what is missing',
      access: own,
      returns: z.object({
        authenticatorApp: z.boolean(),
        recoveryCodesLeft: z.number(),
        passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.number() })),
        hasPassword: z.boolean(),
      }),
      handle: async ({ officer }) => ({ body: await mine.security(officer.id) }),
    }),
    route({
      method: 'put',
      path: '/api/v1/account/password',
      summary: 'Change my password; my other sessions end',
      audit: 'account.password-changed',
      access: own,
      body: z.strictObject({ current: password, password }),
      returns: done,
      handle: async ({ sessionId, body }) => ({
        body: ok,
        session: await mine.changePassword(sessionId, body.current, body.password),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/account/totp',
      summary: 'A secret for an authenticator app, in force after its first code came back',
      audit: 'account.app-started',
      access: own,
      returns: z.object({ secret: z.string(), uri: z.string() }),
      handle: async ({ sessionId }) => ({ body: await mine.startTotp(sessionId) }),
    }),
    route({
      method: 'post',
      path: '/api/v1/account/totp/confirm',
      summary: 'Put the authenticator app in force; answers with recovery codes, shown once',
      audit: 'account.app-added',
      access: own,
      body: z.strictObject({ code }),
      returns: z.object({ recoveryCodes: z.array(z.string()) }),
      async handle({ sessionId, body }) {
        const { recoveryCodes, token } = await mine.confirmTotp(sessionId, body.code);
        return { body: { recoveryCodes }, session: token };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/account/totp/remove',
      summary: 'Remove the authenticator app; asks for a code of it',
      audit: 'account.app-removed',
      access: own,
      body: z.strictObject({ code }),
      returns: done,
      handle: async ({ sessionId, body }) => ({
        body: ok,
        session: await mine.removeTotp(sessionId, body.code),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/account/recovery-codes',
      summary: 'New recovery codes, shown once; the old ones stop working',
      audit: 'account.recovery-codes-made',
      access: own,
      returns: z.object({ recoveryCodes: z.array(z.string()) }),
      handle: async ({ sessionId }) => ({ body: { recoveryCodes: await mine.newRecoveryCodes(sessionId) } }),
    }),
    route({
      method: 'get',
      path: '/api/v1/sessions',
      summary: 'Where I am signed in',
      access: own,
      returns: z.object({
        sessions: z.array(
          z.object({
            id: z.string(),
            createdAt: z.number(),
            seenAt: z.number(),
            agent: z.string().optional(),
            current: z.boolean(),
          }),
        ),
      }),
      handle: async ({ officer, sessionId }) => ({
        body: { sessions: await mine.sessions(officer.id, sessionId) },
      }),
    }),
    route({
      method: 'delete',
      path: '/api/v1/sessions/:id',
      summary: 'End one of my sessions',
      audit: 'sign-in.revoked',
      access: own,
      params: z.strictObject({ id }),
      returns: done,
      async handle({ params, officer }) {
        await mine.endSession(officer.id, params.id);
        return { body: ok };
      },
    }),
  ];
}

function administrationRoutes({ administration }: Accounts): Route[] {
  const params = z.strictObject({ id });
  return [
    route({
      method: 'post',
      path: '/api/v1/account/setup',
      summary:
        'Set a password with the code of an invitation, or make the first administrator with the code of the first start',
      access: 'public',
      body: z.strictObject({
        code: z.string().trim().min(10).max(60),
        password,
        username: username.optional(),
        name: name.optional(),
      }),
      returns: z.object({ username: z.string() }),
      async handle({ body: { code: invitationCode, password: chosen, ...first } }) {
        const officer = await administration.redeem(invitationCode, chosen, given(first));
        return { status: 201, body: { username: officer.username } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/accounts',
      summary: 'Accounts of my agency; for administrators of the installation, all',
      audit: 'accounts.viewed',
      access: administer,
      returns: z.object({ accounts: z.array(accountView) }),
      handle: async ({ officer }) => ({ body: { accounts: await administration.list(officer) } }),
    }),
    route({
      method: 'post',
      path: '/api/v1/accounts',
      summary: 'Make an account; answers with a code by which its officer sets a password, shown once',
      audit: 'account.made',
      access: administer,
      body: z.strictObject({
        username,
        name,
        role: z.enum(roles),
        agencyId: id.optional(),
        email: email.optional(),
      }),
      returns: invitation,
      async handle({ body, officer }) {
        const account = { ...given(body), agencyId: body.agencyId ?? officer.agencyId };
        return { status: 201, body: await administration.create(account, officer) };
      },
    }),
    route({
      method: 'patch',
      path: '/api/v1/accounts/:id',
      summary: 'Change name, role or e-mail address, disable or enable; a change of rights ends all sessions',
      audit: 'account.changed',
      access: administer,
      params,
      body: z.strictObject({
        name: name.optional(),
        role: z.enum(roles).optional(),
        email: email.optional(),
        disabled: z.boolean().optional(),
      }),
      returns: accountView,
      handle: async ({ params: { id: accountId }, body, officer }) => ({
        body: await administration.change(accountId, given(body), officer),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/accounts/:id/reset',
      summary: 'Take password, second factor and sessions away; answers with a new code, shown once',
      audit: 'account.reset',
      access: administer,
      params,
      returns: invitation,
      handle: async ({ params: { id: accountId }, officer }) => ({
        body: await administration.reset(accountId, officer),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/accounts/:id/sessions',
      summary: 'Where an officer is signed in',
      audit: 'account.sessions-viewed',
      access: administer,
      params,
      returns: z.object({
        sessions: z.array(
          z.object({ createdAt: z.number(), seenAt: z.number(), agent: z.string().optional() }),
        ),
      }),
      handle: async ({ params: { id: accountId }, officer }) => ({
        body: { sessions: await administration.sessions(accountId, officer) },
      }),
    }),
    route({
      method: 'delete',
      path: '/api/v1/accounts/:id/sessions',
      summary: 'Sign an officer out everywhere',
      audit: 'account.signed-out',
      access: administer,
      params,
      returns: done,
      async handle({ params: { id: accountId }, officer }) {
        await administration.endSessions(accountId, officer);
        return { body: ok };
      },
    }),
  ];
}

/** One's own account, and the accounts of others. */
export const accountRoutes = (accounts: Accounts): Route[] => [
  ...ownRoutes(accounts),
  ...administrationRoutes(accounts),
];
