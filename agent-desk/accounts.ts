import { createHash, randomBytes } from 'node:crypto';
import type { Changes, Clock, Collection, Engine, Ids, Officer, Role, Stored } from '../core';
import { hashPassword, passwordMatches } from './passwords';

interface Account extends Stored {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly agencyId: string;
  readonly passwordHash: string;
  readonly failures: number;
  readonly lockedUntil?: number;
}

interface Session extends Stored {
  readonly officerId: string;
  readonly createdAt: number;
  readonly seenAt: number;
}

/** A session nobody used for so long is over; so is one that old. */
const idleMs = 60 * 60 * 1000;
const longestMs = 12 * 60 * 60 * 1000;
/** How often use is written down. */
const seenEveryMs = 60 * 1000;
const failuresToLock = 10;
const lockMs = 15 * 60 * 1000;

const sessionIdOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Accounts and sessions of officers. */
export interface Accounts {
  add(account: {
    username: string;
    name: string;
    role: Role;
    agencyId: string;
    password: string;
  }): Promise<boolean>;
  any(): Promise<boolean>;
  /** A new session's token, or `undefined` for a wrong name or password, which cannot be told apart. */
  signIn(username: string, password: string): Promise<{ token: string; officer: Officer } | undefined>;
  officerOf(token: string): Promise<{ officer: Officer; sessionId: string } | undefined>;
  /** Ends the session and tells whoever serves it, such as open sockets. */
  signOut(sessionId: string): Promise<void>;
  /** Gives an officer another role; open sockets with the old one end. `undefined`: there is no such account. */
  setRole(officerId: string, role: Role): Promise<Officer | undefined>;
}

export function createAccounts(parts: {
  engine: Engine;
  clock: Clock;
  ids: Ids;
  changes: Pick<Changes, 'publish'>;
}): Accounts {
  const { clock, ids, changes } = parts;
  const accounts: Collection<Account> = parts.engine.collection<Account>({
    name: 'accounts',
    revision: 1,
    keeps: {
      purpose: 'work',
      basis: 'public-task',
      retention: 'accounts',
      personal: ['username', 'name', 'passwordHash'],
    },
    indexes: { username: account => [account.username] },
    unique: ['username'],
  });
  const sessions: Collection<Session> = parts.engine.collection<Session>({
    name: 'sessions',
    revision: 1,
    keeps: { purpose: 'work', basis: 'public-task', retention: 'sessions', personal: ['officerId'] },
    indexes: { officer: session => [session.officerId, session.createdAt] },
  });

  const officerFrom = ({ id, username, name, role, agencyId }: Account): Officer => ({
    id,
    username,
    name,
    role,
    agencyId,
  });
  const byUsername = async (username: string): Promise<Account | undefined> =>
    (await accounts.scan({ index: 'username', prefix: [username.toLowerCase()], limit: 1 })).records[0];

  async function countFailure(account: Account, now: number): Promise<void> {
    const failures = account.failures + 1;
    const locked = failures >= failuresToLock ? { failures: 0, lockedUntil: now + lockMs } : { failures };
    await accounts.replace({ ...account, ...locked });
  }

  return {
    async add({ password, ...account }) {
      const passwordHash = await hashPassword(password);
      return accounts.insert({
        ...account,
        username: account.username.toLowerCase(),
        id: `o-${ids()}`,
        passwordHash,
        failures: 0,
      });
    },
    async any() {
      return (await accounts.scan({ index: 'username', limit: 1 })).records.length > 0;
    },
    async signIn(username, password) {
      const now = clock();
      const account = await byUsername(username);
      const matches = await passwordMatches(password, account?.passwordHash);
      if (!account || (account.lockedUntil ?? 0) > now) return undefined;
      if (!matches) {
        await countFailure(account, now);
        return undefined;
      }
      if (account.failures > 0) await accounts.replace({ ...account, failures: 0 });
      const token = randomBytes(32).toString('base64url');
      await sessions.insert({ id: sessionIdOf(token), officerId: account.id, createdAt: now, seenAt: now });
      return { token, officer: officerFrom(account) };
    },
    async officerOf(token) {
      const now = clock();
      const session = await sessions.get(sessionIdOf(token));
      if (!session) return undefined;
      if (now - session.seenAt > idleMs || now - session.createdAt > longestMs) {
        await sessions.delete(session.id);
        return undefined;
      }
      const account = await accounts.get(session.officerId);
      if (!account) return undefined;
      if (now - session.seenAt > seenEveryMs) await sessions.replace({ ...session, seenAt: now });
      return { officer: officerFrom(account), sessionId: session.id };
    },
    async signOut(sessionId) {
      const session = await sessions.get(sessionId);
      await sessions.delete(sessionId);
      if (session) changes.publish({ kind: 'access', officerId: session.officerId });
    },
    async setRole(officerId, role) {
      for (;;) {
        const account = await accounts.get(officerId);
        if (!account) return undefined;
        if (!(await accounts.replace({ ...account, role }))) continue;
        changes.publish({ kind: 'access', officerId });
        return officerFrom({ ...account, role });
      }
    },
  };
}
