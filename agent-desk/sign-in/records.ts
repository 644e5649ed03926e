import type { Collection, Engine, Role, Stored } from '../../core';

/** A key of a person's own device (WebAuthn). */
export interface Passkey {
  /** As the device names it, base64url. */
  readonly id: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly name: string;
  readonly createdAt: number;
  readonly transports?: readonly string[];
}

export interface Account extends Stored {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly agencyId: string;
  /** Empty until the officer has set one. */
  readonly passwordHash: string;
  /** Wrong attempts since the last right one. */
  readonly failures: number;
  readonly lockedUntil?: number;
  readonly disabledAt?: number;
  /** Authenticator app: the sealed secret, and the last time step used, so that no code works twice. */
  readonly totp?: { readonly sealed: string; readonly lastStep: number };
  /** Not in force before its first code came back. */
  readonly pendingTotp?: string;
  /** Hashes of recovery codes that were not used. */
  readonly recovery?: readonly string[];
  readonly passkeys?: readonly Passkey[];
  /** By what an outside identity provider knows the officer: `issuer|subject`, kept at the first sign-in. */
  readonly subject?: string;
  readonly email?: string;
  /** A code by which the officer sets a password of their own, once. */
  readonly invite?: { readonly hash: string; readonly expiresAt: number };
}

export interface Session extends Stored {
  readonly officerId: string;
  readonly createdAt: number;
  readonly seenAt: number;
  /** Signed in with a second factor, a passkey, or a provider that vouches for one. */
  readonly strong?: boolean;
  /** Name of the browser, to tell sessions apart. */
  readonly agent?: string;
}

/** A challenge that waits for its one answer: of a passkey, or of a round trip to an identity provider. */
export interface Challenge extends Stored {
  readonly kind: 'passkey-new' | 'passkey' | 'oidc' | 'first-run';
  readonly value: string;
  readonly expiresAt: number;
  readonly officerId?: string;
}

export interface SignInCollections {
  readonly accounts: Collection<Account>;
  readonly sessions: Collection<Session>;
  readonly challenges: Collection<Challenge>;
}

/** Before `engine.open()`. */
export const signInCollections = (engine: Engine): SignInCollections => ({
  accounts: engine.collection<Account>({
    name: 'accounts',
    revision: 2,
    // Everything that revision 2 adds may be absent.
    upgrade: record => record as Account,
    keeps: {
      purpose: 'work',
      basis: 'public-task',
      retention: 'accounts',
      personal: ['username', 'name', 'passwordHash', 'email', 'subject', 'totp', 'passkeys'],
      sealed: { fields: ['totp.sealed', 'pendingTotp'], index: 'username' },
    },
    indexes: {
      username: account => [account.username],
      agency: account => [account.agencyId, account.username],
      subject: account => (account.subject ? [account.subject] : undefined),
      email: account => (account.email ? [account.email] : undefined),
      invite: account => (account.invite ? [account.invite.hash] : undefined),
    },
    unique: ['username', 'subject', 'email', 'invite'],
  }),
  sessions: engine.collection<Session>({
    name: 'sessions',
    revision: 1,
    keeps: {
      ...{ purpose: 'work', basis: 'public-task', retention: 'sessions', personal: ['officerId', 'agent'] },
      ages: 'seen',
    },
    indexes: {
      officer: session => [session.officerId, session.createdAt],
      seen: session => [session.seenAt],
    },
  }),
  challenges: engine.collection<Challenge>({
    name: 'sign-in-challenges',
    revision: 1,
    keeps: {
      purpose: 'work',
      basis: 'public-task',
      retention: 'transient',
      personal: ['officerId'],
      ages: 'expiry',
    },
    indexes: { expiry: challenge => [challenge.expiresAt] },
  }),
});
