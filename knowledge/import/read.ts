import { AppError } from '../../core';
import { type TextSheet, sheetsOf, withoutGuard } from '../../tables';
import {
  type Column,
  entryColumns,
  localisedLists,
  nullable,
  put,
  questionColumns,
  sheetNames,
  valueOf,
} from './columns';

/** What is wrong with a file, and where; `row` counts as the sheet does, the headings being row 1. */
export interface FileProblem {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly problem: string;
}

/** Something that should become an entry, with the place of each of its fields. */
export interface Candidate {
  readonly id: string;
  readonly content: unknown;
  /** The file cannot hold questions: those that are there stay. */
  readonly keepsQuestions: boolean;
  /** Where a field such as `questions.2.answer.th` stands. */
  readonly place: (field: string) => Omit<FileProblem, 'problem'>;
}

export interface ReadFile {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly FileProblem[];
}

type Tree = Record<string, unknown>;

export const largestFileBytes = 20 * 1024 * 1024;
const limits = { maxRows: 250_000, maxUnpackedBytes: 200 * 1024 * 1024, maxCellUnits: 20_000 };

interface Row {
  readonly sheet: string;
  readonly row: number;
  readonly value: Tree;
}

/** The column that a field belongs to: the one whose field it is, or lies above it. */
const columnOf = (columns: readonly Column[], field: string): string =>
  columns
    .filter(column => field === column.field || field.startsWith(`${column.field}.`))
    .sort((a, b) => b.field.length - a.field.length)[0]?.heading ??
  columns.find(column => column.field.startsWith(`${field}.`))?.heading ??
  field;

function rowsOf(
  { name, rows }: TextSheet,
  columns: readonly Column[],
  problems: FileProblem[],
): readonly Row[] {
  const [heading = [], ...body] = rows;
  const found = new Map(heading.map((cell, at) => [cell.trim(), at]));
  const sheet = name;
  for (const [cell, at] of found)
    if (cell !== '' && !columns.some(column => column.heading === cell))
      problems.push({ sheet, row: 1, column: cell, problem: `ไม่รู้จักคอลัมน์นี้ (unknown column ${at + 1})` });
  for (const { heading: wanted } of columns)
    if (!found.has(wanted))
      problems.push({ sheet, row: 1, column: wanted, problem: 'ไม่มีคอลัมน์นี้ (column is missing)' });
  return body.flatMap((cells, index) => {
    if (cells.every(cell => cell === '')) return [];
    const value: Tree = {};
    for (const column of columns) {
      const read = valueOf(column, withoutGuard(cells[found.get(column.heading) ?? -1] ?? ''));
      if (read !== undefined) put(value, column.field, read);
    }
    return [{ sheet, row: index + 2, value }];
  });
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const treeOf = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};

/** Says with `null`, or not at all, what the sheet left empty. */
function completed(row: Tree, questions: readonly Tree[]): Tree {
  const entry: Tree = { ...row, questions, writtenAt: '2000-01-01', status: 'draft' };
  const register = treeOf(entry['register']);
  if (!register['nameTh'] && !register['agencyId']) Reflect.deleteProperty(entry, 'register');
  for (const field of localisedLists) {
    const both = treeOf(entry[field]);
    if (isEmpty(both['en'])) Reflect.deleteProperty(both, 'en');
    if (field === 'criteria' && isEmpty(both['th'])) Reflect.deleteProperty(entry, field);
  }
  const standing = treeOf(entry['standing']);
  standing['note'] ??= null;
  entry['standing'] = standing;
  for (const field of nullable) if (!field.includes('.')) entry[field] ??= null;
  for (const field of ['phrases', 'forms']) if (isEmpty(entry[field])) Reflect.deleteProperty(entry, field);
  return entry;
}

function withoutEmptyEnglish(question: Tree): Tree {
  const { id: _id, ...rest } = question;
  const ask = treeOf(rest['ask']);
  if (isEmpty(ask['en'])) Reflect.deleteProperty(ask, 'en');
  return rest;
}

function fromSheets(sheets: readonly TextSheet[]): ReadFile {
  const problems: FileProblem[] = [];
  const main = sheets.find(({ name }) => name === sheetNames.entries || name === '');
  if (!main) {
    const names = sheets.map(({ name }) => name).join(', ');
    const problem = `ไม่มีแผ่นงานชื่อ "${sheetNames.entries}" มีแต่ ${names} (wrong sheet)`;
    return { candidates: [], problems: [{ sheet: sheets[0]?.name ?? '', row: 1, column: '', problem }] };
  }
  const rows = rowsOf(main, entryColumns, problems);
  const asked = sheets.find(({ name }) => name === sheetNames.questions);
  const questions = asked ? rowsOf(asked, questionColumns, problems) : [];
  const ids = new Set(rows.map(row => textOf(row.value['id'])));
  for (const { sheet, row, value } of questions)
    if (!ids.has(textOf(value['id'])))
      problems.push({ sheet, row, column: 'id', problem: 'ไม่มีบริการรหัสนี้ในแผ่น entries (no such entry)' });
  const candidates = rows.map(({ sheet, row, value }): Candidate => {
    const id = textOf(value['id']);
    const own = questions.filter(question => textOf(question.value['id']) === id);
    return {
      id,
      keepsQuestions: asked === undefined,
      content: completed(
        value,
        own.map(question => withoutEmptyEnglish(question.value)),
      ),
      place(field) {
        const [first, at = '', ...rest] = field.split('.');
        const question = first === 'questions' ? own[Number(at)] : undefined;
        if (!question) return { sheet, row, column: columnOf(entryColumns, field) };
        return {
          sheet: question.sheet,
          row: question.row,
          column: columnOf(questionColumns, rest.join('.')),
        };
      },
    };
  });
  return { candidates, problems };
}

function fromJson(file: Buffer): ReadFile {
  let json: unknown;
  try {
    json = JSON.parse(file.toString('utf8'));
  } catch (cause) {
    throw new AppError('INPUT_INVALID', 'The file is not valid JSON.', { cause });
  }
  const list: readonly unknown[] | undefined = Array.isArray(json) ? json : undefined;
  if (!list) throw new AppError('INPUT_INVALID', 'The JSON must be a list of entries.');
  return {
    problems: [],
    candidates: list.map((content, at) => ({
      id: textOf(treeOf(content)['id']),
      keepsQuestions: false,
      content,
      place: field => ({ sheet: 'json', row: at + 1, column: field }),
    })),
  };
}

/** Reads entries from JSON, CSV or Excel; which it is shows in the file itself. */
export async function readEntries(file: Buffer): Promise<ReadFile> {
  if (file.length === 0) throw new AppError('INPUT_INVALID', 'The file is empty.');
  if (file.length > largestFileBytes)
    throw new AppError(
      'BODY_TOO_LARGE',
      `ไฟล์ใหญ่เกิน ${largestFileBytes / 1024 / 1024} MB แบ่งเป็นหลายไฟล์ (the file is larger than that; send it in parts)`,
    );
  const begins = file
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\ufeff/u, '')
    .trimStart();
  return begins.startsWith('[') || begins.startsWith('{')
    ? fromJson(file)
    : fromSheets(await sheetsOf(file, limits));
}
