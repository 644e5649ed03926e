export { createClaimChecker, createSentTexts, loadSites, type Sites } from './claims';
export { createFinder, type FinderParts, loadGroups, prepareFinding } from './find';
export { createEntryImport, importRoutes, type ImportReport, writeEntries } from './import';
export { loadRegister } from './load';
export {
  createPlainWords,
  type EntryWord,
  loadPlainWords,
  officialWordsOfEntry,
  type PlainWords,
} from './plain-words';
export { findQuestion } from './questions';
export { type PackedEntry, pack } from './packed';
export { publish, publishOver, type Register, type WholeKnowledge } from './register';
export type { Entry } from './schema';
export {
  createQuizzes,
  loadQuizzes,
  loadSamplePeople,
  problemsOf,
  type QuizSet,
  type SamplePerson,
  sampleRows,
  shownTo,
  type Walk,
  walkQuiz,
  withRules,
} from './quiz';
export { createSuggestions, suggestionRoutes, type WiredSuggestions } from './suggestions';
export {
  type AnswerMode,
  brokenLinks,
  checkEntry,
  type CheckLink,
  contentReader,
  type DueNotice,
  dueNotices,
  createEntries,
  createLearning,
  createModels,
  createPublications,
  createQuestionBook,
  createSwitches,
  editingCollections,
  type EditingCollections,
  type Effect,
  type Entries,
  entryRoutes,
  keyOfInputs,
  type Learning,
  learningRoutes,
  type LiveState,
  nothingPublished,
  type Prepare,
  publicationRoutes,
  type Publications,
  type ReadContents,
  readLive,
  reportRoutes,
  rulesIn,
  sampleRoutes,
  type Switches,
  tellable,
  trainingInputs,
  withWords,
} from './editing';
