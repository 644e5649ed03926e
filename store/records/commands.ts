import type { Collection, CollectionDefinition, Command, Commands, Engine, Stored } from '../../core';

const definition: CollectionDefinition<Command & Stored> = {
  name: 'commands',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'transient',
    personal: ['data'],
  },
  indexes: { waiting: record => [record.kind] },
};

export function commandsCollection(engine: Engine): Collection<Command & Stored> {
  return engine.collection(definition);
}

export function createCommands(records: Collection<Command & Stored>): Commands {
  return {
    async waiting(limit) {
      return (await records.scan({ index: 'waiting', limit })).records;
    },
    async done(id) {
      await records.delete(id);
    },
  };
}
