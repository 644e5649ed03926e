import type { CaseKind, CaseState } from '../state/case-schemas';
import type { Key } from './words';

export const caseKindKeys: Readonly<Record<CaseKind, Key>> = {
  request: 'case-kind.request',
  complaint: 'case-kind.complaint',
  suggestion: 'case-kind.suggestion',
  praise: 'case-kind.praise',
  question: 'case-kind.question',
  'pre-check': 'case-kind.pre-check',
  report: 'case-kind.report',
  appointment: 'case-kind.appointment',
  callback: 'case-kind.callback',
  relay: 'case-kind.relay',
  problem: 'case-kind.problem',
};
export const caseStateKeys: Readonly<Record<CaseState, Key>> = {
  forwarding: 'case-state.forwarding',
  received: 'case-state.received',
  working: 'case-state.working',
  'needs-person': 'case-state.needs-person',
  answered: 'case-state.answered',
  refused: 'case-state.refused',
  withdrawn: 'case-state.withdrawn',
};
export const attemptKeys = {
  reached: 'attempt.reached',
  'no-answer': 'attempt.no-answer',
  busy: 'attempt.busy',
  'wrong-number': 'attempt.wrong-number',
} as const satisfies Readonly<Record<string, Key>>;

const events: Readonly<Record<string, Key>> = {
  filed: 'event.filed',
  acknowledged: 'event.acknowledged',
  added: 'event.added',
  withdrawn: 'event.withdrawn',
  take: 'event.take',
  assign: 'event.assign',
  'hand-on': 'event.hand-on',
  'finish-step': 'event.finish-step',
  note: 'act.note',
  tell: 'act.tell',
  'ask-person': 'act.ask-person',
  answer: 'act.answer',
  refuse: 'act.refuse',
  delay: 'act.delay',
};
/** What an entry of the history is called. */
export const actKey = (kind: string): Key => events[kind] ?? 'event.changed';
