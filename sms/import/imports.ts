import {
  AppError,
  type Clock,
  type Ids,
  type Jobs,
  type Officer,
  type ReminderTexts,
  type Reminders,
  type SendingTimes,
} from '../../core';
import type { ReminderSeal } from '../reminders/records';
import { together } from '../together';
import type { RowProblem } from './cells';
import { UnusableFile, columnsIn, faultIn } from './columns';
import { createContents } from './contents';
import type { ImportCollections, ImportRecord, ImportState } from './records';
import { type ImportSettings, type MemberDraft, type RowValue, headings, rowReader } from './rows';

export const importsQueue = 'reminder-imports';
export const importsSweepMs = 5_000;

/** Rows that are checked or made between two looks at whether somebody cancelled. */
const partRows = 500;
export const mostRows = 100_000;
export const mostFileBytes = 24 * 1024 * 1024;
/** A process of which nothing was heard for so long is gone; another one goes on. */
const leaseMs = 30_000;

export interface ImportParts extends ImportCollections {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly jobs: Pick<Jobs, 'wake'>;
  readonly texts: ReminderTexts;
  readonly times: SendingTimes;
  readonly reminders: Pick<Reminders, 'create' | 'cancelByKey'>;
  readonly audience: {
    /** The same member again is the same; `source` says where it came from. */
    add(agencyId: string, member: MemberDraft, source: string): Promise<void>;
    /** Takes back what `source` alone brought. */
    takeBack(agencyId: string, member: MemberDraft, source: string): Promise<void>;
  };
  readonly table: ReadTable;
}

/** The rows of a CSV file or a workbook, as texts; `goOn` hears how many were read, and ends it with `false`: then there are none. */
export type ReadTable = (
  file: Buffer,
  mostRows: number,
  goOn: (read: number) => Promise<boolean>,
) => Promise<readonly (readonly string[])[] | undefined>;

export interface ProblemPage {
  readonly problems: readonly RowProblem[];
  readonly cursor?: string;
}

export interface Imports {
  begin(officer: Officer, name: string, settings: ImportSettings): Promise<ImportRecord>;
  /** Takes the file in and begins to check it; nothing is made of it yet. */
  give(id: string, officer: Officer, file: Buffer): Promise<ImportRecord>;
  /** Makes what was checked and found right; or cancels, at any time. */
  act(id: string, officer: Officer, act: 'apply' | 'cancel'): Promise<ImportRecord>;
  get(id: string, officer: Officer): Promise<ImportRecord>;
  list(officer: Officer, limit: number): Promise<readonly ImportRecord[]>;
  problems(id: string, officer: Officer, after?: string): Promise<ProblemPage>;
  /** Goes on with one import until it rests; '' looks for those whose process is gone. */
  run(id: string): Promise<void>;
}

