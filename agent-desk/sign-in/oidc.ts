import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError, type Clock, type Collection } from '../../core';
import type { SignedIn } from './accounts';
import type { AccountBook } from './book';
import { keepChallenge } from './challenges';
import type { Account, Challenge } from './records';

export interface OidcSettings {
  /** The provider's address, as in its discovery document. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people reach us: the provider sends them back there. */
  readonly publicUrl: string;
}

/** Signing in at the organisation's own identity provider: code flow with PKCE, state and nonce. */
export interface OidcSignIn {
  /** Where to send the browser, and what it must bring back in a cookie. */
  start(): Promise<{ readonly redirect: string; readonly browser: string }>;
  /** A session for who comes back, or `undefined` where nobody may come in. The parameters are those of the callback. */
  finish(
    parameters: Readonly<Record<string, string>>,
    browser: string | undefined,
    agent?: string,
  ): Promise<SignedIn | undefined>;
}

export const oidcCallbackPath = '/api/v1/session/oidc/callback';
const waitMs = 10 * 60 * 1000;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
const kept = z.object({ nonce: z.string(), verifier: z.string(), browser: z.string() });
/** What we read of an ID token; the library has checked signature, issuer, audience, time and nonce. */
const claims = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  amr: z.array(z.string()).optional(),
});
/** Names of RFC 8176 by which a provider says that a second factor was used. */
const strongMethods = ['mfa', 'otp', 'hwk', 'swk', 'sc'];

const isLoopback = (address: string): boolean =>
  /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/u.test(address);

export function createOidc(
  settings: OidcSettings,
  parts: {
    challenges: Collection<Challenge>;
    book: AccountBook;
    admit: (id: string, how: { strong: boolean; agent?: string }) => Promise<SignedIn | undefined>;
    clock: Clock;
  },
): OidcSignIn {
  const { challenges, book, clock } = parts;

  /** The library and the provider's description, fetched when first needed: the product starts without its provider. */
  async function connect() {
    const client = await import('openid-client');
    const provider = await client.discovery(
      new URL(settings.issuer),
      settings.clientId,
      undefined,
      client.ClientSecretPost(settings.clientSecret),
      // Marked as deprecated so that it is seen: only for a provider on this machine.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      isLoopback(settings.issuer) ? { execute: [client.allowInsecureRequests] } : {},
    );
    // The signature is checked although the token comes straight from the provider.
    client.enableNonRepudiationChecks(provider);
    return { client, provider };
  }
  let connected: ReturnType<typeof connect> | undefined;
  async function connection(): ReturnType<typeof connect> {
    const attempt = (connected ??= connect());
    try {
      return await attempt;
    } catch (error) {
      connected = undefined;
      throw new AppError('BUSY', 'The identity provider does not answer; sign in another way or try later.', {
        cause: error,
      });
    }
  }

  /** Who the provider speaks of: known by its subject, or by a verified address that is not bound to a subject yet. */
  async function accountOf({
    iss,
    sub,
    email,
    email_verified,
  }: z.infer<typeof claims>): Promise<Account | undefined> {
    const subject = `${iss}|${sub}`;
    const known = await book.by('subject', subject);
    if (known || !email || email_verified !== true) return known;
    const named = await book.by('email', email.toLowerCase());
    return named && book.change(named.id, account => (account.subject ? undefined : { ...account, subject }));
  }

  async function takeChallenge(state: string, browser: string): Promise<z.infer<typeof kept> | undefined> {
    const challenge = await challenges.get(`oidc-${hashOf(state)}`);
    if (challenge?.kind !== 'oidc' || challenge.expiresAt <= clock()) return undefined;
    const waiting = kept.parse(JSON.parse(challenge.value));
    if (waiting.browser !== hashOf(browser)) return undefined;
    return (await challenges.delete(challenge.id, challenge.version)) ? waiting : undefined;
  }

  return {
    async start() {
      const { client, provider } = await connection();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const verifier = client.randomPKCECodeVerifier();
      const browser = randomBytes(24).toString('base64url');
      await keepChallenge(challenges, clock, {
        id: `oidc-${hashOf(state)}`,
        kind: 'oidc',
        value: JSON.stringify({ nonce, verifier, browser: hashOf(browser) }),
        expiresAt: clock() + waitMs,
      });
      const address = client.buildAuthorizationUrl(provider, {
        redirect_uri: `${settings.publicUrl}${oidcCallbackPath}`,
        scope: 'openid email',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { redirect: address.href, browser };
    },
    async finish(parameters, browser, agent) {
      const { state } = parameters;
      const waiting = state && browser ? await takeChallenge(state, browser) : undefined;
      if (!state || !waiting) return undefined;
      const { client, provider } = await connection();
      const back = new URL(`${settings.publicUrl}${oidcCallbackPath}`);
      for (const [name, value] of Object.entries(parameters)) back.searchParams.set(name, value);
      const told = await client
        .authorizationCodeGrant(provider, back, {
          pkceCodeVerifier: waiting.verifier,
          expectedState: state,
          expectedNonce: waiting.nonce,
          idTokenExpected: true,
        })
        .then(
          tokens => claims.safeParse(tokens.claims()),
          () => undefined,
        );
      if (!told?.success) return undefined;
      const account = await accountOf(told.data);
      if (!account) return undefined;
      const strong = (told.data.amr ?? []).some(each => strongMethods.includes(each));
      return parts.admit(account.id, { strong, ...(agent ? { agent } : {}) });
    },
  };
}
