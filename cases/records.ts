import type { CaseRecord, Collection, CollectionDefinition, Engine, Stored } from '../core';

/** States in which nothing more is to be done. */
export const isOpen = ({ state }: Pick<CaseRecord, 'state'>): boolean =>
  state !== 'answered' && state !== 'refused' && state !== 'withdrawn';

const definition: CollectionDefinition<CaseRecord> = {
  name: 'cases',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'cases',
    personal: ['personId', 'sealedDetails', 'sealedEmail', 'history'],
    sensitive: true,
    sealed: { fields: ['sealedDetails', 'sealedEmail'], index: 'key' },
  },
  indexes: {
    reference: record => (record.reference ? [record.reference] : undefined),
    key: record => [record.key],
    person: record => (record.personId ? [record.personId, record.filedAt] : undefined),
    agencyDue: record => (isOpen(record) ? [record.agencyId, record.dueAt] : undefined),
    agencyKindDue: record => (isOpen(record) ? [record.agencyId, record.kind, record.dueAt] : undefined),
    assignee: record => (isOpen(record) && record.assignee ? [record.assignee.id, record.dueAt] : undefined),
    topicAgency: record => (record.topicAgencyId ? [record.topicAgencyId, record.changedAt] : undefined),
    partner: record => (record.partner ? [record.partner, record.changedAt] : undefined),
    /** Due dates whose passing nobody was told of yet. */
    untold: record => (isOpen(record) && record.overdueTold !== record.dueAt ? [record.dueAt] : undefined),
    unacknowledged: record =>
      record.state === 'forwarding' && !record.unacknowledgedTold ? [record.filedAt] : undefined,
    /** Ended cases by when they ended, for the end of their keeping. */
    ended: record => (isOpen(record) ? undefined : [record.changedAt]),
    pending: record => (record.pending.length > 0 ? [record.changedAt] : undefined),
  },
  unique: ['reference', 'key'],
};

/** Who may follow a case beside its person, one record a pair; the case itself has the last word. */
export interface Follower extends Stored {
  readonly personId: string;
  readonly caseId: string;
  readonly since: number;
}

export interface CaseCollections {
  readonly cases: Collection<CaseRecord>;
  readonly followers: Collection<Follower>;
}

/** Declares the collections; before `engine.open()`. */
export function caseCollections(engine: Engine): CaseCollections {
  return {
    cases: engine.collection(definition),
    followers: engine.collection<Follower>({
      name: 'case-followers',
      revision: 1,
      keeps: { purpose: 'answer', basis: 'public-task', retention: 'cases', personal: ['personId'] },
      indexes: { person: follower => [follower.personId, follower.since] },
    }),
  };
}

/** The record under the one key of a unique index. */
export async function found(
  cases: Collection<CaseRecord>,
  index: 'reference' | 'key',
  value: string,
): Promise<CaseRecord | undefined> {
  return (await cases.scan({ index, prefix: [value], limit: 1 })).records[0];
}
