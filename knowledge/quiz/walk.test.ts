import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadQuizzes } from './load';
import { problemsOf } from './problems';
import type { Entitlement } from './schema';
import { walkQuiz } from './walk';

const data = join(__dirname, '..', 'data');
const set = loadQuizzes(join(data, 'quizzes'));

describe.each(set.quizzes.map(row => [row.id, row] as const))('every path of the quiz %s', (_id, row) => {
  const walk = walkQuiz(row, set.shared);

  it('ends within its questions', () => {
    expect(walk.mostQuestions).toBeGreaterThan(1);
    expect(walk.mostQuestions).toBeLessThanOrEqual(Math.min(8, row.maxQuestions));
  });
  it('asks every question on some path', () => expect(walk.unasked).toEqual([]));
  it('leads to every service', () => expect(walk.unreached).toEqual([]));
  it('makes use of every part of every rule', () => expect(walk.idleParts).toEqual([]));
  it('takes no service back', () => expect(walk.takenBack).toEqual([]));
  it('takes every answer, and asks no question again', () => expect(walk.deadEnds).toEqual([]));
  it('contradicts no earlier answer', () => expect(walk.contradictions).toEqual([]));
});

it('covers every welfare service of the register in the main quiz', () => {
  const rows = JSON.parse(readFileSync(join(data, 'catalogue', 'services.json'), 'utf8')) as {
    id: string;
    category: string;
  }[];
  const welfare = rows.filter(({ category }) => category === 'welfare').map(({ id }) => id);
  expect(set.quizzes[0]?.services).toEqual(expect.arrayContaining(welfare));
});

describe('a quiz that does not hold', () => {
  const baby = set.quizzes.find(({ id }) => id === 'baby');
  const grant = set.shared.entitlements.find(({ service }) => service === 'p1-01');
  if (!baby || !grant) throw new Error('the quiz "baby" and the rule of p1-01 are what this test breaks');
  const withRule = (conditions: Entitlement['conditions']): typeof set.shared => ({
    ...set.shared,
    entitlements: set.shared.entitlements.map(each => (each === grant ? { ...grant, conditions } : each)),
  });
  const because = { th: 'เพราะ' };

  it('is seen when a service cannot be reached', () => {
    const shared = withRule([
      { rule: { '>=': [{ var: 'age' }, 60] }, because },
      { rule: { '<': [{ var: 'age' }, 20] }, because },
    ]);
    expect(walkQuiz(baby, shared).unreached).toEqual(['p1-01']);
  });
  it('is seen when two questions settle the same fact each in its own way', () => {
    const one = { id: 'one', ask: because, facts: ['struggling', 'born'] };
    const two = { id: 'two', ask: because, facts: ['born', 'elder'] };
    const rule = { and: [{ var: 'struggling' }, { var: 'born' }, { var: 'elder' }] } as const;
    const shared = { ...withRule([{ rule, because }]), questions: [one, two] };
    const twice = { ...baby, questions: ['one', 'two'], services: ['p1-01'] };
    expect(walkQuiz(twice, shared).contradictions.join()).toMatch(/^(?:one|two): born$/u);
  });
  it('is seen when a part of a rule never matters', () => {
    const impossible = { and: [{ '>=': [{ var: 'age' }, 60] }, { '<': [{ var: 'age' }, 20] }] } as const;
    const shared = withRule([{ rule: { or: [{ var: 'struggling' }, impossible] }, because }]);
    expect(walkQuiz({ ...baby, questions: ['struggle'] }, shared).idleParts).toContain(
      'p1-01: {">=":[{"var":"age"},60]}',
    );
  });
  it.each([
    ['a fact that is not there', { var: 'nothing' }, 'which is no fact'],
    ['a value that is not there', { '==': [{ var: 'work' }, 'king'] as const }, 'a value that it never has'],
  ])('is refused when a rule looks at %s', (_what, rule, problem) => {
    expect(problemsOf(withRule([{ rule, because }]), set.quizzes).join()).toContain(problem);
  });
});
