import { fitSharpness, type HeldOut } from './calibrate';
import { Classifier, packWeights } from './classifier';
import type { FeatureOptions } from './features';
import { HingeTrainer, randomFrom, shuffle } from './hinge';
import { buildVocabulary, Vectoriser } from './vectors';

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
    letters5: 0.55,
    letters6: 0.45,
  },
};

export const defaultTraining: TrainOptions = {
  features: defaultFeatures,
  minTexts: [1, 1, 1, 1, 2, 2, 2, 2, 2, 2],
  cost: 20,
  offset: -1.2,
  rareWeight: 1,
  negative: 0.5,
  passes: 6,
  lastPasses: 3,
  fullPasses: 2,
  smallestShare: 0.03,
  heldOut: 0.15,
};

const bias = 0.3;
const seed = 20_270_115;

/** Trains, measures its calibration on texts kept apart, then goes on with everything. Deterministic. */
export function trainClassifier(
  texts: readonly LabelledText[],
  options: TrainOptions = defaultTraining,
): Classifier {
  const labels = [...new Set(texts.map(text => text.label))].sort();
  if (labels.length === 0) throw new Error('Nothing to train on: the list of examples is empty.');
  const numbers = new Map(labels.map((label, at) => [label, at]));
  const derived = options.derive?.(texts) ?? [];
  const all = [...texts, ...derived];
  const labelOf = Int32Array.from(all, text => numbers.get(text.label) ?? 0);
  const vocabulary = buildVocabulary(
    texts.map(text => text.text),
    options.features,
    options.minTexts,
  );
  const vectors = new Vectoriser(vocabulary, options.features).readAll(all.map(text => text.text));
  const trainer = new HingeTrainer(vectors, labelOf, labels.length, vocabulary.keys.length, {
    cost: options.cost,
    negative: options.negative,
    fullPasses: options.fullPasses,
    bias,
    offset: options.offset,
    seed,
    textWeight: Float32Array.from(all, text => text.weight ?? 1),
    classWeight: rareWeights(labelOf.subarray(0, texts.length), labels.length, options.rareWeight),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const apart = heldOutRows(texts, options.heldOut);
  const isApart = (row: number): boolean => apart.has(derived[row - texts.length]?.from ?? row);
  const rows = Int32Array.from(all, (_, row) => row);
  trainer.run(
    rows.filter(row => !isApart(row)),
    options.passes,
  );
  const held = [...apart].map((row): HeldOut => ({
    scores: Float64Array.from(trainer.scoresOf(row)),
    label: labelOf[row] ?? 0,
  }));
  const sharpness = held.length < fewestHeldOut ? 6 : fitSharpness(held);
  options.onProgress?.(0.8);
  if (apart.size > 0) trainer.run(rows, options.lastPasses);
  return new Classifier({
    labels,
    options: options.features,
    vocabulary,
    linear: packWeights(trainer, options.smallestShare),
    bias,
    sharpness,
    notes: held.length < fewestHeldOut ? {} : (options.note?.(labels, held, sharpness) ?? {}),
  });
}

/** What few people have written about must not lose to what many have: the root of how much rarer it is than usual, within bounds. */
function rareWeights(labels: Int32Array, classes: number, most: number): Float32Array {
  const counts = new Float32Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const usual = labels.length / classes;
  return counts.map(count => Math.min(Math.max(Math.sqrt(usual / Math.max(count, 1)), 1), most));
}

/** With fewer texts kept apart than this nothing can be measured on them. */
const fewestHeldOut = 20;

/** Only texts of full weight: names and other helpers are easier than what people write. */
function heldOutRows(texts: readonly LabelledText[], share: number): Set<number> {
  const order = shuffle(
    Int32Array.from(texts, (_, at) => at),
    randomFrom(seed),
  ).filter(at => (texts[at]?.weight ?? 1) >= 1);
  return new Set(order.slice(0, Math.floor(order.length * share)));
}
