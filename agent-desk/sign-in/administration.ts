import {
  AppError,
  type Audit,
  type Clock,
  type Collection,
  type Ids,
  type Officer,
  type Role,
} from '../../core';
import { may, mayGive } from '../policy';
import { type AccountBook, actorOf, officerFrom } from './book';
import { hashOfCode, newCode } from './one-time-codes';
import { acceptablePassword, hashPassword } from './passwords';
import type { Account, Challenge, SignInCollections } from './records';
import type { Sessions } from './sessions';

/** How long a new officer has to set a password. */
const inviteMs = 7 * 24 * 60 * 60 * 1000;
const inviteGroups = 5;
const pageSize = 200;
const firstRunId = 'first-run';

export interface AccountView extends Officer {
  readonly email?: string;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly secondFactor: boolean;
  /** Has not set a password yet. */
  readonly invited: boolean;
}

/** A code for somebody to set their own password with, once. Nobody else ever knows a password. */
export interface Invitation {
  readonly account: AccountView;
  readonly code: string;
  readonly expiresAt: number;
}

export interface SessionView {
  readonly createdAt: number;
  readonly seenAt: number;
  readonly agent?: string;
}

export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly agencyId: string;
  readonly email?: string;
}

/** What administrators do with accounts: those of one agency with its own, those of the installation with all. */
export interface Administration {
  list(officer: Officer): Promise<readonly AccountView[]>;
  create(account: NewAccount, officer: Officer): Promise<Invitation>;
  /** Whoever loses or gains a right, or is disabled, is signed out everywhere. */
  change(
    id: string,
    change: {
      readonly name?: string;
      readonly role?: Role;
      readonly email?: string;
      readonly disabled?: boolean;
    },
    officer: Officer,
  ): Promise<AccountView>;
  /** Takes password, factors and sessions away and gives a new code. */
  reset(id: string, officer: Officer): Promise<Invitation>;
  /** Where an officer is signed in now. */
  sessions(id: string, officer: Officer): Promise<readonly SessionView[]>;
  /** Signs an officer out everywhere. */
  endSessions(id: string, officer: Officer): Promise<void>;
  /** Sets the password that an invitation, or the code of the first start, asks for. */
  redeem(code: string, password: string, first: { username?: string; name?: string }): Promise<Officer>;
  /** A code for the first administrator while there is no account at all; a new one replaces the one before. */
  firstRunCode(): Promise<string | undefined>;
}

const notTheirs = (): AppError =>
  new AppError('NOT_FOUND', 'There is no such account, or it belongs to another agency.');
const noSuchCode = (): AppError =>
  new AppError('SIGN_IN_REFUSED', 'The code is wrong, was used, or is too old; ask for a new one.');

