export { type EntryWord, listsOf, officialWordsOfEntry, saidByEntry, textsOf } from './entry-words';
export { createPlainWords, loadPlainWords, type PlainWords } from './plain-words';
