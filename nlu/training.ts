import type { Topic } from '../core';
import {
  defaultFeatures,
  defaultTraining,
  type LabelledText,
  loadClassifier,
  type TrainOptions,
  trainClassifier,
} from './classify';
import type { Example } from './examples';
import { repairLayout } from './keyboard';
import { normalise } from './normalise';
import { variantsOf } from './variants';

/** What a text is before anything looks at it: on the right keyboard, and normalised. */
export function readable(text: string): string {
  return normalise(repairLayout(text) ?? text).text;
}

const labelOf = (topic: Topic): string => `${topic.kind}:${topic.id}`;

/** How much a topic's own words count beside a phrase that somebody would say. */
const nameWeight = 0.4;
const wordWeight = 0.3;

/** How people who write English ask for a thing by its name; without them English looks like small talk, which has more of it. */
const englishFrames = ['how do i get', 'where do i apply for', 'i need', 'what documents for'] as const;

/** A topic's own words, as training texts: its names, what else it is called, the questions its entry answers. */
function topicTexts(topic: Topic): LabelledText[] {
  const label = labelOf(topic);
  const rows: LabelledText[] = [];
  const add = (text: string, weight: number): void => {
    rows.push({ text, label, weight });
  };
  for (const name of new Set([...Object.values(topic.officialName), ...Object.values(topic.name)]))
    add(name, nameWeight);
  for (const list of Object.values(topic.synonyms)) for (const synonym of list) add(synonym, wordWeight);
  const english = [topic.officialName.en, topic.name.en, ...(topic.synonyms.en ?? [])];
  english.forEach((name, at) => {
    if (name !== undefined) add(`${englishFrames[at % englishFrames.length] ?? ''} ${name}`, wordWeight);
  });
  for (const question of topic.questions) {
    for (const list of Object.values(question.ask)) for (const ask of list) add(ask, wordWeight);
  }
  return rows;
}

export interface ModelInputs {
  readonly topics: readonly Topic[];
  readonly examples: readonly Example[];
}

/** All training texts, read as questions will be read. Phrases of topics that are not in the register are left out. */
export function trainingTexts({ topics, examples }: ModelInputs): LabelledText[] {
  const known = new Set(topics.map(labelOf));
  const kept = examples.filter(
    ({ label }) => label === 'none' || label.startsWith('intent:') || known.has(label),
  );
  const rows = [...topics.flatMap(topicTexts), ...kept.map(({ text, label }) => ({ text, label }))];
  return rows.map(row => ({ ...row, text: readable(row.text) })).filter(row => row.text.length > 0);
}

const variantSeed = 7;

/** Milder than for a benchmark of short commands: three hundred topics, few phrases each. Measured, see docs/decisions. */
const registerTraining: TrainOptions = {
  ...defaultTraining,
  features: { weights: { ...defaultFeatures.weights, senses: 1 } },
  minTexts: [1, 2, 2, 2, 2, 2, 2, 3, 2, 3],
  cost: 2,
  rareWeight: 3,
  negative: 0.3,
  passes: 4,
  lastPasses: 2,
  fullPasses: 1,
  smallestShare: 0.12,
  derive: texts => variantsOf(texts, variantSeed).map(item => ({ ...item, text: readable(item.text) })),
};

export interface TrainingRun extends ModelInputs {
  /**
   * The bytes of an earlier model, such as the one in use. Topics whose texts did not change keep their weights, which makes
   * publishing one entry a matter of seconds; with much changed, or a model of other settings, all is trained.
   */
  readonly warmStart?: Uint8Array;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** Trains the model of a register. Deterministic: the same inputs give the same bytes. */
export function trainModel(run: TrainingRun): Uint8Array {
  const { signal, onProgress, topics, warmStart } = run;
  const agencies = new Map(topics.map(topic => [labelOf(topic), `agency:${topic.agencyId}`]));
  const options = {
    ...registerTraining,
    groupOf: (label: string) => agencies.get(label) ?? label,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  };
  const earlier = warmStart && loadClassifier(warmStart);
  return trainClassifier(trainingTexts(run), options, earlier).save();
}
