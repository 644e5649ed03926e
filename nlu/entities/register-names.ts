import type { Knowledge } from '../../core';
import type { EntityNames } from './reader';

/** Shorter everyday names are words of many other phrases. */
const shortestSynonym = 5;

/** What people may call the agencies and services of the published register. */
export function registerNames(knowledge: Pick<Knowledge, 'agencies' | 'topics'>): EntityNames {
  const services = knowledge.topics().filter(({ kind }) => kind === 'service');
  return {
    agencies: knowledge.agencies().map(({ id, name, abbreviation }) => ({
      id,
      names: [...Object.values(name), ...(abbreviation === undefined ? [] : [abbreviation])],
    })),
    services: services.map(({ id, officialName, name, synonyms }) => ({
      id,
      names: [
        ...Object.values(officialName),
        ...Object.values(name),
        ...Object.values(synonyms)
          .flat()
          .filter(synonym => synonym.length >= shortestSynonym),
      ],
    })),
  };
}
