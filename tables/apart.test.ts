import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { tableApart } from './apart';
import { tableOf } from './read';
import { csvOf, excelOf } from './write';

const root = join(__dirname, '..');
const limits = { maxRows: 20_000, maxUnpackedBytes: 64 * 1024 * 1024 };
const rows = Array.from({ length: 9_001 }, (_, n) => [
  `08${10_000_000 + n}`,
  `15/1/2570`,
  `เรื่องที่ ${n * 7_919}`,
]);

describe('a large table is read apart (by the thread of the build)', () => {
  let workbook: Buffer;
  let threads = 0;
  const began = (): void => void (threads += 1);
  const server = createServer((_, response) => response.end('here'));

  beforeAll(async () => {
    workbook = await excelOf([{ name: 'คน', rows }]);
    subscribe('worker_threads', began);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    unsubscribe('worker_threads', began);
    server.close();
  });
  beforeEach(() => {
    threads = 0;
  });
  const ask = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).text();

  it.each([
    ['a workbook', () => workbook],
    ['a CSV file', () => csvOf({ rows })],
  ])('%s: in a thread of its own, while others are answered here', async (_, file) => {
    const read: number[] = [];
    const table = await tableApart(file(), limits, {
      root,
      async goOn(count) {
        expect(await ask()).toBe('here');
        read.push(count);
        return true;
      },
    });
    expect(table).toEqual(rows);
    expect(threads).toBe(1);
    expect(read.filter(count => count > 0)).toEqual([2_000, 4_000, 6_000, 8_000]);
  });

  it('ends when it is told to', async () => {
    const read: number[] = [];
    const goOn = async (count: number): Promise<boolean> => {
      read.push(count);
      return count < 4_000;
    };
    expect(await tableApart(workbook, limits, { root, goOn })).toBeUndefined();
    expect(read.at(-1)).toBe(4_000);
  });

  it.each([
    ['a damaged workbook', () => Buffer.concat([workbook.subarray(0, 100_000)]), limits],
    ['too many rows', () => workbook, { ...limits, maxRows: 9_000 - 1 }],
    ['too large inside', () => workbook, { ...limits, maxUnpackedBytes: 100_000 }],
  ])('refuses %s in the same words as here', async (_, file, within) => {
    const goOn = (): Promise<boolean> => Promise.resolve(true);
    const here = await tableOf(file(), within).catch((error: unknown) => error);
    expect(here).toMatchObject({ code: 'INPUT_INVALID' });
    await expect(tableApart(file(), within, { root, goOn })).rejects.toEqual(here);
  });

  it('reads a small one here', async () => {
    const few = rows.slice(0, 20);
    const goOn = (): Promise<boolean> => Promise.resolve(false);
    expect(await tableApart(csvOf({ rows: few }), limits, { root, goOn })).toEqual(few);
    expect(threads).toBe(0);
  });
});
