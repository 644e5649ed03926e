import fc from 'fast-check';
import { type FactValue, valuesOf } from './facts';
import { type Lookup, chance, evaluate } from './logic';
import type { Fact, Rule } from './schema';

const yesNo: Fact = { kind: 'yes-no', label: { th: 'ก' }, likely: 0.5 };
const age: Fact = {
  kind: 'number',
  label: { th: 'อายุ' },
  from: 'age',
  values: [
    { id: 'young', label: { th: 'ต่ำกว่า 20' }, share: 1, range: [0, 19] },
    { id: 'adult', label: { th: '20-59' }, share: 1, range: [20, 59] },
    { id: 'old', label: { th: '60 ขึ้นไป' }, share: 1, range: [60, 120] },
  ],
};
const facts: Readonly<Record<string, Fact>> = { a: yesNo, b: yesNo, age };
const domain = (fact: string): readonly FactValue[] => {
  const found = facts[fact];
  return found ? valuesOf(found) : [];
};
const lookup =
  (known: Readonly<Record<string, string>>): Lookup =>
  fact =>
    domain(fact).find(({ id }) => id === known[fact]);

describe('rules in three values', () => {
  it.each<[Rule, Record<string, string>, boolean | undefined]>([
    [{ var: 'a' }, { a: 'yes' }, true],
    [{ var: 'a' }, {}, undefined],
    [{ var: 'a' }, { a: 'unsure' }, undefined],
    [{ and: [{ var: 'a' }, { var: 'b' }] }, { a: 'no' }, false],
    [{ and: [{ var: 'a' }, { var: 'b' }] }, { a: 'yes' }, undefined],
    [{ or: [{ var: 'a' }, { var: 'b' }] }, { a: 'yes' }, true],
    [{ or: [{ var: 'a' }, { var: 'b' }] }, { a: 'no' }, undefined],
    [{ '!': [{ var: 'a' }] }, {}, undefined],
    [{ '!': [{ var: 'a' }] }, { a: 'no' }, true],
    [{ '==': [{ var: 'a' }, false] }, { a: 'no' }, true],
    [{ '>=': [{ var: 'age' }, 60] }, { age: 'old' }, true],
    [{ '>=': [{ var: 'age' }, 60] }, { age: 'adult' }, false],
    [{ '>=': [{ var: 'age' }, 65] }, { age: 'old' }, undefined],
    [{ '<': [{ var: 'age' }, 20] }, { age: 'young' }, true],
    [{ '<': [{ var: 'age' }, 20] }, { age: 'adult' }, false],
    [{ '>': [{ var: 'age' }, 59] }, { age: 'old' }, true],
    [{ '>': [{ var: 'age' }, 60] }, { age: 'old' }, undefined],
    [{ '<=': [20, { var: 'age' }, 59] }, { age: 'adult' }, true],
    [{ '<=': [15, { var: 'age' }, 65] }, { age: 'old' }, undefined],
    [{ in: [{ var: 'age' }, ['young', 'old']] }, { age: 'adult' }, false],
    [true, {}, true],
  ])('%j of %j is %s', (rule, known, expected) => {
    expect(evaluate(rule, lookup(known))).toBe(expected);
  });

  const leaf = fc.constantFrom<Rule>(
    { var: 'a' },
    { var: 'b' },
    { '>=': [{ var: 'age' }, 60] },
    { '<': [{ var: 'age' }, 20] },
  );
  const rules = fc.letrec<{ rule: Rule }>(tie => ({
    rule: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((and): Rule => ({ and })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((or): Rule => ({ or })),
      tie('rule').map((rule): Rule => ({ '!': [rule] })),
    ),
  })).rule;
  const answer = (fact: string): fc.Arbitrary<string> => fc.constantFrom(...domain(fact).map(({ id }) => id));
  const everything = fc.record({ a: answer('a'), b: answer('b'), age: answer('age') });

  it('never changes its mind when more becomes known', () => {
    fc.assert(
      fc.property(rules, everything, fc.subarray(['a', 'b', 'age']), (rule, all, kept) => {
        const part = Object.fromEntries(Object.entries(all).filter(([fact]) => kept.includes(fact)));
        const early = evaluate(rule, lookup(part));
        const late = evaluate(rule, lookup(all));
        expect(late).not.toBeUndefined();
        if (early !== undefined) expect(late).toBe(early);
      }),
    );
  });

  it('is certain where the truth is known', () => {
    fc.assert(
      fc.property(rules, everything, (rule, all) => {
        expect(chance(rule, lookup(all), domain)).toBe(Number(evaluate(rule, lookup(all))));
      }),
    );
  });
});
