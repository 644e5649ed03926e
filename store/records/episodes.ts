import type { Collection, CollectionDefinition, Engine, Episode, Episodes } from '../../core';

const definition: CollectionDefinition<Episode> = {
  name: 'episodes',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'contacts',
    personal: ['note', 'topic', 'rating', 'personId'],
    sensitive: true,
  },
  indexes: {
    address: episode => [episode.addressId, episode.startedAt],
    age: episode => [episode.startedAt],
    agency: episode => [episode.agencyId, episode.startedAt],
  },
};

export function episodesCollection(engine: Engine): Collection<Episode> {
  return engine.collection(definition);
}

export function createEpisodes(records: Collection<Episode>): Episodes {
  const newest = async (
    index: string,
    key: string,
    limit: number,
    before?: number,
  ): Promise<readonly Episode[]> =>
    (
      await records.scan({
        index,
        prefix: [key],
        limit,
        descending: true,
        ...(before === undefined ? {} : { to: before }),
      })
    ).records;
  return {
    get: id => records.get(id),
    insert: episode => records.insert(episode),
    replace: episode => records.replace(episode),
    ofAddress: (addressId, limit, before) => newest('address', addressId, limit, before),
    recent: (agencyId, limit, before) => newest('agency', agencyId, limit, before),
  };
}