export function createAdministration(parts: {
  collections: SignInCollections;
  book: AccountBook;
  sessions: Sessions;
  clock: Clock;
  ids: Ids;
  audit: Audit;
  firstAgencyId: string;
}): Administration {
  const { book, sessions, clock, ids, audit } = parts;
  const { accounts } = parts.collections;
  const challenges: Collection<Challenge> = parts.collections.challenges;

  const viewOf = (account: Account): AccountView => ({
    ...officerFrom(account),
    ...(account.email ? { email: account.email } : {}),
    disabled: account.disabledAt !== undefined,
    locked: (account.lockedUntil ?? 0) > clock(),
    secondFactor: account.totp !== undefined || (account.passkeys?.length ?? 0) > 0,
    invited: account.invite !== undefined,
  });
  const newInvite = (): { code: string; invite: NonNullable<Account['invite']> } => {
    const code = newCode(inviteGroups);
    return { code, invite: { hash: hashOfCode(code), expiresAt: clock() + inviteMs } };
  };
  /** The one place where an administrator gets an account: theirs by the policy, and of a role they could give. */
  async function accountFor(id: string, officer: Officer): Promise<Account> {
    const account = await book.get(id);
    if (!account || !may(officer, 'account.administer', account) || !mayGive(officer, account.role))
      throw notTheirs();
    return account;
  }
  async function redeemInvite(code: string, password: string): Promise<Officer> {
    const account = await book.by('invite', hashOfCode(code));
    if (!account) throw noSuchCode();
    acceptablePassword(password, account);
    const passwordHash = await hashPassword(password);
    const changed = await book.change(account.id, ({ invite, ...rest }) =>
      invite?.hash === hashOfCode(code) && invite.expiresAt > clock()
        ? { ...rest, passwordHash, failures: 0 }
        : undefined,
    );
    if (!changed) throw noSuchCode();
    await audit.record({ action: 'account.set-up', actor: actorOf(changed) });
    return officerFrom(changed);
  }
  async function redeemFirst(
    challenge: Challenge,
    password: string,
    { username, name }: { username?: string; name?: string },
  ): Promise<Officer> {
    if (!username || !name)
      throw new AppError('INPUT_INVALID', 'The first account needs a username and a name.');
    acceptablePassword(password, { username, name });
    const passwordHash = await hashPassword(password);
    // Whoever deletes the code has used it: of two at once, one goes on.
    if (!(await challenges.delete(challenge.id, challenge.version))) throw noSuchCode();
    const first = {
      id: `o-${ids()}`,
      username: username.toLowerCase(),
      name,
      role: 'admin',
      agencyId: parts.firstAgencyId,
      passwordHash,
      failures: 0,
    } as const;
    await accounts.insert(first);
    await audit.record({ action: 'account.set-up', actor: actorOf({ ...first, version: 1 }) });
    return officerFrom({ ...first, version: 1 });
  }
  const isEmpty = async (): Promise<boolean> =>
    (await accounts.scan({ index: 'username', limit: 1 })).records.length === 0;

  return {
    async list(officer) {
      const found: Account[] = [];
      const only = may(officer, 'account.administer', { agencyId: '' }) ? [] : [officer.agencyId];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await accounts.scan({
          index: 'agency',
          prefix: only,
          limit: pageSize,
          ...(after ? { after } : {}),
        });
        found.push(...page.records);
        after = page.cursor;
      }
      return found.map(viewOf);
    },
    async create(account, officer) {
      if (!may(officer, 'account.administer', account) || !mayGive(officer, account.role))
        throw new AppError('FORBIDDEN', 'Accounts of that agency or role are made by somebody else.');
      const { code, invite } = newInvite();
      const made = {
        ...account,
        username: account.username.toLowerCase(),
        ...(account.email ? { email: account.email.toLowerCase() } : {}),
        id: `o-${ids()}`,
        passwordHash: '',
        failures: 0,
        invite,
      };
      if (!(await accounts.insert(made)))
        throw new AppError('CONFLICT', 'Another account has that username or e-mail address.');
      return { account: viewOf({ ...made, version: 1 }), code, expiresAt: invite.expiresAt };
    },
    async change(id, { name, role, email, disabled }, officer) {
      await accountFor(id, officer);
      if (role && !mayGive(officer, role))
        throw new AppError('FORBIDDEN', 'That role is given by administrators of the installation.');
      if (id === officer.id && (disabled || (role && role !== officer.role)))
        throw new AppError('CONFLICT', 'Nobody takes their own rights away; ask another administrator.');
      let rights = false;
      const changed = await book.change(id, account => {
        const { disabledAt, ...rest } = account;
        const off = disabled ?? disabledAt !== undefined;
        rights = (role !== undefined && role !== account.role) || (off && disabledAt === undefined);
        return {
          ...rest,
          ...(name ? { name } : {}),
          ...(role ? { role } : {}),
          ...(email ? { email: email.toLowerCase() } : {}),
          ...(off ? { disabledAt: disabledAt ?? clock() } : {}),
        };
      });
      if (!changed) throw notTheirs();
      if (rights) await sessions.endAll(id);
      return viewOf(changed);
    },
    async reset(id, officer) {
      await accountFor(id, officer);
      const { code, invite } = newInvite();
      const changed = await book.change(id, account => {
        const { totp: _t, pendingTotp: _p, recovery: _r, passkeys: _k, lockedUntil: _l, ...rest } = account;
        return { ...rest, passwordHash: '', failures: 0, invite };
      });
      if (!changed) throw notTheirs();
      await sessions.endAll(id);
      return { account: viewOf(changed), code, expiresAt: invite.expiresAt };
    },
    async sessions(id, officer) {
      await accountFor(id, officer);
      const found = await sessions.list(id);
      return found.map(({ createdAt, seenAt, agent }) => ({
        createdAt,
        seenAt,
        ...(agent ? { agent } : {}),
      }));
    },
    async endSessions(id, officer) {
      await accountFor(id, officer);
      await sessions.endAll(id);
    },
    async redeem(code, password, first) {
      const challenge = await challenges.get(firstRunId);
      if (challenge?.value === hashOfCode(code) && challenge.expiresAt > clock() && (await isEmpty()))
        return redeemFirst(challenge, password, first);
      return redeemInvite(code, password);
    },
    async firstRunCode() {
      if (!(await isEmpty())) return undefined;
      const code = newCode(inviteGroups);
      const fresh = {
        id: firstRunId,
        kind: 'first-run',
        value: hashOfCode(code),
        expiresAt: clock() + inviteMs,
      } as const;
      for (;;) {
        if (await challenges.insert(fresh)) return code;
        const old = await challenges.get(firstRunId);
        if (old && (await challenges.replace({ ...old, ...fresh }))) return code;
      }
    },
  };
}
