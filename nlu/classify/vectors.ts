import { englishWordKey, type FeatureOptions, FeatureReader, families, rawCapacity } from './features';
import { KeyIndex } from './hash';

/** Which features are known, and how telling each is. Row i of a model belongs to feature i. */
export interface Vocabulary {
  readonly keys: Uint32Array;
  /** Index into `families`. */
  readonly family: Uint8Array;
  /** ln((1 + texts) / (1 + texts with it)) + 1. */
  readonly idf: Float32Array;
}

/** Texts as sparse rows: features `index[at]` with `value[at]` for at in [rows[i], rows[i+1]). */
export interface SparseRows {
  readonly rows: Int32Array;
  readonly index: Int32Array;
  readonly value: Float32Array;
}

/** One text as a sparse vector, in buffers that the next text overwrites. */
export interface SparseVector {
  index: Int32Array;
  value: Float32Array;
  length: number;
}

/** Turns texts into weighted sparse vectors over a vocabulary. */
export class Vectoriser {
  private readonly reader: FeatureReader;
  private readonly known: KeyIndex;
  private readonly counts: Float32Array;
  private readonly vector: SparseVector = {
    index: new Int32Array(rawCapacity),
    value: new Float32Array(rawCapacity),
    length: 0,
  };
  private readonly squares = new Float64Array(families.length);
  private readonly weights: Float64Array;

  constructor(
    readonly vocabulary: Vocabulary,
    options: FeatureOptions,
  ) {
    this.reader = new FeatureReader(options);
    this.known = new KeyIndex(vocabulary.keys.length);
    for (const key of vocabulary.keys) this.known.add(key);
    this.counts = new Float32Array(vocabulary.keys.length);
    this.weights = Float64Array.from(families, family => options.weights[family]);
  }

  /** Whether any text of the training held this English word, with whatever ending. */
  knows(word: string): boolean {
    return this.known.find(englishWordKey(word)) >= 0;
  }

  /** Sublinear counts times idf, each family brought to its own length, the whole to length 1. */
  read(text: string): SparseVector {
    const { counts, known, vector, squares, weights } = this;
    const { idf, family } = this.vocabulary;
    const raw = this.reader.read(text);
    vector.length = 0;
    squares.fill(0);
    for (let at = 0; at < raw.length; at += 1) {
      const id = known.find(raw.keys[at] ?? 0);
      if (id < 0) continue;
      const before = counts[id] ?? 0;
      if (before === 0) vector.index[vector.length++] = id;
      counts[id] = before + 1;
    }
    for (let at = 0; at < vector.length; at += 1) {
      const id = vector.index[at] ?? 0;
      const count = counts[id] ?? 0;
      counts[id] = 0;
      const value = (count > 1 ? 1 + Math.log(count) : 1) * (idf[id] ?? 0);
      vector.value[at] = value;
      const group = family[id] ?? 0;
      squares[group] = (squares[group] ?? 0) + value * value;
    }
    let total = 0;
    for (let group = 0; group < squares.length; group += 1) {
      const square = squares[group] ?? 0;
      const weight = weights[group] ?? 0;
      squares[group] = square > 0 ? weight / Math.sqrt(square) : 0;
      if (square > 0) total += weight * weight;
    }
    const whole = total > 0 ? 1 / Math.sqrt(total) : 0;
    for (let at = 0; at < vector.length; at += 1) {
      const group = family[vector.index[at] ?? 0] ?? 0;
      vector.value[at] = (vector.value[at] ?? 0) * (squares[group] ?? 0) * whole;
    }
    return vector;
  }

  readAll(texts: readonly string[]): SparseRows {
    const rows = new Int32Array(texts.length + 1);
    let index = new Int32Array(1 << 16);
    let value = new Float32Array(1 << 16);
    let size = 0;
    texts.forEach((text, row) => {
      const { index: ids, value: values, length } = this.read(text);
      while (size + length > index.length) {
        index = grown(index, new Int32Array(index.length * 2));
        value = grown(value, new Float32Array(value.length * 2));
      }
      index.set(ids.subarray(0, length), size);
      value.set(values.subarray(0, length), size);
      size += length;
      rows[row + 1] = size;
    });
    return { rows, index: index.slice(0, size), value: value.slice(0, size) };
  }
}

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Features seen in at least `minTexts[family]` texts. */
export function buildVocabulary(
  texts: readonly string[],
  options: FeatureOptions,
  minTexts: readonly number[],
): Vocabulary {
  const reader = new FeatureReader(options);
  const index = new KeyIndex(200_000);
  let seen = new Int32Array(400_000);
  let last = new Int32Array(400_000).fill(-1);
  let family = new Uint8Array(400_000);
  const keys: number[] = [];
  texts.forEach((text, row) => {
    const raw = reader.read(text);
    for (let at = 0; at < raw.length; at += 1) {
      const key = raw.keys[at] ?? 0;
      const id = index.add(key);
      if (id === keys.length) {
        keys.push(key);
        if (id >= seen.length) {
          seen = grown(seen, new Int32Array(seen.length * 2));
          last = grown(last, new Int32Array(last.length * 2).fill(-1));
          const families2 = new Uint8Array(family.length * 2);
          families2.set(family);
          family = families2;
        }
        family[id] = raw.family[at] ?? 0;
      }
      if (last[id] !== row) {
        last[id] = row;
        seen[id] = (seen[id] ?? 0) + 1;
      }
    }
  });
  const kept: number[] = [];
  for (let id = 0; id < keys.length; id += 1) {
    if ((seen[id] ?? 0) >= (minTexts[family[id] ?? 0] ?? 1)) kept.push(id);
  }
  return {
    keys: Uint32Array.from(kept, id => keys[id] ?? 0),
    family: Uint8Array.from(kept, id => family[id] ?? 0),
    idf: Float32Array.from(kept, id => Math.log((1 + texts.length) / (1 + (seen[id] ?? 0))) + 1),
  };
}
