import type { CrisisKind, Topic, TopicRef } from '../core';
import type { Classifier } from './classify';
import type { Scored } from './rank';
import type { Thresholds } from './thresholds';
import { crisisKindOf, readTone, type Tone } from './tone';

export type Label = { readonly ref: TopicRef } | { readonly intent: string } | undefined;

/** What each label of the model stands for; topics that left the register since stand for nothing. */
export function readLabels(classifier: Classifier, topics: readonly Topic[]): Label[] {
  const refs = new Map(topics.map(({ kind, id }) => [`${kind}:${id}`, { kind, id }]));
  return classifier.labels.map(label => {
    if (label === 'none') return { intent: 'none' };
    if (label.startsWith('intent:')) return { intent: label.slice('intent:'.length) };
    const ref = refs.get(label);
    return ref ? { ref } : undefined;
  });
}

/** What the model and the words say of one text, before any line is drawn. */
export interface Signals {
  /** By falling score. */
  readonly topics: readonly Scored[];
  /** The likeliest dialog; danger is not among them, it is said by itself. */
  readonly dialog: { readonly intent: string; readonly score: number };
  readonly none: number;
  readonly danger: number;
  readonly tone: Tone;
}

/** Scores below this are not worth a place in the list. */
const leastScore = 0.002;

export function readSignals(
  classifier: Classifier,
  labels: readonly Label[],
  normalised: string,
  emphasis: number,
): Signals {
  const probabilities = classifier.probabilities(normalised);
  const topics: Scored[] = [];
  let dialog = { intent: 'none', score: 0 };
  let none = 0;
  let danger = 0;
  labels.forEach((label, at) => {
    const score = probabilities[at] ?? 0;
    if (label === undefined) return;
    if ('ref' in label) {
      if (score >= leastScore) topics.push({ ...label.ref, score });
    } else if (label.intent === 'crisis') danger = score;
    else if (label.intent === 'none') none = score;
    else if (score > dialog.score) dialog = { intent: label.intent, score };
  });
  topics.sort((left, right) => right.score - left.score);
  return { topics, dialog, none, danger, tone: readTone(normalised, emphasis) };
}

/**
 * Topics that together say whether a text asks about the register. Not all of them: three hundred small chances of a text about
 * the weather are no matter of ours.
 */
const closest = 3;

/** What a text is about, danger apart: a topic, or else the likeliest dialog or none of these. */
export function subjectOf(
  { topics, dialog, none }: Signals,
  { askFrom, noneGain, dialogFrom }: Thresholds,
): { readonly intent: string; readonly confidence: number } {
  const topicScore = topics.slice(0, closest).reduce((sum, topic) => sum + topic.score, 0);
  const nothing = none * noneGain;
  const isDialog = dialog.score > nothing && dialog.score >= dialogFrom;
  const other = isDialog ? dialog : { intent: 'none', score: none };
  const isTopic = topicScore > Math.max(dialog.score, nothing) && (topics[0]?.score ?? 0) >= askFrom;
  return isTopic
    ? { intent: 'topic', confidence: Math.min(1, topicScore) }
    : { intent: other.intent, confidence: Math.min(1, other.score) };
}

/** Danger by words and by the model together: either may see what the other cannot. */
export function dangerOf(
  { danger, none, tone: { crisis, crisisWords, urgent, calm, wish, outright } }: Signals,
  normalised: string,
  { alarmFrom, alarmWithWords, alarmWithCalm, plainTalk }: Thresholds,
): CrisisKind | undefined {
  const heard = danger >= alarmWithWords;
  const selfHarm = calm && !wish ? danger >= alarmWithCalm : heard || none < plainTalk;
  const believed = crisis === 'self-harm' ? selfHarm : heard || (crisis === 'scam' && urgent);
  if (crisis !== undefined && believed) return crisis;
  return outright || danger >= alarmFrom ? (crisisWords ?? crisisKindOf(normalised)) : undefined;
}
