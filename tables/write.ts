import type { TextSheet } from './read';
import { workbookOf } from './lazy-excel';

/**
 * Spreadsheet programs run what begins so, some of them after blanks or in full width; an apostrophe in front keeps it a text, and is
 * taken off again when it is read.
 */
const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

const quoted = (cell: string): string => {
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** CSV as spreadsheet programs read it: UTF-8 with its mark, nothing that they would run. */
export const csvOf = ({ rows }: Pick<TextSheet, 'rows'>): Buffer =>
  Buffer.from(`\ufeff${rows.map(row => row.map(quoted).join(',')).join('\r\n')}\r\n`, 'utf8');

export const excelOf = (sheets: readonly TextSheet[]): Promise<Buffer> => workbookOf(sheets);

/** What was put in front of a text when it was written. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
