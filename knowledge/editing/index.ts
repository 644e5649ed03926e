export { checkEntry, type Problem, type Surroundings } from './checks';
export { type AnswerMode, rulesIn, shippedManifest, tellable } from './compose';
export { entryDiff } from './diff';
export { type DueNotice, dueNotices } from './due';
export { createEntries, type Entries, type EntryView } from './entries';
export { entryRoutes } from './entry-routes';
export { createLearning, type Learning } from './learning';
export { learningRoutes } from './learning-routes';
export {
  contentReader,
  createSwitches,
  type LiveState,
  nothingPublished,
  type ReadContents,
  readLive,
  type Switches,
} from './live';
export { createModels } from './models';
export { publicationRoutes } from './publication-routes';
export { createPublications, type Prepare, type Publications } from './publications';
export { createQuestionBook, type QuestionBook } from './question-book';
export { type EditingCollections, editingCollections, type Effect } from './records';
export { brokenLinks, type CheckLink } from './report';
export { reportRoutes } from './report-routes';
export { sampleRoutes } from './sample-routes';
export { keyOfInputs, trainingInputs, withWords } from './training';