export function createImports(parts: ImportParts): Imports {
  const { imports, clock } = parts;
  const contents = createContents(parts);

  async function get(id: string, { agencyId, role }: Officer): Promise<ImportRecord> {
    const record = await imports.get(id);
    if (!record || (record.agencyId !== agencyId && role !== 'admin'))
      throw new AppError('NOT_FOUND', 'There is no such import, or it belongs to another agency.');
    return record;
  }

  /** Writes until it holds, or `to` finds that it cannot. */
  async function change(
    id: string,
    to: (record: ImportRecord, now: number) => ImportRecord | undefined,
  ): Promise<ImportRecord | undefined> {
    for (;;) {
      const record = await imports.get(id);
      const next = record && to(record, clock());
      if (!record || !next) return record;
      const stored = { ...next, changedAt: clock() };
      if (await imports.replace(stored)) return { ...stored, version: stored.version + 1 };
    }
  }

  /** The next record of the state that `of` was in; `undefined` when somebody else has it or changed its state. */
  async function step(of: ImportRecord, more: Partial<ImportRecord>): Promise<ImportRecord | undefined> {
    const now = clock();
    const next = { ...of, changedAt: now, leaseUntil: now + leaseMs, ...more };
    return (await imports.replace(next)) ? { ...next, version: next.version + 1 } : undefined;
  }

  async function check(from: ImportRecord): Promise<void> {
    let record = from;
    // Until the file was read through, `at` counts its rows as they come; the lease is renewed with each look.
    const table = await parts.table(await contents.fileOf(record), mostRows, async read => {
      const next = await step(record, { at: read });
      record = next ?? record;
      return next !== undefined;
    });
    if (!table) return;
    const [heading = [], ...rows] = table;
    const at = columnsIn(heading, record.settings);
    const columnOf = (name: string): string => heading[at.get(name) ?? -1] ?? headings[name]?.[0] ?? name;
    const read = rowReader(record.settings, { texts: parts.texts, times: parts.times, now: clock() });
    const twins = new Map<string, number>();
    let problems = 0;
    for (let n = 0; n * partRows < rows.length; n += 1) {
      const wrong: RowProblem[] = [];
      const values: RowValue[] = [];
      for (const [index, cells] of rows.slice(n * partRows, (n + 1) * partRows).entries()) {
        const row = n * partRows + index + 2;
        const result = read(row, name => (cells[at.get(name) ?? -1] ?? '').trim(), columnOf);
        if ('problems' in result) {
          wrong.push(...result.problems);
          continue;
        }
        const twin = twins.get(result.twinKey);
        twins.set(result.twinKey, twin ?? row);
        if (twin === undefined) values.push(result.value);
        else wrong.push({ row, column: columnOf('phone'), problem: 'twice', detail: String(twin) });
      }
      problems += wrong.length;
      await contents.putRows(record.id, n, values, wrong);
      const done = Math.min((n + 1) * partRows, rows.length);
      const next = await step(record, { rows: rows.length, at: done, problems });
      if (!next) return;
      record = next;
    }
    if (rows.length === 0) throw new UnusableFile('no-rows', 'There is no row below the headings.');
    const state: ImportState = problems === 0 ? 'checked' : 'refused';
    if (await step(record, { state, leaseUntil: 0 })) await contents.dropFile(record);
  }

  const keyOf = (record: ImportRecord, n: number, index: number): string =>
    `import/${record.id}/${n}.${index}`;

  /** Why nothing was made of a row; `undefined` where something was, or had been before a crash. */
  async function makeOne(record: ImportRecord, value: RowValue, key: string): Promise<string | undefined> {
    if (value.kind === 'member') {
      await parts.audience.add(record.agencyId, value.member, record.id);
      return undefined;
    }
    const by = { kind: 'officer', officer: record.officer } as const;
    const made = await parts.reminders.create({ ...value.draft, key, by, agencyId: record.agencyId });
    return made.outcome === 'refused' ? made.why : undefined;
  }

  async function make(record: ImportRecord, n: number): Promise<{ made: number; skipped: string[] }> {
    const outcomes = await together(await contents.valuesOf(record.id, n), (value, index) =>
      makeOne(record, value, keyOf(record, n, index)),
    );
    const skipped = outcomes.filter(why => why !== undefined);
    return { made: outcomes.length - skipped.length, skipped };
  }

  /** Whether a row could not be taken back any more. */
  async function takeBackOne(record: ImportRecord, value: RowValue, key: string): Promise<boolean> {
    if (value.kind === 'member') {
      await parts.audience.takeBack(record.agencyId, value.member, record.id);
      return false;
    }
    const by = { kind: 'officer', officer: record.officer } as const;
    const outcome = await parts.reminders.cancelByKey(key, by, 'the import was cancelled');
    return outcome.outcome === 'too-late' && outcome.reminder.state !== 'cancelled';
  }

  async function apply(from: ImportRecord): Promise<void> {
    let record = from;
    const count = Math.ceil((record.rows ?? 0) / partRows);
    for (let n = record.applied; n < count; n += 1) {
      // First that it is begun, so that a cancelling takes back what this part made.
      const begun = await step(record, { applied: n });
      if (!begun) return;
      const { made, skipped } = await make(begun, n);
      const reasons = { ...begun.skipped };
      for (const why of skipped) reasons[why] = (reasons[why] ?? 0) + 1;
      const next = await step(begun, {
        applied: n + 1,
        at: Math.min((n + 1) * partRows, record.rows ?? 0),
        made: begun.made + made,
        skipped: reasons,
      });
      if (!next) return;
      record = next;
    }
    if (await step(record, { state: 'done', leaseUntil: 0 })) await contents.dropAll(record.id);
  }

  async function takeBack(from: ImportRecord): Promise<void> {
    let record = from;
    const count = Math.min(Math.ceil((record.rows ?? 0) / partRows), record.applied + 1);
    // `at` counts the parts that are still to be taken back.
    for (let n = Math.min(record.at, count) - 1; n >= 0; n -= 1) {
      const late = await together(await contents.valuesOf(record.id, n), (value, index) =>
        takeBackOne(record, value, keyOf(record, n, index)),
      );
      const tooLate = late.filter(Boolean).length;
      const next = await step(record, { at: n, tooLate: record.tooLate + tooLate });
      if (!next) return;
      record = next;
    }
    if (await step(record, { state: 'cancelled', leaseUntil: 0 })) await contents.dropAll(record.id);
  }

  async function runOne(id: string): Promise<void> {
    const record = await imports.get(id);
    if (!record || record.leaseUntil > clock()) return;
    const mine = await step(record, {});
    try {
      if (mine?.state === 'checking') await check(mine);
      if (mine?.state === 'applying') await apply(mine);
      if (mine?.state === 'cancelling') await takeBack(mine);
    } catch (error) {
      const fault = faultIn(error);
      if (!fault || !(error instanceof Error)) throw error;
      // The file as such cannot be read: that is the result of checking it.
      await change(id, each =>
        each.state === 'checking'
          ? { ...each, state: 'refused', fault, why: error.message, leaseUntil: 0 }
          : undefined,
      );
      await contents.dropFile(record);
    }
    // Somebody cancelled while it ran: that is for this process to go on with.
    const after = await imports.get(id);
    if (after?.state === 'cancelling') {
      await change(id, each => (each.state === 'cancelling' ? { ...each, leaseUntil: 0 } : undefined));
      await parts.jobs.wake(importsQueue, id);
    }
  }

  return {
    get,
    async begin(officer, name, settings) {
      const id = parts.ids();
      const now = clock();
      const record = {
        ...{
          id,
          name,
          settings,
          agencyId: officer.agencyId,
          officer: { id: officer.id, name: officer.name },
        },
        ...{ state: 'empty' as const, fileParts: 0, at: 0, applied: 0, problems: 0, made: 0, skipped: {} },
        ...{ tooLate: 0, leaseUntil: 0, createdAt: now, changedAt: now },
      };
      await imports.insert(record);
      return { ...record, version: 1 };
    },
    async give(id, officer, file) {
      const record = await get(id, officer);
      if (record.state !== 'empty') throw new AppError('CONFLICT', 'This import has its file already.');
      const fileParts = await contents.putFile(id, file);
      const next = { ...record, state: 'checking' as const, fileParts, changedAt: clock() };
      if (!(await imports.replace(next))) throw new AppError('CONFLICT', 'This import has its file already.');
      await parts.jobs.wake(importsQueue, id);
      return { ...next, version: next.version + 1 };
    },
    async act(id, officer, act) {
      await get(id, officer);
      let possible = true;
      const after = await change(id, record => {
        possible = true;
        if (act === 'apply' && record.state === 'checked') return { ...record, state: 'applying', at: 0 };
        if (act === 'cancel' && record.state === 'applying')
          return { ...record, state: 'cancelling', at: record.applied + 1 };
        if (act === 'cancel' && ['empty', 'checking', 'checked', 'refused'].includes(record.state))
          return { ...record, state: 'cancelled', leaseUntil: 0 };
        const isSo = act === 'apply' ? ['applying', 'done'] : ['cancelling', 'cancelled'];
        possible = isSo.includes(record.state);
        return undefined;
      });
      if (!after || !possible)
        throw new AppError(
          'CONFLICT',
          `An import that is ${after?.state ?? 'gone'} cannot be made or cancelled.`,
        );
      if (after.state === 'cancelled') await contents.dropAll(after.id);
      await parts.jobs.wake(importsQueue, id);
      return after;
    },
    async list({ agencyId }, limit) {
      const page = await imports.scan({ index: 'agency', prefix: [agencyId], descending: true, limit });
      return page.records;
    },
    async problems(id, officer, after) {
      await get(id, officer);
      const page = await parts.parts.scan({
        index: 'import',
        prefix: [id],
        from: `${id}/rows/`,
        limit: 10,
        ...(after === undefined ? {} : { after }),
      });
      const problems = page.records.flatMap(each => each.problems ?? []);
      return { problems, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },
    async run(id) {
      if (id !== '') return runOne(id);
      const page = await imports.scan({ index: 'active', to: clock() + 1, limit: 100 });
      for (const each of page.records)
        if (each.leaseUntil <= clock()) await parts.jobs.wake(importsQueue, each.id);
    },
  };
}
