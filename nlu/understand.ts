import type { CrisisKind, Entity, Topic, TopicRef, Understander, Understanding } from '../core';
import { type Classifier, loadClassifier } from './classify';
import { explain } from './explain';
import { repairLayout } from './keyboard';
import { guessLanguage } from './language';
import { normalise } from './normalise';
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

/** Entities are read in the first part of a text only: nobody hides a date behind twenty thousand letters. */
const entityUnits = 20_000;

/** One message understood. Pure, synchronous, never throws; bounded time for any string. */
export function createUnderstander(parts: UnderstanderParts): Understander {
  const classifier = loadClassifier(parts.model);
  const labels = readLabels(classifier, parts.topics);
  return {
    version: parts.version,
    understand: (text, now) => understand(classifier, labels, parts.entities, text, now),
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

function understand(
  classifier: Classifier,
  labels: readonly Label[],
  readEntities: UnderstanderParts['entities'],
  original: string,
  now: number,
): Understanding {
  const text = repairLayout(original) ?? original;
  const { text: normalised, emphasis } = normalise(text);
  if (!/[\p{L}\p{N}]/u.test(normalised)) return nothing(normalised);
  const probabilities = classifier.probabilities(normalised);
  const topics: (TopicRef & { score: number })[] = [];
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
  const crisis = crisisOf(read, { ...scores, topic: topics[0]?.score ?? 0 }, normalised);
  const topicScore = topics.slice(0, closest).reduce((sum, topic) => sum + topic.score, 0);
  const isTopic = topicScore * topicShare > intentScore && (topics[0]?.score ?? 0) >= askFrom;
  return {
    normalised,
    language: guessLanguage(normalised),
    intent: crisis ? 'crisis' : isTopic ? 'topic' : intent,
    confidence: Math.min(1, crisis ? Math.max(scores.crisis, 0.5) : isTopic ? topicScore : intentScore),
    topics: topics.slice(0, mostTopics),
    decision: isTopic ? decide(topics[0]?.score ?? 0) : 'none',
    entities: entitiesOf(readEntities, text, original, now),
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

/** The model alone raises the alarm from here; words of danger need far less of it, words of self-harm none. */
const alarmFrom = 0.35;
const alarmWithWords = 0.06;
/** Sure enough that it is everyday talk ("รถติดจนอยากตาย") to leave even words of self-harm alone. */
const plainTalk = 0.85;

/** A topic this likely makes words of danger a part of its story ("ไฟไหม้ตลาด … ขอทุนเรียนให้หลาน"). */
const clearTopic = 0.5;

/** Danger by words and by the model together: either may see what the other cannot. */
function crisisOf(
  { crisis, crisisWords, urgent }: Tone,
  scores: { readonly crisis: number; readonly none: number; readonly topic: number },
  normalised: string,
): CrisisKind | undefined {
  const { crisis: danger, none, topic } = scores;
  if (crisis !== undefined) {
    const talk = none >= plainTalk && danger < alarmWithWords;
    const mayBeStory = crisis !== 'self-harm' && !(crisis === 'scam' && urgent);
    const story = mayBeStory && topic >= clearTopic && danger < alarmWithWords;
    if (!talk && !story) return crisis;
  }
  return danger >= alarmFrom ? (crisisWords ?? crisisKindOf(normalised)) : undefined;
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
