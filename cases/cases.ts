import type {
  Audit,
  CaseDesk,
  CaseDraft,
  CaseRecord,
  CaseService,
  CaseView,
  Clock,
  Collection,
  Engine,
  FileOutcome,
  Ids,
  Knowledge,
  Localised,
  OpeningHours,
  Phone,
} from '../core';
import { type AttemptLimits, attemptsCollection, createAttempts } from './attempts';
import { type Carers, type StoredMandate, createCarers, mandateCollection } from './carers';
import { createCaseDesk } from './desk';
import { createFiling } from './filing';
import { type Ledger, createLedger } from './ledger';
import { type Outgoing, type Outlets, createOutgoing } from './outgoing';
import { createPoll } from './poll';
import { type AgencyConnection, type ReceptionData, createReceptions } from './reception';
import { type CaseCollections, caseCollections } from './records';
import type { CaseSeal } from './seal';
import { createCaseService } from './service';
import { workingTime } from './sla/working-time';
import { viewOf } from './view';
import { createWatch } from './watch';

export interface CaseParts {
  readonly engine: Engine;
  readonly seal: CaseSeal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Pick<Audit, 'record'>;
  readonly hours: OpeningHours;
  readonly knowledge: () => Knowledge;
  readonly reception: ReceptionData;
  readonly connection: (agencyId: string) => AgencyConnection | undefined;
  readonly operator: { readonly agencyId: string; readonly name: Localised };
  readonly outlets: (parts: { readonly ledger: Ledger; readonly collections: CaseCollections }) => Outlets;
  /** The case with what its agency's own system says now; see `providers`. */
  readonly refresh: (record: CaseRecord, ledger: Ledger) => Promise<CaseRecord>;
  readonly reachable: (agencyId: string) => boolean | undefined;
  /** Asks for `outgoing.run` of the case soon. */
  readonly wake: (caseId: string) => Promise<void>;
}

export interface Cases {
  readonly service: CaseService;
  readonly desk: CaseDesk;
  readonly ledger: Ledger;
  readonly outgoing: Outgoing;
  readonly attempts: AttemptLimits;
  readonly carers: Carers;
  readonly mandates: Collection<StoredMandate>;
  readonly collections: CaseCollections;
  /** Files for a partner's program. */
  readonly file: (draft: CaseDraft, partner?: string) => Promise<FileOutcome>;
  readonly view: (record: CaseRecord) => CaseView;
  /** Asks agencies' own systems how their matters stand; from time to time. */
  readonly poll: () => Promise<void>;
  /** Looks for what is overdue or not acknowledged; from time to time. */
  readonly watch: () => Promise<void>;
}

/** Joins the parts of cases. Declares collections, so before `engine.open()`. */
export function createCases(parts: CaseParts): Cases {
  const { engine, seal, clock, knowledge, operator } = parts;
  const collections = caseCollections(engine);
  const attempts = createAttempts(attemptsCollection(engine), seal, clock);
  const time = workingTime(parts.hours);
  const onChange = async (record: CaseRecord): Promise<void> => {
    if (record.pending.length > 0) await parts.wake(record.id);
  };
  const ledger = createLedger(collections.cases, clock, onChange);
  const agencyName = (agencyId: string): Localised =>
    agencyId === operator.agencyId ? operator.name : (knowledge().agency(agencyId)?.name ?? { th: agencyId });
  const receptions = createReceptions({
    data: parts.reception,
    knowledge,
    connection: parts.connection,
    operator,
  });
  const view = (record: CaseRecord): CaseView =>
    viewOf(record, { knowledge, seal, agencyName, reachable: parts.reachable });
  const mandates = mandateCollection(engine);
  const carers = createCarers({
    ...{ mandates, cases: collections.cases, seal, clock, audit: parts.audit, view },
    isSensitive: topic => receptions.receive('appointment', topic).sensitive,
  });
  const phones = (record: CaseRecord): readonly Phone[] =>
    (record.topic && knowledge().topic(record.topic)?.phones) ?? [];
  const file = createFiling({
    collections,
    receptions,
    seal,
    clock,
    ids: parts.ids,
    time,
    agencyName,
    operatorAgencyId: operator.agencyId,
    onChange,
  });
  return {
    collections,
    attempts,
    carers,
    mandates,
    ledger,
    view,
    file,
    service: createCaseService({
      collections,
      ledger,
      receptions,
      attempts,
      seal,
      clock,
      file,
      view,
      carers,
      refresh: record => parts.refresh(record, ledger),
    }),
    desk: createCaseDesk({ collections, ledger, seal, time, clock, knowledge, view, agencyName }),
    outgoing: createOutgoing({
      cases: collections.cases,
      outlets: parts.outlets({ ledger, collections }),
      phones,
      clock,
    }),
    poll: createPoll({
      cases: collections.cases,
      clock,
      refresh: record => parts.refresh(record, ledger),
      reachable: parts.reachable,
    }),
    watch: createWatch({ cases: collections.cases, ledger, clock, time, knowledge }),
  };
}
