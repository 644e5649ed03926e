import type { Entry } from '../schema';

/** One field that differs, as JSON values; absent where a side does not have it. */
export interface FieldChange {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists are compared whole: a line that moved is a change of the list, not of every line below it. */
function* changesOf(before: unknown, after: unknown, field: string): Generator<FieldChange> {
  if (isTree(before) && isTree(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* changesOf(before[name], after[name], field ? `${field}.${name}` : name);
    return;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  yield {
    field,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** What changes from one content of an entry to another. */
export const entryDiff = (before: Entry | undefined, after: Entry): FieldChange[] => [
  ...changesOf(before ?? {}, after, ''),
];
