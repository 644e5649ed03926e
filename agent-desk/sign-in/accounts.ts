import {
  AppError,
  type Audit,
  type Changes,
  type Clock,
  type Engine,
  type Ids,
  type Officer,
  type Role,
} from '../../core';
import { privilegedRoles } from '../policy';
import { type Administration, createAdministration } from './administration';
import { type OidcSettings, type OidcSignIn, createOidc } from './oidc';
import { type Passkeys, createPasskeys } from './passkeys';
import { actorOf, createBook, officerFrom } from './book';
import { type TextSeal, createFactors, hasFactor } from './factors';
import { hashPassword, passwordMatches } from './passwords';
import { type OwnAccount, createOwnAccount } from './own-account';
import { type Account, signInCollections } from './records';
import { createSessions } from './sessions';

export interface SignedIn {
  readonly token: string;
  readonly officer: Officer;
}

export interface CurrentSession {
  readonly officer: Officer;
  readonly sessionId: string;
  /** The role asks for a second factor that this session does not have: only the way to it is open. */
  readonly limited?: true;
}

/** Accounts and sessions of officers. */
export interface Accounts {
  /** `undefined`: the name is taken. */
  add(account: {
    username: string;
    name: string;
    role: Role;
    agencyId: string;
    password: string;
  }): Promise<Officer | undefined>;
  any(): Promise<boolean>;
  /**
   * A new session, or `undefined` for a wrong name or password, a locked or a disabled account, which cannot be told apart. Throws
   * `SECOND_FACTOR_NEEDED` when the password is right and a code is missing or wrong.
   */
  signIn(
    username: string,
    password: string,
    more?: { readonly code?: string; readonly agent?: string },
  ): Promise<SignedIn | undefined>;
  /** A session for who has proved themselves another way. */
  admit(
    accountId: string,
    how: { readonly strong: boolean; readonly agent?: string },
  ): Promise<SignedIn | undefined>;
  officerOf(token: string): Promise<CurrentSession | undefined>;
  /** Ends the session and tells whoever serves it, such as open sockets. */
  signOut(sessionId: string): Promise<void>;
  /** Gives an officer another role; their sessions and open sockets end. `undefined`: there is no such account. */
  setRole(officerId: string, role: Role): Promise<Officer | undefined>;
  /** What officers do with their own account. */
  readonly own: OwnAccount;
  /** What administrators do with accounts. */
  readonly administration: Administration;
  /** Where an identity provider is set up. */
  readonly oidc?: OidcSignIn;
  /** Where the address that people use is known. */
  readonly passkeys?: Passkeys;
}

export interface AccountsParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly changes: Pick<Changes, 'publish'>;
  readonly audit: Audit;
  readonly seal: TextSeal;
  /** Name in authenticator apps. */
  readonly issuer: string;
  /** Whether privileged roles need a second factor; not in a demo, whose accounts are open to whoever runs it. */
  readonly secondFactor: boolean;
  readonly onLocked: (accountId: string) => void;
  /** Where people reach us; passkeys are bound to it. */
  readonly publicUrl?: string;
  readonly oidc?: OidcSettings;
  /** The agency of the first administrator. */
  readonly firstAgencyId: string;
}

/** Before `engine.open()`. */
export function createAccounts(parts: AccountsParts): Accounts {
  const { ids, audit } = parts;
  const collections = signInCollections(parts.engine);
  const { accounts } = collections;
  const sessions = createSessions({ ...parts, sessions: collections.sessions });
  const book = createBook({ ...parts, accounts });
  const factors = createFactors({ ...parts, book });

  async function admitted(
    account: Account,
    how: { readonly strong: boolean; readonly agent?: string },
  ): Promise<SignedIn> {
    await book.rightAttempt(account.id);
    return { token: await sessions.start(account.id, how), officer: officerFrom(account) };
  }
  /** A session that began before the account had a factor, or came by another way without one, is held back like any other. */
  const needsMore = (account: Account, strong: boolean): boolean =>
    !strong && (hasFactor(account) || (parts.secondFactor && privilegedRoles.includes(account.role)));

  const admit: Accounts['admit'] = async (accountId, how) => {
    const account = await book.get(accountId);
    if (!account || account.disabledAt !== undefined) return undefined;
    await audit.record({ action: 'sign-in.succeeded', actor: actorOf(account) });
    return admitted(account, how);
  };
  const others = { challenges: collections.challenges, book, admit, clock: parts.clock };

  return {
    ...(parts.oidc ? { oidc: createOidc(parts.oidc, others) } : {}),
    ...(parts.publicUrl
      ? { passkeys: createPasskeys({ publicUrl: parts.publicUrl, name: parts.issuer }, others) }
      : {}),
    admit,
    async add({ password, ...account }) {
      const passwordHash = await hashPassword(password);
      const username = account.username.toLowerCase();
      const officer = { ...account, username, id: `o-${ids()}` };
      return (await accounts.insert({ ...officer, passwordHash, failures: 0 })) ? officer : undefined;
    },
    async any() {
      return (await accounts.scan({ index: 'username', limit: 1 })).records.length > 0;
    },
    async signIn(username, password, { code, agent } = {}) {
      const account = await book.by('username', username.toLowerCase());
      const open = account !== undefined && (await book.takeAttempt(account));
      const matches = await passwordMatches(password, account?.passwordHash);
      if (!account || !open || !matches || account.disabledAt !== undefined) return undefined;
      const factor = hasFactor(account);
      if (factor && (code === undefined || !(await factors.use(account, code)))) {
        if (code !== undefined)
          await audit.record({ action: 'sign-in.factor-refused', actor: actorOf(account) });
        throw new AppError(
          'SECOND_FACTOR_NEEDED',
          'Send the code of the authenticator app, or a recovery code, as "code".',
        );
      }
      return admitted(account, { strong: factor, ...(agent ? { agent } : {}) });
    },
    async officerOf(token) {
      const session = await sessions.of(token);
      const account = session && (await book.get(session.officerId));
      if (!account || account.disabledAt !== undefined) return undefined;
      return {
        officer: officerFrom(account),
        sessionId: session.id,
        ...(needsMore(account, session.strong === true) ? { limited: true } : {}),
      };
    },
    signOut: sessionId => sessions.end(sessionId),
    async setRole(officerId, role) {
      const changed = await book.change(officerId, account => ({ ...account, role }));
      if (!changed) return undefined;
      await sessions.endAll(officerId);
      return officerFrom(changed);
    },
    own: createOwnAccount({ book, sessions, factors, hasFactor }),
    administration: createAdministration({ ...parts, collections, book, sessions }),
  };
}
