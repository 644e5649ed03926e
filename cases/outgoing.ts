import {
  type CasePending,
  type CaseRecord,
  type Clock,
  type Collection,
  type Conversations,
  type Intake,
  type Knowledge,
  type Notice,
  type Phone,
} from '../core';
import { followsNow, mayBeFollowed } from './change';
import type { CaseCollections } from './records';
import { titleOf } from './view';

/** What stands in for a pending promise when it is given out; each may be called twice and does it once. */
export interface Outlets {
  /** Says it in the conversation of the case. */
  readonly notify: (record: CaseRecord, key: string, notice: Notice) => Promise<void>;
  readonly mail: (record: CaseRecord, mail: Extract<CasePending, { kind: 'mail' }>) => Promise<void>;
  readonly hook: (record: CaseRecord, key: string, event: string) => Promise<void>;
  /** Hands the case on to its agency; `false`: not this time, the promise stays. */
  readonly handOn: (record: CaseRecord) => Promise<boolean>;
  /** Tells those who follow the case, each in their own conversation. */
  readonly followers: (record: CaseRecord, key: string) => Promise<void>;
  /** Makes everything that hangs on an appointment agree with it. */
  readonly appointment: (record: CaseRecord) => Promise<void>;
}

/** The government contact centre, where the register names no number. */
const governmentCentre = '1111';

/**
 * What may be said outside about a case: of a sensitive one, only that something happened and where to call. Every way out asks here.
 */
export function sayable(
  record: CaseRecord,
  promise: Extract<CasePending, { kind: 'notice' }>,
  phones: (record: CaseRecord) => readonly Phone[],
): Notice {
  if (!record.sensitive || promise.plain) return promise.notice;
  return {
    key: 'case.progress-call',
    values: { phone: phones(record)[0]?.number ?? governmentCentre },
  };
}

const batchSize = 200;
/** What is younger is surely being worked on by the process that wrote it. */
const settleMs = 2_000;

export interface Outgoing {
  /** Gives out what one case promised, and takes each promise off once it is kept. */
  run(caseId: string): Promise<void>;
  /** Cases whose promises an earlier process left behind. */
  leftBehind(): Promise<readonly string[]>;
}

export function createOutgoing(parts: {
  readonly cases: Collection<CaseRecord>;
  readonly outlets: Outlets;
  readonly phones: (record: CaseRecord) => readonly Phone[];
  readonly clock: Clock;
}): Outgoing {
  const { cases, outlets } = parts;

  /** Whether the promise is kept now. */
  async function keep(record: CaseRecord, promise: CasePending): Promise<boolean> {
    const key = `${record.id}/${promise.key}`;
    switch (promise.kind) {
      case 'notice':
        await outlets.notify(record, key, sayable(record, promise, parts.phones));
        return true;
      case 'mail':
        await outlets.mail(record, promise);
        return true;
      case 'hook':
        await outlets.hook(record, key, promise.event);
        return true;
      case 'hand-on':
        return outlets.handOn(record);
      case 'followers':
        await outlets.followers(record, key);
        return true;
      case 'appointment':
        await outlets.appointment(record);
        return true;
    }
  }

  async function takeOff(caseId: string, key: string): Promise<void> {
    for (;;) {
      const record = await cases.get(caseId);
      if (!record?.pending.some(promise => promise.key === key)) return;
      const pending = record.pending.filter(promise => promise.key !== key);
      if (await cases.replace({ ...record, pending })) return;
    }
  }

  return {
    async run(caseId) {
      const tried = new Set<string>();
      for (;;) {
        const record = await cases.get(caseId);
        const promise = record?.pending.find(each => !tried.has(each.key));
        if (!record || !promise) return;
        tried.add(promise.key);
        if (await keep(record, promise)) await takeOff(caseId, promise.key);
      }
    },
    async leftBehind() {
      const { records } = await cases.scan({
        index: 'pending',
        to: Math.max(0, parts.clock() - settleMs),
        limit: batchSize,
      });
      return records.map(record => record.id);
    },
  };
}

/** Tells those who follow a case that it stands differently: what it is called and how it stands, nothing that anybody wrote. */
export function followerNotices(
  { followers }: Pick<CaseCollections, 'followers'>,
  knowledge: () => Knowledge,
  tell: (conversationId: string, key: string, notice: Notice) => Promise<void>,
  clock: Clock,
): Outlets['followers'] {
  return async (record, key) => {
    if (!mayBeFollowed(record)) return;
    const { records } = await followers.scan({ index: 'case', prefix: [record.id], limit: batchSize });
    for (const { personId, conversationId } of records) {
      if (!conversationId || !followsNow(record, personId, clock())) continue;
      await tell(conversationId, `${key}/${personId}`, {
        key: `case.followed.${record.state}`,
        values: { title: titleOf(record, knowledge()) },
      });
    }
  };
}

/** Tells the person of a conversation, through its inbox: once, in order with everything else. */
export function conversationNotices(
  conversations: Pick<Conversations, 'get'>,
  intake: Pick<Intake, 'notify'>,
): (conversationId: string | undefined, key: string, notice: Notice) => Promise<void> {
  return async (conversationId, key, notice) => {
    const conversation = conversationId && (await conversations.get(conversationId));
    if (conversation) await intake.notify({ conversation, key, notice });
  };
}
