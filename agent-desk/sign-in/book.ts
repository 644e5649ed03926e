import { AppError, type Audit, type Clock, type Collection, type Officer, officerActor } from '../../core';
import type { Account } from './records';

const failuresToLock = 10;
const lockMs = 15 * 60 * 1000;

export const officerFrom = ({ id, username, name, role, agencyId }: Account): Officer => ({
  id,
  username,
  name,
  role,
  agencyId,
});

/** Reading accounts, and changing one so that of two changes at once neither is lost. */
export interface AccountBook {
  get(id: string): Promise<Account | undefined>;
  by(index: 'username' | 'subject' | 'email' | 'invite', key: string): Promise<Account | undefined>;
  /** Applies `change` to the account as it is now; `undefined` from `change` leaves it alone, as does an account that is gone. */
  change(id: string, change: (account: Account) => Account | undefined): Promise<Account | undefined>;
  /**
   * Takes one of the attempts an account has before it is locked, before anything is compared: guesses that come at once count one by
   * one. `false`: locked.
   */
  takeAttempt(account: Account): Promise<boolean>;
  /** Forgets the wrong attempts after a right one. */
  rightAttempt(id: string): Promise<void>;
}

export function createBook(parts: {
  accounts: Collection<Account>;
  clock: Clock;
  audit: Audit;
  /** Told when an account is locked: somebody may be guessing. */
  onLocked: (accountId: string) => void;
}): AccountBook {
  const { accounts, clock } = parts;
  const book: AccountBook = {
    get: id => accounts.get(id),
    by: async (index, key) => (await accounts.scan({ index, prefix: [key], limit: 1 })).records[0],
    async change(id, change) {
      for (;;) {
        const account = await accounts.get(id);
        const next = account && change(account);
        if (!account || !next) return undefined;
        if (await accounts.replace(next)) return { ...next, version: account.version + 1 };
        // Nobody else was faster: the new record meets a unique key.
        if ((await accounts.get(id))?.version === account.version)
          throw new AppError('CONFLICT', 'Another account has that name, address or identity already.');
      }
    },
    async takeAttempt({ id }) {
      const now = clock();
      let locked = false;
      const taken = await book.change(id, account => {
        if ((account.lockedUntil ?? 0) > now) return undefined;
        const failures = account.failures + 1;
        locked = failures >= failuresToLock;
        return {
          ...account,
          failures: locked ? 0 : failures,
          ...(locked ? { lockedUntil: now + lockMs } : {}),
        };
      });
      if (taken && locked) {
        parts.onLocked(id);
        await parts.audit.record({
          action: 'account.locked',
          actor: { kind: 'nobody' },
          subject: { kind: 'accounts', id },
        });
      }
      return taken !== undefined;
    },
    async rightAttempt(id) {
      await book.change(id, account => {
        if (account.failures === 0 && account.lockedUntil === undefined) return undefined;
        const { lockedUntil: _lockedUntil, ...rest } = account;
        return { ...rest, failures: 0 };
      });
    },
  };
  return book;
}

export const actorOf = (account: Account): ReturnType<typeof officerActor> =>
  officerActor(officerFrom(account));
