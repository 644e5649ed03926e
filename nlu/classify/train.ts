import { fitSharpness, type HeldOut } from './calibrate';
import { Classifier } from './classifier';
import { randomFrom, shuffle } from './hinge';
import { LabelTrainer } from './label-trainer';
import { bias, defaultTraining, digestsOf, type LabelledText, seed, type TrainOptions } from './options';
import { packWeights } from './packed-weights';
import { retrainClassifier } from './retrain';
import { buildVocabulary, Vectoriser } from './vectors';

/** Trains, or brings an earlier classifier up to date when little changed. Deterministic. */
export function trainClassifier(
  texts: readonly LabelledText[],
  options: TrainOptions = defaultTraining,
  earlier?: Classifier,
): Classifier {
  return (earlier && retrainClassifier(earlier, texts, options)) ?? trainFully(texts, options);
}

/** Trains, measures its calibration on texts kept apart, then goes on with everything. */
function trainFully(texts: readonly LabelledText[], options: TrainOptions): Classifier {
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
  const trainer = new LabelTrainer(
    { texts, derived, vectors, features: vocabulary.keys.length, labels },
    options,
  );
  const apart = heldOutRows(texts, options.heldOut);
  const isApart = (row: number): boolean => apart.has(derived[row - texts.length]?.from ?? row);
  const rows = Int32Array.from(all, (_, row) => row);
  trainer.run(
    rows.filter(row => !isApart(row)),
    options.passes,
  );
  const held = [...apart].map((row): HeldOut => ({
    scores: trainer.scoresOf(row),
    label: labelOf[row] ?? 0,
  }));
  const sharpness = held.length < fewestHeldOut ? 6 : fitSharpness(held);
  options.onProgress?.(0.8);
  if (apart.size > 0) trainer.run(rows, options.lastPasses);
  return new Classifier({
    labels,
    options: options.features,
    vocabulary,
    linear: packWeights(trainer.finish(), options.smallestShare),
    bias,
    sharpness,
    notes: held.length < fewestHeldOut ? {} : (options.note?.(labels, held, sharpness) ?? {}),
    digests: digestsOf(texts, options),
  });
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
