import {
  type Knowledge,
  type Topic,
  type TopicRef,
  type Understander,
  type Understanding,
  inLanguage,
} from '../../core';
import { type Example, type PassageIndex, indexPassages, modelKey } from '../../nlu';

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

/** What a topic is found by, in both languages. */
const wordsOf = (topic: Topic): string =>
  ['th', 'en']
    .flatMap(language => [
      inLanguage(topic.name, language),
      inLanguage(topic.officialName, language),
      ...inLanguage(topic.synonyms, language),
      ...topic.questions.flatMap(question => inLanguage(question.ask, language)),
    ])
    .join(' ');

const mostFound = 3;
/** Share of the letters of a question that the best hit must be worth; below, nothing was meant. Scores grow with the question. */
const leastScore = 6;

/** Lets topics that no model learnt be found by their words, where nothing else was understood. */
export function withWords(understander: Understander, untrained: readonly Topic[]): Understander {
  if (untrained.length === 0) return understander;
  let index: PassageIndex | undefined;
  const search = (text: string): readonly (TopicRef & { score: number })[] => {
    index ??= indexPassages(untrained.map(wordsOf));
    const hits = index.search(text, mostFound);
    const best = hits[0]?.score ?? 0;
    if (best < leastScore) return [];
    return hits
      .filter(hit => hit.score >= best / 2)
      .flatMap(hit => {
        const topic = untrained[hit.passage];
        return topic ? [{ kind: topic.kind, id: topic.id, score: (hit.score / best) * 0.5 }] : [];
      });
  };
  return {
    ...understander,
    understand(text, now): Understanding {
      const understood = understander.understand(text, now);
      if (understood.decision !== 'none' || understood.intent !== 'none' || understood.crisis)
        return understood;
      const topics = search(understood.normalised.slice(0, 200));
      return topics.length > 0
        ? { ...understood, intent: 'topic', decision: 'ask-back', topics }
        : understood;
    },
  };
}
