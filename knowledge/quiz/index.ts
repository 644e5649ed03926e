export { valuesOf } from './facts';
export { loadQuizzes, loadSamplePeople } from './load';
export { problemsOf } from './problems';
export { createQuizzes, type QuizSet } from './quizzes';
export { readRules, ruleFaults } from './rule-faults';
export { sampleRows, type SampleRow, shownTo } from './samples';
export { type RulesByService, rulesOf, withRules } from './quiz-set';
export type { EntitlementRules, SamplePerson } from './schema';
export { type Walk, walkQuiz } from './walk';
