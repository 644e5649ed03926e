export { type FileView, type Files, type FilesParts, type OpenedFile, createFiles } from './files';
export { inspect, mostBytes, shownName } from './inspect';
export { type FileKind, type Refusal, kinds, refusals } from './kinds';
export { type Links, createLinks } from './links';
export { filePersonalRecords } from './personal';
export { type FileRecord, fileIdOf } from './records';
export { type FileRouteParts, fileRoutes } from './routes';
export { type Vault, createVault } from './vault';
