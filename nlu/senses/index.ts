import { senseWords } from './words';

/** From a word to its senses, as bits: a few words have two. */
const sensesOf = new Map<string, number[]>();
Object.values(senseWords).forEach((words, sense) => {
  for (const word of words.split(' ')) sensesOf.set(word, [...(sensesOf.get(word) ?? []), sense]);
});

/** Words of one entry that the segmenter may have cut apart. */
const mostWords = 3;

/** Senses of the words of a text, each once, in the order they first come. `cuts` are the ends of its words. */
export function sensesIn(text: string, cuts: readonly number[]): number[] {
  const found: number[] = [];
  let from = 0;
  for (let at = 0; at < cuts.length;) {
    let taken = 1;
    for (let count = Math.min(mostWords, cuts.length - at); count > 0; count -= 1) {
      const senses = sensesOf.get(text.slice(from, cuts[at + count - 1]));
      if (!senses) continue;
      for (const sense of senses) if (!found.includes(sense)) found.push(sense);
      taken = count;
      break;
    }
    from = cuts[at + taken - 1] ?? text.length;
    at += taken;
  }
  return found;
}
