import type { CaseRecord, CaseService, ChangeOutcome, Clock, Localised } from '../core';
import type { AttemptLimits } from './attempts';
import type { Carers } from './carers';
import { followsNow, mayBeFollowed } from './change';
import type { Ledger } from './ledger';
import type { CaseCollections, Follower } from './records';
import { digitsIn } from './references';
import type { CaseSeal } from './seal';

const codeDigits = 8;
const codeMs = 24 * 60 * 60 * 1000;
const mostFollowers = 20;

export interface FollowingParts {
  readonly collections: CaseCollections;
  readonly ledger: Ledger;
  readonly attempts: AttemptLimits;
  readonly seal: CaseSeal;
  readonly clock: Clock;
  /** One code box for both: a case to follow, or a person to act for. */
  readonly carers: Pick<Carers, 'accept'>;
  readonly titleOf: (record: CaseRecord) => Localised;
  /** A change that only the person of the case makes. */
  readonly byPerson: (
    by: { readonly key: string; readonly caseId: string; readonly personId: string },
    decide: (record: CaseRecord) => Exclude<ReturnType<Parameters<Ledger['change']>[2]>, 'not-found'>,
  ) => Promise<ChangeOutcome>;
}

/** The case with one follower more or less, until a moment where there is one. */
function following(
  record: CaseRecord,
  personId: string,
  allowed: boolean,
  until?: number,
): Pick<CaseRecord, 'followers' | 'followersUntil'> {
  const { [personId]: _before, ...others } = record.followersUntil ?? {};
  const left = record.followers.filter(each => each !== personId);
  return {
    followers: allowed ? [...left, personId] : left,
    followersUntil: until === undefined ? others : { ...others, [personId]: until },
  };
}

/** Who follows a case beside its person: asked in with a code, told how it stands, shut out at any moment. */
export function createFollowing(
  parts: FollowingParts,
): Pick<CaseService, 'invite' | 'join' | 'followersOf' | 'follow'> {
  const { collections, ledger, attempts, seal, clock, byPerson } = parts;
  const { cases, followers, invites } = collections;
  const codeOf = (key: string): string => {
    const bytes = Buffer.from(seal.lookup('case-new-invite', key), 'base64url');
    return String(bytes.readUIntBE(0, 6) % 10 ** codeDigits).padStart(codeDigits, '0');
  };
  const idOf = (code: string): string => `invite-${seal.lookup('case-invite', code)}`;

  /** The case has the last word, so a lost link costs a row in a list and never a right. */
  async function link(follower: Omit<Follower, 'id' | 'version'>): Promise<void> {
    const id = `${follower.personId}/${follower.caseId}`;
    if (await followers.insert({ id, ...follower })) return;
    const stored = await followers.get(id);
    if (stored) await followers.replace({ ...stored, ...follower, since: stored.since });
  }

  async function linksOf(caseId: string): Promise<readonly Follower[]> {
    return (await followers.scan({ index: 'case', prefix: [caseId], limit: mostFollowers * 2 })).records;
  }

  return {
    async invite({ key, caseId, personId, as, until }) {
      const record = await cases.get(caseId);
      const full = (record?.followers.length ?? 0) >= mostFollowers;
      if (!record || record.personId !== personId || !mayBeFollowed(record) || full) return undefined;
      if (until !== undefined && until <= clock()) return undefined;
      const code = codeOf(`${caseId}/${key}`);
      for (;;) {
        const { records } = await invites.scan({ index: 'case', prefix: [caseId], limit: 1 });
        const [earlier] = records;
        if (earlier?.id === idOf(code)) return { code, expiresAt: earlier.expiresAt };
        if (earlier) await invites.delete(earlier.id, earlier.version);
        const expiresAt = Math.min(clock() + codeMs, until ?? Infinity);
        const ends = until === undefined ? {} : { until };
        if (await invites.insert({ id: idOf(code), caseId, personId, as, expiresAt, ...ends }))
          return { code, expiresAt };
        // Another case has this very code just now: nothing is shown rather than one that opens the wrong one.
        if ((await invites.get(idOf(code)))?.caseId !== caseId) return undefined;
      }
    },
    async join({ code, personId, conversationId, asker, addressId = asker }) {
      const digits = digitsIn(code.slice(0, 40)) ?? '';
      const { retryAt } = await attempts.take(`invite ${digits}`, asker);
      if (retryAt !== undefined) return { outcome: 'too-many', retryAt };
      const mandate = await parts.carers.accept({ digits, personId, addressId });
      if (mandate) {
        await attempts.giveBack(`invite ${digits}`, asker);
        return { outcome: 'entrusted', personName: mandate.personName, until: mandate.until };
      }
      const invite = await invites.get(idOf(digits));
      const record = invite && clock() < invite.expiresAt ? await cases.get(invite.caseId) : undefined;
      if (!invite || !record || record.personId === personId || !mayBeFollowed(record))
        return { outcome: 'not-found' };
      // The key is the invitation's: of many with one code, the first is in and the others are told what strangers are told.
      const outcome = await ledger.change(record.id, `joined/${invite.id}`, current => ({
        by: { kind: 'person' },
        kind: 'follower-allowed',
        public: false,
        set: following(current, personId, true, invite.until),
      }));
      const theirs = 'case' in outcome && outcome.case.followers.includes(personId);
      if (!theirs) return { outcome: 'not-found' };
      await link({
        personId,
        caseId: record.id,
        since: clock(),
        as: invite.as,
        ...(conversationId ? { conversationId } : {}),
        ...(invite.until === undefined ? {} : { until: invite.until }),
      });
      await attempts.giveBack(`invite ${digits}`, asker);
      return { outcome: 'joined', title: parts.titleOf(record) };
    },
    async followersOf(personId, caseId) {
      const record = await cases.get(caseId);
      if (record?.personId !== personId) return [];
      const links = new Map((await linksOf(caseId)).map(each => [each.personId, each]));
      return record.followers
        .filter(id => followsNow(record, id, clock()))
        .map(id => {
          const { as = 'family', since = record.filedAt } = links.get(id) ?? {};
          const until = record.followersUntil?.[id];
          return { id, as, since, ...(until === undefined ? {} : { until }) };
        });
    },
    async follow({ key, caseId, personId, followerId, allowed }) {
      const outcome = await byPerson({ key, caseId, personId }, record =>
        allowed && !mayBeFollowed(record)
          ? { impossible: 'nobody else follows a sensitive matter' }
          : {
              by: { kind: 'person' },
              kind: allowed ? 'follower-allowed' : 'follower-removed',
              public: false,
              set: following(record, followerId, allowed),
            },
      );
      if (outcome.outcome === 'not-found' || outcome.outcome === 'impossible') return outcome;
      if (allowed) await link({ personId: followerId, caseId, since: clock() });
      else await followers.delete(`${followerId}/${caseId}`);
      return outcome;
    },
  };
}
