import { z } from 'zod';
import { softmax } from './calibrate';
import { type FeatureOptions, families } from './features';
import { packFile, unpackFile } from './file';
import type { LinearWeights } from './hinge';
import { Vectoriser, type Vocabulary } from './vectors';

/** A linear model with weights in single bytes: row i times `scale[i]` are the weights of feature i; the last row is the constant. */
export interface PackedWeights {
  readonly classes: number;
  readonly bytes: Int8Array;
  readonly scale: Float32Array;
}

export function packWeights({ classes, weights }: LinearWeights): PackedWeights {
  const count = weights.length / classes;
  const bytes = new Int8Array(weights.length);
  const scale = new Float32Array(count);
  for (let row = 0; row < count; row += 1) {
    const start = row * classes;
    let top = 0;
    for (let c = 0; c < classes; c += 1) top = Math.max(top, Math.abs(weights[start + c] ?? 0));
    if (top === 0) continue;
    scale[row] = top / 127;
    for (let c = 0; c < classes; c += 1)
      bytes[start + c] = Math.round(((weights[start + c] ?? 0) * 127) / top);
  }
  return { classes, bytes, scale };
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
    const { bytes, scale, classes } = this.parts.linear;
    const { sums } = this;
    const vector = this.vectoriser.read(normalised);
    const last = scale.length - 1;
    const bias = (scale[last] ?? 0) * this.parts.bias;
    for (let c = 0; c < classes; c += 1) sums[c] = bias * (bytes[last * classes + c] ?? 0);
    for (let at = 0; at < vector.length; at += 1) {
      const row = vector.index[at] ?? 0;
      const start = row * classes;
      const x = (vector.value[at] ?? 0) * (scale[row] ?? 0);
      for (let c = 0; c < classes; c += 1) sums[c] = (sums[c] ?? 0) + x * (bytes[start + c] ?? 0);
    }
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
      linear.bytes,
      linear.scale,
    ]);
  }
}

const headerSchema = z.object({
  labels: z.array(z.string()),
  options: z.object({
    weights: z.record(z.enum(families), z.number()),
    minLetters: z.number(),
    maxLetters: z.number(),
  }),
  bias: z.number(),
  sharpness: z.number(),
  notes: z.record(z.string(), z.number()),
});

export function loadClassifier(file: Uint8Array): Classifier {
  const { header, take } = unpackFile(file);
  const { labels, options, bias, sharpness, notes } = headerSchema.parse(header);
  const vocabulary = {
    keys: new Uint32Array(take()),
    family: new Uint8Array(take()),
    idf: new Float32Array(take()),
  };
  const linear = { classes: labels.length, bytes: new Int8Array(take()), scale: new Float32Array(take()) };
  return new Classifier({ labels, options, vocabulary, linear, bias, sharpness, notes });
}
