import { hashEnd, hashStart, hashUnit } from '../classify/hash';
import { isThaiLetter, normaliseLightly } from '../normalise';
import { icuCuts, thaiSegmenter } from '../segment';

/** The terms of a text in one view of it, as 32-bit keys in order. */
export type View = (text: string) => Uint32Array;

function wordsBy(cutter: (text: string) => readonly number[]): View {
  return text => {
    const keys: number[] = [];
    let from = 0;
    for (const end of cutter(text)) {
      const first = text.charCodeAt(from);
      if (first > 0x7f || (first >= 0x30 && first <= 0x39) || (first >= 0x61 && first <= 0x7a)) {
        let hash = hashStart;
        for (let at = from; at < end; at += 1) hash = hashUnit(hash, text.charCodeAt(at));
        keys.push(hashEnd(hash));
      }
      from = end;
    }
    return Uint32Array.from(keys);
  };
}

const byWords = wordsBy(text => thaiSegmenter().cuts(text));

/** Runs of `size` letters that do not cross a space. */
function letters(size: number): View {
  return text => {
    const keys: number[] = [];
    for (let from = 0; from + size <= text.length; from += 1) {
      let hash = hashUnit(hashStart, size);
      let plain = true;
      for (let at = from; at < from + size; at += 1) {
        const code = text.charCodeAt(at);
        if (!(
          isThaiLetter(code) ||
          (code >= 0x30 && code <= 0x39) ||
          (code >= 0x61 && code <= 0x7a) ||
          code > 0xff
        ))
          plain = false;
        hash = hashUnit(hash, code);
      }
      if (plain) keys.push(hashEnd(hash));
    }
    return Uint32Array.from(keys);
  };
}

/** Neighbouring words, as one term. */
const wordPairs: View = text => {
  const words = byWords(text);
  return Uint32Array.from({ length: Math.max(words.length - 1, 0) }, (_, at) =>
    hashEnd(Math.imul(words[at] ?? 0, 33) ^ (words[at + 1] ?? 0)),
  );
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
