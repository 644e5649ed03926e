import type { Reason } from '../core';
import type { Classifier } from './classify';
import { repairLayout } from './keyboard';
import { normalise } from './normalise';
import { thaiSegmenter } from './segment';

/** Words that are tried; a story that has not said what it wants by then is not explained further. */
const mostWords = 40;
const mostReasons = 4;
/** What takes less than this share of the strongest word's effect explains nothing. */
const leastShare = 0.15;

/**
 * Which words of the text made it match a label: each word is left out in turn, and what the label's score loses is that word's
 * weight. Asks the model itself, so that it holds for whatever the model looks at. Spans are those of the text as it came.
 */
export function explain(classifier: Classifier, original: string, label: string): Reason[] {
  const at = classifier.labels.indexOf(label);
  if (at < 0) return [];
  const { text, starts, ends } = normalise(repairLayout(original) ?? original);
  const scoreOf = (read: string): number => classifier.scores(read)[at] ?? 0;
  const whole = scoreOf(text);
  const reasons: Reason[] = [];
  let from = 0;
  for (const to of thaiSegmenter().cuts(text).slice(0, mostWords)) {
    if (/[\p{L}\p{N}]/u.test(text.slice(from, to))) {
      const weight = whole - scoreOf(text.slice(0, from) + text.slice(to));
      const start = starts[from] ?? 0;
      const end = ends[to - 1] ?? start;
      reasons.push({ text: original.slice(start, end), start, end, weight });
    }
    from = to;
  }
  reasons.sort((left, right) => right.weight - left.weight);
  const strongest = reasons[0]?.weight ?? 0;
  return reasons.slice(0, mostReasons).filter(({ weight }) => weight > 0 && weight >= strongest * leastShare);
}
