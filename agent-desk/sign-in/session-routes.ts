import { z } from 'zod';
import { AppError, type Route, roles, route } from '../../core';
import { rolesFor } from '../policy';
import type { Accounts } from './accounts';

export const officerSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: z.enum(roles),
  agencyId: z.string(),
});
const whoIs = officerSchema.extend({
  /** Present when only the way to a second factor is open. */
  secondFactor: z.literal('needed').optional(),
});
const done = z.object({ ok: z.literal(true) });
const code = z.string().trim().min(6).max(40);

/** Signing in and out. */
export function sessionRoutes(accounts: Accounts): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/v1/session',
      summary: 'Sign in; answers with a session cookie. SECOND_FACTOR_NEEDED asks for "code" as well',
      access: 'public',
      body: z.strictObject({
        username: z.string().min(1).max(80),
        password: z.string().min(1).max(200),
        code: code.optional(),
      }),
      returns: officerSchema,
      async handle({ body, userAgent }) {
        const session = await accounts.signIn(body.username, body.password, {
          ...(body.code ? { code: body.code } : {}),
          ...(userAgent ? { agent: userAgent } : {}),
        });
        if (!session)
          throw new AppError(
            'SIGN_IN_REFUSED',
            'The name or the password is wrong, or the account is locked for a while.',
          );
        return { body: session.officer, session: session.token };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/session',
      summary: 'Who is signed in',
      access: rolesFor('account.own'),
      returns: whoIs,
      handle: ({ officer, limited }) =>
        Promise.resolve({ body: { ...officer, ...(limited ? { secondFactor: 'needed' } : {}) } }),
    }),
    route({
      method: 'delete',
      path: '/api/v1/session',
      summary: 'Sign out',
      audit: 'sign-in.ended',
      access: rolesFor('account.own'),
      returns: done,
      async handle({ sessionId }) {
        await accounts.signOut(sessionId);
        return { body: { ok: true }, session: null };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/session/factor',
      summary: 'Bring the second factor to this session; it gets a new cookie',
      audit: 'sign-in.factor-brought',
      access: rolesFor('account.own'),
      body: z.strictObject({ code }),
      returns: done,
      handle: async ({ sessionId, body }) => ({
        body: { ok: true },
        session: await accounts.own.stepUp(sessionId, body.code),
      }),
    }),
  ];
}
