export { sqliteEngine, type SqliteOptions } from './engine';
