import { type Cuts, Cutter } from './cutter';
import { generalWords } from './load';

export { type Cuts, type CutCosts, Cutter } from './cutter';
export { icuCuts, icuWords } from './icu';
export { buildTrie, generalWords } from './load';
export { type WordTrie } from './trie';

export interface Segmenter {
  /** Ends of the words, as UTF-16 offsets of `text`; the last is its length. Never throws, loses nothing. */
  cuts(text: string): Cuts;
  /** The words themselves, spaces and signs included: joined they are `text`. */
  words(text: string): string[];
}

let shared: Segmenter | undefined;

/** The project's one way to cut Thai into words. */
export function thaiSegmenter(): Segmenter {
  shared ??= segmenterOf(new Cutter(generalWords()));
  return shared;
}

export function segmenterOf(cutter: Cutter): Segmenter {
  return {
    cuts: text => cutter.cuts(text),
    words: text => {
      let from = 0;
      return cutter.cuts(text).map(end => {
        const word = text.slice(from, end);
        from = end;
        return word;
      });
    },
  };
}
