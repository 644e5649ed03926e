import { createHash } from 'node:crypto';
import { type Agency, type Knowledge, type Topic, type TopicRef, inLanguage } from '../../core';
import { type PassageIndex, type RetrieveOptions, indexPassages, indexPassagesSlowly } from '../../nlu';

/** Services as they are found by their words. */
export interface WordIndex {
  search(text: string, limit: number): readonly (TopicRef & { readonly score: number })[];
}

/**
 * Words and runs of three letters over what services are called. On every third of our training phrases this finds the service as
 * often as all views with windows do (65.3 and 65.1 % first, 79.2 and 78.9 % in three, 272 services), at a sixth of the memory.
 */
const byNames: RetrieveOptions = {
  k1: 0.9,
  b: 0.4,
  whole: { words: 1, letters3: 0.4 },
  windows: {},
  windowUnits: 1_000_000,
  windowStep: 1_000_000,
};

/** What a service is found by: its names, both languages, and how its questions are asked. */
const passageOf = (topic: Topic): string =>
  ['th', 'en']
    .flatMap(language => [
      inLanguage(topic.name, language),
      inLanguage(topic.officialName, language),
      ...inLanguage(topic.synonyms, language),
      ...topic.questions.flatMap(question => inLanguage(question.ask, language)),
      inLanguage(topic.agency, language),
    ])
    .join(' ');

/**
 * One index a publication, whatever of it is switched off or announced meanwhile: such versions have other topics, but share their
 * agencies, which are made once a publication.
 */
const indexes = new WeakMap<Agency, WordIndex>();
/** Most publications change answers, not what services are found by: then the index of the one before serves on. */
let last: { readonly key: string; readonly index: WordIndex } | undefined;

const servicesOf = (knowledge: Knowledge): readonly Topic[] =>
  knowledge.topics().filter(topic => topic.kind === 'service');

function over(services: readonly Topic[], passages: PassageIndex): WordIndex {
  const refs = services.map(({ kind, id }) => ({ kind, id }));
  return {
    search: (text, limit) =>
      passages.search(text, limit).flatMap(({ passage, score }) => {
        const ref = refs[passage];
        return ref ? [{ ...ref, score }] : [];
      }),
  };
}

function keyOf(services: readonly Topic[], passages: readonly string[]): string {
  const hash = createHash('sha256');
  services.forEach(({ id }, at) => hash.update(`${id}\n${passages[at] ?? ''}\n`));
  return hash.digest('hex');
}

function* made(knowledge: Knowledge): Generator<readonly string[], WordIndex, PassageIndex> {
  const [anchor] = knowledge.agencies();
  const known = anchor && indexes.get(anchor);
  if (known) return known;
  const services = servicesOf(knowledge);
  const passages = services.map(passageOf);
  const key = keyOf(services, passages);
  const index = last?.key === key ? last.index : over(services, yield passages);
  last = { key, index };
  if (anchor) indexes.set(anchor, index);
  return index;
}

/** The index of a version, made now unless somebody prepared it. */
export function wordsOf(knowledge: Knowledge): WordIndex {
  const making = made(knowledge);
  const step = making.next();
  if (step.done) return step.value;
  const end = making.next(indexPassages(step.value, byNames));
  if (!end.done) throw new TypeError('one index is made at a time');
  return end.value;
}

/** Makes the index of a version before anybody needs it; lets others go first at every `pause`. */
export async function prepareWords(knowledge: Knowledge, pause: () => Promise<unknown>): Promise<void> {
  const making = made(knowledge);
  const step = making.next();
  if (!step.done) making.next(await indexPassagesSlowly(step.value, pause, byNames));
}
