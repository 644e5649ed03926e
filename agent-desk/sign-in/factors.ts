import { AppError, type Clock } from '../../core';
import type { AccountBook } from './book';
import { hashOfCode, newCode } from './one-time-codes';
import type { Account } from './records';
import { newTotpSecret, totpStep, totpUri } from './totp';

const recoveryCodes = 10;
const recoveryGroups = 3;

export interface TextSeal {
  seal(plain: string): string;
  open(sealed: string): string;
}

/** The authenticator app and the recovery codes of an account. */
export interface Factors {
  /** A secret to take into an app; in force only when `confirmTotp` sees a code of it. */
  startTotp(account: Account): Promise<{ readonly secret: string; readonly uri: string }>;
  /** Puts the app in force. Returns recovery codes, shown once; throws `INPUT_INVALID` for a wrong code. */
  confirmTotp(account: Account, code: string): Promise<readonly string[]>;
  removeTotp(account: Account): Promise<void>;
  newRecoveryCodes(account: Account): Promise<readonly string[]>;
  /** Uses up a code of the app or a recovery code: of two who bring the same code at once, one succeeds. */
  use(account: Account, code: string): Promise<boolean>;
}

export const hasFactor = ({ totp, passkeys }: Account): boolean =>
  totp !== undefined || (passkeys?.length ?? 0) > 0;

export function createFactors(parts: {
  book: AccountBook;
  seal: TextSeal;
  clock: Clock;
  issuer: string;
}): Factors {
  const { book, seal, clock } = parts;

  const freshCodes = (): { plain: readonly string[]; hashes: readonly string[] } => {
    const plain = Array.from({ length: recoveryCodes }, () => newCode(recoveryGroups));
    return { plain, hashes: plain.map(hashOfCode) };
  };

  /**
   * The account with the code used up, or `undefined` when the code is not one of its own. Recovery codes stand in for a factor; where
   * there is none, they would let a password alone pass for two.
   */
  function used(account: Account, code: string): Account | undefined {
    if (!hasFactor(account)) return undefined;
    const { totp, recovery = [] } = account;
    const step = totp && totpStep(seal.open(totp.sealed), code, clock(), totp.lastStep);
    if (totp && step !== undefined) return { ...account, totp: { ...totp, lastStep: step } };
    const hash = hashOfCode(code);
    return recovery.includes(hash)
      ? { ...account, recovery: recovery.filter(each => each !== hash) }
      : undefined;
  }

  return {
    async startTotp({ id, username }) {
      const secret = newTotpSecret();
      await book.change(id, account => ({ ...account, pendingTotp: seal.seal(secret) }));
      return { secret, uri: totpUri(secret, username, parts.issuer) };
    },
    async confirmTotp({ id }, code) {
      const codes = freshCodes();
      const changed = await book.change(id, account => {
        const { pendingTotp, ...rest } = account;
        const step = pendingTotp && totpStep(seal.open(pendingTotp), code, clock(), 0);
        return pendingTotp && step
          ? { ...rest, totp: { sealed: pendingTotp, lastStep: step }, recovery: codes.hashes }
          : undefined;
      });
      if (changed) return codes.plain;
      throw new AppError('INPUT_INVALID', 'The code is not the one the app shows now; try the next one.');
    },
    async removeTotp({ id }) {
      await book.change(
        id,
        ({ totp: _totp, pendingTotp: _pendingTotp, recovery: _recovery, ...rest }) => rest,
      );
    },
    async newRecoveryCodes({ id }) {
      const codes = freshCodes();
      const changed = await book.change(id, account =>
        hasFactor(account) ? { ...account, recovery: codes.hashes } : undefined,
      );
      if (changed) return codes.plain;
      throw new AppError('CONFLICT', 'Add an authenticator app or a passkey first; codes come with it.');
    },
    use: async ({ id }, code) => (await book.change(id, account => used(account, code))) !== undefined,
  };
}
