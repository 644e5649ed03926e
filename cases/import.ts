import { type CaseRecord, type Clock, type Knowledge, type Officer, AppError } from '../core';
import { tableOf } from '../tables';
import { acknowledgement } from './desk';
import type { Ledger } from './ledger';
import { noteAgencyStatus } from './providers/agency-status';
import { plainWords } from './providers/http-system';
import { type CaseCollections, found } from './records';
import { parseReference } from './references';
import { mayAct } from './rights';
import type { CaseSeal } from './seal';

/** Names of columns, as agencies write them. */
const columns = {
  reference: ['เลขที่เรื่อง', 'เลขที่', 'reference', 'id'],
  status: ['สถานะ', 'status'],
  asOf: ['วันที่', 'ณ วันที่', 'as of', 'date'],
  fee: ['ค่าธรรมเนียม', 'fee'],
  paid: ['ชำระแล้ว', 'จ่ายแล้ว', 'paid'],
  theirs: ['เลขรับของหน่วยงาน', 'เลขรับ', 'their reference'],
} as const;
type Column = keyof typeof columns;

const yes = ['ใช่', 'แล้ว', 'ชำระแล้ว', 'จ่ายแล้ว', 'yes', 'true', '1'];
const no = ['ไม่', 'ยัง', 'ยังไม่ชำระ', 'ยังไม่จ่าย', 'no', 'false', '0'];

export interface ImportProblem {
  /** As the sheet numbers them; the heading is row 1. */
  readonly row: number;
  readonly column: string;
  readonly problem: string;
}

export interface ImportResult {
  readonly dryRun: boolean;
  readonly rows: number;
  readonly problems: readonly ImportProblem[];
  /** Rows that change something (in a dry run: would), and rows that say what is known. */
  readonly changed: number;
  readonly unchanged: number;
}

interface Update {
  readonly record: CaseRecord;
  readonly text: string;
  readonly asOf: number;
  readonly fee?: string;
  readonly paid?: boolean;
  readonly theirs?: string;
}

/** `2026-11-25`, `25/11/2569`, an ISO time; Bangkok midnight for a day. */
function momentOf(text: string): number | undefined {
  const thai = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text);
  const year = thai ? Number(thai[3]) : 0;
  const iso = thai
    ? `${year >= 2400 ? year - 543 : year}-${(thai[2] ?? '').padStart(2, '0')}-${(thai[1] ?? '').padStart(2, '0')}`
    : text;
  const moment = Date.parse(/^\d{4}-\d{2}-\d{2}$/u.test(iso) ? `${iso}T00:00:00+07:00` : iso);
  return Number.isNaN(moment) ? undefined : moment;
}

function headings(row: readonly string[]): Map<Column, number> {
  const at = new Map<Column, number>();
  for (const [column, names] of Object.entries(columns) as [Column, readonly string[]][]) {
    const index = row.findIndex(name => names.includes(name.trim().toLowerCase()));
    if (index >= 0) at.set(column, index);
  }
  return at;
}

export interface ImportParts {
  readonly collections: CaseCollections;
  readonly ledger: Ledger;
  readonly seal: CaseSeal;
  readonly clock: Clock;
  readonly knowledge: () => Knowledge;
}

/** Updates status, fee and payment from a sheet. One wrong row and nothing is changed; a dry run changes nothing either. */
export function createImport(
  parts: ImportParts,
): (file: Buffer, officer: Officer, dryRun: boolean) => Promise<ImportResult> {
  const { collections, ledger } = parts;

  async function recordOf(text: string, officer: Officer): Promise<CaseRecord | undefined> {
    const reference = parseReference(text);
    const record = reference
      ? await found(collections.cases, 'reference', reference)
      : await collections.cases.get(text);
    return record && mayAct(record, officer) ? record : undefined;
  }

  async function updateOf(
    cell: (column: Column) => string,
    officer: Officer,
    problem: (column: Column, why: string) => void,
  ): Promise<Update | undefined> {
    const record = await recordOf(cell('reference'), officer);
    if (!record) problem('reference', 'ไม่มีเรื่องเลขที่นี้ในความดูแลของหน่วยงาน');
    const text = plainWords(cell('status'));
    if (text === undefined) problem('status', 'ไม่มีสถานะ');
    const asOf = cell('asOf') ? momentOf(cell('asOf')) : parts.clock();
    if (asOf === undefined) problem('asOf', 'อ่านวันที่ไม่ได้ เขียนแบบ 25/11/2569 หรือ 2026-11-25');
    else if (asOf > parts.clock()) problem('asOf', 'วันที่ยังมาไม่ถึง');
    const paid = cell('paid').toLowerCase();
    if (paid && !yes.includes(paid) && !no.includes(paid)) problem('paid', 'เขียนว่า ใช่ หรือ ไม่');
    if (!record || text === undefined || asOf === undefined) return undefined;
    const fee = plainWords(cell('fee'));
    const theirs = plainWords(cell('theirs'));
    return {
      record,
      text,
      asOf,
      ...(fee ? { fee } : {}),
      ...(paid ? { paid: yes.includes(paid) } : {}),
      ...(theirs ? { theirs } : {}),
    };
  }

  async function apply({ record, theirs, ...status }: Update, officer: Officer): Promise<boolean> {
    const by = { kind: 'officer', id: officer.id, name: officer.name } as const;
    const acknowledged =
      record.state === 'forwarding' && theirs
        ? await ledger.change(record.id, 'acknowledged', (current, now) =>
            acknowledgement(current, by, theirs, now, parts.seal),
          )
        : undefined;
    const current = acknowledged?.outcome === 'done' ? acknowledged.case : record;
    const noted = await noteAgencyStatus(ledger, current, officer.agencyId, status, parts.knowledge());
    return acknowledged?.outcome === 'done' || noted.version !== current.version;
  }

  const wouldChange = ({ record, text, fee, paid, theirs }: Update): boolean =>
    (record.state === 'forwarding' && theirs !== undefined) ||
    record.agencyStatus?.text !== text ||
    record.agencyStatus.fee !== fee ||
    record.agencyStatus.paid !== paid;

  return async (file, officer, dryRun) => {
    const [heading, ...rows] = await tableOf(file);
    const at = headings(heading ?? []);
    if (!at.has('reference') || !at.has('status'))
      throw new AppError('INPUT_INVALID', 'แถวแรกต้องมีหัวคอลัมน์ "เลขที่เรื่อง" และ "สถานะ"');
    const problems: ImportProblem[] = [];
    const updates: Update[] = [];
    for (const [index, row] of rows.entries()) {
      const cell = (column: Column): string => row[at.get(column) ?? -1] ?? '';
      const problem = (column: Column, why: string): void =>
        void problems.push({
          row: index + 2,
          column: heading?.[at.get(column) ?? -1] ?? column,
          problem: why,
        });
      const update = await updateOf(cell, officer, problem);
      if (update && updates.some(each => each.record.id === update.record.id))
        problem('reference', 'เลขที่นี้มีในไฟล์มากกว่าหนึ่งแถว');
      if (update) updates.push(update);
    }
    let changed = 0;
    if (dryRun || problems.length > 0) changed = updates.filter(wouldChange).length;
    else for (const update of updates) if (await apply(update, officer)) changed += 1;
    const bad = !dryRun && problems.length > 0;
    return {
      dryRun,
      rows: rows.length,
      problems,
      changed: bad ? 0 : changed,
      unchanged: bad ? rows.length : updates.length - changed,
    };
  };
}
