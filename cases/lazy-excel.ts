import { z } from 'zod';

/** What of the reader of workbooks is used here. */
interface ExcelReader {
  readSheet(file: Buffer): Promise<unknown>;
}

const rowsSchema = z.array(z.array(z.unknown()));

/** The first sheet of a workbook, row by row. */
export async function firstSheet(file: Buffer): Promise<readonly (readonly unknown[])[]> {
  // A plain `require`: the package has a CommonJS build, but its types say it had none. Loaded when a workbook comes.
  const reader: ExcelReader = require('read-excel-file/node');
  return rowsSchema.parse(await reader.readSheet(file));
}
