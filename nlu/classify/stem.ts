import { StemmerEn } from '@nlpjs/lang-en';

const stemmer = new StemmerEn();

/** Longer ones are no English words. */
const longest = 24;
const plainWord = /^[a-z]+$/u;

/** An English word without its endings (renewing, renewed: renew); anything else as it is. */
export const stemOf = (word: string): string =>
  word.length > 3 && word.length <= longest && plainWord.test(word) ? stemmer.stemWord(word) : word;
