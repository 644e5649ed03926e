import type { Topic } from '../../core';
import { loadClassifier } from '../classify';
import type { Example } from '../examples';
import { readLabels, readSignals, type Signals } from '../signals';
import { readable, trainModel } from '../training';

/** One training phrase as a model sees it that has not read it. */
export interface ReadApart extends Example {
  readonly normalised: string;
  readonly signals: Signals;
}

/** Neighbouring lines are of one writer and theme: they are kept apart together, or a phrase would be known by its neighbour. */
const block = 8;

/** Cross-validation over the training phrases, `folds` trainings long; a phrase of a file is read by the model of the other folds. */
export function readApart(
  topics: readonly Topic[],
  examples: readonly Example[],
  folds: number,
  onFold?: (fold: number) => void,
): ReadApart[] {
  const foldOf = (at: number): number => Math.floor(at / block) % folds;
  return Array.from({ length: folds }, (_, fold) => fold).flatMap(fold => {
    const model = trainModel({ topics, examples: examples.filter((_, at) => foldOf(at) !== fold) });
    const classifier = loadClassifier(model);
    const labels = readLabels(classifier, topics);
    onFold?.(fold);
    return examples
      .filter((_, at) => foldOf(at) === fold)
      .map(example => {
        const normalised = readable(example.text);
        return { ...example, normalised, signals: readSignals(classifier, labels, normalised, 0) };
      });
  });
}
