import { join } from 'node:path';
import { loadQuizzes } from './load';
import { rulesOf, withRules } from './quiz-set';
import { createQuizzes } from './quizzes';
import { readRules, ruleFaults } from './rule-faults';
import type { EntitlementRules, Rule } from './schema';

const set = loadQuizzes(join(__dirname, '..', 'data', 'quizzes'));
const { facts } = set.shared;
const because = { th: 'เพราะ' };
const rulesWith = (...rules: readonly Rule[]): EntitlementRules => ({
  weight: 9,
  source: 'a test',
  conditions: rules.map(rule => ({ rule, because })),
});
const everybody = { '>=': [{ var: 'age' }, 0] } as const;

describe('rules that editors write', () => {
  it('are those we ship until somebody writes others', () => {
    expect(withRules(set, new Map())).toBe(set);
    const same = new Map(
      set.shared.entitlements.map(each => [each.service, rulesOf(set, each.service) ?? null]),
    );
    expect(withRules(set, same)).toEqual(set);
  });

  it('take the place of ours, bring a new service into the main quiz, and take one out of all', () => {
    const next = withRules(
      set,
      new Map([
        ['p1-08', rulesWith(everybody)],
        ['pua-bus', rulesWith(everybody)],
        ['p1-25', null],
      ]),
    );
    expect(next.version).not.toBe(set.version);
    const quizzes = createQuizzes(next, [set]);
    const shown = (id: string, version: string): string[] | undefined => {
      const quiz = quizzes.get(id, version);
      return quiz?.advise(quiz.known({ age: '25-54', work: 'left' })).results.map(({ service }) => service);
    };
    expect(shown('welfare', next.version)).toEqual(expect.arrayContaining(['p1-08', 'pua-bus']));
    expect(shown('welfare', next.version)).not.toContain('p1-25');
    expect(shown('lost-job', next.version)).not.toContain('p1-25');
    expect(shown('lost-job', next.version)).not.toContain('pua-bus');
    // Who began in the version before goes on in it.
    expect(shown('lost-job', set.version)).toContain('p1-25');
  });

  it.each<[string, readonly Rule[], string | undefined]>([
    ['of a fact', [{ var: 'disabled' }], undefined],
    ['of a fact nobody asks', [{ var: 'rich' }], 'conditions.0.rule'],
    ['of a name every object has', [{ var: 'constructor' }], 'conditions.0.rule'],
    ['of a value that is not there', [everybody, { '==': [{ var: 'work' }, 'king'] }], 'conditions.1.rule'],
    ['that meet', [{ '>=': [{ var: 'age' }, 18] }, { '<': [{ var: 'age' }, 60] }], undefined],
    ['that never meet', [{ '>=': [{ var: 'age' }, 60] }, { '<': [{ var: 'age' }, 20] }], 'conditions'],
    ['against themselves', [{ and: [{ var: 'elder' }, { '!': [{ var: 'elder' }] }] }], 'conditions'],
    [
      'too wide to walk through',
      [{ and: Object.keys(facts).map(fact => ({ or: [{ var: fact }, everybody] })) }],
      undefined,
    ],
  ])('%s are told where they do not hold', (_name, rules, field) => {
    expect(ruleFaults(rulesWith(...rules), facts).map(each => each.field)).toEqual(field ? [field] : []);
  });

  it('are read from outside, or told what is wrong with their shape', () => {
    expect(readRules(null, facts)).toEqual({ rules: null });
    const rules = rulesWith({ var: 'disabled' });
    expect(readRules(rules, facts)).toEqual({ rules });
    expect(readRules({ ...rules, conditions: [] }, facts)).toMatchObject({
      faults: [{ field: 'conditions' }],
    });
    expect(readRules({ ...rules, conditions: [{ rule: { eval: 'x' }, because }] }, facts)).toMatchObject({
      faults: [{ field: 'conditions.0.rule' }],
    });
  });

  it('of ours all hold', () => {
    for (const each of set.shared.entitlements)
      expect([each.service, ruleFaults(each, facts)]).toEqual([each.service, []]);
  });
});
