import { isDigit, isThaiLetter } from '../normalise';
import { wordStarts } from './clusters';
import type { WordTrie } from './trie';

/** Where words end, as UTF-16 offsets; the last is the text's length. */
export type Cuts = number[];

/** Costs beside those of the words themselves, in nats. Measured on our own small hand-cut set, see docs. */
export interface CutCosts {
  /** For each letter group that no word of the list covers. */
  readonly unknown: number;
  /** For each unit of such a group beyond the first. */
  readonly unknownUnit: number;
  /** Added to every word: higher makes longer words. */
  readonly word: number;
}

export const defaultCosts: CutCosts = { unknown: 14, unknownUnit: 1.5, word: 0 };

/** Longest run of Thai letters looked at as one: longer ones are cut at a place where a word may begin. */
const maxRun = 1_000;

/** Longest dictionary word worth following. */
const maxWord = 48;

/**
 * Cuts Thai by the cheapest path over dictionary words (unigram costs), everything else by rule: Latin words, numbers, runs of
 * spaces, single signs. No letter is lost, and a word never begins with a mark. Linear in length.
 */
export class Cutter {
  private readonly best = new Float64Array(maxRun + 1);
  private readonly from = new Int32Array(maxRun + 1);
  private readonly known = new Uint8Array(maxRun + 1);
  private readonly starts = new Uint8Array(maxRun + 1);

  constructor(
    private readonly words: WordTrie,
    private readonly costs: CutCosts = defaultCosts,
  ) {}

  cuts(text: string): Cuts {
    const ends: Cuts = [];
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (isThaiLetter(code)) {
        let stop = at + 1;
        while (stop < text.length && stop - at < maxRun && isThaiLetter(text.charCodeAt(stop))) stop += 1;
        const first = ends.length;
        this.cutThai(text.slice(at, stop), at, ends);
        joinRepeats(text, ends, first);
        at = stop;
      } else {
        at = otherEnd(text, at, code);
        ends.push(at);
      }
    }
    return ends;
  }

  private cutThai(run: string, offset: number, ends: Cuts): void {
    const { best, from, known, starts, words, costs } = this;
    const size = run.length;
    wordStarts(run, starts);
    best.fill(Number.POSITIVE_INFINITY, 0, size + 1);
    best[0] = 0;
    for (let at = 0; at < size; at += 1) {
      const here = best[at] ?? 0;
      if (here === Number.POSITIVE_INFINITY) continue;
      let node = 0;
      const limit = Math.min(size, at + maxWord);
      for (let end = at; end < limit; end += 1) {
        node = words.step(node, run.charCodeAt(end));
        if (node === 0) break;
        if (starts[end + 1] === 0) continue;
        const cost = here + words.cost(node) + costs.word;
        if (cost < (best[end + 1] ?? 0)) {
          best[end + 1] = cost;
          from[end + 1] = at;
          known[end + 1] = 1;
        }
      }
      let end = at + 1;
      while (end < size && starts[end] === 0) end += 1;
      const cost = here + costs.unknown + costs.unknownUnit * (end - at - 1);
      if (cost < (best[end] ?? 0)) {
        best[end] = cost;
        from[end] = at;
        known[end] = 0;
      }
    }
    this.collect(size, offset, ends);
  }

  /** Walks back along the cheapest path; neighbouring unknown groups make one word. */
  private collect(size: number, offset: number, ends: Cuts): void {
    const first = ends.length;
    let at = size;
    let lastUnknown = false;
    while (at > 0) {
      const unknown = this.known[at] === 0;
      if (!(unknown && lastUnknown)) ends.push(offset + at);
      lastUnknown = unknown;
      at = this.from[at] ?? 0;
    }
    reverseFrom(ends, first);
  }
}

/** A letter typed over and over (มากกกก) stays with the word it drags out: cuts inside the run are taken back. */
function joinRepeats(text: string, ends: number[], first: number): void {
  let kept = first;
  for (let at = first; at < ends.length; at += 1) {
    const end = ends[at] ?? 0;
    const isLast = at === ends.length - 1;
    if (isLast || !insideRepeat(text, end)) ends[kept++] = end;
  }
  ends.length = kept;
}

/** Whether the letters around offset `at` are the same and at least three in a row. */
function insideRepeat(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (text.charCodeAt(at - 1) !== code) return false;
  return text.charCodeAt(at + 1) === code || text.charCodeAt(at - 2) === code;
}

function reverseFrom(list: number[], first: number): void {
  for (let low = first, high = list.length - 1; low < high; low += 1, high -= 1) {
    const held = list[low] ?? 0;
    list[low] = list[high] ?? 0;
    list[high] = held;
  }
}

const isLatinLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0xc0 && code <= 0x24f && code !== 0xd7);

const isThaiDigit = (code: number): boolean => code >= 0x0e50 && code <= 0x0e59;

const isSpace = (code: number): boolean => code === 0x20 || (code >= 9 && code <= 13) || code === 0xa0;

function otherEnd(text: string, at: number, code: number): number {
  let end = at + 1;
  if (isLatinLetter(code)) {
    while (end < text.length && isLatinLetter(text.charCodeAt(end))) end += 1;
  } else if (isDigit(code) || isThaiDigit(code)) {
    while (end < text.length && isNumberUnit(text, end)) end += 1;
  } else if (isSpace(code)) {
    while (end < text.length && isSpace(text.charCodeAt(end))) end += 1;
  } else if (code >= 0xd800 && code <= 0xdbff && end < text.length) {
    const low = text.charCodeAt(end);
    if (low >= 0xdc00 && low <= 0xdfff) end += 1;
  }
  return end;
}

/** A digit, or a point or comma between digits. */
function isNumberUnit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isDigit(code) || isThaiDigit(code)) return true;
  const next = text.charCodeAt(at + 1);
  return (code === 0x2e || code === 0x2c) && (isDigit(next) || isThaiDigit(next));
}
