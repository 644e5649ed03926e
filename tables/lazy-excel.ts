import { z } from 'zod';

/** One sheet of a workbook, row by row. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly unknown[])[];
}

/** What of the reader and the writer of workbooks is used here. */
interface ExcelReader {
  default(file: Buffer): Promise<unknown>;
}
interface ExcelWriter {
  default(sheets: readonly object[]): { toBuffer(): Promise<Buffer> };
}

const sheetsSchema = z.array(z.object({ sheet: z.string(), data: z.array(z.array(z.unknown())) }));

// Plain `require`: the packages have CommonJS builds, but their types say they had none. Loaded when a workbook comes or goes.

export async function sheetsOfWorkbook(file: Buffer): Promise<readonly Sheet[]> {
  const reader: ExcelReader = require('read-excel-file/node');
  return sheetsSchema
    .parse(await reader.default(file))
    .map(({ sheet, data }) => ({ name: sheet, rows: data }));
}

/** A workbook of texts: nothing in it is a formula. */
export async function workbookOf(
  sheets: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[],
): Promise<Buffer> {
  const writer: ExcelWriter = require('write-excel-file/node');
  const written = sheets.map(({ name, rows }) => ({
    sheet: name,
    data: rows.map((row, at) =>
      row.map(value =>
        value === '' ? null : { value, type: String, ...(at === 0 ? { fontWeight: 'bold' } : {}) },
      ),
    ),
  }));
  return writer.default(written).toBuffer();
}
