import type { FactValue } from './facts';
import type { Rule } from './schema';

/** `undefined` is the third value: not known. */
export type Truth = boolean | undefined;

/** The value a fact has, if it is known. */
export type Lookup = (fact: string) => FactValue | undefined;

/** One comparison of one fact. */
export type Leaf = Exclude<
  Rule,
  boolean | { readonly and: unknown } | { readonly or: unknown } | { readonly '!': unknown }
>;

interface Combine<T> {
  readonly constant: (value: boolean) => T;
  readonly leaf: (leaf: Leaf, fact: string) => T;
  readonly not: (value: T) => T;
  readonly and: (values: readonly T[]) => T;
  readonly or: (values: readonly T[]) => T;
}

function factOf(leaf: Leaf): string {
  if ('var' in leaf) return leaf.var;
  if ('==' in leaf) return leaf['=='][0].var;
  if ('in' in leaf) return leaf.in[0].var;
  if ('<' in leaf) return leaf['<'][0].var;
  if ('>' in leaf) return leaf['>'][0].var;
  if ('>=' in leaf) return leaf['>='][0].var;
  const bounds = leaf['<='];
  return bounds.length === 3 ? bounds[1].var : bounds[0].var;
}

function fold<T>(rule: Rule, by: Combine<T>): T {
  if (typeof rule === 'boolean') return by.constant(rule);
  if ('and' in rule) return by.and(rule.and.map(part => fold(part, by)));
  if ('or' in rule) return by.or(rule.or.map(part => fold(part, by)));
  if ('!' in rule) return by.not(fold(rule['!'][0], by));
  return by.leaf(rule, factOf(rule));
}

/** Whether all numbers of the range are within the bounds, none is, or only some. */
function within([low, high]: readonly [number, number], from: number, to: number): Truth {
  if (low >= from && high <= to) return true;
  return high < from || low > to ? false : undefined;
}

const justBelow = (limit: number): number => limit - Number.EPSILON * Math.max(1, Math.abs(limit));
const justAbove = (limit: number): number => limit + Number.EPSILON * Math.max(1, Math.abs(limit));

function holds(leaf: Leaf, value: FactValue): Truth {
  if ('var' in leaf) return value.id === 'yes';
  if ('==' in leaf) {
    const wanted = leaf['=='][1];
    return value.id === (typeof wanted === 'boolean' ? (wanted ? 'yes' : 'no') : wanted);
  }
  if ('in' in leaf) return leaf.in[1].includes(value.id);
  const range = value.range;
  if (!range) return undefined;
  if ('<' in leaf) return within(range, -Infinity, justBelow(leaf['<'][1]));
  if ('>' in leaf) return within(range, justAbove(leaf['>'][1]), Infinity);
  if ('>=' in leaf) return within(range, leaf['>='][1], Infinity);
  const bounds = leaf['<='];
  return bounds.length === 3 ? within(range, bounds[0], bounds[2]) : within(range, -Infinity, bounds[1]);
}

/** Kleene's three values: unknown never becomes true or false by itself, and `false and unknown` is false. */
export function evaluate(rule: Rule, lookup: Lookup): Truth {
  return fold<Truth>(rule, {
    constant: value => value,
    leaf: (leaf, fact) => {
      const value = lookup(fact);
      return value && holds(leaf, value);
    },
    not: value => (value === undefined ? undefined : !value),
    and: values => (values.includes(false) ? false : values.includes(undefined) ? undefined : true),
    or: values => (values.includes(true) ? true : values.includes(undefined) ? undefined : false),
  });
}

/** How likely the rule is (0-1), when unknown facts are taken as independent and as common as their shares say. */
export function chance(rule: Rule, lookup: Lookup, domain: (fact: string) => readonly FactValue[]): number {
  const ofValue = (leaf: Leaf, value: FactValue): number => {
    const truth = holds(leaf, value);
    return truth === undefined ? 0.5 : Number(truth);
  };
  return fold<number>(rule, {
    constant: Number,
    leaf: (leaf, fact) => {
      const value = lookup(fact);
      if (value) return ofValue(leaf, value);
      return domain(fact).reduce((sum, each) => sum + each.share * ofValue(leaf, each), 0);
    },
    not: value => 1 - value,
    and: values => values.reduce((product, value) => product * value, 1),
    or: values => 1 - values.reduce((product, value) => product * (1 - value), 1),
  });
}

/** The facts a rule looks at, each once. */
export function factsOf(rule: Rule): string[] {
  const found = fold<readonly string[]>(rule, {
    constant: () => [],
    leaf: (_leaf, fact) => [fact],
    not: facts => facts,
    and: parts => parts.flat(),
    or: parts => parts.flat(),
  });
  return [...new Set(found)];
}

/** Comparisons that can never be meant: of a value the fact does not have. */
export function strayValues(rule: Rule, domain: (fact: string) => readonly FactValue[]): string[] {
  const check = (leaf: Leaf, fact: string): readonly string[] => {
    const wanted =
      '==' in leaf && typeof leaf['=='][1] === 'string' ? [leaf['=='][1]] : 'in' in leaf ? leaf.in[1] : [];
    const ids = domain(fact).map(value => value.id);
    return wanted.filter(value => !ids.includes(value)).map(value => `${fact} = ${value}`);
  };
  const parts = fold<readonly string[]>(rule, {
    constant: () => [],
    leaf: check,
    not: stray => stray,
    and: each => each.flat(),
    or: each => each.flat(),
  });
  return [...parts];
}

/** Every comparison of a rule, and whether the rule wants it to hold (under a `!` it wants the opposite). */
export function leavesOf(rule: Rule, wanted = true): { readonly leaf: Leaf; readonly wanted: boolean }[] {
  if (typeof rule === 'boolean') return [];
  if ('and' in rule) return rule.and.flatMap(part => leavesOf(part, wanted));
  if ('or' in rule) return rule.or.flatMap(part => leavesOf(part, wanted));
  if ('!' in rule) return leavesOf(rule['!'][0], !wanted);
  return [{ leaf: rule, wanted }];
}
