import type { Collection, Engine, OfficerRef, Stored } from '../../core';
import type { RowProblem } from './cells';
import type { ImportSettings } from './rows';

/**
 * `empty`: waits for its file. `checking`: being read. `checked`: nothing is wrong, and nothing was done yet. `refused`: something is
 * wrong, and nothing was done. `applying`, `done`. `cancelling`: what was made is taken back. `cancelled`.
 */
export type ImportState =
  'empty' | 'checking' | 'checked' | 'refused' | 'applying' | 'done' | 'cancelling' | 'cancelled';

/** What is wrong with a file as such: its headings, that nothing is below them, or that it cannot be read. */
export const fileFaults = ['columns', 'no-rows', 'file'] as const;
export type FileFault = (typeof fileFaults)[number];

export interface ImportRecord extends Stored {
  readonly agencyId: string;
  readonly officer: OfficerRef;
  /** The file's name. */
  readonly name: string;
  readonly settings: ImportSettings;
  readonly state: ImportState;
  /** Parts of the sealed file. */
  readonly fileParts: number;
  /** Rows of the file, once it was read. */
  readonly rows?: number;
  /** Rows read, made or taken back so far: the progress of the state. */
  readonly at: number;
  /** Parts of rows that were handed on to be made; what may have to be taken back. */
  readonly applied: number;
  readonly problems: number;
  readonly made: number;
  /** Rows nothing was made of, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Rows that could not be taken back any more. */
  readonly tooLate: number;
  /** Why the file as such cannot be used, and that in words for whoever looks into it. */
  readonly fault?: FileFault;
  readonly why?: string;
  readonly leaseUntil: number;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** Some bytes of the file, or some rows of it: what they make, sealed, and what is wrong with them. */
export interface ImportPart extends Stored {
  readonly importId: string;
  readonly sealed?: string;
  readonly problems?: readonly RowProblem[];
  readonly createdAt: number;
}

export interface ImportCollections {
  readonly imports: Collection<ImportRecord>;
  readonly parts: Collection<ImportPart>;
}

export const underWay: readonly ImportState[] = ['checking', 'applying', 'cancelling'];

/** Before `engine.open()`. */
export function importCollections(engine: Engine): ImportCollections {
  return {
    imports: engine.collection<ImportRecord>({
      name: 'reminder-imports',
      revision: 1,
      keeps: {
        purpose: 'work',
        basis: 'public-task',
        retention: 'reminders',
        personal: ['officer'],
        ages: 'age',
      },
      indexes: {
        agency: each => [each.agencyId, each.createdAt],
        active: each => (underWay.includes(each.state) ? [each.createdAt] : undefined),
        age: each => [each.createdAt],
      },
    }),
    parts: engine.collection<ImportPart>({
      name: 'reminder-import-parts',
      revision: 1,
      keeps: {
        purpose: 'notices',
        basis: 'public-task',
        retention: 'reminders',
        personal: ['sealed'],
        sealed: { fields: ['sealed'], index: 'age' },
        ages: 'age',
      },
      indexes: { import: each => [each.importId, each.id], age: each => [each.createdAt] },
    }),
  };
}
