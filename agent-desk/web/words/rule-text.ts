import type { Rule, RuleTest } from '../../../core';
import type { Fact, Localised } from '../state/rules-api';
import type { Key, Say } from './words';

export const inWords = (text: Localised, language: string): string =>
  (language === 'en' ? text.en : undefined) ?? text.th;

/** The rule under a "not", and whether there is one. */
export function unwrapped(rule: Rule): { readonly not: boolean; readonly inner: Rule } {
  if (typeof rule === 'object' && '!' in rule) {
    const { not, inner } = unwrapped(rule['!'][0]);
    return { not: !not, inner };
  }
  return { not: false, inner: rule };
}

/** One test as its parts: the fact, how it is compared, and with what. */
export type Comparison =
  | { readonly fact: string; readonly by: 'is'; readonly values: readonly string[] }
  | { readonly fact: string; readonly by: '<' | '>' | '>=' | '<='; readonly bound: number }
  | { readonly fact: string; readonly by: 'between'; readonly bounds: readonly [number, number] };

export function comparisonOf(test: RuleTest): Comparison {
  if ('var' in test) return { fact: test.var, by: 'is', values: ['yes'] };
  if ('==' in test) {
    const [{ var: fact }, value] = test['=='];
    return { fact, by: 'is', values: [typeof value === 'boolean' ? (value ? 'yes' : 'no') : value] };
  }
  if ('in' in test) return { fact: test.in[0].var, by: 'is', values: test.in[1] };
  if ('<' in test) return { fact: test['<'][0].var, by: '<', bound: test['<'][1] };
  if ('>' in test) return { fact: test['>'][0].var, by: '>', bound: test['>'][1] };
  if ('>=' in test) return { fact: test['>='][0].var, by: '>=', bound: test['>='][1] };
  const bounds = test['<='];
  return bounds.length === 3
    ? { fact: bounds[1].var, by: 'between', bounds: [bounds[0], bounds[2]] }
    : { fact: bounds[0].var, by: '<=', bound: bounds[1] };
}

export function testOf(comparison: Comparison): RuleTest {
  const { fact } = comparison;
  const of = { var: fact };
  switch (comparison.by) {
    case 'is': {
      const [first = '', ...others] = comparison.values;
      if (others.length > 0) return { in: [of, comparison.values] };
      return first === 'yes' ? of : { '==': [of, first] };
    }
    case 'between':
      return { '<=': [comparison.bounds[0], of, comparison.bounds[1]] };
    case '<':
      return { '<': [of, comparison.bound] };
    case '>':
      return { '>': [of, comparison.bound] };
    case '>=':
      return { '>=': [of, comparison.bound] };
    case '<=':
      return { '<=': [of, comparison.bound] };
  }
}

export const bounds = ['>=', '<=', '<', '>', 'between'] as const;
export const boundKeys: Readonly<Record<(typeof bounds)[number], Key>> = {
  '>=': 'knowledge.rule.at-least',
  '<=': 'knowledge.rule.at-most',
  '<': 'knowledge.rule.below',
  '>': 'knowledge.rule.above',
  between: 'knowledge.rule.between',
};

/** A rule in a sentence, for those who read it. */
export function ruleText(rule: Rule, facts: readonly Fact[], say: Say, language: string): string {
  const text = (part: Rule): string => ruleText(part, facts, say, language);
  if (typeof rule === 'boolean') return say(rule ? 'knowledge.rule.everybody' : 'knowledge.rule.nobody');
  if ('!' in rule) return say('knowledge.rule.not', { rule: text(rule['!'][0]) });
  if ('and' in rule || 'or' in rule) {
    const [parts, key] =
      'and' in rule ? [rule.and, 'knowledge.rule.and' as const] : [rule.or, 'knowledge.rule.or' as const];
    const joined = parts.map(text).join(` ${say(key)} `);
    return parts.length > 1 ? `(${joined})` : joined;
  }
  const comparison = comparisonOf(rule);
  const fact = facts.find(({ id }) => id === comparison.fact);
  const label = fact ? inWords(fact.label, language) : comparison.fact;
  if (comparison.by === 'is') {
    const values = comparison.values.map(id => {
      const value = fact?.values.find(each => each.id === id);
      return value ? inWords(value.label, language) : id;
    });
    return `${label}: ${values.join(` ${say('knowledge.rule.or')} `)}`;
  }
  const amount =
    comparison.by === 'between'
      ? comparison.bounds.map(each => each.toLocaleString('en')).join('–')
      : comparison.bound.toLocaleString('en');
  return `${label} ${say(boundKeys[comparison.by])} ${amount}`;
}
