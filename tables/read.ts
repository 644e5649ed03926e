import { parse } from 'csv-parse/sync';
import { inflateRawSync } from 'node:zlib';
import { AppError } from '../core';
import { type Sheet, sheetsOfWorkbook } from './lazy-excel';

/** How large a table may be. `maxUnpackedBytes` is of a workbook: a small file that grows to gigabytes ends here. */
export interface TableLimits {
  readonly maxRows: number;
  readonly maxUnpackedBytes: number;
  /** UTF-16 units of one cell; what is longer is cut. */
  readonly maxCellUnits?: number;
}

/** A sheet as texts. `name` is empty where the file has none (CSV). */
export interface TextSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}
const usualLimits: TableLimits = { maxRows: 10_000, maxUnpackedBytes: 32 * 1024 * 1024 };
const usualCellUnits = 2_000;

const zipStart = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const centralHeader = 0x02014b50;
const endHeader = 0x06054b50;
const deflated = 8;

const refused = (why: string): AppError => new AppError('INPUT_INVALID', `The file cannot be read: ${why}.`);

/** Unpacks every part of a ZIP within bounds; what the file says of its own sizes is not believed. */
function checkUnpacked(file: Buffer, maxUnpackedBytes: number): void {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== endHeader)
    throw refused('it is not a workbook');
  let at = file.readUInt32LE(end + 16);
  let left = maxUnpackedBytes;
  for (let parts = file.readUInt16LE(end + 10); parts > 0; parts -= 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== centralHeader) throw refused('it is damaged');
    const method = file.readUInt16LE(at + 10);
    const packed = file.readUInt32LE(at + 20);
    const local = file.readUInt32LE(at + 42);
    if (local + 30 > file.length) throw refused('it is damaged');
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    left -= method === deflated ? unpackedBytes(file.subarray(start, start + packed), left) : packed;
    if (left <= 0) throw refused(`it unpacks to more than ${maxUnpackedBytes / 1024 / 1024} MB`);
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
}

function unpackedBytes(packed: Buffer, atMost: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, atMost) }).byteLength;
  } catch (error) {
    const tooMuch =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw refused(tooMuch ? 'it unpacks to too much' : 'it is damaged');
  }
}

const cellText = (cell: unknown, maxCellUnits: number): string => {
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? String(cell).slice(0, maxCellUnits).trim()
    : '';
};

async function workbookSheets(file: Buffer, { maxUnpackedBytes }: TableLimits): Promise<readonly Sheet[]> {
  checkUnpacked(file, maxUnpackedBytes);
  try {
    return await sheetsOfWorkbook(file);
  } catch (error) {
    throw refused(error instanceof Error ? error.message.slice(0, 200) : 'it is damaged');
  }
}

function csvRows(file: Buffer, { maxRows }: TableLimits): readonly (readonly unknown[])[] {
  try {
    const rows: string[][] = parse(file, {
      bom: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      to: maxRows + 2,
    });
    return rows;
  } catch (error) {
    throw refused(error instanceof Error ? error.message.slice(0, 200) : 'it is no CSV');
  }
}

/** All sheets of a CSV file (UTF-8) or of an Excel workbook, as texts; which it is shows in its first bytes. */
export async function sheetsOf(
  file: Buffer,
  limits: TableLimits = usualLimits,
): Promise<readonly TextSheet[]> {
  const isZip = file.subarray(0, 4).equals(zipStart);
  const sheets = isZip ? await workbookSheets(file, limits) : [{ name: '', rows: csvRows(file, limits) }];
  if (sheets.some(({ rows }) => rows.length > limits.maxRows + 1))
    throw refused(`it has more than ${limits.maxRows} rows; send it in parts`);
  const { maxCellUnits = usualCellUnits } = limits;
  return sheets.map(({ name, rows }) => ({
    name,
    rows: rows.map(row => row.map(cell => cellText(cell, maxCellUnits))),
  }));
}

/** The rows of the first sheet. */
export async function tableOf(
  file: Buffer,
  limits: TableLimits = usualLimits,
): Promise<readonly (readonly string[])[]> {
  return (await sheetsOf(file, limits))[0]?.rows ?? [];
}
