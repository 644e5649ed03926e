export { tableApart } from './apart';
export { sheetsOf, type TableLimits, tableOf, type TextSheet } from './read';
export { csvOf, excelOf, withoutGuard } from './write';
