import type { Localised } from '../../core';
import { createQuizzes, type QuizSet } from './quizzes';
import type { SamplePerson } from './schema';

/** Whether one service is shown to one person, before and after a change. */
export interface SampleResult {
  readonly service: string;
  readonly before: boolean;
  readonly after: boolean;
  /** What whoever wrote the person down says of it; absent where they say nothing. */
  readonly expected?: boolean;
}

/** One sample person: who they are in words, and every service that is shown to them or was thought of. */
export interface SampleRow {
  readonly person: SamplePerson;
  readonly quiz: Localised;
  readonly facts: readonly { readonly label: Localised; readonly value: Localised }[];
  readonly results: readonly SampleResult[];
}

type Show = (person: SamplePerson) => string[];

/** Services a sample person is shown as fitting or likely; none where the quiz is not in the set. */
function showing(set: QuizSet): Show {
  const quizzes = createQuizzes(set);
  return ({ quiz: id, facts }) => {
    const quiz = quizzes.get(id);
    if (!quiz) return [];
    return quiz
      .advise(quiz.known(facts))
      .results.filter(({ standing }) => standing !== 'maybe')
      .map(({ service }) => service);
  };
}

export const shownTo = (person: SamplePerson, set: QuizSet): string[] => showing(set)(person);

/** What the sample people are shown in two versions of the quizzes: what an editor looks at before publishing. */
export function sampleRows(
  people: readonly SamplePerson[],
  before: QuizSet,
  after: QuizSet,
): readonly SampleRow[] {
  const [was, is] = [showing(before), showing(after)];
  const quizzes = createQuizzes(after);
  return people.map(person => {
    const [then, now] = [was(person), is(person)];
    const services = new Set([...now, ...then, ...person.shown, ...person.notShown]);
    const quiz = quizzes.get(person.quiz);
    return {
      person,
      quiz: quiz?.name ?? { th: person.quiz },
      facts: quiz?.inWords(person.facts).map(({ label, value }) => ({ label, value })) ?? [],
      results: [...services].map(service => ({
        service,
        ...{ before: then.includes(service), after: now.includes(service) },
        ...(person.shown.includes(service) ? { expected: true } : {}),
        ...(person.notShown.includes(service) ? { expected: false } : {}),
      })),
    };
  });
}
