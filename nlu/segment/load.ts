import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WordTrie } from './trie';

/** Words of wordcut that the list does not count, and words of the register, cost as one seen this often. */
const uncounted = 0.3;
const registerCount = 200;

/** Our data stands beside the source; the compiled code looks for it from wherever it was put. */
function dataFile(name: string): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    for (const candidate of [join(folder, 'data', name), join(folder, 'nlu', 'segment', 'data', name)]) {
      if (existsSync(candidate)) return candidate;
    }
    if (dirname(folder) === folder)
      throw new Error(`nlu/segment/data/${name} is missing; install the project again.`);
  }
}

function* wordcutWords(): Iterable<string> {
  const folder = join(dirname(require.resolve('wordcut/package.json')), 'data');
  for (const name of readdirSync(folder).sort()) {
    if (name.startsWith('tdict-') && name.endsWith('.txt'))
      yield* readFileSync(join(folder, name), 'utf8').split(/[\r\n]+/u);
  }
}

/**
 * How much dearer a word is that only the large list has (the lines marked `+`): most of those are phrases that readers see as
 * two words (การศึกษา, วันนี้), and are wanted only where nothing shorter fits.
 */
const compoundCost = 6.5;

/** Costs are -ln of how likely a word is, from counts. */
export function buildTrie(list: string, others: Iterable<string>, register: Iterable<string>): WordTrie {
  const trie = new WordTrie(420_000);
  let total = 0;
  const counted: { word: string; count: number; compound: boolean }[] = [];
  for (const line of list.split('\n')) {
    const [word, count, mark] = line.split('\t');
    if (!word || count === undefined) continue;
    total += Number(count);
    counted.push({ word, count: Number(count), compound: mark === '+' });
  }
  const cost = (count: number): number => Math.log(total / (count + uncounted));
  const basic = new Set(others);
  const counts = new Map(counted.map(({ word, count }) => [word, count]));
  for (const { word, count, compound } of counted) {
    trie.add(word, cost(count) + (compound && !basic.has(word) ? compoundCost : 0));
  }
  for (const word of basic) if (word.length > 1) trie.add(word, cost(counts.get(word) ?? 0));
  for (const word of register) trie.add(word, cost(registerCount));
  return trie;
}

let general: WordTrie | undefined;

/** Words of everyday Thai: our list and wordcut's. Read once in a process, 65,000 words are the same for all. */
export function generalWords(): WordTrie {
  general ??= buildTrie(readFileSync(dataFile('words.tsv'), 'utf8'), wordcutWords(), []);
  return general;
}
