import type { FindOfficialWords, Localised, PlainWord } from '../../core';
import type { Entry } from '../schema';

/** The texts of an entry that are said one by one. */
export const textsOf = (entry: Entry): Localised[] =>
  [
    ...[
      entry.name,
      entry.answer,
      entry.standing.note,
      entry.hours,
      entry.fee,
      entry.duration,
      entry.readAloud,
    ],
    ...entry.phones.map(phone => phone.label),
    ...entry.links.map(link => link.label),
    ...entry.incompatible.map(other => other.why),
    ...entry.questions.map(question => question.answer),
    ...(entry.forms ?? []).flatMap(({ form, part, how }) => [form, part, how]),
  ].filter(text => text !== null);

/** The lists of an entry, line by line. */
export const listsOf = (entry: Entry): Localised<readonly string[]>[] => [
  entry.eligibility,
  entry.documents,
  entry.where,
  entry.steps,
];

/** Everything the bot says in Thai from an entry; what people ask stays as they ask it. */
export const saidByEntry = (entry: Entry): string[] => [
  ...textsOf(entry).map(text => text.th),
  ...listsOf(entry).flatMap(list => list.th),
];

/** An official word in an entry, the text it stands in, and what to say instead. */
export interface EntryWord extends PlainWord {
  readonly text: string;
}

/** What to warn an editor of, each word of each text. */
export const officialWordsOfEntry = (entry: Entry, find: FindOfficialWords): EntryWord[] =>
  saidByEntry(entry).flatMap(text => find(text).map(word => ({ ...word, text })));
