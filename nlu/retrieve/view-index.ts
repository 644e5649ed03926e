import type { Steps } from '../../core';
import type { KeyIndex } from '../classify/hash';
import type { Entries } from './entries';
import type { Terms } from './grams';

export interface Bm25Options {
  /** How fast repetition stops counting. */
  readonly k1: number;
  /** How much long texts are held back. */
  readonly b: number;
}

/** What a view counts for over whole passages, over their windows, and for standing in a passage's beginning. */
export interface ViewWeights {
  readonly whole: number;
  readonly lead: number;
  readonly window: number;
}

/** What one search adds up; `reach` and `whole` have one item a passage, `windows` one a window of all passages. */
export interface Sums {
  /** The most that a passage can come to: as a whole, and by the best that any of its windows makes of each term. */
  readonly reach: Float64Array;
  readonly whole: Float64Array;
  readonly windows: Float64Array;
}

/** Entries that are put in their place in one step: some milliseconds. */
const stepEntries = 1 << 16;

/**
 * One view of all passages as an inverted index in flat arrays. An entry is one term in one passage: what it adds to the whole
 * passage, the most that it adds with the best of its windows, and the rows of those windows. A search walks the entries of its
 * terms for how far each passage can reach, and then looks closely at the few that reach furthest. What it adds to the whole is
 * reckoned when it is asked, so that an entry takes three bytes where windows do not count, and it has no rows.
 */
export class ViewIndex {
  private readonly known: KeyIndex;
  private readonly firstWindow: Int32Array;
  /** Entries of term t: [starts[t], starts[t + 1]), and what a window gains by the term for each unit of frequency. */
  private readonly starts: Int32Array;
  private readonly windowGain: Float32Array;
  /** What a passage gains by term t, and further in its beginning. */
  private readonly wholeGain: Float32Array;
  private readonly leadGain: Float32Array;
  private readonly passage: Int32Array | Uint16Array;
  /** How often the passage has the term, and whether in its beginning; see `Entries`. */
  private readonly weight: Uint8Array;
  /** Empty where windows do not count: then a passage reaches as far as it comes as a whole. */
  private readonly reach: Float32Array;
  /** Rows of entry e: [opens[e], opens[e + 1]). */
  private readonly opens: Int32Array;
  private readonly window: Uint16Array;
  private readonly count: Uint8Array;
  /** k1 × (1 - b + b × length / mean), for each window of all, and for each passage. */
  private readonly norm: Float32Array;
  private readonly passageNorm: Float32Array;

  private constructor(
    found: Entries,
    weights: ViewWeights,
    private readonly options: Bm25Options,
  ) {
    const size = found.term.length;
    const rows = found.window.length;
    this.known = found.known;
    this.firstWindow = found.firstWindow;
    this.starts = new Int32Array(found.known.size + 1);
    this.windowGain = new Float32Array(found.known.size);
    this.passage = found.passageTerms.length <= 1 << 16 ? new Uint16Array(size) : new Int32Array(size);
    this.weight = new Uint8Array(size);
    this.wholeGain = new Float32Array(found.known.size);
    this.leadGain = new Float32Array(found.known.size);
    this.reach = new Float32Array(weights.window > 0 ? size : 0);
    this.opens = new Int32Array(weights.window > 0 ? size + 1 : 0);
    this.window = new Uint16Array(rows);
    this.count = new Uint8Array(rows);
    this.norm = norms(found.windowTerms, options);
    this.passageNorm = norms(found.passageTerms, options);
  }

  /** Made in small steps. `found` has windows where `weights` counts them. */
  static *from(found: Entries, weights: ViewWeights, options: Bm25Options): Steps<ViewIndex> {
    const index = new ViewIndex(found, weights, options);
    // Where each entry was is asked for only where windows count.
    const order = new Int32Array(weights.window > 0 ? found.term.length : 0);
    yield* index.place(found, order);
    yield* index.fill(found, order, weights);
    return index;
  }

