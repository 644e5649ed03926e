import { valuesOf } from './facts';
import { factsOf, strayValues } from './logic';
import type { QuizRow, Rule, SharedRows } from './schema';

const repeated = (ids: readonly string[]): string[] => ids.filter((id, index) => ids.indexOf(id) !== index);

/** Everything that keeps these rows from being asked or decided, in words for whoever wrote them. */
export function problemsOf(shared: SharedRows, quizzes: readonly QuizRow[]): string[] {
  const domain = (fact: string): ReturnType<typeof valuesOf> => {
    const row = shared.facts[fact];
    return row ? valuesOf(row) : [];
  };
  const ofRule = (rule: Rule, where: string): string[] => [
    ...factsOf(rule)
      .filter(fact => !(fact in shared.facts))
      .map(fact => `${where} looks at "${fact}", which is no fact`),
    ...strayValues(rule, domain).map(stray => `${where} compares ${stray}, a value that it never has`),
  ];
  const ranges = Object.entries(shared.facts).flatMap(([id, fact]) =>
    fact.kind !== 'number'
      ? []
      : fact.values.flatMap(({ range }, index) => {
          const next = fact.values[index + 1]?.range[0];
          if (range[0] > range[1]) return [`a band of "${id}" ends before it begins`];
          return next !== undefined && next !== range[1] + 1
            ? [`the bands of "${id}" leave a gap or overlap`]
            : [];
        }),
  );
  const questions = shared.questions.flatMap(({ id, facts, when }) => [
    ...facts
      .filter(fact => !(fact in shared.facts))
      .map(fact => `question "${id}" asks "${fact}", which is no fact`),
    ...(facts.length > 1
      ? facts
          .filter(fact => shared.facts[fact]?.kind !== 'yes-no')
          .map(fact => `question "${id}" asks several facts, and "${fact}" is not a yes-no one`)
      : []),
    ...(when === undefined ? [] : ofRule(when, `"when" of question "${id}"`)),
  ]);
  const rules = shared.entitlements.flatMap(({ service, conditions }) =>
    conditions.flatMap(({ rule }) => ofRule(rule, `the rule of ${service}`)),
  );
  const ofQuizzes = quizzes.flatMap(quiz => [
    ...quiz.questions
      .filter(id => !shared.questions.some(question => question.id === id))
      .map(id => `quiz "${quiz.id}" has the question "${id}", which is not there`),
    ...quiz.services
      .filter(id => !shared.entitlements.some(each => each.service === id))
      .map(id => `quiz "${quiz.id}" has the service ${id}, which has no rule`),
    ...Object.entries(quiz.given)
      .filter(([fact, value]) => !domain(fact).some(each => each.id === value))
      .map(([fact, value]) => `quiz "${quiz.id}" is given ${fact} = ${value}, which cannot be`),
  ]);
  const twice = [
    ...repeated(shared.questions.map(({ id }) => id)),
    ...repeated(shared.entitlements.map(({ service }) => service)),
    ...repeated(quizzes.map(({ id }) => id)),
  ].map(id => `"${id}" is there twice`);
  return [...ranges, ...questions, ...rules, ...ofQuizzes, ...twice];
}
