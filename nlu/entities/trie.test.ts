import { atOnce } from '../../core';
import { seeded } from '../../tests/support/random';
import { Trie } from './trie';
import { WordList } from './word-list';

/** Whether `word` begins the text there, single spaces of the text left out; the end of it. */
function endOf(text: string, start: number, word: string, loose: boolean): number | undefined {
  let read = 0;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === word[read]) read += 1;
    else if (!loose || text[index] !== ' ' || index === start || text[index - 1] === ' ') return undefined;
    if (read === word.length) return index + 1;
  }
  return undefined;
}

const asTrie = (
  words: ReadonlyMap<string, number | undefined>,
): Pick<Trie<number | undefined>, 'longest'> => {
  const trie = new Trie<number | undefined>();
  for (const [word, value] of words) trie.add(word, value);
  return trie;
};

const forms = [
  ['a trie', asTrie],
  ['a list', (words: ReadonlyMap<string, number | undefined>) => atOnce(WordList.of(words))],
] as const;

describe.each(forms)('words in %s', (_, known) => {
  it.each([1, 2, 3, 4, 5])('are found as a look at every word finds them (seed %i)', seed => {
    const random = seeded(seed);
    const letters = ['ก', 'ข', 'า', 'a'];
    const text = (longest: number, from: readonly string[]): string =>
      Array.from({ length: 1 + random.below(longest) }, () => random.pick(from)).join('');
    for (let round = 0; round < 200; round += 1) {
      const words = new Map<string, number | undefined>();
      for (let at = 0; at < 1 + random.below(12); at += 1) {
        const word = text(6, letters);
        const value = at % 5 === 4 ? undefined : at;
        if (!words.has(word)) words.set(word, value);
      }
      const found = known(words);
      const read = text(14, [...letters, ' ']);
      for (const loose of [false, true])
        for (let start = 0; start < read.length; start += 1) {
          const ends = [...words].flatMap(([word, value]) => {
            const end = endOf(read, start, word, loose);
            return end === undefined ? [] : [{ value, end }];
          });
          const longest = ends.toSorted((a, b) => b.end - a.end)[0];
          expect(found.longest(read, start, () => true, loose)).toEqual(longest);
        }
    }
  });
});
