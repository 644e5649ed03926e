import type { Entity, Topic, Understander, Understanding } from '../core';
import { type Classifier, loadClassifier } from './classify';
import { createEnglishSpelling } from './english-spelling';
import { explain } from './explain';
import { commonEnglish, repairLayout } from './keyboard';
import { guessLanguage } from './language';
import { normalise } from './normalise';
import { createRanker, wordsOf } from './rank';
import { dangerOf, type Label, readLabels, readSignals, subjectOf } from './signals';
import { defaultThresholds } from './thresholds';
import { readTone } from './tone';

export interface UnderstanderParts {
  readonly version: string;
  readonly topics: readonly Topic[];
  /** The bytes of `trainModel`. */
  readonly model: Uint8Array;
  /** Dates, money, places … in a text; offsets into it. */
  readonly entities?: (text: string, now: number) => readonly Entity[];
}

const mostTopics = 10;

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
    mendEnglish: createEnglishSpelling(
      () => [...commonEnglish, ...parts.topics.map(wordsOf)],
      word => classifier.knows(word),
    ),
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

interface Reader {
  readonly classifier: Classifier;
  readonly mendEnglish: (normalised: string) => string;
  readonly labels: readonly Label[];
  readonly rank: ReturnType<typeof createRanker>;
  readonly entities: UnderstanderParts['entities'];
}

function understand(
  { classifier, mendEnglish, labels, rank, entities }: Reader,
  original: string,
  now: number,
): Understanding {
  const text = repairLayout(original) ?? original;
  const { text: normalised, emphasis } = normalise(text);
  if (!/[\p{L}\p{N}]/u.test(normalised)) return nothing(normalised);
  const mended = mendEnglish(normalised);
  const signals = readSignals(classifier, labels, mended, emphasis);
  const { topics, danger, tone } = signals;
  const crisis = dangerOf(signals, mended, defaultThresholds);
  const subject = subjectOf(signals, defaultThresholds);
  const isTopic = subject.intent === 'topic';
  const sure = (topics[0]?.score ?? 0) >= defaultThresholds.answerFrom;
  const ordered = isTopic && !sure ? rank(mended.slice(0, rankedUnits), topics) : topics;
  const answers = (ordered[0]?.score ?? 0) >= defaultThresholds.answerFrom;
  return {
    normalised,
    language: guessLanguage(normalised),
    intent: crisis ? 'crisis' : subject.intent,
    confidence: crisis ? Math.min(1, Math.max(danger, 0.5)) : subject.confidence,
    topics: ordered.slice(0, mostTopics),
    decision: isTopic ? (answers ? 'answer' : 'ask-back') : 'none',
    entities: entitiesOf(entities, text, original, now),
    ...(crisis ? { crisis } : {}),
    tone: tone.tone,
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
