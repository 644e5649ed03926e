import type { SparseRows } from './vectors';

export interface HingeOptions {
  /** Cost of a margin broken by the class's own texts. */
  readonly cost: number;
  /** Share of it for texts of other classes. */
  readonly negative: number;
  /** Visits of a text that look at every class before it keeps only those that still pull. */
  readonly fullPasses: number;
  /** Value of the constant feature. */
  readonly bias: number;
  /**
   * Added to every score while training: below -1 a class begins where all texts of others leave it alone, and only those that
   * come near it are ever worked on. The same for all classes, so that nobody needs it afterwards.
   */
  readonly offset: number;
  readonly seed: number;
  /** Weight of each text. */
  readonly textWeight: Float32Array;
  /** Further weight of each class's own texts. */
  readonly classWeight: Float32Array;
  readonly signal?: AbortSignal;
}

/** Weights of a linear model, one row of `classes` a feature; the last row is the constant's. */
export interface LinearWeights {
  readonly classes: number;
  readonly weights: Float32Array;
}

/** Small deterministic generator (mulberry32), 0 to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The numbers of `list` in a random order, in place. */
export function shuffle(list: Int32Array, random: () => number): Int32Array {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const held = list[at] ?? 0;
    list[at] = list[other] ?? 0;
    list[other] = held;
  }
  return list;
}

/** A text that keeps this far beyond its margin from a class is left alone by it in later passes. */
const nearMargin = 0.05;

/**
 * One against the rest with a squared hinge loss, by dual coordinate descent (Hsieh et al. 2008), for all classes in one walk
 * over the texts: weights lie class by class within a feature, so that the inner loop reads memory in order. After its first
 * visits each text keeps only the classes that still pull on it, which is nine in ten of the work saved. Texts may join later:
 * the descent goes on from where it stands, so that calibration on texts kept apart costs no second training.
 */
export class HingeTrainer implements LinearWeights {
  readonly weights: Float32Array;
  private readonly duals: Float32Array;
  private readonly scores: Float64Array;
  private readonly steps: Float32Array;
  private readonly changed: Int32Array;
  private readonly kept: Int32Array;
  private readonly everyClass: Int32Array;
  private readonly active: (Int32Array | undefined)[];
  private readonly visits: Uint8Array;
  private readonly squares: Float32Array;
  private readonly random: () => number;
  private readonly biasRow: number;

  constructor(
    private readonly texts: SparseRows,
    private readonly labels: Int32Array,
    readonly classes: number,
    features: number,
    private readonly options: HingeOptions,
  ) {
    const count = labels.length;
    this.weights = new Float32Array((features + 1) * classes);
    this.duals = new Float32Array(count * classes);
    this.scores = new Float64Array(classes);
    this.steps = new Float32Array(classes);
    this.changed = new Int32Array(classes);
    this.kept = new Int32Array(classes);
    this.everyClass = Int32Array.from({ length: classes }, (_, at) => at);
    this.active = Array.from({ length: count }, () => undefined);
    this.visits = new Uint8Array(count);
    this.squares = squaresOf(texts, options.bias);
    this.random = randomFrom(options.seed);
    this.biasRow = features * classes;
  }

  /** Walks `passes` times over the given texts, in an order of its own. */
  run(rows: Int32Array, passes: number): void {
    for (let pass = 0; pass < passes; pass += 1) {
      this.options.signal?.throwIfAborted();
      for (const row of shuffle(rows, this.random)) this.visit(row);
    }
  }

  /** Scores of one of the texts as the weights stand now; overwritten by the next call. */
  scoresOf(row: number): Float64Array {
    this.scoreAll(row);
    return this.scores;
  }

  private visit(row: number): void {
    const list = this.active[row];
    if (list) this.scoreSome(row, list);
    else this.scoreAll(row);
    const moved = this.step(row, list ?? this.everyClass);
    if (moved > 0) this.apply(row, moved);
  }

