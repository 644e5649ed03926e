import type { Entity, Topic, TopicRef, Understander, Understanding } from '../core';
import { type Classifier, loadClassifier } from './classify';
import { repairLayout } from './keyboard';
import { guessLanguage } from './language';
import { normalise } from './normalise';
import { readTone } from './tone';

export interface UnderstanderParts {
  readonly version: string;
  readonly topics: readonly Topic[];
  /** The bytes of `trainModel`. */
  readonly model: Uint8Array;
  /** Dates, money, places … in a text; offsets into it. */
  readonly entities?: (text: string, now: number) => readonly Entity[];
}

/** Scores below this are not worth a place in the list. */
const leastScore = 0.002;
const mostTopics = 10;

/** A message is answered outright from here, asked back from there, and is nothing of ours below. */
const answerFrom = 0.5;
const askFrom = 0.12;

/** Entities are read in the first part of a text only: nobody hides a date behind twenty thousand letters. */
const entityUnits = 20_000;

/** One message understood. Pure, synchronous, never throws; bounded time for any string. */
export function createUnderstander(parts: UnderstanderParts): Understander {
  const classifier = loadClassifier(parts.model);
  const labels = readLabels(classifier, parts.topics);
  return {
    version: parts.version,
    understand: (text, now) => understand(classifier, labels, parts.entities, text, now),
  };
}

type Label = { readonly ref: TopicRef } | { readonly intent: string } | undefined;

/** What each label of the model stands for; topics that left the register since stand for nothing. */
function readLabels(classifier: Classifier, topics: readonly Topic[]): Label[] {
  const refs = new Map(topics.map(({ kind, id }) => [`${kind}:${id}`, { kind, id }]));
  return classifier.labels.map(label => {
    if (label === 'none') return { intent: 'none' };
    if (label.startsWith('intent:')) return { intent: label.slice('intent:'.length) };
    const ref = refs.get(label);
    return ref ? { ref } : undefined;
  });
}

function understand(
  classifier: Classifier,
  labels: readonly Label[],
  readEntities: UnderstanderParts['entities'],
  original: string,
  now: number,
): Understanding {
  const text = repairLayout(original) ?? original;
  const { text: normalised, emphasis } = normalise(text);
  const probabilities = classifier.probabilities(normalised);
  const topics: (TopicRef & { score: number })[] = [];
  let topicMass = 0;
  let intent = 'none';
  let intentScore = 0;
  labels.forEach((label, at) => {
    const score = probabilities[at] ?? 0;
    if (label === undefined) return;
    if ('ref' in label) {
      topicMass += score;
      if (score >= leastScore) topics.push({ ...label.ref, score });
    } else if (score > intentScore) {
      intent = label.intent;
      intentScore = score;
    }
  });
  topics.sort((left, right) => right.score - left.score);
  const { crisis, tone } = readTone(normalised, emphasis);
  const isTopic = topicMass > intentScore;
  return {
    normalised,
    language: guessLanguage(normalised),
    intent: crisis ? 'crisis' : isTopic ? 'topic' : intent,
    confidence: Math.min(1, isTopic ? topicMass : intentScore),
    topics: topics.slice(0, mostTopics),
    decision: isTopic && normalised !== '' ? decide(topics[0]?.score ?? 0) : 'none',
    entities: entitiesOf(readEntities, text, original, now),
    ...(crisis ? { crisis } : {}),
    tone,
  };
}

const decide = (score: number): Understanding['decision'] =>
  score >= answerFrom ? 'answer' : score >= askFrom ? 'ask-back' : 'none';

/** Entities of the text as it was meant; their words as they were typed (a repaired layout keeps every offset). */
function entitiesOf(
  read: UnderstanderParts['entities'],
  text: string,
  original: string,
  now: number,
): readonly Entity[] {
  if (!read) return [];
  const found = read(text.slice(0, entityUnits), now);
  return text === original
    ? found
    : found.map(entity => ({ ...entity, text: original.slice(entity.start, entity.end) }));
}