  /** Puts the entries in their place, term by term, and where each was into `order`. */
  private *place(found: Entries, order: Int32Array): Steps<void> {
    const { starts, weight } = this;
    const { term, firstEntry } = found;
    for (let entry = 0; entry < term.length; entry += 1) {
      const after = (term.items[entry] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
      if (entry % stepEntries === stepEntries - 1) yield;
    }
    for (let id = 1; id < starts.length; id += 1) starts[id] = (starts[id] ?? 0) + (starts[id - 1] ?? 0);
    const next = starts.slice();
    for (let passage = 0, entry = 0; passage < found.passageTerms.length; passage += 1)
      for (const end = firstEntry[passage + 1] ?? 0; entry < end; entry += 1) {
        const id = term.items[entry] ?? 0;
        const at = next[id] ?? 0;
        next[id] = at + 1;
        this.passage[at] = passage;
        weight[at] = found.weight.items[entry] ?? 0;
        order[at] = entry;
        if (entry % stepEntries === stepEntries - 1) yield;
      }
  }

  private *fill(found: Entries, order: Int32Array, weights: ViewWeights): Steps<void> {
    const { k1 } = this.options;
    const rows = { open: 0 };
    let rest = stepEntries;
    for (let term = 0; term < this.windowGain.length; term += 1) {
      const from = this.starts[term] ?? 0;
      const to = this.starts[term + 1] ?? 0;
      const rarity = idf(found.passageTerms.length, to - from);
      this.wholeGain[term] = (k1 + 1) * weights.whole * rarity;
      this.leadGain[term] = weights.lead * rarity;
      if (weights.window > 0) this.fillWindows(found, order, term, weights.window, rows);
      rest -= to - from;
      if (rest > 0) continue;
      rest = stepEntries;
      yield;
    }
  }

  /** The rows of one term's entries, after those of the terms before. */
  private fillWindows(
    found: Entries,
    order: Int32Array,
    term: number,
    weight: number,
    rows: { open: number },
  ): void {
    const from = this.starts[term] ?? 0;
    const to = this.starts[term + 1] ?? 0;
    const firstOpen = rows.open;
    for (let at = from; at < to; at += 1) {
      const entry = order[at] ?? 0;
      for (let row = found.opens.items[entry] ?? 0; row < (found.opens.items[entry + 1] ?? 0); row += 1) {
        this.window[rows.open] = found.window.items[row] ?? 0;
        this.count[rows.open] = Math.min(found.windowCount.items[row] ?? 0, 255);
        rows.open += 1;
      }
      this.opens[at + 1] = rows.open;
    }
    const windowGain = (this.options.k1 + 1) * weight * idf(found.windowTerms.length, rows.open - firstOpen);
    this.windowGain[term] = windowGain;
    for (let at = from; at < to; at += 1) {
      const first = this.firstWindow[this.passage[at] ?? 0] ?? 0;
      let most = 0;
      for (let row = this.opens[at] ?? 0; row < (this.opens[at + 1] ?? 0); row += 1) {
        const count = this.count[row] ?? 0;
        most = Math.max(most, count / (count + (this.norm[first + (this.window[row] ?? 0)] ?? 0)));
      }
      this.reach[at] = this.wholeOf(term, at) + windowGain * most;
    }
  }

  /** The terms of a question that any passage has, each once. */
  find({ keys }: Terms): Int32Array {
    const ids = new Set<number>();
    for (const key of keys) {
      const id = this.known.find(key);
      if (id >= 0) ids.add(id);
    }
    return Int32Array.from(ids);
  }

  /** What an entry of `term` adds to its whole passage. */
  private wholeOf(term: number, at: number): number {
    const weight = this.weight[at] ?? 0;
    const count = weight >> 1;
    const whole =
      ((this.wholeGain[term] ?? 0) * count) / (count + (this.passageNorm[this.passage[at] ?? 0] ?? 0));
    return whole + (this.leadGain[term] ?? 0) * (weight & 1);
  }

  /** Adds the most that each passage can come to by these terms. */
  addReach(terms: Int32Array, { reach }: Sums): void {
    const { starts, passage: passages, reach: reaches } = this;
    const hasWindows = reaches.length > 0;
    for (const term of terms) {
      const to = starts[term + 1] ?? 0;
      for (let at = starts[term] ?? 0; at < to; at += 1) {
        const passage = passages[at] ?? 0;
        reach[passage] = (reach[passage] ?? 0) + (hasWindows ? (reaches[at] ?? 0) : this.wholeOf(term, at));
      }
    }
  }

  /** Adds what the terms truly give to the passages that are marked, and to each of their windows. */
  addMarked(terms: Int32Array, marked: Uint8Array, { whole, windows }: Sums): void {
    const { starts, passage: passages, opens, firstWindow, window: rows, count: counts, norm } = this;
    for (const term of terms) {
      const windowGain = this.windowGain[term] ?? 0;
      const to = starts[term + 1] ?? 0;
      for (let at = starts[term] ?? 0; at < to; at += 1) {
        const passage = passages[at] ?? 0;
        if (marked[passage] === 0) continue;
        whole[passage] = (whole[passage] ?? 0) + this.wholeOf(term, at);
        if (windowGain === 0) continue;
        const first = firstWindow[passage] ?? 0;
        const end = opens[at + 1] ?? 0;
        for (let row = opens[at] ?? 0; row < end; row += 1) {
          const window = first + (rows[row] ?? 0);
          const count = counts[row] ?? 0;
          windows[window] = (windows[window] ?? 0) + (windowGain * count) / (count + (norm[window] ?? 0));
        }
      }
    }
  }
}

const idf = (texts: number, having: number): number => Math.log(1 + (texts - having + 0.5) / (having + 0.5));

function norms(lengths: Int32Array, { k1, b }: Bm25Options): Float32Array {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1) || 1;
  return Float32Array.from(lengths, length => k1 * (1 - b + (b * length) / mean));
}
