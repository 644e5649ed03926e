import { createQuizzes, type QuizSet } from './quizzes';
import type { SamplePerson } from './schema';

/** What the same person is shown before and after. */
export interface SampleChange {
  readonly person: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Services a sample person is shown as fitting or likely; empty where the quiz is not in the set. */
export function shownTo(person: SamplePerson, set: QuizSet): string[] {
  const quiz = createQuizzes(set).get(person.quiz);
  if (!quiz) return [];
  return quiz
    .advise(quiz.known(person.facts))
    .results.filter(({ standing }) => standing !== 'maybe')
    .map(({ service }) => service);
}

/** The sample people whose results differ between two versions: what an editor looks at before publishing. */
export function sampleChanges(
  people: readonly SamplePerson[],
  before: QuizSet,
  after: QuizSet,
): SampleChange[] {
  return people.flatMap(person => {
    const [was, is] = [shownTo(person, before), shownTo(person, after)];
    const gained = is.filter(service => !was.includes(service));
    const lost = was.filter(service => !is.includes(service));
    return gained.length + lost.length > 0 ? [{ person: person.name, gained, lost }] : [];
  });
}
