import {
  type CaseKind,
  type CaseRecord,
  type CaseStep,
  type CaseStepView,
  type CaseView,
  type Knowledge,
  type Localised,
} from '../core';
import { type CaseSeal, openDetails } from './seal';

/** Names of the kinds where there is no topic, or none that may be shown. */
export const kindNames: Readonly<Record<CaseKind, Localised>> = {
  request: { th: 'คำขอ', en: 'Request' },
  complaint: { th: 'เรื่องร้องเรียน', en: 'Complaint' },
  suggestion: { th: 'ข้อเสนอแนะ', en: 'Suggestion' },
  praise: { th: 'คำชม', en: 'Praise' },
  question: { th: 'คำถามถึงเจ้าหน้าที่', en: 'Question for an officer' },
  'pre-check': { th: 'ตรวจรูปก่อนยื่น', en: 'Check of photos before filing' },
  report: { th: 'เรื่องแจ้งเกี่ยวกับเจ้าหน้าที่', en: 'Report about an officer' },
  appointment: { th: 'นัดหมาย', en: 'Appointment' },
  callback: { th: 'ขอให้โทรกลับ', en: 'Call-back' },
  relay: { th: 'ถามแทน', en: 'Question asked for others' },
  problem: { th: 'แจ้งปัญหาของระบบ', en: 'Problem with the system' },
};

/** What the person reads as the name of their matter; a sensitive one is called by its kind only. */
export function titleOf(record: CaseRecord, knowledge: Knowledge): Localised {
  const topic = record.topic && !record.sensitive ? knowledge.topic(record.topic) : undefined;
  return topic?.name ?? kindNames[record.kind];
}

function stepView(step: CaseStep): CaseStepView {
  return {
    name: step.name,
    unit: step.unit,
    state: step.doneAt !== undefined ? 'done' : step.startedAt !== undefined ? 'now' : 'later',
    ...(step.startedAt === undefined ? {} : { since: step.startedAt }),
    ...(step.doneAt === undefined ? {} : { doneAt: step.doneAt }),
    ...(step.expectedBy === undefined ? {} : { expectedBy: step.expectedBy }),
  };
}

/** Who holds it now: the unit of the first step in progress, else the agency. */
function holderOf(record: CaseRecord, agency: Localised): CaseView['holder'] {
  const now = record.steps.find(step => step.startedAt !== undefined && step.doneAt === undefined);
  return now?.startedAt === undefined
    ? { unit: agency, since: record.holderSince }
    : { unit: now.unit, since: Math.max(now.startedAt, record.holderSince) };
}

export interface ViewParts {
  readonly knowledge: () => Knowledge;
  readonly seal: CaseSeal;
  /** The name of an agency of this installation. */
  readonly agencyName: (agencyId: string) => Localised;
  /** The agency's own system answered at its last call; `undefined` where it has none. */
  readonly reachable: (agencyId: string) => boolean | undefined;
}

/** A case as its person may see it: public entries only, and nothing of other people. */
export function viewOf(record: CaseRecord, parts: ViewParts): CaseView {
  const { reference, topic, late, answer, refusal, agencyStatus } = record;
  return {
    id: record.id,
    kind: record.kind,
    state: record.state,
    title: titleOf(record, parts.knowledge()),
    sensitive: record.sensitive,
    filedAt: record.filedAt,
    changedAt: record.changedAt,
    dueAt: record.late?.newDueAt ?? record.dueAt,
    holder: holderOf(record, parts.agencyName(record.agencyId)),
    steps: record.steps.map(stepView),
    needs: record.needs,
    history: record.history.flatMap(event =>
      event.public ? [{ at: event.at, by: event.by.kind, text: event.text ?? event.kind }] : [],
    ),
    details: openDetails(parts.seal, record),
    ...(reference ? { reference } : {}),
    ...(topic && !record.sensitive ? { topic } : {}),
    ...(late ? { late } : {}),
    ...(answer === undefined ? {} : { answer }),
    ...(refusal ? { refusal } : {}),
    ...(agencyStatus
      ? {
          agencyStatus: {
            ...agencyStatus,
            reachable: (record.topicAgencyId ? parts.reachable(record.topicAgencyId) : undefined) ?? true,
          },
        }
      : {}),
  };
}

/** What another person sees who follows it: how it stands, not what was written; with `visit`, also when and where an appointment is. */
export function onlyHow(view: CaseView, more?: 'visit'): CaseView {
  const { details, answer: _answer, refusal: _refusal, ...rest } = view;
  const kept = more && details?.kind === 'appointment' ? { details } : {};
  return { ...rest, ...kept, needs: [], history: [] };
}
