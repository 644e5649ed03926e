import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../core';
import type { ReadPart, ReadingOrder } from './apart';
import { tableOf } from './read';

/** Small enough that taking them over holds nobody up; the next ones go when they are asked for. */
const partRows = 2_000;

async function* partsOf({ file, limits }: ReadingOrder): AsyncGenerator<ReadPart, void> {
  try {
    const rows = await tableOf(Buffer.from(file), limits);
    for (let from = 0; from === 0 || from < rows.length; from += partRows) {
      const isLast = from + partRows >= rows.length;
      yield { kind: 'rows', rows: rows.slice(from, from + partRows), isLast };
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    yield { kind: 'refused', why: error.message };
  }
}

const parts = partsOf(workerData as ReadingOrder);
parentPort?.on('message', () => {
  void parts.next().then(({ value }) => {
    if (value) parentPort?.postMessage(value);
  });
});
