import { join } from 'node:path';
import { loadQuizzes, loadSamplePeople } from './load';
import type { QuizSet } from './quizzes';
import { sampleRows, shownTo } from './samples';

const folder = join(__dirname, '..', 'data', 'quizzes');
const set = loadQuizzes(folder);
const people = loadSamplePeople(folder);

describe('sample people', () => {
  it.each(people.map(person => [person.name, person] as const))('%s', (_name, person) => {
    const shown = shownTo(person, set);
    expect(person.shown.filter(service => !shown.includes(service))).toEqual([]);
    expect(person.notShown.filter(service => shown.includes(service))).toEqual([]);
  });

  it('stand in facts and services that the quizzes have', () => {
    for (const { facts, quiz, shown, notShown } of people) {
      const row = set.quizzes.find(({ id }) => id === quiz);
      expect(Object.keys(facts).filter(fact => !(fact in set.shared.facts))).toEqual([]);
      expect(shown.filter(service => !row?.services.includes(service))).toEqual([]);
      expect(
        notShown.filter(service => !set.shared.entitlements.some(each => each.service === service)),
      ).toEqual([]);
    }
  });

  it('show whose results a new version changes', () => {
    const after: QuizSet = {
      ...set,
      version: 'later',
      shared: {
        ...set.shared,
        entitlements: set.shared.entitlements.map(each =>
          each.service === 'p1-08'
            ? { ...each, conditions: [{ rule: { var: 'disabled' }, because: { th: 'มีคนพิการ' } }] }
            : each,
        ),
      },
    };
    const changed = (next: QuizSet): object[] =>
      sampleRows(people, set, next).flatMap(({ person, results }) =>
        results.filter(each => each.before !== each.after).map(each => ({ person: person.name, ...each })),
      );
    expect(changed(set)).toEqual([]);
    expect(changed(after)).toEqual([
      { person: 'คนพิการยังไม่มีบัตร', service: 'p1-08', before: false, after: true, expected: false },
    ]);
  });
});
