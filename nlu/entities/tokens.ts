import type { Day } from './calendar';
import type { Token } from './lexer';
import type { Role, Word } from './words/word';

/** What the grammar reads from. `mentioned` is the last full date read, for "the same day" and "the same year". */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly today: Day;
  /** Minutes of today gone by. */
  readonly nowMinutes: number;
  mentioned: Day | undefined;
}

const none: Word = {};

export function wordAt(reading: Reading, index: number): Word {
  return reading.tokens[index]?.word ?? none;
}

export function roleAt(reading: Reading, index: number): Role | undefined {
  return reading.tokens[index]?.word?.role;
}

/** The index after a space, if there is one. */
export function past(reading: Reading, index: number): number {
  return reading.tokens[index]?.space === true ? index + 1 : index;
}

export function isMark(reading: Reading, index: number, mark: string): boolean {
  return reading.tokens[index]?.mark === mark;
}

export function startAt(reading: Reading, index: number): number {
  return reading.tokens[index]?.start ?? reading.text.length;
}

/** Where the last token before `next` ends. */
export function endBefore(reading: Reading, next: number): number {
  return reading.tokens[next - 1]?.end ?? 0;
}

/** Nothing readable follows: the end, a space or a punctuation mark. */
export function isBreak(reading: Reading, index: number): boolean {
  const token = reading.tokens[index];
  return token === undefined || token.space === true || token.mark !== undefined;
}

/** The token before `index`, over one space. */
export function before(reading: Reading, index: number): number {
  return reading.tokens[index - 1]?.space === true ? index - 2 : index - 1;
}
