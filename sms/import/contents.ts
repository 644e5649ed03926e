import { AppError, type Clock } from '../../core';
import type { ReminderSeal } from '../reminders/records';
import type { RowProblem } from './cells';
import type { ImportCollections, ImportPart, ImportRecord } from './records';
import type { RowValue } from './rows';

const filePartBytes = 256 * 1024;

type FileOf = Pick<ImportRecord, 'id' | 'fileParts'>;

/** The file of an import and what was read of it, in sealed parts. */
export interface Contents {
  /** Returns into how many parts it went. */
  putFile(id: string, file: Buffer): Promise<number>;
  fileOf(record: FileOf): Promise<Buffer>;
  dropFile(record: FileOf): Promise<void>;
  /** The n-th part of the rows, and what is wrong in it. */
  putRows(id: string, n: number, values: readonly RowValue[], problems: readonly RowProblem[]): Promise<void>;
  valuesOf(id: string, n: number): Promise<readonly RowValue[]>;
  /** What was made of the rows stands elsewhere then; what was wrong with them stays until the import itself goes. */
  dropAll(id: string): Promise<void>;
}

const numbered = (n: number): string => String(n).padStart(6, '0');
const fileId = (id: string, n: number): string => `${id}/file/${numbered(n)}`;
const rowsId = (id: string, n: number): string => `${id}/rows/${numbered(n)}`;

export function createContents(given: {
  readonly parts: ImportCollections['parts'];
  readonly seal: ReminderSeal;
  readonly clock: Clock;
}): Contents {
  const { parts, seal, clock } = given;

  async function put(part: Omit<ImportPart, 'version' | 'createdAt'>): Promise<void> {
    const known = await parts.get(part.id);
    const record = { ...part, createdAt: clock() };
    const isMine = known
      ? await parts.replace({ ...record, version: known.version })
      : await parts.insert(record);
    if (!isMine)
      throw new AppError('BUSY', `The part ${part.id} of an import is being written by somebody else.`);
  }

  return {
    async putFile(id, file) {
      const count = Math.max(1, Math.ceil(file.length / filePartBytes));
      for (let n = 0; n < count; n += 1) {
        const bytes = file.subarray(n * filePartBytes, (n + 1) * filePartBytes);
        await put({ id: fileId(id, n), importId: id, sealed: seal.seal(bytes.toString('base64')) });
      }
      return count;
    },
    async fileOf({ id, fileParts }) {
      const chunks: Buffer[] = [];
      for (let n = 0; n < fileParts; n += 1) {
        const part = await parts.get(fileId(id, n));
        if (!part?.sealed) throw new AppError('NOT_FOUND', `Part ${n} of the file is gone.`);
        chunks.push(Buffer.from(seal.open(part.sealed), 'base64'));
      }
      return Buffer.concat(chunks);
    },
    async dropFile({ id, fileParts }) {
      for (let n = 0; n < fileParts; n += 1) await parts.delete(fileId(id, n));
    },
    putRows: (id, n, values, problems) =>
      put({ id: rowsId(id, n), importId: id, problems, sealed: seal.seal(JSON.stringify(values)) }),
    async valuesOf(id, n) {
      const part = await parts.get(rowsId(id, n));
      // What we sealed ourselves, after it had gone through the reader of rows.
      return part?.sealed === undefined ? [] : (JSON.parse(seal.open(part.sealed)) as readonly RowValue[]);
    },
    async dropAll(id) {
      for (let after: string | undefined; ;) {
        const page = await parts.scan({
          ...{ index: 'import', prefix: [id], limit: 100 },
          ...(after === undefined ? {} : { after }),
        });
        for (const part of page.records) await parts.delete(part.id);
        if (page.cursor === undefined) return;
        after = page.cursor;
      }
    },
  };
}
