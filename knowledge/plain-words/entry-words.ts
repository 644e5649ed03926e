import type { FindOfficialWords, Localised, PlainWord } from '../../core';
import type { Entry } from '../schema';

/** Everything the bot says in Thai from an entry; what people ask stays as they ask it. */
export function saidByEntry(entry: Entry): string[] {
  const texts: (Localised | null)[] = [
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
  ];
  const lists = [entry.eligibility, entry.documents, entry.where, entry.steps];
  return [...texts.flatMap(text => (text ? [text.th] : [])), ...lists.flatMap(list => list.th)];
}

/** An official word in an entry, the text it stands in, and what to say instead. */
export interface EntryWord extends PlainWord {
  readonly text: string;
}

/** What to warn an editor of, each word of each text. */
export const officialWordsOfEntry = (entry: Entry, find: FindOfficialWords): EntryWord[] =>
  saidByEntry(entry).flatMap(text => find(text).map(word => ({ ...word, text })));
