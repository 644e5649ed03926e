import type {
  CaseActor,
  CaseAttachment,
  CaseEvent,
  CasePending,
  CaseRecord,
  CaseState,
  Notice,
} from '../core';

/** What one change does to a case. `text` of a public change is seen by the person. */
export interface Change {
  readonly by: CaseActor;
  readonly kind: string;
  readonly public: boolean;
  readonly text?: string;
  readonly attachments?: readonly CaseAttachment[];
  readonly to?: CaseState;
  readonly set?: Partial<Omit<CaseRecord, 'id' | 'version' | 'history' | 'pending' | 'state' | 'key'>>;
  /** Nobody has it any more. */
  readonly unassign?: boolean;
  /** Tells the person, once, in the conversation of the case and by mail. */
  readonly notice?: Notice;
  /** The notice says nothing of the matter; see `CasePending`. */
  readonly plain?: boolean;
  readonly mails?: readonly Pick<Extract<CasePending, { kind: 'mail' }>, 'mail' | 'to'>[];
}

/** Somebody who sends more than this about one case is doing something else. */
export const mostEvents = 1_000;

/** Of a sensitive matter, nobody but its person hears. */
export const mayBeFollowed = (record: Pick<CaseRecord, 'sensitive'>): boolean => !record.sensitive;

/** Whether somebody other than its person may look at it at this moment. */
export const followsNow = (record: CaseRecord, personId: string, now: number): boolean =>
  record.followers.includes(personId) && now < (record.followersUntil?.[personId] ?? Infinity);

export const hasEvent = (record: CaseRecord, key: string): boolean =>
  record.history.some(event => event.key === key);

function promises(record: CaseRecord, key: string, change: Change): CasePending[] {
  const { notice, plain } = change;
  const mails = [
    ...(change.mails ?? []),
    ...(notice && !plain && record.sealedEmail ? [{ mail: 'status', to: 'person' } as const] : []),
  ];
  return [
    ...(notice && record.conversationId
      ? [{ key: `${key}/notice`, kind: 'notice', notice, ...(plain ? { plain } : {}) } as const]
      : []),
    ...mails.map(mail => ({ key: `${key}/mail-${mail.to}`, kind: 'mail', ...mail }) as const),
    ...(change.public ? [{ key: `${key}/hook`, kind: 'hook', event: change.kind } as const] : []),
    ...(change.public &&
    !plain &&
    (notice || change.to) &&
    mayBeFollowed(record) &&
    record.followers.length > 0
      ? [{ key: `${key}/followers`, kind: 'followers' } as const]
      : []),
    ...(record.kind === 'appointment' && change.public
      ? [{ key: `${key}/appointment`, kind: 'appointment' } as const]
      : []),
  ];
}

/** The case with one more entry at the end of its history; what is there is never touched. Pure. */
export function applied(record: CaseRecord, key: string, change: Change, at: number): CaseRecord {
  const { by, kind, text, attachments, to } = change;
  const event: CaseEvent = {
    key,
    at,
    by,
    kind,
    public: change.public,
    ...(text === undefined ? {} : { text }),
    ...(attachments?.length ? { attachments } : {}),
    ...(to ? { from: record.state, to } : {}),
  };
  const { assignee, ...rest } = record;
  const kept = assignee && !change.unassign ? { ...rest, assignee } : rest;
  const next: CaseRecord = { ...kept, ...change.set, ...(to ? { state: to } : {}), changedAt: at };
  return {
    ...next,
    history: [...record.history, event],
    pending: [...record.pending, ...promises(next, key, change)],
  };
}
