import type { CaseRecord, Collection, CollectionDefinition, Engine, FollowerPart, Stored } from '../core';

/** States in which nothing more is to be done. */
export const isOpen = ({ state }: Pick<CaseRecord, 'state'>): boolean =>
  state !== 'answered' && state !== 'refused' && state !== 'withdrawn';

const definition: CollectionDefinition<CaseRecord> = {
  name: 'cases',
  revision: 2,
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
    /** Open matters in the hands of an agency's own system, by when it was asked last. */
    polled: record =>
      isOpen(record) && record.handOn?.by === 'api' && record.handOn.theirReference
        ? [record.polledAt ?? record.filedAt]
        : undefined,
    pending: record => (record.pending.length > 0 ? [record.changedAt] : undefined),
  },
  unique: ['reference', 'key'],
};

/** Who may follow a case beside its person, one record a pair; the case itself has the last word. */
export interface Follower extends Stored {
  readonly personId: string;
  readonly caseId: string;
  readonly since: number;
  /** Absent in what was written before it was asked. */
  readonly as?: FollowerPart;
  /** When it ends by itself, ms; the case has the last word. */
  readonly until?: number;
  /** Where they hear of it. */
  readonly conversationId?: string;
}

/** A code that lets one person follow a case. `id` is the keyed hash of the code. */
export interface Invite extends Stored {
  readonly personId: string;
  readonly caseId: string;
  readonly as: FollowerPart;
  readonly expiresAt: number;
  /** When following ends by itself, ms. */
  readonly until?: number;
}

export interface CaseCollections {
  readonly cases: Collection<CaseRecord>;
  readonly followers: Collection<Follower>;
  readonly invites: Collection<Invite>;
}

/** Declares the collections; before `engine.open()`. */
export function caseCollections(engine: Engine): CaseCollections {
  return {
    cases: engine.collection(definition),
    invites: engine.collection<Invite>({
      name: 'case-invites',
      revision: 1,
      keeps: {
        purpose: 'answer',
        basis: 'consent',
        retention: 'transient',
        personal: ['personId'],
        ages: 'ended',
      },
      indexes: {
        person: invite => [invite.personId, invite.expiresAt],
        case: invite => [invite.caseId],
        ended: invite => [invite.expiresAt],
      },
      unique: ['case'],
    }),
    followers: engine.collection<Follower>({
      name: 'case-followers',
      revision: 2,
      keeps: { purpose: 'answer', basis: 'public-task', retention: 'cases', personal: ['personId'] },
      indexes: {
        person: follower => [follower.personId, follower.since],
        case: follower => [follower.caseId, follower.since],
      },
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
