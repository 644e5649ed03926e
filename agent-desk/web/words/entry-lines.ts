import { type Fact, entitlement } from '../state/rules-api';
import { fieldText } from './entry-fields';
import { inWords, ruleText } from './rule-text';
import type { Key, Say } from './words';

/** What is needed to say a value of an entry in words. */
export interface Sayings {
  readonly say: Say;
  readonly language: string;
  /** For rules, where they are known. */
  readonly facts: readonly Fact[];
}

/** Values that stand for something, by field. */
const coded: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  'standing.state': {
    exists: 'knowledge.standing.exists',
    renamed: 'knowledge.standing.renamed',
    ended: 'knowledge.standing.ended',
    unsure: 'knowledge.standing.unsure',
  },
  status: { draft: 'knowledge.state.draft', reviewed: 'knowledge.reviewed' },
  connection: {
    0: 'knowledge.connection.0',
    1: 'knowledge.connection.1',
    2: 'knowledge.connection.2',
    3: 'knowledge.connection.3',
    4: 'knowledge.connection.4',
  },
  'register.kind': {
    apply: 'knowledge.kind.apply',
    book: 'knowledge.kind.book',
    check: 'knowledge.kind.check',
    pay: 'knowledge.kind.pay',
    feedback: 'knowledge.kind.feedback',
    info: 'knowledge.kind.info',
  },
};

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** All that an item of a list says, such as a phone and whose it is, in one line. */
function itemText(value: unknown): string {
  if (Array.isArray(value)) return value.map(itemText).join(' / ');
  if (isTree(value)) return Object.values(value).map(itemText).join(' · ');
  return value === null || value === undefined ? '' : plain(value);
}

function ruleLines(value: unknown, { say, language, facts }: Sayings): string[] | undefined {
  const rules = entitlement.safeParse(value).data;
  return rules?.conditions.map(
    ({ rule, because }) => `${inWords(because, language)} – ${ruleText(rule, facts, say, language)}`,
  );
}

/** A value of an entry as lines that people read; none where nothing is written. */
export function linesOf(field: string, value: unknown, sayings: Sayings): string[] {
  const { say } = sayings;
  if (value === null && field === 'entitlement') return [say('knowledge.rules.left')];
  if (value === null || value === undefined || value === '') return [];
  if (field === 'entitlement') return ruleLines(value, sayings) ?? [itemText(value)];
  if (field === 'entitlement.conditions')
    return ruleLines({ weight: 1, source: '', conditions: value }, sayings) ?? [itemText(value)];
  if (Array.isArray(value)) return value.map(itemText);
  if (isTree(value))
    return Object.entries(value).flatMap(([name, each]) =>
      linesOf(`${field}.${name}`, each, sayings).map(line => `${fieldText(say, name)}: ${line}`),
    );
  const text = plain(value);
  const key = coded[field]?.[text];
  return key ? [say(key)] : text.split('\n');
}
