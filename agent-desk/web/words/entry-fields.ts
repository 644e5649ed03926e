import type { Key, Say } from './words';

/** Names of the fields of an entry, as editors see them. */
const names: Readonly<Record<string, Key>> = {
  name: 'knowledge.field.name',
  answer: 'knowledge.field.answer',
  eligibility: 'knowledge.field.eligibility',
  documents: 'knowledge.field.documents',
  where: 'knowledge.field.where',
  hours: 'knowledge.field.hours',
  fee: 'knowledge.field.fee',
  duration: 'knowledge.field.duration',
  steps: 'knowledge.field.steps',
  synonyms: 'knowledge.field.synonyms',
  readAloud: 'knowledge.field.readAloud',
  questions: 'knowledge.field.questions',
  ask: 'knowledge.field.ask',
  phones: 'knowledge.field.phones',
  number: 'knowledge.field.number',
  links: 'knowledge.field.links',
  url: 'knowledge.field.url',
  label: 'knowledge.field.label',
  related: 'knowledge.field.related',
  incompatible: 'knowledge.field.incompatible',
  why: 'knowledge.field.why',
  standing: 'knowledge.field.standing',
  successor: 'knowledge.field.successor',
  note: 'knowledge.field.note',
  forms: 'knowledge.field.forms',
  part: 'knowledge.field.part',
  how: 'knowledge.field.how',
  criteria: 'knowledge.field.criteria',
  signVideo: 'knowledge.field.signVideo',
  sensitivity: 'knowledge.field.sensitivity',
  phrases: 'knowledge.field.phrases',
  form: 'knowledge.field.form',
  state: 'knowledge.field.state',
  status: 'knowledge.field.status',
  connection: 'knowledge.field.connection',
  writtenAt: 'knowledge.field.writtenAt',
  nameTh: 'knowledge.field.nameTh',
  nameEn: 'knowledge.field.nameEn',
  kind: 'knowledge.new.kind',
  category: 'knowledge.new.category',
  targetGroups: 'knowledge.field.targetGroups',
  lifeStages: 'knowledge.field.lifeStages',
  entitlement: 'knowledge.rules',
  conditions: 'knowledge.field.conditions',
  rule: 'knowledge.field.rule',
  because: 'knowledge.rule.because',
  weight: 'knowledge.rule.weight',
  source: 'knowledge.field.source',
  register: 'knowledge.field.register',
  agencyId: 'knowledge.field.agencyId',
  th: 'knowledge.field.th',
  en: 'knowledge.field.en',
};

/** A path into an entry, such as `questions.0.answer.th`, in words. */
export function fieldText(say: Say, path: string): string {
  return path
    .split('.')
    .map(part => {
      const key = Object.hasOwn(names, part) ? names[part] : undefined;
      if (key) return say(key);
      return /^\d+$/u.test(part) ? say('knowledge.field.item', { number: Number(part) + 1 }) : part;
    })
    .join(' › ');
}
