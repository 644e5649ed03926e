import { KeyIndex } from '../classify/hash';
import type { Terms } from './grams';

/** Windows of a passage: the k-th begins at unit k × `step` and is `units` long, so that neighbours overlap. */
export interface WindowShape {
  readonly units: number;
  readonly step: number;
}

/** First window of each passage among the windows of all; the last item is how many there are. */
export function windowStarts(texts: readonly string[], { units, step }: WindowShape): Int32Array {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach((text, passage) => {
    const windows = 1 + Math.max(0, Math.ceil((text.length - units) / step));
    starts[passage + 1] = (starts[passage] ?? 0) + windows;
  });
  return starts;
}

/** Numbers that come one by one, in one flat array. */
export class NumberList<A extends Int32Array | Uint8Array> {
  items: A;
  length = 0;

  constructor(private readonly make: (length: number) => A) {
    this.items = make(1 << 12);
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const longer = this.make(Math.ceil(this.length * 1.5));
      longer.set(this.items);
      this.items = longer;
    }
    this.items[this.length++] = value;
  }
}

const ints = (): NumberList<Int32Array> => new NumberList(length => new Int32Array(length));
const bytes = (): NumberList<Uint8Array> => new NumberList(length => new Uint8Array(length));

/** More of one term in one passage count as so many: they add nothing any more. */
const mostCounted = 127;

/** An entry is one term in one passage; they lie passage by passage. */
export class Entries {
  readonly known = new KeyIndex(50_000);
  readonly term = ints();
  /** Entries of passage p: [firstEntry[p], firstEntry[p + 1]). */
  readonly firstEntry: Int32Array;
  /** How often the passage has the term, doubled, and 1 more where it is a word of the passage's beginning. */
  readonly weight = bytes();
  /** Rows of entry e, one for each window that holds the term: [opens[e], opens[e + 1]). None without windows. */
  readonly opens = ints();
  /** Window within the passage, and how often it holds the term. */
  readonly window = ints();
  readonly windowCount = ints();
  /** Terms in each passage, and in each window of all. */
  readonly passageTerms: Int32Array;
  readonly windowTerms: Int32Array;

  /** Without a `shape` only whole passages are counted. */
  constructor(
    readonly firstWindow: Int32Array,
    private readonly shape: WindowShape | undefined,
  ) {
    this.firstEntry = new Int32Array(firstWindow.length);
    this.passageTerms = new Int32Array(firstWindow.length - 1);
    this.windowTerms = new Int32Array(shape ? (firstWindow.at(-1) ?? 0) : 0);
    if (shape) this.opens.push(0);
  }

  /** Takes the terms of one passage and its text; passages come in order. */
  add(passage: number, { keys, starts }: Terms, text: string): void {
    this.passageTerms[passage] = keys.length;
    // Term and position as one number: sorted, they bring the places of each term together in order.
    const places = new Float64Array(keys.length);
    keys.forEach((key, at) => {
      places[at] = this.known.add(key) * positions + Math.min(starts[at] ?? 0, positions - 1);
    });
    places.sort();
    for (let from = 0, to = 0; from < places.length; from = to) {
      const term = Math.floor((places[from] ?? 0) / positions);
      const end = (term + 1) * positions;
      while (to < places.length && (places[to] ?? 0) < end) to += 1;
      this.term.push(term);
      const lead = isLead(text, (places[from] ?? 0) % positions) ? 1 : 0;
      this.weight.push(2 * Math.min(to - from, mostCounted) + lead);
      if (!this.shape) continue;
      this.openWindows(passage, places.subarray(from, to), this.shape);
      this.opens.push(this.window.length);
    }
    this.firstEntry[passage + 1] = this.term.length;
  }

  /** One row for each window that the places of a term fall into. */
  private openWindows(passage: number, places: Float64Array, { units, step }: WindowShape): void {
    const first = this.firstWindow[passage] ?? 0;
    const last = (this.firstWindow[passage + 1] ?? 0) - first - 1;
    const row = this.window.length;
    for (const place of places) {
      const position = place % positions;
      const from = Math.max(0, Math.ceil((position - units + 1) / step));
      const to = Math.min(last, Math.floor(position / step));
      for (let window = from; window <= to; window += 1) {
        this.windowTerms[first + window] = (this.windowTerms[first + window] ?? 0) + 1;
        let at = this.window.length - 1;
        while (at >= row && (this.window.items[at] ?? 0) > window) at -= 1;
        if (at >= row && this.window.items[at] === window) {
          this.windowCount.items[at] = (this.windowCount.items[at] ?? 0) + 1;
        } else {
          this.window.push(window);
          this.windowCount.push(1);
        }
      }
    }
  }
}

/** Units of a passage's beginning, where it says what it is about. */
const leadUnits = 60;

/** A number names nothing, wherever it stands. */
const isLead = (text: string, first: number): boolean => first < leadUnits && !/\d/u.test(text.charAt(first));

/** Units of a passage that are told apart; what comes later counts as the last. */
const positions = 2 ** 21;
