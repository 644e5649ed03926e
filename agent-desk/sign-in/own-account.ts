import { AppError } from '../../core';
import type { AccountBook } from './book';
import type { Factors } from './factors';
import { acceptablePassword, hashPassword, passwordMatches } from './passwords';
import type { Account } from './records';
import type { Sessions } from './sessions';

export interface OwnSession {
  readonly id: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly agent?: string;
  readonly current: boolean;
}

export interface OwnSecurity {
  readonly authenticatorApp: boolean;
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly createdAt: number }[];
  readonly hasPassword: boolean;
}

/** What officers do with their own account. Whatever changes how they sign in gives the session a new token. */
export interface OwnAccount {
  security(officerId: string): Promise<OwnSecurity>;
  changePassword(sessionId: string, current: string, next: string): Promise<string>;
  startTotp(sessionId: string): Promise<{ readonly secret: string; readonly uri: string }>;
  confirmTotp(
    sessionId: string,
    code: string,
  ): Promise<{ readonly recoveryCodes: readonly string[]; readonly token: string }>;
  removeTotp(sessionId: string, code: string): Promise<string>;
  newRecoveryCodes(sessionId: string): Promise<readonly string[]>;
  /** The account of a session that may change how it signs in; throws `SECOND_FACTOR_REQUIRED`. */
  trusted(sessionId: string): Promise<Account>;
  /** After a factor was added: recovery codes where the account has none yet. */
  factorAdded(
    sessionId: string,
  ): Promise<{ readonly recoveryCodes: readonly string[]; readonly token: string }>;
  rotate(sessionId: string): Promise<string>;
  /** Brings the second factor to a session that began without. */
  stepUp(sessionId: string, code: string): Promise<string>;
  sessions(officerId: string, sessionId: string): Promise<readonly OwnSession[]>;
  endSession(officerId: string, sessionId: string): Promise<void>;
}

const wrongCode = (): AppError => new AppError('SIGN_IN_REFUSED', 'The code is wrong or was used before.');

export function createOwnAccount(parts: {
  book: AccountBook;
  sessions: Sessions;
  factors: Factors;
  hasFactor: (account: Account) => boolean;
}): OwnAccount {
  const { book, sessions, factors, hasFactor } = parts;

  async function accountOf(sessionId: string): Promise<{ account: Account; strong: boolean }> {
    const session = await sessions.get(sessionId);
    const account = session && (await book.get(session.officerId));
    if (!account) throw new AppError('NOT_SIGNED_IN', 'The session is over; sign in again.');
    return { account, strong: session.strong === true };
  }
  /** A session without the second factor must not change an account that has one: it may be a stolen password. */
  async function trusted(sessionId: string): Promise<Account> {
    const { account, strong } = await accountOf(sessionId);
    if (strong || !hasFactor(account)) return account;
    throw new AppError(
      'SECOND_FACTOR_REQUIRED',
      'Bring the second factor first: POST /api/v1/session/factor.',
    );
  }
  async function useCode(account: Account, code: string): Promise<void> {
    if (!(await book.takeAttempt(account)) || !(await factors.use(account, code))) throw wrongCode();
    await book.rightAttempt(account.id);
  }

  return {
    trusted,
    rotate: sessionId => sessions.rotate(sessionId),
    async factorAdded(sessionId) {
      const { account } = await accountOf(sessionId);
      const recoveryCodes = account.recovery?.length ? [] : await factors.newRecoveryCodes(account);
      return { recoveryCodes, token: await sessions.rotate(sessionId, { strong: true }) };
    },
    async security(officerId) {
      const account = await book.get(officerId);
      return {
        authenticatorApp: account?.totp !== undefined,
        recoveryCodesLeft: account?.recovery?.length ?? 0,
        passkeys: (account?.passkeys ?? []).map(({ id, name, createdAt }) => ({ id, name, createdAt })),
        hasPassword: Boolean(account?.passwordHash),
      };
    },
    async changePassword(sessionId, current, next) {
      const account = await trusted(sessionId);
      const open = await book.takeAttempt(account);
      if (!(await passwordMatches(current, account.passwordHash)) || !open)
        throw new AppError('SIGN_IN_REFUSED', 'The current password is wrong.');
      await book.rightAttempt(account.id);
      acceptablePassword(next, account);
      const passwordHash = await hashPassword(next);
      await book.change(account.id, now => ({ ...now, passwordHash }));
      const token = await sessions.rotate(sessionId);
      const kept = await sessions.of(token);
      await sessions.endAll(account.id, kept?.id);
      return token;
    },
    startTotp: async sessionId => factors.startTotp(await trusted(sessionId)),
    async confirmTotp(sessionId, code) {
      const account = await trusted(sessionId);
      const recoveryCodes = await factors.confirmTotp(account, code);
      return { recoveryCodes, token: await sessions.rotate(sessionId, { strong: true }) };
    },
    async removeTotp(sessionId, code) {
      const account = await trusted(sessionId);
      await useCode(account, code);
      await factors.removeTotp(account);
      return sessions.rotate(sessionId);
    },
    newRecoveryCodes: async sessionId => factors.newRecoveryCodes(await trusted(sessionId)),
    async stepUp(sessionId, code) {
      const { account } = await accountOf(sessionId);
      await useCode(account, code);
      return sessions.rotate(sessionId, { strong: true });
    },
    async sessions(officerId, sessionId) {
      return (await sessions.list(officerId)).map(({ id, createdAt, seenAt, agent }) => ({
        id,
        createdAt,
        seenAt,
        current: id === sessionId,
        ...(agent ? { agent } : {}),
      }));
    },
    async endSession(officerId, sessionId) {
      const session = await sessions.get(sessionId);
      if (session?.officerId !== officerId)
        throw new AppError('NOT_FOUND', 'You have no such session; it may be over already.');
      await sessions.end(sessionId);
    },
  };
}
