import {
  AppError,
  type CaseAct,
  type CaseDesk,
  type CaseRecord,
  type CaseView,
  type Clock,
  type Knowledge,
  type Localised,
  type Officer,
} from '../core';
import type { Change } from './change';
import { numberNotice } from './filing';
import type { Decided, Ledger } from './ledger';
import { type CaseCollections, found, isOpen } from './records';
import { newReference, parseReference } from './references';
import { isNamed, leadsCases, mayAct, maySee } from './rights';
import { type CaseSeal, openDetails } from './seal';
import type { WorkingTime } from './sla/working-time';
import { finishStep } from './steps';
import { titleOf } from './view';

export interface DeskParts {
  readonly collections: CaseCollections;
  readonly ledger: Ledger;
  readonly seal: CaseSeal;
  readonly time: WorkingTime;
  readonly clock: Clock;
  readonly knowledge: () => Knowledge;
  readonly view: (record: CaseRecord) => CaseView;
  readonly agencyName: (agencyId: string) => Localised;
}

/** Read beyond the limit, because some of an agency's cases are not for everybody in it. */
const readAhead = 3;

/** What an act does to a case that is open and that the officer may work on. */
function changeOf(
  act: CaseAct,
  record: CaseRecord,
  officer: Officer,
  now: number,
  parts: DeskParts,
): Decided {
  const by = { kind: 'officer', id: officer.id, name: officer.name } as const;
  const title = titleOf(record, parts.knowledge());
  const shown = { by, public: true, kind: act.kind } as const;
  const hidden = { by, public: false, kind: act.kind } as const;
  const working = record.state === 'received' ? ({ to: 'working' } as const) : {};
  const tell = (
    key: string,
    values: Record<string, string | number | Localised> = {},
  ): Pick<Change, 'notice'> => ({
    notice: { key, values: { title, ...values } },
  });
  switch (act.kind) {
    case 'take':
      return record.assignee && record.assignee.id !== officer.id && !leadsCases(officer)
        ? { impossible: `${record.assignee.name} has it already` }
        : {
            ...hidden,
            public: record.state === 'received',
            ...working,
            ...(record.state === 'received' ? tell('case.working') : {}),
            set: { assignee: { id: officer.id, name: officer.name }, holderSince: now },
          };
    case 'assign':
      if (!leadsCases(officer)) return { impossible: 'only those who lead give a case to somebody' };
      if (record.against?.officerId === act.officerId || isNamed(record.against?.name, act))
        return { impossible: 'it is about that officer; give it to somebody else' };
      return {
        ...hidden,
        text: act.name,
        set: { assignee: { id: act.officerId, name: act.name }, holderSince: now },
      };
    case 'acknowledge':
      return acknowledgement(record, by, act.theirReference, now, parts.seal);
    case 'hand-on': {
      if (record.against?.agencyId === act.agencyId)
        return { impossible: 'it is about that agency; hand it on to another' };
      if (record.agencyId === act.agencyId) return { impossible: 'that agency holds it already' };
      const unit = parts.agencyName(act.agencyId);
      return {
        ...shown,
        text: act.why,
        ...tell('case.handed-on', { unit }),
        mails: [{ mail: 'new', to: 'agency' }],
        set: { agencyId: act.agencyId, holderSince: now },
        unassign: true,
      };
    }
    case 'finish-step': {
      const steps = finishStep(record.steps, act.step, now, parts.time);
      const step = record.steps.find(each => each.id === act.step);
      if (!steps || !step) return { impossible: 'that step is not in progress' };
      const next = steps.find(each => each.startedAt !== undefined && each.doneAt === undefined);
      return {
        ...shown,
        text: act.note ?? step.name.th,
        ...working,
        ...(next
          ? tell('case.step-next', {
              step: step.name,
              next: next.name,
              unit: next.unit,
              by: next.expectedBy ?? record.dueAt,
            })
          : tell('case.step', { step: step.name })),
        set: { steps },
      };
    }
    case 'note':
      return { ...hidden, text: act.text };
    case 'tell':
      return {
        ...shown,
        text: act.text,
        ...working,
        ...tell('case.told', { name: officer.name, text: act.text }),
      };
    case 'ask-person':
      return {
        ...shown,
        text: act.needs.join('\n'),
        to: 'needs-person',
        notice: {
          key: 'case.needs',
          values: { title, needs: act.needs.join('\n') },
          // An anonymous person has nothing to be known by: they say the number and the PIN first.
          ...(record.personId ? { choices: [{ id: `my:add:${record.id}`, key: 'my.add' }] } : {}),
        },
        set: { needs: act.needs },
      };
    case 'answer':
      return {
        ...shown,
        text: act.text,
        to: 'answered',
        ...tell('case.answered', { text: act.text }),
        set: { answer: act.text, needs: [] },
      };
    case 'refuse':
      if (!act.reasons.trim() || !act.appeal.trim())
        return { impossible: 'a refusal says its reasons and how to appeal' };
      return {
        ...shown,
        text: act.reasons,
        to: 'refused',
        ...tell('case.refused', { reasons: act.reasons, appeal: act.appeal }),
        set: { refusal: { reasons: act.reasons, appeal: act.appeal }, needs: [] },
      };
    case 'delay':
      if (!act.why.trim()) return { impossible: 'a delay says why' };
      if (act.newDueAt <= now) return { impossible: 'the new date must lie ahead' };
      return {
        ...shown,
        text: act.why,
        ...tell('case.delayed', { why: act.why, date: act.newDueAt }),
        set: { late: { why: act.why, newDueAt: act.newDueAt }, dueAt: act.newDueAt },
      };
  }
}

