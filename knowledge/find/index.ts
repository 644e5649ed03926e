export { createFinder, type FinderParts } from './finder';
export { loadGroups } from './groups';
export { prepareWords, wordsOf } from './word-index';
