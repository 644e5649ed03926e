import { randomInt } from 'node:crypto';
import type {
  CaseDraft,
  CaseRecord,
  CaseService,
  CaseView,
  ChangeOutcome,
  Clock,
  FileOutcome,
  StatusAnswer,
  StatusQuery,
} from '../core';
import type { AttemptLimits } from './attempts';
import { type Change, followsNow } from './change';
import type { Ledger } from './ledger';
import { type CaseCollections, found, isOpen } from './records';
import type { Receptions } from './reception';
import { digitsIn, digitsOf, parseReference } from './references';
import { factHash, pinDigits, provenFact } from './second-facts';
import { type CaseSeal, openDetails, sealedDetails } from './seal';
import { createFollowing } from './following';
import type { Carers } from './carers';
import { onlyHow } from './view';

/** How long a one-time code opens a case. */
const codeMs = 10 * 60 * 1000;

export interface ServiceParts {
  readonly collections: CaseCollections;
  readonly ledger: Ledger;
  readonly receptions: Receptions;
  readonly attempts: AttemptLimits;
  readonly seal: CaseSeal;
  readonly clock: Clock;
  readonly file: (draft: CaseDraft) => Promise<FileOutcome>;
  readonly view: (record: CaseRecord) => CaseView;
  readonly carers: Pick<Carers, 'accept'>;
  /** The case with what its agency's own system says now, as far as that answers in time. */
  readonly refresh: (record: CaseRecord) => Promise<CaseRecord>;
}

const isTheirs = (record: CaseRecord, personId: string, now: number): boolean =>
  record.personId === personId || followsNow(record, personId, now);

export function createCaseService(parts: ServiceParts): CaseService {
  const { collections, ledger, seal, clock, attempts } = parts;
  const { cases, followers } = collections;

  const viewFor = (record: CaseRecord, personId: string): CaseView =>
    record.personId === personId ? parts.view(record) : onlyHow(parts.view(record));

  async function status({ reference, secondFact, asker }: StatusQuery): Promise<StatusAnswer> {
    const subject = digitsIn(reference.slice(0, 60)) ?? '';
    const { retryAt } = await attempts.take(subject, asker);
    if (retryAt !== undefined) return { outcome: 'too-many', retryAt };
    const record = await found(cases, 'reference', parseReference(reference) ?? '0');
    const proven = provenFact(seal, record, secondFact, clock());
    if (!record || !proven) return { outcome: 'not-found' };
    if (proven === 'code' && !(await useCode(record))) return { outcome: 'not-found' };
    await attempts.giveBack(subject, asker);
    return { outcome: 'found', case: parts.view(await parts.refresh(record)) };
  }

  /** A code opens once. */
  async function useCode(record: CaseRecord): Promise<boolean> {
    const left = record.secondFacts.filter(fact => fact.kind !== 'code');
    return cases.replace({ ...record, secondFacts: left });
  }

  async function sendCode(reference: string, asker: string): Promise<void> {
    const subject = digitsIn(reference.slice(0, 60)) ?? '';
    const { retryAt } = await attempts.take(subject, asker);
    const record = await found(cases, 'reference', parseReference(reference) ?? '0');
    if (retryAt !== undefined || !record?.conversationId) return;
    const code = digitsOf(pinDigits, randomInt);
    const now = clock();
    await ledger.change(record.id, `code-${now}`, current => ({
      by: { kind: 'system' },
      kind: 'code-sent',
      public: false,
      notice: { key: 'case.code', values: { code } },
      plain: true,
      set: {
        secondFacts: [
          ...current.secondFacts.filter(fact => fact.kind !== 'code'),
          { kind: 'code', hash: factHash(seal, record.id, 'code', code), expiresAt: now + codeMs },
        ],
      },
    }));
  }

  async function ownAndFollowed(personId: string, limit: number): Promise<CaseRecord[]> {
    const [own, links] = await Promise.all([
      cases.scan({ index: 'person', prefix: [personId], limit, descending: true }),
      followers.scan({ index: 'person', prefix: [personId], limit, descending: true }),
    ]);
    const followed = await Promise.all(links.records.map(link => cases.get(link.caseId)));
    return [...own.records, ...followed]
      .filter(record => record !== undefined)
      .filter(record => isTheirs(record, personId, clock()))
      .sort((a, b) => b.filedAt - a.filedAt)
      .slice(0, limit);
  }

  /** Whoever takes back an appointment gives its time back. */
  function cancelled(record: CaseRecord): Pick<Change, 'set'> {
    const details = openDetails(seal, record);
    if (details.kind !== 'appointment') return {};
    return { set: { sealedDetails: sealedDetails(seal, { ...details, state: 'cancelled' }) } };
  }

  const byPerson = (
    by: { readonly key: string; readonly caseId: string; readonly personId: string },
    decide: (record: CaseRecord) => Exclude<ReturnType<Parameters<Ledger['change']>[2]>, 'not-found'>,
  ): Promise<ChangeOutcome> =>
    ledger.change(by.caseId, by.key, record =>
      record.personId === by.personId ? decide(record) : 'not-found',
    );

  const following = createFollowing({ ...parts, byPerson, titleOf: record => parts.view(record).title });

  return {
    ...following,
    reception: (kind, topic) => parts.receptions.receive(kind, topic).reception,
    file: parts.file,
    status,
    sendCode,
    details: record => openDetails(seal, record),
    async ofPerson(personId, limit) {
      return (await ownAndFollowed(personId, limit)).map(record => viewFor(record, personId));
    },
    async oneOfPerson(personId, caseId) {
      const record = await cases.get(caseId);
      if (!record || !isTheirs(record, personId, clock())) return undefined;
      return viewFor(await parts.refresh(record), personId);
    },
    async recentDouble(personId, kind, topic, since) {
      const recent = await cases.scan({
        index: 'person',
        prefix: [personId],
        from: since,
        limit: 100,
        descending: true,
      });
      const same = (record: CaseRecord): boolean =>
        record.kind === kind &&
        isOpen(record) &&
        record.topic?.kind === topic?.kind &&
        record.topic?.id === topic?.id;
      const double = recent.records.find(same);
      return double && parts.view(double);
    },
    addNote: addition =>
      byPerson(addition, record => {
        if (record.state === 'refused' || record.state === 'withdrawn')
          return { impossible: 'the case has ended; a new one can be filed' };
        const reopens = record.state === 'answered' || record.state === 'needs-person';
        return {
          by: { kind: 'person' },
          kind: 'added',
          public: true,
          text: addition.text,
          ...(addition.attachments ? { attachments: addition.attachments } : {}),
          ...(reopens ? { to: 'working', set: { needs: [] } } : {}),
        };
      }),
    withdraw: by =>
      byPerson(by, record =>
        isOpen(record)
          ? { by: { kind: 'person' }, kind: 'withdrawn', public: true, to: 'withdrawn', ...cancelled(record) }
          : { impossible: 'the case has ended already' },
      ),
    changeDetails: by =>
      ledger.change(by.caseId, by.key, record => {
        const details = by.change(openDetails(seal, record), record);
        if (!details) return { impossible: 'the case is not in a state for that' };
        return {
          by: by.actor,
          kind: 'details',
          public: by.note !== undefined,
          ...(by.note === undefined ? {} : { text: by.note }),
          ...(by.notice ? { notice: by.notice } : {}),
          ...(by.state ? { to: by.state } : {}),
          set: {
            sealedDetails: sealedDetails(seal, details),
            ...(by.dueAt === undefined ? {} : { dueAt: by.dueAt }),
          },
        };
      }),
  };
}
