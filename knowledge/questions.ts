import { type Topic, inLanguage } from '../core';

/** How alike a text must be to one of a topic's questions to be answered by it. */
const alikeEnough = 0.34;

const grams = (text: string): Set<string> => {
  const plain = text.toLowerCase().replace(/[\s\p{P}]/gu, '');
  const found = new Set<string>();
  for (let start = 0; start + 3 <= plain.length; start += 1) found.add(plain.slice(start, start + 3));
  return found;
};

/** Dice coefficient of character trigrams, less what the topic's own name explains: "บัตรหาย" is about หาย, not about บัตร. */
function likeness(asked: Set<string>, question: Set<string>, name: Set<string>): number {
  let shared = 0;
  let size = 0;
  for (const gram of question) {
    const weight = name.has(gram) ? 0.4 : 1;
    size += weight;
    if (asked.has(gram)) shared += weight;
  }
  let askedSize = 0;
  for (const gram of asked) askedSize += name.has(gram) ? 0.4 : 1;
  return (2 * shared) / (size + askedSize || 1);
}

/** The answer of the topic's own question that `text` asks, if one is close enough. */
export function findQuestion(topic: Topic, text: string, language: string): string | undefined {
  const asked = grams(text.slice(0, 300));
  const name = grams([inLanguage(topic.name, language), ...inLanguage(topic.synonyms, language)].join(' '));
  let best: { likeness: number; answer: string } | undefined;
  for (const question of topic.questions) {
    for (const way of inLanguage(question.ask, language)) {
      const score = likeness(asked, grams(way), name);
      if (score >= alikeEnough && score > (best?.likeness ?? 0)) {
        best = { likeness: score, answer: inLanguage(question.answer, language) };
      }
    }
  }
  return best?.answer;
}
