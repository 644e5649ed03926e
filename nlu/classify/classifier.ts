import { z } from 'zod';
import { softmax } from './calibrate';
import { type FeatureOptions, families } from './features';
import { packFile, unpackFile } from './file';
import type { PackedWeights } from './packed-weights';
import { Vectoriser, type Vocabulary } from './vectors';

export interface ClassifierParts {
  readonly labels: readonly string[];
  readonly options: FeatureOptions;
  readonly vocabulary: Vocabulary;
  readonly linear: PackedWeights;
  readonly bias: number;
  readonly sharpness: number;
  /** Whatever the user of the classifier wants to keep with it, such as thresholds. */
  readonly notes: Readonly<Record<string, number>>;
  /** A digest of the texts each label was trained on: how a later training sees what changed. */
  readonly digests: Readonly<Record<string, string>>;
}

/** Text in, one probability a label out. Not shared between threads: its buffers are reused. */
export class Classifier {
  readonly labels: readonly string[];
  readonly notes: Readonly<Record<string, number>>;
  private readonly vectoriser: Vectoriser;
  private readonly sums: Float64Array;

  constructor(readonly parts: ClassifierParts) {
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

  /** Whether the English word, in lower case, is one that was learnt from. */
  knows(word: string): boolean {
    return this.vectoriser.knows(word);
  }

  save(): Uint8Array {
    const { labels, options, vocabulary, linear, bias, sharpness, notes, digests } = this.parts;
    return packFile({ labels, options, bias, sharpness, notes, digests }, [
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
  digests: z.record(z.string(), z.string()).default({}),
});

const uint32Array = (block: Uint8Array): Uint32Array =>
  new Uint32Array(block.buffer, block.byteOffset, block.byteLength / 4);
const float32Array = (block: Uint8Array): Float32Array =>
  new Float32Array(block.buffer, block.byteOffset, block.byteLength / 4);
const uint16Array = (block: Uint8Array): Uint16Array =>
  new Uint16Array(block.buffer, block.byteOffset, block.byteLength / 2);
const int8Array = (block: Uint8Array): Int8Array =>
  new Int8Array(block.buffer, block.byteOffset, block.byteLength);

/** Versions of the register that share a model share what is made of its bytes. */
const loaded = new WeakMap<Uint8Array, Classifier>();

/** The classifier of a file's bytes, which it goes on reading from: they must not change afterwards. */
export function loadClassifier(file: Uint8Array): Classifier {
  const known = loaded.get(file) ?? readClassifier(file);
  loaded.set(file, known);
  return known;
}

function readClassifier(file: Uint8Array): Classifier {
  const { header, take } = unpackFile(file);
  const { labels, options, bias, sharpness, notes, digests } = headerSchema.parse(header);
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
  return new Classifier({ labels, options, vocabulary, linear, bias, sharpness, notes, digests });
}
