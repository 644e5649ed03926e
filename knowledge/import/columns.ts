import type { Entry } from '../schema';

/** One column of a sheet: the field of an entry it stands for, and how that is written in a cell. */
export interface Column {
  readonly heading: string;
  /** Path of the field, such as `answer.th`; problems below it belong to this column. */
  readonly field: string;
  readonly kind: 'text' | 'lines' | 'number' | 'records';
  /** Names of the parts of one line of `records`, in their order, as paths. */
  readonly parts?: readonly string[];
}

const text = (field: string, heading = field): Column => ({ heading, field, kind: 'text' });
const lines = (field: string, heading = field): Column => ({ heading, field, kind: 'lines' });
const both = (make: (field: string) => Column, field: string): Column[] => [
  make(`${field}.th`),
  make(`${field}.en`),
];

/** The sheet with one row an entry. Lists have a line for each item; items of several parts divide them by `|`. */
export const entryColumns: readonly Column[] = [
  text('id'),
  ...['nameTh', 'nameEn', 'agencyId', 'kind', 'category'].map(name => text(`register.${name}`)),
  lines('register.targetGroups'),
  lines('register.lifeStages'),
  ...both(text, 'name'),
  ...both(lines, 'synonyms'),
  ...both(text, 'answer'),
  ...['eligibility', 'documents', 'where'].flatMap(field => both(lines, field)),
  ...['hours', 'fee', 'duration'].flatMap(field => both(text, field)),
  ...both(lines, 'steps'),
  { heading: 'phones', field: 'phones', kind: 'records', parts: ['number', 'label.th', 'label.en'] },
  { heading: 'links', field: 'links', kind: 'records', parts: ['url', 'label.th', 'label.en'] },
  { heading: 'connection', field: 'connection', kind: 'number' },
  lines('related'),
  { heading: 'incompatible', field: 'incompatible', kind: 'records', parts: ['id', 'why.th', 'why.en'] },
  text('sensitivity'),
  text('standing.state'),
  ...both(text, 'standing.note'),
  text('standing.successor'),
  ...both(lines, 'criteria'),
  {
    heading: 'forms',
    field: 'forms',
    kind: 'records',
    parts: ['form', 'part', 'how'].flatMap(part => [`${part}.th`, `${part}.en`]),
  },
  text('signVideo'),
  ...both(text, 'readAloud'),
  lines('phrases'),
  text('source'),
];

/** The sheet with one row a question; `id` is the entry's. */
export const questionColumns: readonly Column[] = [
  text('id'),
  ...both(lines, 'ask'),
  ...both(text, 'answer'),
];

export const sheetNames = { entries: 'entries', questions: 'questions' } as const;

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function valueAt(tree: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((at, name) => (isTree(at) ? at[name] : undefined), tree);
}

export function put(tree: Tree, field: string, value: unknown): void {
  const names = field.split('.');
  const last = names.pop() ?? field;
  let at = tree;
  for (const name of names) {
    const next = at[name];
    const below: Tree = isTree(next) ? next : {};
    at[name] = below;
    at = below;
  }
  at[last] = value;
}

const written = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The cell of a column for something. */
export function cellOf({ field, kind, parts = [] }: Column, of: unknown): string {
  const value = valueAt(of, field);
  if (kind === 'text' || kind === 'number') return written(value);
  if (!Array.isArray(value)) return '';
  const items: readonly unknown[] = value;
  return items
    .map(item =>
      kind === 'lines' ? written(item) : parts.map(part => written(valueAt(item, part))).join(' | '),
    )
    .join('\n');
}

/** What a cell says; `undefined` where it is empty and the field may be missing. */
export function valueOf({ kind, parts = [] }: Column, cell: string): unknown {
  const items = cell
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  switch (kind) {
    case 'text':
      return cell === '' ? undefined : cell;
    case 'number':
      return cell === '' ? undefined : Number(cell);
    case 'lines':
      return items;
    case 'records':
      return items.map(line => {
        const record: Tree = {};
        line.split('|').forEach((part, at) => {
          const name = parts[at];
          if (name !== undefined && part.trim() !== '') put(record, name, part.trim());
        });
        return record;
      });
  }
}

/** Fields that an entry says `null` for, where nothing is known. */
export const nullable = ['hours', 'fee', 'duration', 'sensitivity', 'readAloud', 'standing.note'] as const;
/** Lists of both languages: the English one is left out where nobody wrote it. */
export const localisedLists = ['synonyms', 'eligibility', 'documents', 'where', 'steps', 'criteria'] as const;

/** The questions of an entry as rows. */
export const questionRows = (entry: Entry): string[][] =>
  entry.questions.map(question =>
    questionColumns.map(column => (column.field === 'id' ? entry.id : cellOf(column, question))),
  );
