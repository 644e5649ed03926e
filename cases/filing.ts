import {
  type CaseDraft,
  type CaseRecord,
  type Clock,
  type Draft,
  type FileOutcome,
  type Ids,
  type Localised,
  type Notice,
  carerActor,
} from '../core';
import { applied } from './change';
import { type CaseCollections, found } from './records';
import { newReference, spokenReference } from './references';
import type { Receiving, Receptions } from './reception';
import { factHash, keptFacts, pinOf } from './second-facts';
import { type CaseSeal, sealedDetails } from './seal';
import type { WorkingTime } from './sla/working-time';
import { dueDate, firstSteps } from './steps';

export interface FilingParts {
  readonly collections: CaseCollections;
  readonly receptions: Receptions;
  readonly seal: CaseSeal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly time: WorkingTime;
  readonly agencyName: (agencyId: string) => Localised;
  /** The agency that runs the installation: it takes what no other agency may get. */
  readonly operatorAgencyId: string;
  readonly onChange: (record: CaseRecord) => Promise<void>;
}

/** Whether a PIN opens it: the anonymous and the sensitive ones have nothing else, nor do those who gave no fact. */
const needsPin = (record: Pick<CaseRecord, 'personId' | 'sensitive' | 'secondFacts'>): boolean =>
  !record.personId ||
  record.sensitive ||
  !record.secondFacts.some(fact => fact.kind !== 'pin' && fact.kind !== 'code');

const hasPin = (record: CaseRecord): boolean => record.secondFacts.some(fact => fact.kind === 'pin');

/** What the person is told when the number exists. */
export function numberNotice(record: CaseRecord, reference: string, seal: CaseSeal): Notice {
  const values = { reference: spokenReference(reference), due: record.dueAt };
  const key = record.filedKey ?? 'case.filed';
  return hasPin(record)
    ? { key: `${key}-pin`, values: { ...values, pin: pinOf(seal, record.key) } }
    : { key, values };
}

type Blank = Draft<CaseRecord> & { readonly version: 0 };

/** Takes new matters in. A number exists only once somebody who accepts has accepted. */
export function createFiling(
  parts: FilingParts,
): (draft: CaseDraft, partner?: string) => Promise<FileOutcome> {
  const { collections, receptions, seal, clock, time } = parts;

  function unnumbered(draft: CaseDraft, receiving: Receiving, now: number, partner?: string): Blank {
    const { key, kind, personId, conversationId, email, topic, against, onBehalfOf, details } = draft;
    const id = `case-${parts.ids()}`;
    const sensitive = draft.sensitive === true || receiving.sensitive;
    // Nobody works on what is said about themselves.
    const agencyId = against?.agencyId === receiving.agencyId ? parts.operatorAgencyId : receiving.agencyId;
    const desk = parts.agencyName(agencyId);
    const facts = sensitive ? [] : keptFacts(seal, id, draft.secondFacts, receiving.secondFacts);
    const pin = { kind: 'pin', hash: factHash(seal, id, 'pin', pinOf(seal, key)) } as const;
    const dueAt = details.kind === 'appointment' ? details.startsAt : dueDate(receiving.workflow, now, time);
    return {
      id,
      version: 0,
      kind,
      key,
      state: receiving.reception.way === 'hand-on' ? 'forwarding' : 'received',
      followers: [],
      language: draft.language,
      channel: draft.channel,
      agencyId,
      originAgencyId: parts.operatorAgencyId,
      sensitive,
      filedAt: now,
      changedAt: now,
      holderSince: now,
      dueAt,
      steps: firstSteps(receiving.workflow, { desk, agency: receiving.topic?.agency ?? desk }, now, time),
      needs: [],
      secondFacts: needsPin({ sensitive, secondFacts: facts, ...(personId ? { personId } : {}) })
        ? [...facts, pin]
        : facts,
      sealedDetails: sealedDetails(seal, details),
      history: [],
      pending: [],
      ...(personId ? { personId } : {}),
      ...(conversationId ? { conversationId } : {}),
      ...(email ? { sealedEmail: seal.seal(email) } : {}),
      ...(onBehalfOf ? { onBehalfOf } : {}),
      ...(topic ? { topic } : {}),
      ...(receiving.topicAgencyId ? { topicAgencyId: receiving.topicAgencyId } : {}),
      ...(against ? { against } : {}),
      ...(partner ? { partner } : {}),
      ...(draft.filedKey ? { filedKey: draft.filedKey } : {}),
      ...(receiving.reception.way === 'hand-on'
        ? { handOn: { by: receiving.reception.by, attempts: 0 } }
        : {}),
    };
  }

  function first(blank: Blank, mandate: string | undefined): Draft<CaseRecord> {
    const by = mandate === undefined ? ({ kind: 'person' } as const) : carerActor({ id: mandate });
    const filed = { by, kind: 'filed', public: true } as const;
    const mails = [{ mail: 'new', to: 'agency' }] as const;
    if (blank.state === 'forwarding') {
      const notice = { key: 'case.forwarding', values: {} };
      const byMail = blank.handOn?.by === 'email' ? { mails } : {};
      const next = applied(blank, 'filed', { ...filed, ...byMail, notice, plain: true }, blank.filedAt);
      // A file is fetched by the agency; a system is called until it acknowledges.
      return blank.handOn?.by === 'api'
        ? { ...next, pending: [...next.pending, { key: 'filed/hand-on', kind: 'hand-on' }] }
        : next;
    }
    const reference = newReference();
    const notice = numberNotice(blank, reference, seal);
    return applied(
      blank,
      'filed',
      { ...filed, mails, notice, plain: true, set: { reference } },
      blank.filedAt,
    );
  }

  function outcome(record: Draft<CaseRecord> & { version?: number }): FileOutcome {
    const { id: caseId, reference, dueAt } = record;
    const unit = parts.agencyName(record.agencyId);
    if (!reference)
      return {
        outcome: 'forwarding',
        caseId,
        unit: parts.agencyName(record.topicAgencyId ?? record.agencyId),
      };
    const pin = record.secondFacts.some(fact => fact.kind === 'pin') ? { pin: pinOf(seal, record.key) } : {};
    return { outcome: 'filed', caseId, reference, dueAt, unit, ...pin };
  }

  return async (draft, partner) => {
    const receiving = receptions.receive(draft.kind, draft.topic);
    for (;;) {
      const known = await found(collections.cases, 'key', draft.key);
      if (known) return outcome(known);
      const { reception } = receiving;
      if (reception.way === 'link' || reception.way === 'go-there')
        return { outcome: 'not-received', reception };
      const record = first(unnumbered(draft, receiving, clock(), partner), draft.mandate);
      // Taken: the key by the same filing at the same time, or the reference by another case.
      if (!(await collections.cases.insert(record))) continue;
      await parts.onChange({ ...record, version: 1 });
      return outcome(record);
    }
  };
}
