export { aboutWhom, isNegated } from './about';
export type { Named } from './names';
export { createEntityReader, createEntityReaderSlowly, type EntityNames, type EntityReader } from './reader';
export { registerNames } from './register-names';
