import { AppError } from '../../core';
import type { FileFault } from './records';
import { type ImportSettings, columnsOf, headings } from './rows';

/** A file that as such cannot be used; the message is for whoever looks into it. */
export class UnusableFile extends Error {
  constructor(
    readonly fault: FileFault,
    message: string,
  ) {
    super(message);
  }
}

/** What is wrong with the file, where that is why reading it failed. */
export function faultIn(error: unknown): FileFault | undefined {
  if (error instanceof UnusableFile) return error.fault;
  return error instanceof AppError && error.code === 'INPUT_INVALID' ? 'file' : undefined;
}

/** Where each column stands, by its name; headings are as agencies write them. */
export function columnsIn(heading: readonly string[], settings: ImportSettings): ReadonlyMap<string, number> {
  const { needed, more } = columnsOf(settings);
  const at = new Map<string, number>();
  for (const name of [...needed, ...more]) {
    const index = heading.findIndex(
      each =>
        headings[name]?.includes(each.trim().toLowerCase()) &&
        ![...at.values()].includes(heading.indexOf(each)),
    );
    if (index >= 0) at.set(name, index);
  }
  const missing = needed.filter(name => !at.has(name)).map(name => headings[name]?.[0] ?? name);
  if (missing.length > 0)
    throw new UnusableFile('columns', `The first row lacks the columns: ${missing.join(', ')}.`);
  return at;
}
