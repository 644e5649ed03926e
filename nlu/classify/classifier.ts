import { z } from 'zod';
import { softmax } from './calibrate';
import { type FeatureOptions, families } from './features';
import { packFile, unpackFile } from './file';
import type { LinearWeights } from './hinge';
import { Vectoriser, type Vocabulary } from './vectors';

/**
 * A linear model as it is kept: of each feature's row only the weights that matter, as (class, byte) pairs in
 * [starts[i], starts[i + 1]), each byte times `scale[i]`. The last row is the constant's.
 */
export interface PackedWeights {
  readonly starts: Uint32Array;
  readonly classOf: Uint16Array;
  readonly bytes: Int8Array;
  readonly scale: Float32Array;
}

/** Weights smaller than `smallestShare` of their row's largest are dropped: most are, and none is missed. */
export function packWeights({ classes, weights }: LinearWeights, smallestShare: number): PackedWeights {
  const matters = (weight: number, top: number): boolean => top > 0 && Math.abs(weight) > top * smallestShare;
  const rows = weights.length / classes;
  const starts = new Uint32Array(rows + 1);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let top = 0;
    for (let cell = row * classes; cell < (row + 1) * classes; cell += 1)
      top = Math.max(top, Math.abs(weights[cell] ?? 0));
    scale[row] = top / 127;
    let kept = 0;
    for (let cell = row * classes; cell < (row + 1) * classes; cell += 1)
      if (matters(weights[cell] ?? 0, top)) kept += 1;
    starts[row + 1] = (starts[row] ?? 0) + kept;
  }
  const size = starts[rows] ?? 0;
  const classOf = new Uint16Array(size);
  const bytes = new Int8Array(size);
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    const unit = scale[row] ?? 0;
    for (let c = 0; c < classes; c += 1) {
      const weight = weights[row * classes + c] ?? 0;
      if (!matters(weight, unit * 127)) continue;
      classOf[at] = c;
      bytes[at] = Math.round(weight / unit);
      at += 1;
    }
  }
  return { starts, classOf, bytes, scale };
}

export interface ClassifierParts {
  readonly labels: readonly string[];
  readonly options: FeatureOptions;
  readonly vocabulary: Vocabulary;
  readonly linear: PackedWeights;
  readonly bias: number;
  readonly sharpness: number;
  /** Whatever the user of the classifier wants to keep with it, such as thresholds. */
  readonly notes: Readonly<Record<string, number>>;
}

/** Text in, one probability a label out. Not shared between threads: its buffers are reused. */
export class Classifier {
  readonly labels: readonly string[];
  readonly notes: Readonly<Record<string, number>>;
  private readonly vectoriser: Vectoriser;
  private readonly sums: Float64Array;

  constructor(private readonly parts: ClassifierParts) {
    this.labels = parts.labels;
    this.notes = parts.notes;
    this.vectoriser = new Vectoriser(parts.vocabulary, parts.options);
    this.sums = new Float64Array(parts.labels.length);
  }

  /** Raw scores of a normalised text; the buffer is overwritten by the next call. */
  scores(normalised: string): Float64Array {
    const { starts, classOf, bytes, scale } = this.parts.linear;
    const { sums } = this;
    const vector = this.vectoriser.read(normalised);
    sums.fill(0);
    const add = (row: number, value: number): void => {
      const x = value * (scale[row] ?? 0);
      const to = starts[row + 1] ?? 0;
      for (let at = starts[row] ?? 0; at < to; at += 1) {
        const c = classOf[at] ?? 0;
        sums[c] = (sums[c] ?? 0) + x * (bytes[at] ?? 0);
      }
    };
    add(scale.length - 1, this.parts.bias);
    for (let at = 0; at < vector.length; at += 1) add(vector.index[at] ?? 0, vector.value[at] ?? 0);
    return sums;
  }

  /** Calibrated probabilities, in the order of `labels`; overwritten by the next call. */
  probabilities(normalised: string): Float64Array {
    return softmax(this.scores(normalised), this.parts.sharpness);
  }

  /** The likeliest label. */
  best(normalised: string): { readonly label: string; readonly confidence: number } {
    const probabilities = this.probabilities(normalised);
    let best = 0;
    for (let at = 1; at < probabilities.length; at += 1) {
      if ((probabilities[at] ?? 0) > (probabilities[best] ?? 0)) best = at;
    }
    return { label: this.labels[best] ?? '', confidence: probabilities[best] ?? 0 };
  }

  save(): Uint8Array {
    const { labels, options, vocabulary, linear, bias, sharpness, notes } = this.parts;
    return packFile({ labels, options, bias, sharpness, notes }, [
      vocabulary.keys,
      vocabulary.family,
      vocabulary.idf,
      linear.starts,
      linear.classOf,
      linear.bytes,
      linear.scale,
    ]);
  }
}

const headerSchema = z.object({
  labels: z.array(z.string()),
  options: z.object({
    weights: z.record(z.enum(families), z.number()),
  }),
  bias: z.number(),
  sharpness: z.number(),
  notes: z.record(z.string(), z.number()),
});

const uint32Array = (block: Uint8Array): Uint32Array =>
  new Uint32Array(block.buffer, block.byteOffset, block.byteLength / 4);
const float32Array = (block: Uint8Array): Float32Array =>
  new Float32Array(block.buffer, block.byteOffset, block.byteLength / 4);
const uint16Array = (block: Uint8Array): Uint16Array =>
  new Uint16Array(block.buffer, block.byteOffset, block.byteLength / 2);
const int8Array = (block: Uint8Array): Int8Array =>
  new Int8Array(block.buffer, block.byteOffset, block.byteLength);

/** The classifier of a file's bytes, which it goes on reading from: they must not change afterwards. */
export function loadClassifier(file: Uint8Array): Classifier {
  const { header, take } = unpackFile(file);
  const { labels, options, bias, sharpness, notes } = headerSchema.parse(header);
  const vocabulary = {
    keys: uint32Array(take()),
    family: take(),
    idf: float32Array(take()),
  };
  const linear = {
    starts: uint32Array(take()),
    classOf: uint16Array(take()),
    bytes: int8Array(take()),
    scale: float32Array(take()),
  };
  return new Classifier({ labels, options, vocabulary, linear, bias, sharpness, notes });
}
