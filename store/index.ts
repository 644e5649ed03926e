export { mongoEngine } from './lazy-mongo';
export { conversationIdOf, createRecords, type ChatPersonalRecords, type Records } from './records';
export { createSeal, type DataKey, type Seal } from './seal';
export { sqliteEngine, type SqliteOptions } from './sqlite';
