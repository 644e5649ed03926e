import { csvOf, excelOf } from '../../tables';
import type { Entry } from '../schema';
import { cellOf, entryColumns, questionColumns, questionRows, sheetNames } from './columns';

export const exportFormats = ['json', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface WrittenFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly name: string;
}

/** Entries as a file that can be read in again. CSV has no second sheet, so it is without the questions. */
export async function writeEntries(entries: readonly Entry[], format: ExportFormat): Promise<WrittenFile> {
  const rows = [
    entryColumns.map(column => column.heading),
    ...entries.map(entry => entryColumns.map(column => cellOf(column, entry))),
  ];
  const name = `thamrat-knowledge.${format}`;
  switch (format) {
    case 'json':
      return { bytes: Buffer.from(JSON.stringify(entries, null, 2)), type: 'application/json', name };
    case 'csv':
      return { bytes: csvOf({ rows }), type: 'text/csv; charset=utf-8', name };
    case 'xlsx': {
      const questions = [questionColumns.map(column => column.heading), ...entries.flatMap(questionRows)];
      const bytes = await excelOf([
        { name: sheetNames.entries, rows },
        { name: sheetNames.questions, rows: questions },
      ]);
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      return { bytes, type, name };
    }
  }
}
