import { fitSharpness, type HeldOut } from './calibrate';
import { Classifier, packWeights } from './classifier';
import type { FeatureOptions } from './features';
import { randomFrom, shuffled, trainHinge } from './hinge';
import { buildVocabulary, Vectoriser } from './vectors';

/** A text, already normalised, and what it is. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
  /** How much it counts; 1 unless given. */
  readonly weight?: number;
}

export interface TrainOptions {
  readonly features: FeatureOptions;
  /** Fewest texts that hold a feature, by family. */
  readonly minTexts: readonly number[];
  readonly cost: number;
  readonly negative: number;
  readonly passes: number;
  /** Passes over every class; see `trainHinge`. */
  readonly fullPasses: number;
  /** Weights below this share of their feature's largest are not kept. */
  readonly smallestShare: number;
  /** Share of the full-weight texts that calibration is measured on; they are trained on afterwards all the same. */
  readonly heldOut: number;
  /** More texts derived from those trained on, for the last training only; they add no features of their own. */
  readonly derive?: (texts: readonly LabelledText[]) => LabelledText[];
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
  negative: 0.5,
  passes: 8,
  fullPasses: 2,
  smallestShare: 0.03,
  heldOut: 0.15,
};

const bias = 0.3;
const seed = 20_270_115;

/** Trains, measures its calibration on texts kept apart, then trains on everything. Deterministic. */
export function trainClassifier(
  texts: readonly LabelledText[],
  options: TrainOptions = defaultTraining,
): Classifier {
  const labels = [...new Set(texts.map(text => text.label))].sort();
  if (labels.length === 0) throw new Error('Nothing to train on: the list of examples is empty.');
  const apart = heldOutRows(texts, options.heldOut);
  const held = texts.filter((_, at) => apart.has(at));
  const sharpness = held.length < 20 ? 6 : fitSharpness(heldOutScores(texts, apart, labels, options));
  options.onProgress?.(0.5);
  return fit(texts, labels, sharpness, options, options.derive?.(texts) ?? []);
}

function fit(
  texts: readonly LabelledText[],
  labels: readonly string[],
  sharpness: number,
  options: TrainOptions,
  derived: readonly LabelledText[],
): Classifier {
  const numbers = new Map(labels.map((label, at) => [label, at]));
  const vocabulary = buildVocabulary(
    texts.map(text => text.text),
    options.features,
    options.minTexts,
  );
  const all = [...texts, ...derived];
  const vectors = new Vectoriser(vocabulary, options.features).readAll(all.map(text => text.text));
  const linear = trainHinge(
    vectors,
    Int32Array.from(all, text => numbers.get(text.label) ?? 0),
    labels.length,
    vocabulary.keys.length,
    {
      cost: options.cost,
      negative: options.negative,
      passes: options.passes,
      fullPasses: options.fullPasses,
      bias,
      seed,
      textWeight: Float32Array.from(all, text => text.weight ?? 1),
      ...(options.signal ? { signal: options.signal } : {}),
    },
  );
  return new Classifier({
    labels,
    options: options.features,
    vocabulary,
    linear: packWeights(linear, options.smallestShare),
    bias,
    sharpness,
    notes: {},
  });
}

/** Only texts of full weight: names and other helpers are easier than what people write. */
function heldOutRows(texts: readonly LabelledText[], share: number): Set<number> {
  const order = [...shuffled(texts.length, randomFrom(seed))].filter(at => (texts[at]?.weight ?? 1) >= 1);
  return new Set(order.slice(0, Math.floor(order.length * share)));
}

function heldOutScores(
  texts: readonly LabelledText[],
  apart: ReadonlySet<number>,
  labels: readonly string[],
  options: TrainOptions,
): HeldOut[] {
  const classifier = fit(
    texts.filter((_, at) => !apart.has(at)),
    labels,
    1,
    options,
    [],
  );
  return [...apart].flatMap(at => {
    const row = texts[at];
    const label = row ? labels.indexOf(row.label) : -1;
    return row && label >= 0 ? [{ scores: Float64Array.from(classifier.scores(row.text)), label }] : [];
  });
}
