import { type Steps, sorting } from '../../core';

const space = 32;

/** Words that are written into the list in one step: some milliseconds. */
const writtenAtOnce = 2_000;

/**
 * Finds the longest of many words at a place, like a trie, by narrowing a sorted list letter by letter: some steps more for each
 * letter, and a fifth of the memory. A hundred thousand names take some ten megabytes.
 */
export class WordList<T> {
  private constructor(
    /** The UTF-16 units of all words, sorted; word w has those in [starts[w], starts[w + 1]). */
    private readonly units: Uint16Array,
    private readonly starts: Int32Array,
    private readonly meanings: readonly T[],
  ) {}

  static *of<T>(words: ReadonlyMap<string, T>): Steps<WordList<T>> {
    const sorted = yield* sorting([...words.keys()], (left, right) => (left < right ? -1 : 1));
    const starts = new Int32Array(sorted.length + 1);
    sorted.forEach((word, at) => (starts[at + 1] = (starts[at] ?? 0) + word.length));
    const units = new Uint16Array(starts[sorted.length] ?? 0);
    const meanings: T[] = [];
    for (const [at, word] of sorted.entries()) {
      const start = starts[at] ?? 0;
      for (let index = 0; index < word.length; index += 1) units[start + index] = word.charCodeAt(index);
      meanings.push(words.get(word) as T);
      if (at % writtenAtOnce === writtenAtOnce - 1) yield;
    }
    return new WordList(units, starts, meanings);
  }

  /**
   * The longest word that begins at `start` and for which `fits` says yes. With `loose`, single spaces of the text may
   * stand inside the word.
   */
  longest(
    text: string,
    start: number,
    fits: (end: number) => boolean,
    loose = false,
  ): { readonly value: T; readonly end: number } | undefined {
    let from = 0;
    let to = this.meanings.length;
    let depth = 0;
    let best: { value: T; end: number } | undefined;
    for (let index = start; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      const first = this.firstFrom(from, to, depth, code);
      if (first === to || this.unitAt(first, depth) !== code) {
        if (loose && code === space && index > start && text.charCodeAt(index - 1) !== space) continue;
        break;
      }
      to = this.firstFrom(first, to, depth, code + 1);
      from = first;
      depth += 1;
      if (this.unitAt(from, depth) < 0 && fits(index + 1))
        best = { value: this.meanings[from] as T, end: index + 1 };
    }
    return best;
  }

  /** -1 where the word ended before. */
  private unitAt(word: number, depth: number): number {
    const at = (this.starts[word] ?? 0) + depth;
    return at < (this.starts[word + 1] ?? 0) ? (this.units[at] ?? 0) : -1;
  }

  /** The first word in [from, to) whose letter there is `code` or comes after it; `to` where none is. */
  private firstFrom(from: number, to: number, depth: number, code: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.unitAt(middle, depth) < code) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
