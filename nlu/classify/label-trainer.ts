import { addGroupScores, addGroupWeights, groupsOf } from './groups';
import { HingeTrainer, type LinearWeights } from './hinge';
import { bias, type LabelledText, rareWeights, seed, type TrainOptions } from './options';
import type { SparseRows } from './vectors';

export interface TrainingRows {
  readonly texts: readonly LabelledText[];
  /** Variants of the texts, whose rows follow theirs. */
  readonly derived: readonly LabelledText[];
  readonly vectors: SparseRows;
  readonly features: number;
  /** The labels to train; texts of others are somebody else's for all. */
  readonly labels: readonly string[];
}

/** Trains labels and, beside them, the groups that they belong to; one linear model comes out. */
export class LabelTrainer {
  private readonly own: HingeTrainer;
  private readonly group: HingeTrainer | undefined;
  /** Whether any label has a group, trained here or not: then those that stand alone count as groups of their own. */
  private readonly isGrouped: boolean;
  /** Of each label, the number of its group. */
  private readonly groupOf: Int32Array;

  constructor(
    rows: TrainingRows,
    private readonly options: TrainOptions,
  ) {
    const { texts, labels } = rows;
    this.own = trainerOf(rows, labels, text => text.label, options);
    const nameOf = options.groupOf ?? (label => label);
    const groups = groupsOf([...new Set(texts.map(text => text.label))], nameOf);
    this.isGrouped = groups.length > 0;
    const trained = new Set(labels.map(nameOf));
    const wanted = groups.filter(name => trained.has(name));
    this.groupOf = Int32Array.from(labels, label => wanted.indexOf(nameOf(label)));
    if (wanted.length > 0) this.group = trainerOf(rows, wanted, text => nameOf(text.label), options);
  }

  /** Walks `passes` times over the given rows. */
  run(rows: Int32Array, passes: number): void {
    this.group?.run(rows, passes);
    this.own.run(rows, passes);
  }

  /** Scores of one of the rows as the weights stand now. */
  scoresOf(row: number): Float64Array {
    const scores = Float64Array.from(this.own.scoresOf(row));
    const group = this.group?.scoresOf(row) ?? new Float64Array(0);
    if (this.isGrouped) addGroupScores(scores, group, this.groupOf, this.options.groupShare);
    return scores;
  }

  /** The trained model. Nothing may be trained or asked afterwards. */
  finish(): LinearWeights {
    const group = this.group ?? { classes: 0, weights: new Float32Array(0) };
    if (this.isGrouped) addGroupWeights(this.own, group, this.groupOf, this.options.groupShare);
    return this.own;
  }
}

function trainerOf(
  { texts, derived, vectors, features }: TrainingRows,
  names: readonly string[],
  nameOf: (text: LabelledText) => string,
  options: TrainOptions,
): HingeTrainer {
  const all = [...texts, ...derived];
  const places = new Map(names.map((name, at) => [name, at]));
  const named = texts.map(text => ({ ...text, label: nameOf(text) }));
  return new HingeTrainer(
    vectors,
    Int32Array.from(all, text => places.get(nameOf(text)) ?? otherName),
    names.length,
    features,
    {
      cost: options.cost,
      negative: options.negative,
      fullPasses: options.fullPasses,
      bias,
      offset: options.offset,
      seed,
      textWeight: Float32Array.from(all, text => text.weight ?? 1),
      classWeight: rareWeights(named, names, options.rareWeight),
      ...(options.signal ? { signal: options.signal } : {}),
    },
  );
}

/** Stands for every name that is not trained. */
const otherName = -1;
