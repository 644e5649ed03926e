import type { CrisisKind, Entity, Topic, TopicRef, Understander, Understanding } from '../core';
import { type Classifier, loadClassifier } from './classify';
import { explain } from './explain';
import { repairLayout } from './keyboard';
import { guessLanguage } from './language';
import { normalise } from './normalise';
import { createRanker, type Scored } from './rank';
import { crisisKindOf, readTone, type Tone } from './tone';

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

/**
 * A message is answered outright from here, asked back from there, and is nothing of ours below. Chosen on phrases that were not
 * trained on, at costs of 10 for a wrong answer, 1 for asking back and 2 for saying that nothing fits, see docs/decisions.
 */
const answerFrom = 0.8;
const askFrom = 0.06;

/**
 * A text asks about the register when its three likeliest topics together, held back this much, outweigh every dialog and none.
 * Not all topics together: three hundred small chances of a text about the weather are no matter of ours.
 */
const closest = 3;
const topicShare = 0.7;

/** What is asked stands in the beginning, or nowhere. */
const rankedUnits = 300;

/** Entities are read in the first part of a text only: nobody hides a date behind twenty thousand letters. */
const entityUnits = 20_000;

/** One message understood. Pure, synchronous, never throws; bounded time for any string. */
export function createUnderstander(parts: UnderstanderParts): Understander {
  const classifier = loadClassifier(parts.model);
  const learnt = new Set(classifier.labels);
  const reader: Reader = {
    classifier,
    labels: readLabels(classifier, parts.topics),
    rank: createRanker(parts.topics.filter(({ kind, id }) => learnt.has(`${kind}:${id}`))),
    entities: parts.entities,
  };
  return {
    version: parts.version,
    understand: (text, now) => understand(reader, text, now),
    explain: (text, { kind, id }) => explain(classifier, text, `${kind}:${id}`),
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

interface Reader {
  readonly classifier: Classifier;
  readonly labels: readonly Label[];
  readonly rank: ReturnType<typeof createRanker>;
  readonly entities: UnderstanderParts['entities'];
}

function understand(
  { classifier, labels, rank, entities }: Reader,
  original: string,
  now: number,
): Understanding {
  const text = repairLayout(original) ?? original;
  const { text: normalised, emphasis } = normalise(text);
  if (!/[\p{L}\p{N}]/u.test(normalised)) return nothing(normalised);
  const probabilities = classifier.probabilities(normalised);
  const topics: Scored[] = [];
  let intent = 'none';
  let intentScore = 0;
  const scores = { crisis: 0, none: 0 };
  labels.forEach((label, at) => {
    const score = probabilities[at] ?? 0;
    if (label === undefined) return;
    if ('ref' in label) {
      if (score >= leastScore) topics.push({ ...label.ref, score });
      return;
    }
    if (label.intent === 'crisis') scores.crisis = score;
    else if (label.intent === 'none') scores.none = score;
    // Danger is said by `crisis` alone: what is not sure enough for that is not announced as an intent either.
    if (label.intent !== 'crisis' && score > intentScore) {
      intent = label.intent;
      intentScore = score;
    }
  });
  topics.sort((left, right) => right.score - left.score);
  const read = readTone(normalised, emphasis);
  const crisis = crisisOf(read, scores, normalised);
  const topicScore = topics.slice(0, closest).reduce((sum, topic) => sum + topic.score, 0);
  const isTopic = topicScore * topicShare > intentScore && (topics[0]?.score ?? 0) >= askFrom;
  const sure = (topics[0]?.score ?? 0) >= answerFrom;
  const ordered = isTopic && !sure ? rank(normalised.slice(0, rankedUnits), topics) : topics;
  return {
    normalised,
    language: guessLanguage(normalised),
    intent: crisis ? 'crisis' : isTopic ? 'topic' : intent,
    confidence: Math.min(1, crisis ? Math.max(scores.crisis, 0.5) : isTopic ? topicScore : intentScore),
    topics: ordered.slice(0, mostTopics),
    decision: isTopic ? decide(ordered[0]?.score ?? 0) : 'none',
    entities: entitiesOf(entities, text, original, now),
    ...(crisis ? { crisis } : {}),
    tone: read.tone,
  };
}

/** What a text without a letter says: pictures and signs are left to the dialogs' fallback. */
const nothing = (normalised: string): Understanding => ({
  normalised,
  language: 'und',
  intent: 'none',
  confidence: 1,
  topics: [],
  decision: 'none',
  entities: [],
  tone: readTone(normalised, 0).tone,
});

/** The model alone raises the alarm from here. */
const alarmFrom = 0.35;
/** Words of danger raise it unless the model hears less danger than this: then they tell of something else, or of long ago. */
const alarmWithWords = 0.01;
/** Words of self-harm raise it in any case, but where it is this sure to be everyday talk ("รถติดจนอยากตาย"). */
const plainTalk = 0.85;

/** Danger by words and by the model together: either may see what the other cannot. Chosen by cross-validation, see docs. */
function crisisOf(
  { crisis, crisisWords, urgent, outright }: Tone,
  { crisis: danger, none }: { readonly crisis: number; readonly none: number },
  normalised: string,
): CrisisKind | undefined {
  const heard = danger >= alarmWithWords;
  const believed =
    crisis === 'self-harm' ? heard || none < plainTalk : heard || (crisis === 'scam' && urgent);
  if (crisis !== undefined && believed) return crisis;
  return outright || danger >= alarmFrom ? (crisisWords ?? crisisKindOf(normalised)) : undefined;
}

const decide = (score: number): Understanding['decision'] => (score >= answerFrom ? 'answer' : 'ask-back');

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
