import { createHash } from 'node:crypto';
import type { HeldOut } from './calibrate';
import type { FeatureOptions } from './features';

/** A text, already normalised, and what it is. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
  /** How much it counts; 1 unless given. */
  readonly weight?: number;
}

/** A variant of a text, and the place of that text in the list it came from. */
export interface DerivedText extends LabelledText {
  readonly from: number;
}

export interface TrainOptions {
  readonly features: FeatureOptions;
  /** Fewest texts that hold a feature, by family. */
  readonly minTexts: readonly number[];
  readonly cost: number;
  /** See `HingeTrainer`. */
  readonly offset: number;
  /** Most that the texts of a rare class count for; 1 leaves all alike. */
  readonly rareWeight: number;
  readonly negative: number;
  /**
   * The group that a label belongs to, such as the agency of a service: what tells a group from all others is learnt from the texts
   * of all its labels, and counts for each of them. Without it every label stands alone.
   */
  readonly groupOf?: (label: string) => string;
  /** How much a group's score counts beside the label's own. */
  readonly groupShare: number;
  /** Walks over the texts before calibration, and after it with the texts kept apart. */
  readonly passes: number;
  readonly lastPasses: number;
  /** Visits of a text to every class; see `HingeTrainer`. */
  readonly fullPasses: number;
  /** Weights below this share of their feature's largest are not kept. */
  readonly smallestShare: number;
  /** Share of the full-weight texts that calibration is measured on; they are trained on afterwards all the same. */
  readonly heldOut: number;
  /** More texts derived from those given; they add no features of their own, and stay apart with the text they come from. */
  readonly derive?: (texts: readonly LabelledText[]) => DerivedText[];
  /** What to keep with the model of what was seen on the texts kept apart, such as thresholds. */
  readonly note?: (
    labels: readonly string[],
    held: readonly HeldOut[],
    sharpness: number,
  ) => Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** Weights and costs chosen by cross-validation on our own phrases, see docs/decisions. */
export const defaultFeatures: FeatureOptions = {
  weights: {
    words: 1,
    wordPairs: 0.5,
    platformWords: 1,
    platformPairs: 0.5,
    skips: 0.5,
    letters2: 0.45,
    letters3: 0.63,
    letters4: 0.63,
    senses: 0,
    bare: 1.5,
  },
};

export const defaultTraining: TrainOptions = {
  features: defaultFeatures,
  minTexts: [1, 1, 1, 1, 2, 2, 2, 2, 1, 2],
  cost: 3,
  offset: -1.2,
  rareWeight: 1,
  negative: 0.4,
  groupShare: 0.4,
  passes: 6,
  lastPasses: 3,
  fullPasses: 2,
  smallestShare: 0.03,
  heldOut: 0.15,
};

/** Value of the constant feature. */
export const bias = 0.3;
export const seed = 20_270_115;

/** What few people have written about must not lose to what many have: the root of how much rarer it is than usual, within bounds. */
export function rareWeights(
  texts: readonly LabelledText[],
  labels: readonly string[],
  most: number,
): Float32Array {
  const counts = new Map<string, number>();
  for (const { label } of texts) counts.set(label, (counts.get(label) ?? 0) + 1);
  const usual = texts.length / counts.size;
  return Float32Array.from(labels, label =>
    Math.min(Math.max(Math.sqrt(usual / Math.max(counts.get(label) ?? 0, 1)), 1), most),
  );
}

/** What each label is trained on, and with which settings, as a short key. */
export function digestsOf(texts: readonly LabelledText[], options: TrainOptions): Record<string, string> {
  const { features, minTexts, cost, offset, rareWeight, negative, passes, lastPasses, smallestShare } =
    options;
  const { groupOf, groupShare } = options;
  const settings = [
    features,
    minTexts,
    cost,
    offset,
    rareWeight,
    negative,
    passes,
    lastPasses,
    smallestShare,
    groupShare,
  ];
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  for (const { text, label, weight } of texts) {
    const hash =
      hashes.get(label) ?? createHash('sha256').update(JSON.stringify([settings, groupOf?.(label)]));
    hashes.set(label, hash.update(JSON.stringify([text, weight ?? 1])));
  }
  return Object.fromEntries([...hashes].map(([label, hash]) => [label, hash.digest('hex').slice(0, 16)]));
}
