import type { Knowledge } from '../../core';
import type { Named } from './names';
import type { EntityNames } from './reader';

/** Shorter everyday names are words of many other phrases. */
const shortestSynonym = 5;

/** Services one by one, as they are asked: a large register makes no second list of them. */
function* servicesOf(topics: ReturnType<Knowledge['topics']>): Generator<Named, void> {
  for (const { kind, id, officialName, name, synonyms } of topics) {
    if (kind !== 'service') continue;
    const everyday = Object.values(synonyms).flat();
    const names = [...Object.values(officialName), ...Object.values(name)];
    yield { id, names: [...names, ...everyday.filter(synonym => synonym.length >= shortestSynonym)] };
  }
}

/** What people may call the agencies and services of the published register; to be read once. */
export function registerNames(knowledge: Pick<Knowledge, 'agencies' | 'topics'>): EntityNames {
  return {
    agencies: knowledge.agencies().map(({ id, name, abbreviation }) => ({
      id,
      names: [...Object.values(name), ...(abbreviation === undefined ? [] : [abbreviation])],
    })),
    services: servicesOf(knowledge.topics()),
  };
}
