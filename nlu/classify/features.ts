import { bareOf } from '../normalise';
import { icuCuts, thaiSegmenter } from '../segment';
import { sensesIn } from '../senses';
import { hashEnd, hashStart, hashUnit } from './hash';
import { stemOf } from './stem';

/** Shortest and longest run of letters that is a feature; each length is a family of its own. */
const minLetters = 2;
const maxLetters = 4;

/** Feature families, each normalised by itself: features of one kind must not drown those of another. */
export const families = [
  'words',
  'wordPairs',
  'platformWords',
  'platformPairs',
  'skips',
  'letters2',
  'letters3',
  'letters4',
  'senses',
  'bare',
] as const;
export type Family = (typeof families)[number];

/** Places of the shortest letter family and of those after the letters in `families`. */
const firstLetters = 5;
const sensesFamily = 8;
const bareFamily = 9;

/** What of a text becomes features. Part of the model file: reading must do as training did. */
export interface FeatureOptions {
  /** Weight of each family after its own normalisation; 0 leaves it out. */
  readonly weights: Readonly<Record<Family, number>>;
}

/** Hashed features of one text, in buffers that the next text overwrites. */
export interface RawFeatures {
  readonly keys: Uint32Array;
  /** Index into `families`. */
  readonly family: Uint8Array;
  length: number;
}

/** Enough for some 300 letters in every family; what a longer text says after that adds little. */
export const rawCapacity = 6_000;
const maxUnits = 700;

/** Sets the words of our own segmenter apart from all other features. */
const wordSeed = 0x11;

/** Lengths of the runs of bare letters, and what sets them and the senses apart from other features. */
const bareSizes = [3, 5] as const;
const bareSeed = 0x77;
const senseSeed = 0x6b43a9b5;

const space = 0x20;
const digit = 0x30;

/**
 * Reads the features of normalised texts: words and word pairs as two segmenters see them, runs of letters with the text's
 * ends marked. One reader serves one thread; its buffers are reused.
 */
export class FeatureReader {
  private readonly raw: RawFeatures = {
    keys: new Uint32Array(rawCapacity),
    family: new Uint8Array(rawCapacity),
    length: 0,
  };
  private readonly words = new Uint32Array(maxUnits + 2);
  private readonly units = new Uint16Array(maxUnits + 2);

  constructor(private readonly options: FeatureOptions) {}

  read(normalised: string): RawFeatures {
    const text = normalised.length > maxUnits ? normalised.slice(0, maxUnits) : normalised;
    const { weights } = this.options;
    this.raw.length = 0;
    const cuts = thaiSegmenter().cuts(text);
    if (weights.words > 0 || weights.wordPairs > 0 || weights.skips > 0) {
      const count = this.hashWords(text, cuts, wordSeed);
      this.pushWords(count, 0, 1, weights.words > 0, weights.wordPairs > 0);
      if (weights.skips > 0) this.pushSkips(count, 4);
    }
    if (weights.senses > 0) this.pushSenses(sensesIn(text, cuts), sensesFamily);
    if (weights.platformWords > 0 || weights.platformPairs > 0) {
      const count = this.hashWords(text, icuCuts(text), 0x23);
      this.pushWords(count, 2, 3, weights.platformWords > 0, weights.platformPairs > 0);
    }
    this.pushLetters(text);
    if (weights.bare > 0) this.pushBare(bareOf(text), bareFamily);
    return this.raw;
  }

  private push(key: number, family: number): void {
    const { raw } = this;
    if (raw.length >= rawCapacity) return;
    raw.keys[raw.length] = key;
    raw.family[raw.length] = family;
    raw.length += 1;
  }

  /** Hashes of the words into `this.words`; spaces and lone signs are no words. */
  private hashWords(text: string, cuts: readonly number[], seed: number): number {
    let from = 0;
    let count = 0;
    for (const end of cuts) {
      const first = text.charCodeAt(from);
      if (isWordUnit(first)) {
        this.words[count] = isLatin(first)
          ? hashStem(text.slice(from, end), seed)
          : hashRun(text, from, end, seed);
        count += 1;
      }
      from = end;
    }
    return count;
  }

  private pushWords(count: number, single: number, pair: number, singles: boolean, pairs: boolean): void {
    const { words } = this;
    for (let at = 0; at < count; at += 1) {
      const word = words[at] ?? 0;
      if (singles) this.push(hashEnd(word), single);
      if (!pairs) continue;
      if (at === 0) this.push(hashEnd(Math.imul(word, 31) ^ 0x5bd1e995), pair);
      const next = at + 1 < count ? (words[at + 1] ?? 0) : 0x2545f491;
      this.push(hashEnd(Math.imul(word, 33) ^ next), pair);
    }
  }

  /** Pairs of words with one or two others between, in order. */
  private pushSkips(count: number, family: number): void {
    const { words } = this;
    for (let at = 0; at < count; at += 1) {
      for (let gap = 2; gap <= 3 && at + gap < count; gap += 1) {
        this.push(hashEnd(Math.imul(words[at] ?? 0, 37) ^ (words[at + gap] ?? 0) ^ 0x7f4a7c15), family);
      }
    }
  }

  /** Senses alone, and every two of them. */
  private pushSenses(senses: readonly number[], family: number): void {
    senses.forEach((sense, at) => {
      this.push(hashEnd(hashUnit(senseSeed, sense)), family);
      for (const other of senses.slice(at + 1)) {
        const [low, high] = sense < other ? [sense, other] : [other, sense];
        this.push(hashEnd(hashUnit(hashUnit(senseSeed, low + 0x100), high)), family);
      }
    });
  }

  private pushLetters(text: string): void {
    const { units } = this;
    let length = 0;
    units[length++] = space;
    for (let at = 0; at < text.length; at += 1) units[length++] = text.charCodeAt(at);
    units[length++] = space;
    for (let from = 0; from < length; from += 1) {
      let hash = hashUnit(hashStart, 0x3d);
      const limit = Math.min(length, from + maxLetters);
      for (let end = from; end < limit; end += 1) {
        hash = hashUnit(hash, units[end] ?? 0);
        const size = end + 1 - from;
        if (size >= minLetters) this.push(hashEnd(hash), firstLetters + size - minLetters);
      }
    }
  }

  /** Runs of letters of a text of which only sounds are left: what a slip of the hand does not change. */
  private pushBare(bare: string, family: number): void {
    const text = ` ${bare} `;
    for (const size of bareSizes) {
      for (let from = 0; from + size <= text.length; from += 1)
        this.push(hashEnd(hashRun(text, from, from + size, bareSeed + size)), family);
    }
  }
}

const isLatin = (code: number): boolean => code >= 0x61 && code <= 0x7a;

function hashRun(text: string, from: number, end: number, seed: number): number {
  let hash = hashUnit(hashStart, seed);
  for (let at = from; at < end; at += 1) hash = hashUnit(hash, text.charCodeAt(at));
  return hash;
}

/** Renew, renewing and renewed are one word; their letters still tell them apart. */
function hashStem(word: string, seed: number): number {
  const stem = stemOf(word);
  return hashRun(stem, 0, stem.length, seed);
}

/** The key of an English word among the word features. */
export const englishWordKey = (word: string): number => hashEnd(hashStem(word, wordSeed));

const isWordUnit = (code: number): boolean =>
  (code >= digit && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || code > 0x7f;
