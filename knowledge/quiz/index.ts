export { loadQuizzes, loadSamplePeople } from './load';
export { problemsOf } from './problems';
export { createQuizzes, type QuizSet } from './quizzes';
export { sampleChanges, type SampleChange, shownTo } from './samples';
export type { SamplePerson } from './schema';
export { type Walk, walkQuiz } from './walk';
