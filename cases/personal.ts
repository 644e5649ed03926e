import type { CaseRecord, Collection, PersonalRecords, Scan, Stored } from '../core';
import { type CaseCollections, type Follower, isOpen } from './records';
import { type CaseSeal, openDetails } from './seal';

const pageSize = 200;

/** All records of a scan, page by page; records may go while it runs. */
export async function* everyOne<T extends Stored>(
  collection: Collection<T>,
  scan: Omit<Scan, 'limit' | 'after'>,
): AsyncGenerator<T> {
  let after: string | undefined;
  do {
    const page = await collection.scan({ ...scan, limit: pageSize, ...(after ? { after } : {}) });
    yield* page.records;
    after = page.cursor;
  } while (after !== undefined);
}

type Following = Pick<Follower, 'as' | 'since'>;

/** A case as its person gets it: what they wrote and what they were told; not what officers noted among themselves, nor who follows. */
function ownCopy(record: CaseRecord, followers: readonly Following[], seal: CaseSeal): unknown {
  const { id, reference, kind, state, topic, filedAt, dueAt, answer, refusal, onBehalfOf } = record;
  return {
    ...{ id, reference, kind, state, topic, filedAt, dueAt, answer, refusal, onBehalfOf },
    details: openDetails(seal, record),
    followers: followers.map(({ as = 'family', since }) => ({ as, since })),
    history: record.history.flatMap(event =>
      event.public ? [{ at: event.at, by: event.by.kind, kind: event.kind, text: event.text }] : [],
    ),
  };
}

/** What cases keep about people: given out, removed, and let go when its time is over. */
export function casePersonalRecords(
  { cases, followers, invites }: CaseCollections,
  seal: CaseSeal,
): PersonalRecords {
  async function remove(record: CaseRecord): Promise<void> {
    for (const follower of record.followers) await followers.delete(`${follower}/${record.id}`);
    for await (const invite of everyOne(invites, { index: 'case', prefix: [record.id] }))
      await invites.delete(invite.id);
    await cases.delete(record.id);
  }

  /** The case of somebody else forgets one who followed it. */
  async function unfollow(caseId: string, personId: string): Promise<void> {
    for (;;) {
      const record = await cases.get(caseId);
      if (!record?.followers.includes(personId)) return;
      const left = record.followers.filter(each => each !== personId);
      if (await cases.replace({ ...record, followers: left })) return;
    }
  }

  return {
    name: 'cases',
    async collect({ personIds }) {
      const own: unknown[] = [];
      const followed: unknown[] = [];
      for (const personId of personIds) {
        for await (const record of everyOne(cases, { index: 'person', prefix: [personId] })) {
          const links = await followers.scan({ index: 'case', prefix: [record.id], limit: pageSize });
          const now = links.records.filter(link => record.followers.includes(link.personId));
          own.push(ownCopy(record, now, seal));
        }
        // What those cases are about is their person's.
        for await (const { caseId, as = 'family', since } of everyOne(followers, {
          index: 'person',
          prefix: [personId],
        }))
          followed.push({ caseId, as, since });
      }
      return [
        { name: 'cases', records: own },
        { name: 'case-followers', records: followed },
      ].filter(({ records }) => records.length > 0);
    },
    async erase({ personIds }) {
      const removed = { cases: 0, 'case-followers': 0 };
      for (const personId of personIds) {
        for await (const record of everyOne(cases, { index: 'person', prefix: [personId] })) {
          await remove(record);
          removed.cases += 1;
        }
        for await (const link of everyOne(followers, { index: 'person', prefix: [personId] }))
          if (await followers.delete(link.id)) {
            await unfollow(link.caseId, personId);
            removed['case-followers'] += 1;
          }
      }
      return removed;
    },
    async expire({ before, isHeld, dryRun }) {
      const counts = { cases: 0, 'case-followers': 0 };
      const cutoff = before('cases');
      if (cutoff === undefined) return counts;
      for await (const record of everyOne(cases, { index: 'ended', to: cutoff })) {
        if (isOpen(record) || (record.personId && isHeld(record.personId))) continue;
        counts.cases += 1;
        counts['case-followers'] += record.followers.length;
        if (!dryRun) await remove(record);
      }
      return counts;
    },
  };
}
