export { type CellProblem, type RowProblem, birthYearOf, dayOf, minutesOf, phoneOf, satangOf } from './cells';
export {
  type Imports,
  createImports,
  importsQueue,
  importsSweepMs,
  mostFileBytes,
  mostRows,
  type ReadTable,
} from './imports';
export { type ImportCollections, type ImportRecord, type ImportState, importCollections } from './records';
export { type ImportSettings, type MemberDraft, columnsOf, headings, settingsSchema } from './rows';
export { importRoutes } from './routes';
