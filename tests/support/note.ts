import type { CollectionDefinition, Stored } from '../../core';

/** The record that store tests write: one field for every thing an engine has to do. */
export interface Note extends Stored {
  readonly text?: string;
  readonly group?: string;
  readonly rank?: number;
  readonly name?: string;
  readonly words?: readonly string[];
  readonly at?: number;
}

export const notes: CollectionDefinition<Note> = {
  name: 'notes',
  revision: 1,
  indexes: {
    rank: note => (note.group === undefined ? undefined : [note.group, note.rank ?? 0]),
    name: note => (note.name === undefined ? undefined : [note.name]),
  },
  unique: ['name'],
  search: { terms: note => note.words ?? [], order: note => note.at ?? 0 },
};
