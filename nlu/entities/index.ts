export { aboutWhom, isNegated } from './about';
export type { Named } from './names';
export { createEntityReader, type EntityNames, type EntityReader } from './reader';
export { registerNames } from './register-names';
