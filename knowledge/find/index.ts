export { createFinder, type FinderParts } from './finder';
export { loadGroups } from './groups';
