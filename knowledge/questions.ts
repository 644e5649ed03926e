import { type Topic, inLanguage } from '../core';

/** Longer texts are a story; what is asked stands in their beginning or not at all. */
const readCharacters = 300;
/** How alike a text must be to one of a topic's questions to be answered by it (0-1). */
const alikeEnough = 0.34;
/** So alike that it is the question itself, also where the topic goes by that name. */
const same = 0.75;
/** How much more alike than the next question: between two near ones the whole answer serves better. */
const clearly = 1.25;
/** What the topic's name and synonyms already say tells little about which of its questions is asked. */
const nameWeight = 0.35;
/** What no question of the topic has: people tell more than they ask. */
const strangeWeight = 0.25;
/** The other ways to ask the same question speak for it too, at this share. */
const otherWays = 0.7;
/** Weight that must come from outside the name, so that the bare name asks for the whole answer. */
const leastBesidesName = 1.5;

interface Way {
  readonly grams: ReadonlySet<string>;
  readonly weight: number;
}

interface Question {
  readonly ways: readonly Way[];
  readonly all: ReadonlySet<string>;
  readonly answer: string;
}

interface Index {
  readonly questions: readonly Question[];
  readonly name: ReadonlySet<string>;
  readonly weigh: (gram: string) => number;
}

/** Weight of those grams that `isCounted`. */
function weightOf(
  grams: Iterable<string>,
  weigh: Index['weigh'],
  isCounted: (gram: string) => boolean = () => true,
): number {
  let sum = 0;
  for (const gram of grams) if (isCounted(gram)) sum += weigh(gram);
  return sum;
}

/** Character trigrams: they bear the misspellings and the missing spaces of how people write. */
function gramsOf(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/[\s\p{P}]/gu, '');
  const found = new Set<string>();
  for (let start = 0; start + 3 <= plain.length; start += 1) found.add(plain.slice(start, start + 3));
  return found;
}

/** A gram weighs more the fewer of the topic's questions have it: "หาย" decides between questions, "บัตร" does not. */
function indexOf(topic: Topic, language: string): Index {
  const name = gramsOf([inLanguage(topic.name, language), ...inLanguage(topic.synonyms, language)].join(' '));
  const asked = topic.questions.map(({ ask, answer }) => {
    const ways = inLanguage(ask, language).map(gramsOf);
    return { ways, all: new Set(ways.flatMap(way => [...way])), answer: inLanguage(answer, language) };
  });
  const havers = new Map<string, number>();
  for (const { all } of asked) for (const gram of all) havers.set(gram, (havers.get(gram) ?? 0) + 1);
  const rarest = Math.log(1 + asked.length);
  const weigh = (gram: string): number => {
    const having = havers.get(gram);
    const weight = having ? Math.log(1 + asked.length / having) / rarest : strangeWeight;
    return name.has(gram) ? weight * nameWeight : weight;
  };
  const questions = asked.map(question => ({
    ...question,
    ways: question.ways.map(grams => ({ grams, weight: weightOf(grams, weigh) })),
  }));
  return { questions, name, weigh };
}

/** Topics are immutable and live as long as their publication; so do their indexes. */
const indexes = new WeakMap<Topic, Map<string, Index>>();

function indexed(topic: Topic, language: string): Index {
  const known = indexes.get(topic) ?? new Map<string, Index>();
  indexes.set(topic, known);
  const index = known.get(language) ?? indexOf(topic, language);
  known.set(language, index);
  return index;
}

/** The answer of the topic's own question that `text` asks, if one is close enough and clearly the closest. */
export function findQuestion(topic: Topic, text: string, language: string): string | undefined {
  const { questions, name, weigh } = indexed(topic, language);
  const asked = gramsOf(text.slice(0, readCharacters));
  const weights = new Map(Array.from(asked, gram => [gram, weigh(gram)]));
  const weighAsked = (gram: string): number => weights.get(gram) ?? 0;
  const askedWeight = weightOf(asked, weighAsked);
  let best: { likeness: number; besidesName: number; answer: string } | undefined;
  let next = 0;
  for (const { ways, all, answer } of questions) {
    const sharedByAll = weightOf(asked, weighAsked, gram => all.has(gram));
    if (sharedByAll === 0) continue;
    const likeness = Math.max(
      0,
      ...ways.map(({ grams, weight }) => {
        const sharedByWay = weightOf(asked, weighAsked, gram => grams.has(gram));
        return (2 * (sharedByWay + otherWays * (sharedByAll - sharedByWay))) / (weight + askedWeight || 1);
      }),
    );
    if (likeness > (best?.likeness ?? 0)) {
      next = best?.likeness ?? 0;
      const besidesName = weightOf(asked, weighAsked, gram => all.has(gram) && !name.has(gram));
      best = { likeness, besidesName, answer };
    } else if (likeness > next) {
      next = likeness;
    }
  }
  if (!best || best.likeness < alikeEnough) return undefined;
  const sure = best.likeness >= next * clearly && best.besidesName >= leastBesidesName;
  return sure || best.likeness >= same ? best.answer : undefined;
}
