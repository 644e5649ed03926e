import { type Knowledge, inSteps } from '../../core';
import { orderingNames } from './name-order';
import { indexingWords } from './word-index';

export { createFinder, type FinderParts } from './finder';
export { loadGroups } from './groups';
export { wordsOf } from './word-index';

/** Makes what a version is searched and listed by before anybody needs it; lets others go first at every `pause`. */
export async function prepareFinding(knowledge: Knowledge, pause: () => Promise<unknown>): Promise<void> {
  await inSteps(indexingWords(knowledge), pause);
  await inSteps(orderingNames(knowledge), pause);
}
