import type { Collection, RecordDeclaration, Stored } from '../core';

/** What rotation needs of the seal. */
export interface Resealing {
  seal(plain: string): string;
  open(sealed: string): string;
  isCurrent(sealed: string): boolean;
}

const pageSize = 200;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value with the field at a dotted path sealed anew; the same value when it need not be. */
function resealedAt(value: Fields, [name = '', ...rest]: readonly string[], seal: Resealing): Fields {
  const field = value[name];
  if (rest.length > 0) {
    if (!isFields(field)) return value;
    const inner = resealedAt(field, rest, seal);
    return inner === field ? value : { ...value, [name]: inner };
  }
  return typeof field === 'string' && !seal.isCurrent(field)
    ? { ...value, [name]: seal.seal(seal.open(field)) }
    : value;
}

/**
 * Seals every sealed field of a collection with the newest key. What is current already is only looked at, so that a run that was cut
 * off is gone on with by running it again, also beside a working product: each record is one compare-and-set.
 */
export async function resealCollection<T extends Stored>(
  records: Collection<T>,
  keeps: RecordDeclaration | undefined,
  seal: Resealing,
  onPage: (looked: number, changed: number) => void,
): Promise<{ readonly looked: number; readonly changed: number }> {
  const sealed = keeps?.sealed;
  if (!sealed) return { looked: 0, changed: 0 };
  const paths = sealed.fields.map(field => field.split('.'));
  const renewed = (record: T): T => {
    const before: Fields = Object.fromEntries(Object.entries(record));
    const after = paths.reduce((value, path) => resealedAt(value, path, seal), before);
    return after === before ? record : ({ ...record, ...after } satisfies T);
  };
  let looked = 0;
  let changed = 0;
  let after: string | undefined;
  do {
    const page = await records.scan({ index: sealed.index, limit: pageSize, ...(after ? { after } : {}) });
    for (const record of page.records) {
      looked += 1;
      for (let current: T | undefined = record; current;) {
        const next: T = renewed(current);
        if (next === current) break;
        if (await records.replace(next)) {
          changed += 1;
          break;
        }
        current = await records.get(record.id);
      }
    }
    after = page.cursor;
    onPage(looked, changed);
  } while (after !== undefined);
  return { looked, changed };
}
