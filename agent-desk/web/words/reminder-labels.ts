import type { CampaignAct, ImportView, Problem, Purpose, CampaignRow, Reminder } from '../state/reminder-api';
import { reasonKey, vendorCode } from './sending-reasons';
import type { Key, Say } from './words';

export const purposeKeys = {
  appointment: 'rem.purpose.appointment',
  case: 'rem.purpose.case',
  document: 'rem.purpose.document',
  benefit: 'rem.purpose.benefit',
  renewal: 'rem.purpose.renewal',
  personal: 'rem.purpose.personal',
  announcement: 'rem.purpose.announcement',
  promotion: 'rem.purpose.promotion',
} as const satisfies Readonly<Record<Purpose, Key>>;

export const reminderStateKeys = {
  scheduled: 'rem.state.scheduled',
  ended: 'rem.state.ended',
  cancelled: 'rem.state.cancelled',
  failed: 'rem.state.failed',
} as const satisfies Readonly<Record<Reminder['state'], Key>>;

export const importStateKeys = {
  empty: 'rem.import.empty',
  checking: 'rem.import.checking',
  checked: 'rem.import.checked',
  refused: 'rem.import.refused',
  applying: 'rem.import.applying',
  done: 'rem.import.done',
  cancelling: 'rem.import.cancelling',
  cancelled: 'rem.import.cancelled',
} as const satisfies Readonly<Record<ImportView['state'], Key>>;

export const fileFaultKeys = {
  columns: 'rem.import.fault.columns',
  'no-rows': 'rem.import.fault.no-rows',
  file: 'rem.import.fault.file',
} as const satisfies Readonly<Record<NonNullable<ImportView['fault']>, Key>>;

export const problemKeys = {
  missing: 'rem.problem.missing',
  phone: 'rem.problem.phone',
  date: 'rem.problem.date',
  past: 'rem.problem.past',
  time: 'rem.problem.time',
  amount: 'rem.problem.amount',
  year: 'rem.problem.year',
  text: 'rem.problem.text',
  twice: 'rem.problem.twice',
  consent: 'rem.problem.consent',
} as const satisfies Readonly<Record<Problem['problem'], Key>>;

export const campaignStateKeys = {
  counting: 'camp.state.counting',
  counted: 'camp.state.counted',
  'waiting-approval': 'camp.state.waiting-approval',
  running: 'camp.state.running',
  paused: 'camp.state.paused',
  stopping: 'camp.state.stopping',
  stopped: 'camp.state.stopped',
  done: 'camp.state.done',
} as const satisfies Readonly<Record<CampaignRow['state'], Key>>;

export const actKeys = {
  submit: 'camp.act.submit',
  approve: 'camp.act.approve',
  refuse: 'camp.act.refuse',
  start: 'camp.act.start',
  pause: 'camp.act.pause',
  stop: 'camp.act.stop',
} as const satisfies Readonly<Record<CampaignAct, Key>>;

export const resultKeys = {
  waiting: 'camp.result.waiting',
  handed: 'camp.result.handed',
  sent: 'camp.result.sent',
  delivered: 'camp.result.delivered',
  'in-doubt': 'camp.result.in-doubt',
  failed: 'camp.result.failed',
  cancelled: 'camp.result.cancelled',
} as const satisfies Readonly<Record<string, Key>>;

const templateKeys: Readonly<Record<string, Key>> = {
  appointment: 'rem.template.appointment',
  'appointment-bring': 'rem.template.appointment-bring',
  document: 'rem.template.document',
  benefit: 'rem.template.benefit',
  'benefit-amount': 'rem.template.benefit-amount',
  renewal: 'rem.template.renewal',
  'case-step': 'rem.template.case-step',
  personal: 'rem.template.personal',
  event: 'rem.template.event',
  free: 'rem.template.free',
  'free-call': 'rem.template.free-call',
};
const variableKeys: Readonly<Record<string, Key>> = {
  matter: 'rem.field.matter',
  place: 'rem.field.place',
  bring: 'rem.field.bring',
  document: 'rem.field.document',
  benefit: 'rem.field.benefit',
  amount: 'rem.field.amount',
  thing: 'rem.field.thing',
  step: 'rem.field.step',
  what: 'rem.field.what',
  text: 'rem.field.text',
  call: 'rem.field.call',
};
export const templateKey = (id: string): Key => templateKeys[id] ?? 'rem.template.free';
export const variableKey = (name: string): Key => variableKeys[name] ?? 'rem.field.text';

/** Why nothing came of a sending, as an officer reads it. */
export const reasonText = (say: Say, why: string): string => {
  const key = reasonKey(why);
  const code = vendorCode(why);
  if (!key) return why;
  return code === undefined ? say(key) : say('camp.why.with-code', { why: say(key), code });
};
