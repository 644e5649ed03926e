import { seeded } from '../../tests/support/random';
import { Trie } from './trie';

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

describe('the trie', () => {
  it.each([1, 2, 3, 4, 5])('finds what a look at every word finds (seed %i)', seed => {
    const random = seeded(seed);
    const letters = ['ก', 'ข', 'า', 'a'];
    const text = (longest: number, from: readonly string[]): string =>
      Array.from({ length: 1 + random.below(longest) }, () => random.pick(from)).join('');
    for (let round = 0; round < 200; round += 1) {
      const trie = new Trie<number | undefined>();
      const words = new Map<string, number | undefined>();
      for (let at = 0; at < 1 + random.below(12); at += 1) {
        const word = text(6, letters);
        const value = at % 5 === 4 ? undefined : at;
        trie.add(word, value);
        if (!words.has(word)) words.set(word, value);
      }
      const read = text(14, [...letters, ' ']);
      for (const loose of [false, true])
        for (let start = 0; start < read.length; start += 1) {
          const ends = [...words].flatMap(([word, value]) => {
            const end = endOf(read, start, word, loose);
            return end === undefined ? [] : [{ value, end }];
          });
          const longest = ends.toSorted((a, b) => b.end - a.end)[0];
          expect(trie.longest(read, start, () => true, loose)).toEqual(longest);
        }
    }
  });
});
