import { z } from 'zod';
import { AppError, type Route, route } from '../../core';
import { rolesFor } from '../policy';
import type { Accounts } from './accounts';
import { oidcCallbackPath } from './oidc';
import { knownTransports } from './passkeys';
import { officerSchema } from './session-routes';

const bytes = z.string().min(1).max(20_000);
const extensions = z.looseObject({});
const attachment = z.enum(['platform', 'cross-platform']);
/** Answers of a device, as the WebAuthn specification writes them in JSON. */
const newPasskey = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
  clientExtensionResults: extensions,
  authenticatorAttachment: attachment.optional(),
});
const usedPasskey = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
  clientExtensionResults: extensions,
  authenticatorAttachment: attachment.optional(),
});
const id = z.string().min(1).max(2_000);
const done = z.object({ ok: z.literal(true) });
const own = rolesFor('account.own');
const anything = z.looseObject({});

function notHere(what: string): AppError {
  return new AppError('NOT_FOUND', `This installation is not set up for ${what}.`);
}

/** What a device says, without fields that are absent. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

function providerRoutes(accounts: Accounts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/session/ways',
      summary: 'Ways to sign in beside a password',
      access: 'public',
      returns: z.object({ provider: z.boolean(), passkeys: z.boolean() }),
      handle: () =>
        Promise.resolve({
          body: { provider: accounts.oidc !== undefined, passkeys: accounts.passkeys !== undefined },
        }),
    }),
    route({
      method: 'get',
      path: '/api/v1/session/oidc',
      summary: 'Sends the browser to the organisation’s identity provider',
      access: 'public',
      returns: anything,
      async handle() {
        if (!accounts.oidc) throw notHere('an identity provider');
        const { redirect, browser } = await accounts.oidc.start();
        return { redirect, signInState: browser };
      },
    }),
    route({
      method: 'get',
      path: oidcCallbackPath,
      summary: 'The way back from the identity provider',
      access: 'public',
      query: z.record(z.string().max(40), z.string().max(4_000)),
      returns: anything,
      async handle({ query, signInState, userAgent }) {
        if (!accounts.oidc) throw notHere('an identity provider');
        const session = await accounts.oidc.finish(query, signInState, userAgent);
        return session
          ? { redirect: '/desk', session: session.token, signInState: null }
          : { redirect: '/desk#refused', signInState: null };
      },
    }),
  ];
}

function passkeyRoutes(accounts: Accounts): Route[] {
  const { own: mine } = accounts;
  return [
    route({
      method: 'post',
      path: '/api/v1/session/passkey/options',
      summary: 'What the browser asks the device for',
      access: 'public',
      returns: anything,
      async handle() {
        if (!accounts.passkeys) throw notHere('passkeys; PUBLIC_URL is needed');
        return { body: await accounts.passkeys.start() };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/session/passkey',
      summary: 'Sign in with a passkey',
      access: 'public',
      body: z.strictObject({ response: usedPasskey }),
      returns: officerSchema,
      async handle({ body: { response }, userAgent }) {
        const answer = { ...given(response), response: given(response.response) };
        const session = await accounts.passkeys?.finish(answer, userAgent);
        if (!session)
          throw new AppError(
            'SIGN_IN_REFUSED',
            'This passkey is not known here, or its answer came too late.',
          );
        return { body: session.officer, session: session.token };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/account/passkeys/options',
      summary: 'What the browser asks the device for to make a new passkey',
      audit: 'account.passkey-started',
      access: own,
      returns: anything,
      async handle({ sessionId }) {
        if (!accounts.passkeys) throw notHere('passkeys; PUBLIC_URL is needed');
        return { body: await accounts.passkeys.startNew(await mine.trusted(sessionId)) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/account/passkeys',
      summary: 'Keep a new passkey; recovery codes come with the first second factor, shown once',
      audit: 'account.passkey-added',
      access: own,
      body: z.strictObject({ name: z.string().trim().min(1).max(60), response: newPasskey }),
      returns: z.object({ recoveryCodes: z.array(z.string()) }),
      async handle({ sessionId, body: { name, response } }) {
        if (!accounts.passkeys) throw notHere('passkeys; PUBLIC_URL is needed');
        const account = await mine.trusted(sessionId);
        const { transports, ...answer } = given(response.response);
        await accounts.passkeys.finishNew(account, name, {
          ...given(response),
          response: { ...answer, transports: knownTransports(transports) },
        });
        const { recoveryCodes, token } = await mine.factorAdded(sessionId);
        return { body: { recoveryCodes }, session: token };
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/account/passkeys/:id',
      summary: 'Remove one of my passkeys',
      audit: 'account.passkey-removed',
      access: own,
      params: z.strictObject({ id }),
      returns: done,
      async handle({ sessionId, params }) {
        const account = await mine.trusted(sessionId);
        if (!(await accounts.passkeys?.remove(account.id, params.id)))
          throw new AppError('NOT_FOUND', 'You have no such passkey.');
        return { body: { ok: true }, session: await mine.rotate(sessionId) };
      },
    }),
  ];
}

/** Signing in by an identity provider and by passkeys. */
export const otherWaysRoutes = (accounts: Accounts): Route[] => [
  ...providerRoutes(accounts),
  ...passkeyRoutes(accounts),
];