  private scoreAll(row: number): void {
    const { classes, scores, weights, biasRow } = this;
    const { bias } = this.options;
    const { rows, index, value } = this.texts;
    const to = rows[row + 1] ?? 0;
    for (let c = 0; c < classes; c += 1) scores[c] = bias * (weights[biasRow + c] ?? 0);
    for (let at = rows[row] ?? 0; at < to; at += 1) {
      const start = (index[at] ?? 0) * classes;
      const x = value[at] ?? 0;
      for (let c = 0; c < classes; c += 1) scores[c] = (scores[c] ?? 0) + x * (weights[start + c] ?? 0);
    }
  }

  private scoreSome(row: number, list: Int32Array): void {
    const { classes, scores, weights, biasRow } = this;
    const { bias } = this.options;
    const { rows, index, value } = this.texts;
    const to = rows[row + 1] ?? 0;
    const size = list.length;
    for (let k = 0; k < size; k += 1) scores[k] = bias * (weights[biasRow + (list[k] ?? 0)] ?? 0);
    for (let at = rows[row] ?? 0; at < to; at += 1) {
      const start = (index[at] ?? 0) * classes;
      const x = value[at] ?? 0;
      for (let k = 0; k < size; k += 1)
        scores[k] = (scores[k] ?? 0) + x * (weights[start + (list[k] ?? 0)] ?? 0);
    }
  }

  /** One coordinate step for each class of `list`, all from the same scores; how many moved. */
  private step(row: number, list: Int32Array): number {
    const { scores, duals, kept, changed, steps } = this;
    const { cost, negative, offset, textWeight, classWeight, fullPasses } = this.options;
    const own = this.labels[row] ?? 0;
    const weight = textWeight[row] ?? 1;
    const base = row * this.classes;
    const square = this.squares[row] ?? 1;
    let moved = 0;
    let keep = 0;
    for (let k = 0; k < list.length; k += 1) {
      const c = list[k] ?? 0;
      const sign = c === own ? 1 : -1;
      const diagonal = 1 / (2 * weight * cost * (c === own ? (classWeight[c] ?? 1) : negative));
      const dual = duals[base + c] ?? 0;
      const gradient = sign * ((scores[k] ?? 0) + offset) - 1 + diagonal * dual;
      if (dual === 0 && gradient >= 0) {
        if (gradient < nearMargin || c === own) kept[keep++] = c;
        continue;
      }
      kept[keep++] = c;
      const next = Math.max(dual - gradient / (square + diagonal), 0);
      if (next === dual) continue;
      duals[base + c] = next;
      changed[moved] = c;
      steps[moved] = (next - dual) * sign;
      moved += 1;
    }
    const visits = (this.visits[row] ?? 0) + 1;
    this.visits[row] = Math.min(visits, 255);
    if (visits >= fullPasses && keep < list.length) this.active[row] = kept.slice(0, keep);
    return moved;
  }

  private apply(row: number, moved: number): void {
    const { classes, weights, changed, steps, biasRow } = this;
    const { rows, index, value } = this.texts;
    const to = rows[row + 1] ?? 0;
    for (let at = rows[row] ?? 0; at < to; at += 1) {
      const start = (index[at] ?? 0) * classes;
      const x = value[at] ?? 0;
      for (let k = 0; k < moved; k += 1) {
        const cell = start + (changed[k] ?? 0);
        weights[cell] = (weights[cell] ?? 0) + x * (steps[k] ?? 0);
      }
    }
    for (let k = 0; k < moved; k += 1) {
      const cell = biasRow + (changed[k] ?? 0);
      weights[cell] = (weights[cell] ?? 0) + this.options.bias * (steps[k] ?? 0);
    }
  }
}

/** Squared length of each text, the constant included. */
function squaresOf({ rows, value }: SparseRows, bias: number): Float32Array {
  return Float32Array.from({ length: rows.length - 1 }, (_, row) => {
    let square = bias * bias;
    for (let at = rows[row] ?? 0; at < (rows[row + 1] ?? 0); at += 1) square += (value[at] ?? 0) ** 2;
    return square;
  });
}
