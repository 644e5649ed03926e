import { AppError, type Clock, type Engine, type Ids, type Officer, type Stored } from '../../core';
import { may } from '../policy';

/** What a canned reply says, in the languages that somebody wrote it in. Words in braces are filled at the desk, when it is used. */
export type CannedText = Readonly<{ th: string; en?: string }>;

export interface CannedReply extends Stored {
  readonly agencyId: string;
  /** Whose own it is; absent: the agency's. */
  readonly officerId?: string;
  /** What it is found by: a few letters, and words. */
  readonly name: string;
  readonly text: CannedText;
  readonly changedAt: number;
}

export interface CannedDraft {
  readonly name: string;
  readonly text: CannedText;
}

/** Texts that officers say again and again: their agency's, and their own. */
export interface CannedReplies {
  /** Those of the officer's agency and their own, by name. */
  list(officer: Officer): Promise<readonly CannedReply[]>;
  /** `shared`: for everybody of the agency, made by those who lead it. */
  make(draft: CannedDraft, shared: boolean, officer: Officer): Promise<CannedReply>;
  change(id: string, draft: CannedDraft, officer: Officer): Promise<CannedReply>;
  remove(id: string, officer: Officer): Promise<void>;
}

/** Of an agency together, and of one officer; more are not found by anybody. */
const most = 300;

/** Before `engine.open()`. */
export function createCannedReplies(engine: Engine, clock: Clock, ids: Ids): CannedReplies {
  const records = engine.collection<CannedReply>({
    name: 'canned-replies',
    revision: 1,
    keeps: { purpose: 'work', basis: 'public-task', retention: 'accounts', personal: ['officerId'] },
    indexes: { owner: reply => [reply.agencyId, reply.officerId ?? ''] },
  });

  const of = async (agencyId: string, officerId: string): Promise<readonly CannedReply[]> =>
    (await records.scan({ index: 'owner', prefix: [agencyId, officerId], limit: most })).records;

  async function keptBy(id: string, officer: Officer): Promise<CannedReply> {
    const reply = await records.get(id);
    if (reply && may(officer, 'canned-reply.keep', reply)) return reply;
    throw new AppError('NOT_FOUND', 'There is no such text, or it is kept by somebody else.');
  }

  return {
    async list({ id, agencyId }) {
      const all = await Promise.all([of(agencyId, ''), of(agencyId, id)]);
      return all.flat().sort((a, b) => a.name.localeCompare(b.name, 'th'));
    },
    async make(draft, shared, officer) {
      const { agencyId } = officer;
      if (shared && !may(officer, 'canned-reply.keep', { agencyId }))
        throw new AppError('FORBIDDEN', 'Texts of the agency are written by those who lead it.');
      const officerId = shared ? '' : officer.id;
      if ((await of(agencyId, officerId)).length >= most)
        throw new AppError('CONFLICT', `There are ${most} texts already; remove some first.`);
      const reply = {
        ...{ id: ids(), agencyId, ...draft, changedAt: clock() },
        ...(shared ? {} : { officerId }),
      };
      await records.insert(reply);
      return { ...reply, version: 1 };
    },
    async change(id, draft, officer) {
      const known = await keptBy(id, officer);
      const next = { ...known, ...draft, changedAt: clock() };
      if (await records.replace(next)) return next;
      throw new AppError('CONFLICT', 'Somebody else changed this text at the same moment; look again.');
    },
    async remove(id, officer) {
      await keptBy(id, officer);
      await records.delete(id);
    },
  };
}
