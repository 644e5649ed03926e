import { Classifier } from './classifier';
import type { LinearWeights } from './hinge';
import { LabelTrainer } from './label-trainer';
import { type Column, mergeWeights } from './packed-weights';
import { digestsOf, type LabelledText, type TrainOptions } from './options';
import { buildVocabulary, Vectoriser, type Vocabulary } from './vectors';

/** With more of the labels changed than this, everything is trained: it takes no longer and is exact. */
const mostChanged = 0.1;

/** Labels that answer most to the changed texts, and have to learn that these are not theirs. */
const mostRivals = 8;
/** Mean probability among a changed label's texts from which another counts as its rival. */
const rivalFrom = 0.004;

/**
 * An earlier classifier brought up to date with new texts: labels are classes against the rest, so that only those whose texts
 * changed, and their nearest rivals, are trained anew; the others keep their weights. Nothing if too much changed.
 */
export function retrainClassifier(
  earlier: Classifier,
  texts: readonly LabelledText[],
  options: TrainOptions,
): Classifier | undefined {
  const { parts } = earlier;
  const labels = [...new Set(texts.map(text => text.label))].sort();
  const digests = digestsOf(texts, options);
  const changed = labels.filter(label => digests[label] !== parts.digests[label]);
  if (JSON.stringify(parts.options) !== JSON.stringify(options.features)) return undefined;
  if (changed.length > labels.length * mostChanged) return undefined;
  if (changed.length === 0 && labels.length === earlier.labels.length) return earlier;
  const touched = new Set(changed);
  const changedTexts = texts.filter(text => touched.has(text.label));
  const anew = [...changed, ...rivalsOf(earlier, changedTexts, touched, new Set(labels))].sort();
  const vocabulary = grown(parts.vocabulary, changedTexts, texts.length, options);
  const trained = trainSome(anew, texts, vocabulary, options);
  const before = new Map(earlier.labels.map((label, at) => [label, at]));
  const columns = labels.map((label): Column => {
    const at = anew.indexOf(label);
    const kept = before.get(label);
    return at >= 0 ? { trained: at } : kept === undefined ? {} : { kept };
  });
  return new Classifier({
    ...parts,
    labels,
    vocabulary,
    digests,
    linear: mergeWeights(parts.linear, trained, vocabulary.keys.length, columns, options.smallestShare),
  });
}

/** The labels of the earlier classifier that the changed texts sound like most, by its own opinion. */
function rivalsOf(
  earlier: Classifier,
  changed: readonly LabelledText[],
  touched: ReadonlySet<string>,
  present: ReadonlySet<string>,
): string[] {
  const sums = new Float64Array(earlier.labels.length);
  for (const { text } of changed)
    earlier.probabilities(text).forEach((share, at) => {
      sums[at] = (sums[at] ?? 0) + share / changed.length;
    });
  return earlier.labels
    .map((label, at) => ({ label, share: sums[at] ?? 0 }))
    .filter(({ label, share }) => share >= rivalFrom && present.has(label) && !touched.has(label))
    .sort((left, right) => right.share - left.share)
    .slice(0, mostRivals)
    .map(rival => rival.label);
}

/** The vocabulary with what the changed texts add at its end; what was known keeps its place and weight. */
function grown(
  known: Vocabulary,
  changed: readonly LabelledText[],
  textCount: number,
  options: TrainOptions,
): Vocabulary {
  const found = buildVocabulary(
    changed.map(text => text.text),
    options.features,
    options.minTexts,
  );
  const before = new Set(known.keys);
  const added = Array.from(found.keys, (_, at) => at).filter(at => !before.has(found.keys[at] ?? 0));
  // Seen in the changed texts alone: as rare in all texts as in these, for the idf of the whole.
  const rarer = Math.log((1 + textCount) / (1 + changed.length));
  return {
    keys: Uint32Array.from([...known.keys, ...added.map(at => found.keys[at] ?? 0)]),
    family: Uint8Array.from([...known.family, ...added.map(at => found.family[at] ?? 0)]),
    idf: Float32Array.from([...known.idf, ...added.map(at => (found.idf[at] ?? 0) + rarer)]),
  };
}

/** Trains the given labels against all texts; variants are made of their own texts only. */
function trainSome(
  anew: readonly string[],
  texts: readonly LabelledText[],
  vocabulary: Vocabulary,
  options: TrainOptions,
): LinearWeights {
  if (anew.length === 0) return { classes: 0, weights: new Float32Array(0) };
  const wanted = new Set(anew);
  const derived = options.derive?.(texts.filter(text => wanted.has(text.label))) ?? [];
  const all = [...texts, ...derived];
  const vectors = new Vectoriser(vocabulary, options.features).readAll(all.map(text => text.text));
  const trainer = new LabelTrainer(
    { texts, derived, vectors, features: vocabulary.keys.length, labels: anew },
    options,
  );
  trainer.run(
    Int32Array.from(all, (_, row) => row),
    options.passes + options.lastPasses,
  );
  options.onProgress?.(0.9);
  return trainer.finish();
}
