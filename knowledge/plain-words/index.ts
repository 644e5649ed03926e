export { type EntryWord, officialWordsOfEntry, saidByEntry } from './entry-words';
export { createPlainWords, loadPlainWords, type PlainWords } from './plain-words';
