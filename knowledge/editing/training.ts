import type { Knowledge, Topic, TopicRef, Understander, Understanding } from '../../core';
import { type Example, modelKey } from '../../nlu';
import { wordsOf } from '../find';
import type { Entry } from '../schema';

/** Topics that a model learns to tell apart. Further ones are found by their words: more would not be learnt in half a minute. */
const mostClasses = 600;

const labelOf = ({ kind, id }: TopicRef): string => `${kind}:${id}`;

export interface TrainingInputs {
  readonly topics: readonly Topic[];
  /** What editors say of how people ask, beside the phrases we ship. */
  readonly phrases: readonly Example[];
}

/** What a model of this version of the register is trained on: of many topics, those that somebody gave phrases for. */
export function trainingInputs(
  knowledge: Knowledge,
  contents: ReadonlyMap<string, Entry>,
  shippedLabels: ReadonlySet<string>,
): TrainingInputs {
  const phrases = [...contents.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, phrases: texts = [] }) =>
      texts.map(text => ({ text, label: `service:${id}`, register: 'editor' })),
    );
  const asked = new Set([...shippedLabels, ...phrases.map(({ label }) => label)]);
  const all = knowledge.topics();
  if (all.length <= mostClasses) return { topics: all, phrases };
  const chosen = all.filter(topic => asked.has(labelOf(topic))).slice(0, mostClasses);
  return { topics: chosen, phrases };
}

export const keyOfInputs = ({ topics, phrases }: TrainingInputs, shipped: readonly Example[]): string =>
  modelKey({ topics, examples: [...shipped, ...phrases] });

const mostFound = 20;
const mostOffered = 3;
/** What the words of the best hit must be worth at least; below, nothing was meant. */
const leastScore = 6;
/** Found by words alone is never sure. */
const wordScore = 0.5;

/** Lets topics that no model learnt be found by their words, where nothing else was understood. */
export function withWords(
  understander: Understander,
  knowledge: Knowledge,
  trained: readonly Topic[],
): Understander {
  const learnt = new Set(trained.map(labelOf));
  if (knowledge.topics().every(topic => learnt.has(labelOf(topic)))) return understander;
  const search = (text: string): Understanding['topics'] => {
    const hits = wordsOf(knowledge)
      .search(text, mostFound)
      .filter(hit => !learnt.has(labelOf(hit)));
    const best = hits[0]?.score ?? 0;
    if (best < leastScore) return [];
    return hits
      .filter(hit => hit.score >= best / 2)
      .slice(0, mostOffered)
      .map(hit => ({ ...hit, score: (hit.score / best) * wordScore }));
  };
  return {
    version: understander.version,
    understand(text, now): Understanding {
      const understood = understander.understand(text, now);
      if (understood.decision !== 'none' || understood.intent !== 'none' || understood.crisis)
        return understood;
      const topics = search(understood.normalised.slice(0, readUnits));
      return topics.length > 0
        ? { ...understood, intent: 'topic', decision: 'ask-back', topics }
        : understood;
    },
  };
}

/** Longer texts are a story. */
const readUnits = 200;
