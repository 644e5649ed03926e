import type { Knowledge, Topic, TopicRef, Understander, Understanding } from '../../core';
import { type Example, modelKey } from '../../nlu';
import { wordsOf } from '../find';
import type { Contents } from './live';

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
  contents: Contents,
  shippedLabels: ReadonlySet<string>,
): TrainingInputs {
  const phrases = [...contents.values()]
    .flatMap(({ head: { id, phrases: texts } }) => (texts ? [{ id, texts }] : []))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, texts }) => texts.map(text => ({ text, label: `service:${id}`, register: 'editor' })));
  const asked = new Set([...shippedLabels, ...phrases.map(({ label }) => label)]);
  const all = knowledge.topics();
  const chosen = all.length <= mostClasses ? all : all.filter(topic => asked.has(labelOf(topic)));
  return { topics: chosen.slice(0, mostClasses).flatMap(ref => knowledge.topic(ref) ?? []), phrases };
}

export const keyOfInputs = ({ topics, phrases }: TrainingInputs, shipped: readonly Example[]): string =>
  modelKey({ topics, examples: [...shipped, ...phrases] });

const mostFound = 20;
const mostOffered = 3;
/** Below this the words of a text have nothing to do with its best hit: so for nine of ten phrases that are none of ours. */
const leastScore = 25;
/** Found by words alone is never sure. */
const wordScore = 0.5;
/** Words must fit this much better than those of the topic that the model took the text for, which may be the nearest it knows. */
const muchBetter = 1.2;
/** Longer texts are a story. */
const readUnits = 200;

/** Lets topics that no model learnt be found by their words: where nothing else was understood, or something they fit better than. */
export function withWords(
  understander: Understander,
  knowledge: Knowledge,
  trained: readonly TopicRef[],
): Understander {
  const learnt = new Set(trained.map(labelOf));
  if (knowledge.topics().every(topic => learnt.has(labelOf(topic)))) return understander;

  /** Of topics that no model learnt, those whose words fit better than the words of `meant` do. */
  function better(text: string, meant: TopicRef | undefined): Understanding['topics'] {
    const hits = wordsOf(knowledge).search(text, mostFound);
    const known = meant && hits.find(hit => labelOf(hit) === labelOf(meant));
    const least = Math.max(leastScore, (known?.score ?? 0) * muchBetter);
    const fitting = hits.filter(hit => !learnt.has(labelOf(hit)) && hit.score >= least);
    const best = fitting[0]?.score ?? 0;
    return fitting
      .filter(hit => hit.score >= best / 2)
      .slice(0, mostOffered)
      .map(hit => ({ ...hit, score: (hit.score / best) * wordScore }));
  }

  return {
    ...understander,
    understand(text, now): Understanding {
      const understood = understander.understand(text, now);
      if (understood.crisis || (understood.decision === 'none' && understood.intent !== 'none'))
        return understood;
      const [meant] = understood.topics;
      const found = better(
        understood.normalised.slice(0, readUnits),
        understood.decision === 'none' ? undefined : meant,
      );
      const lowest = found.at(-1)?.score;
      if (lowest === undefined) return understood;
      const others = understood.topics.map(topic => ({ ...topic, score: topic.score * lowest }));
      return { ...understood, intent: 'topic', decision: 'ask-back', topics: [...found, ...others] };
    },
  };
}
