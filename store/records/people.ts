import type {
  Collection,
  CollectionDefinition,
  Engine,
  Ids,
  People,
  Person,
  PersonDetails,
} from '../../core';
import type { Seal } from '../seal';

/** Words of a name for search; Thai names are split by the spaces people type. */
const nameWords = (name: string): string[] => name.toLowerCase().split(/\s+/u).filter(Boolean);

const definition: CollectionDefinition<Person> = {
  name: 'people',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'contacts',
    personal: ['name', 'sealedPhone', 'phoneKey'],
    sealed: { fields: ['sealedPhone'], index: 'phone' },
  },
  indexes: { phone: person => (person.phoneKey ? [person.phoneKey, person.changedAt] : undefined) },
  search: {
    terms: person => (person.mergedInto || !person.name ? [] : nameWords(person.name)),
    order: person => person.changedAt,
  },
};

export function peopleCollection(engine: Engine): Collection<Person> {
  return engine.collection(definition);
}

export function createPeople(records: Collection<Person>, seal: Seal, ids: Ids): People {
  const details = ({ name, phone }: PersonDetails): Partial<Person> => ({
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { sealedPhone: seal.seal(phone), phoneKey: seal.lookup('phone', phone) }),
  });
  return {
    get: id => records.get(id),
    async create(given, agencyId, now) {
      const person = { id: `p-${ids()}`, agencyId, createdAt: now, changedAt: now, ...details(given) };
      await records.insert(person);
      return { ...person, version: 1 };
    },
    async update(id, given, now) {
      for (;;) {
        const person = await records.get(id);
        if (!person) return undefined;
        const changed = { ...person, ...details(given), changedAt: now };
        if (await records.replace(changed)) return { ...changed, version: changed.version + 1 };
      }
    },
    async byPhone(phone) {
      const key = seal.lookup('phone', phone);
      return (await records.scan({ index: 'phone', prefix: [key], limit: 20, descending: true })).records;
    },
    byName: (words, limit) => records.search(words.flatMap(nameWords), { limit }),
    phone: person => (person.sealedPhone ? seal.open(person.sealedPhone) : undefined),
  };
}
