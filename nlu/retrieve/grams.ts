import { hashEnd, hashStart, hashUnit } from '../classify/hash';
import { isThaiLetter, normaliseLightly } from '../normalise';
import { icuCuts, thaiSegmenter } from '../segment';

/** The terms of a text in one view of it: 32-bit keys in order, and the UTF-16 offset at which each begins. */
export interface Terms {
  readonly keys: readonly number[];
  readonly starts: readonly number[];
}

export type View = (text: string) => Terms;

function wordsBy(cutter: (text: string) => readonly number[]): View {
  return text => {
    const keys: number[] = [];
    const starts: number[] = [];
    let from = 0;
    for (const end of cutter(text)) {
      const first = text.charCodeAt(from);
      if (first > 0x7f || (first >= 0x30 && first <= 0x39) || (first >= 0x61 && first <= 0x7a)) {
        let hash = hashStart;
        for (let at = from; at < end; at += 1) hash = hashUnit(hash, text.charCodeAt(at));
        keys.push(hashEnd(hash));
        starts.push(from);
      }
      from = end;
    }
    return { keys, starts };
  };
}

const isPlain = (code: number): boolean =>
  isThaiLetter(code) || (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || code > 0xff;

/** Runs of `size` letters that do not cross a space. */
function letters(size: number): View {
  return text => {
    const keys: number[] = [];
    const starts: number[] = [];
    let plain = 0;
    for (let end = 0; end < text.length; end += 1) {
      plain = isPlain(text.charCodeAt(end)) ? plain + 1 : 0;
      if (plain < size) continue;
      const from = end + 1 - size;
      let hash = hashUnit(hashStart, size);
      for (let at = from; at <= end; at += 1) hash = hashUnit(hash, text.charCodeAt(at));
      keys.push(hashEnd(hash));
      starts.push(from);
    }
    return { keys, starts };
  };
}

const cutIntoWords = wordsBy(text => thaiSegmenter().cuts(text));
let lastCut: { readonly text: string; readonly terms: Terms } | undefined;

/** Two views ask for the words of a text one after the other; it is cut once. */
const byWords: View = text => {
  if (lastCut?.text !== text) lastCut = { text, terms: cutIntoWords(text) };
  return lastCut.terms;
};

/** Neighbouring words, as one term. */
const wordPairs: View = text => {
  const { keys, starts } = byWords(text);
  return {
    keys: keys.slice(1).map((key, at) => hashEnd(Math.imul(keys[at] ?? 0, 33) ^ key)),
    starts: starts.slice(0, -1),
  };
};

export const views = {
  words: byWords,
  wordPairs,
  platform: wordsBy(icuCuts),
  letters3: letters(3),
  letters4: letters(4),
  letters5: letters(5),
} satisfies Record<string, View>;

export type ViewName = keyof typeof views;

export const viewNames = [
  'words',
  'wordPairs',
  'platform',
  'letters3',
  'letters4',
  'letters5',
] as const satisfies readonly ViewName[];

export const readableForSearch = normaliseLightly;
