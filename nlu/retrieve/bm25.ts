import { KeyIndex } from '../classify/hash';

export interface Bm25Options {
  /** How fast repetition stops counting. */
  readonly k1: number;
  /** How much long texts are held back. */
  readonly b: number;
}

/** One view of all passages as an inverted index in flat arrays. */
export class Bm25Index {
  private readonly known = new KeyIndex(100_000);
  private readonly starts: Int32Array;
  private readonly postings: Int32Array;
  private readonly weights: Float32Array;
  private readonly idf: Float32Array;

  constructor(passages: readonly Uint32Array[], options: Bm25Options) {
    const mean = passages.reduce((sum, terms) => sum + terms.length, 0) / Math.max(passages.length, 1) || 1;
    const perTerm: Map<number, number>[] = [];
    passages.forEach((terms, passage) => {
      for (const term of terms) {
        const id = this.known.add(term);
        const counts = perTerm[id] ?? new Map<number, number>();
        perTerm[id] = counts;
        counts.set(passage, (counts.get(passage) ?? 0) + 1);
      }
    });
    const size = perTerm.reduce((sum, counts) => sum + counts.size, 0);
    this.starts = new Int32Array(perTerm.length + 1);
    this.postings = new Int32Array(size);
    this.weights = new Float32Array(size);
    this.idf = new Float32Array(perTerm.length);
    let at = 0;
    perTerm.forEach((counts, id) => {
      this.starts[id] = at;
      this.idf[id] = Math.log(1 + (passages.length - counts.size + 0.5) / (counts.size + 0.5));
      for (const [passage, count] of counts) {
        const length = passages[passage]?.length ?? mean;
        this.postings[at] = passage;
        this.weights[at] =
          (count * (options.k1 + 1)) / (count + options.k1 * (1 - options.b + (options.b * length) / mean));
        at += 1;
      }
    });
    this.starts[perTerm.length] = at;
  }

  /** Adds weight times BM25 of the question's terms, each given once, to `scores`, one entry a passage. */
  addScores(terms: Uint32Array, weight: number, scores: Float64Array): void {
    for (const term of terms) {
      const id = this.known.find(term);
      if (id < 0) continue;
      const gain = weight * (this.idf[id] ?? 0);
      const to = this.starts[id + 1] ?? 0;
      for (let at = this.starts[id] ?? 0; at < to; at += 1) {
        const passage = this.postings[at] ?? 0;
        scores[passage] = (scores[passage] ?? 0) + gain * (this.weights[at] ?? 0);
      }
    }
  }
}