/** The agency has it: only now there is a number, and the person is told it. */
export function acknowledgement(
  record: CaseRecord,
  by: Change['by'],
  theirReference: string | undefined,
  now: number,
  seal: CaseSeal,
): Decided {
  if (record.state !== 'forwarding' || !record.handOn)
    return { impossible: 'it does not wait for an agency to acknowledge it' };
  const reference = record.reference ?? newReference();
  return {
    by,
    kind: 'acknowledged',
    public: true,
    to: 'received',
    notice: numberNotice(record, reference, seal),
    plain: true,
    set: {
      reference,
      holderSince: now,
      handOn: { ...record.handOn, acknowledgedAt: now, ...(theirReference ? { theirReference } : {}) },
    },
  };
}

const allowedWhenEnded: readonly CaseAct['kind'][] = ['note', 'tell'];

/** What officers do with cases, each through the one rule of who sees what. */
export function createCaseDesk(parts: DeskParts): CaseDesk {
  const { collections, ledger } = parts;
  const { cases } = collections;

  async function open(caseId: string, officer: Officer): Promise<CaseRecord> {
    const record = await cases.get(caseId);
    if (!record || !maySee(record, officer))
      throw new AppError('NOT_FOUND', 'There is no such case, or it is not for you.');
    return record;
  }

  const seen = (records: readonly CaseRecord[], officer: Officer): CaseRecord[] =>
    records.filter(record => maySee(record, officer));

  return {
    open,
    view: parts.view,
    details: record => openDetails(parts.seal, record),
    async byReference(reference, officer) {
      const record = await found(cases, 'reference', parseReference(reference) ?? '0');
      return record && maySee(record, officer) ? record : undefined;
    },
    async due(officer, { kind, before, limit, after }) {
      const page = await cases.scan({
        index: kind ? 'agencyKindDue' : 'agencyDue',
        prefix: kind ? [officer.agencyId, kind] : [officer.agencyId],
        limit: limit * readAhead,
        ...(before === undefined ? {} : { to: before }),
        ...(after === undefined ? {} : { after }),
      });
      const records = seen(page.records, officer);
      return { cases: records, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },
    async mine(officer, limit) {
      const page = await cases.scan({ index: 'assignee', prefix: [officer.id], limit });
      return seen(page.records, officer);
    },
    async ofPerson(personId, officer, limit) {
      const page = await cases.scan({ index: 'person', prefix: [personId], limit, descending: true });
      return seen(page.records, officer);
    },
    async act(caseId, officer, key, act) {
      const record = await open(caseId, officer);
      if (!mayAct(record, officer))
        throw new AppError('FORBIDDEN', 'Another agency holds this case now; you may look at it only.');
      return ledger.change(caseId, `${officer.id}/${key}`, (current, now) => {
        if (!mayAct(current, officer)) return 'not-found';
        if (!isOpen(current) && !allowedWhenEnded.includes(act.kind))
          return { impossible: 'the case has ended' };
        return changeOf(act, current, officer, now, parts);
      });
    },
  };
}
