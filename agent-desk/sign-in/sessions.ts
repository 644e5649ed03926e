import { createHash, randomBytes } from 'node:crypto';
import { AppError, type Changes, type Clock, type Collection } from '../../core';
import type { Session } from './records';

/** A session nobody used for so long is over; so is one that old. */
const idleMs = 60 * 60 * 1000;
const longestMs = 12 * 60 * 60 * 1000;
/** How often use is written down. */
const seenEveryMs = 60 * 1000;
const perOfficer = 200;

const idOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Sessions by their tokens, of which only hashes are stored. */
export interface Sessions {
  start(officerId: string, how: { readonly strong: boolean; readonly agent?: string }): Promise<string>;
  of(token: string): Promise<Session | undefined>;
  get(sessionId: string): Promise<Session | undefined>;
  list(officerId: string): Promise<readonly Session[]>;
  end(sessionId: string): Promise<void>;
  /** Ends all of an officer's sessions but one. */
  endAll(officerId: string, but?: string): Promise<void>;
  /** A new token for the same session: what was known before a right was gained is worth nothing after. */
  rotate(sessionId: string, how?: { readonly strong: boolean }): Promise<string>;
}

export function createSessions(parts: {
  sessions: Collection<Session>;
  clock: Clock;
  changes: Pick<Changes, 'publish'>;
}): Sessions {
  const { sessions, clock, changes } = parts;
  const tell = (officerId: string): void => changes.publish({ kind: 'access', officerId });
  const isOver = ({ seenAt, createdAt }: Session, now: number): boolean =>
    now - seenAt > idleMs || now - createdAt > longestMs;

  async function keep(session: Omit<Session, 'id' | 'version'>): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await sessions.insert({ ...session, id: idOf(token) });
    return token;
  }
  const all = async (officerId: string): Promise<readonly Session[]> =>
    (await sessions.scan({ index: 'officer', prefix: [officerId], limit: perOfficer, descending: true }))
      .records;

  return {
    start: (officerId, { strong, agent }) =>
      keep({
        officerId,
        createdAt: clock(),
        seenAt: clock(),
        ...(strong ? { strong } : {}),
        ...(agent ? { agent } : {}),
      }),
    async of(token) {
      const now = clock();
      const session = await sessions.get(idOf(token));
      if (!session) return undefined;
      if (isOver(session, now)) {
        await sessions.delete(session.id);
        return undefined;
      }
      if (now - session.seenAt > seenEveryMs) await sessions.replace({ ...session, seenAt: now });
      return session;
    },
    get: sessionId => sessions.get(sessionId),
    list: async officerId => (await all(officerId)).filter(session => !isOver(session, clock())),
    async end(sessionId) {
      const session = await sessions.get(sessionId);
      await sessions.delete(sessionId);
      if (session) tell(session.officerId);
    },
    async endAll(officerId, but) {
      for (;;) {
        const found = (await all(officerId)).filter(({ id }) => id !== but);
        await Promise.all(found.map(({ id }) => sessions.delete(id)));
        if (found.length < perOfficer - 1) break;
      }
      tell(officerId);
    },
    async rotate(sessionId, how) {
      const old = await sessions.get(sessionId);
      // Of two rotations at once only one may go on.
      if (!old || !(await sessions.delete(old.id, old.version)))
        throw new AppError('NOT_SIGNED_IN', 'The session is over; sign in again.');
      const { id: _id, version: _version, ...kept } = old;
      const token = await keep({ ...kept, ...(how?.strong ? { strong: true } : {}) });
      tell(old.officerId);
      return token;
    },
  };
}
