export { createEntryImport, type ImportReport } from './import';
export { importRoutes } from './routes';
export { writeEntries } from './write';
