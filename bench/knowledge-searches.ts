import type { Asked } from './knowledge-register';
import { quantile } from './result';

/** Of each search this many hits are looked at. */
export const found = 3;

export interface Searched {
  /** Milliseconds. */
  readonly p99: number;
  /** Shares (0-1) of questions whose entry came first, and among the first three. */
  readonly first: number;
  readonly inThree: number;
}

export function searched(search: (text: string) => readonly string[], asked: readonly Asked[]): Searched {
  for (const [text] of asked.slice(0, 50)) search(text);
  let first = 0;
  let inThree = 0;
  const times = asked.map(([text, id]) => {
    const begun = performance.now();
    const ids = search(text);
    const took = performance.now() - begun;
    first += ids[0] === id ? 1 : 0;
    inThree += ids.includes(id) ? 1 : 0;
    return took;
  });
  return { p99: quantile(times, 0.99), first: first / asked.length, inThree: inThree / asked.length };
}
