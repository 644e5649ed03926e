export { loadRegister } from './load';
export { findQuestion } from './questions';
export { publish, type Register } from './register';
export {
  createQuizzes,
  loadQuizzes,
  loadSamplePeople,
  problemsOf,
  type QuizSet,
  sampleChanges,
  type SampleChange,
  type SamplePerson,
  shownTo,
  type Walk,
  walkQuiz,
} from './quiz';
