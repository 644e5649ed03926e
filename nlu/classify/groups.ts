import type { LinearWeights } from './hinge';

/** The groups of two labels or more, by name: who stands alone needs none. */
export function groupsOf(labels: readonly string[], groupOf: (label: string) => string): string[] {
  const sizes = new Map<string, number>();
  for (const label of labels) sizes.set(groupOf(label), (sizes.get(groupOf(label)) ?? 0) + 1);
  return [...sizes].filter(([, size]) => size > 1).map(([name]) => name);
}

type Scores = Float64Array | Float32Array;

/** Adds to each label's score `share` of its group's, `of` naming the group; a label that stands alone is its own. Writes into `own`. */
export function addGroupScores(own: Scores, group: Scores, of: Int32Array, share: number): void {
  for (let label = 0; label < own.length; label += 1) {
    const place = of[label] ?? -1;
    const score = own[label] ?? 0;
    own[label] = score + share * (place < 0 ? score : (group[place] ?? 0));
  }
}

/** The same for all weights of two linear models: their sum is a linear model too, so that reading costs nothing more. */
export function addGroupWeights(
  own: LinearWeights,
  group: LinearWeights,
  of: Int32Array,
  share: number,
): void {
  const rowOf = ({ weights, classes }: LinearWeights, row: number): Float32Array =>
    weights.subarray(row * classes, (row + 1) * classes);
  for (let row = 0; row < own.weights.length / own.classes; row += 1)
    addGroupScores(rowOf(own, row), rowOf(group, row), of, share);
}
