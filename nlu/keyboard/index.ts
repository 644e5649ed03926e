import { isConsonant, isDependent, isLeadingVowel, isThaiLetter } from '../normalise';
import { thaiSegmenter, generalWords } from '../segment';
import { latinOf, retype, thaiOf } from './kedmanee';
import { commonEnglish } from './english';

export { commonEnglish } from './english';

const maxUnits = 400;

/**
 * Text typed with the keyboard in the wrong language, as it was meant; undefined where it is right as it stands. Real English
 * and real Thai are recognised first, so that neither is ever broken.
 */
export function repairLayout(text: string): string | undefined {
  if (text.length < 3 || text.length > maxUnits) return undefined;
  let thai = 0;
  let latin = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isThaiLetter(code)) thai += 1;
    else if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) latin += 1;
  }
  if (thai === 0 && latin >= 2) return asThai(text);
  if (latin === 0 && thai >= 3) return asEnglish(text);
  return undefined;
}

function asThai(text: string): string | undefined {
  if (/https?:|www\.|@[a-z]/iu.test(text)) return undefined;
  const typed = retype(text, thaiOf);
  if (englishShare(text) >= 0.5 || brokenShare(typed) > 0.04) return undefined;
  return knownShare(typed) >= 0.7 ? typed : undefined;
}

function asEnglish(text: string): string | undefined {
  if (brokenShare(text) < 0.08) return undefined;
  const typed = retype(text, latinOf);
  return englishShare(typed) >= 0.5 ? typed : undefined;
}

/** Share of the letters that stand in common English words. */
function englishShare(text: string): number {
  let known = 0;
  let all = 0;
  for (const word of text.toLowerCase().split(/[^a-z']+/u)) {
    all += word.length;
    if (commonEnglish.has(word) || (word.endsWith('s') && commonEnglish.has(word.slice(0, -1))))
      known += word.length;
  }
  return all === 0 ? 0 : known / text.replace(/\s/gu, '').length;
}

/** Share of the letters that cannot stand where they are: a mark without a consonant, a leading vowel before none. */
function brokenShare(text: string): number {
  let broken = 0;
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isThaiLetter(code)) continue;
    letters += 1;
    const before = at > 0 ? text.charCodeAt(at - 1) : 0;
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    if (isDependent(code) && !(isConsonant(before) || (isDependent(before) && before !== code))) broken += 1;
    else if (isLeadingVowel(code) && !isConsonant(next)) broken += 1;
  }
  return letters === 0 ? 1 : broken / letters;
}

/** Share of the letters that stand in Thai words of two letters and more. */
function knownShare(text: string): number {
  const words = generalWords();
  let known = 0;
  let letters = 0;
  for (const word of thaiSegmenter().words(text)) {
    const size = word.trim().length;
    letters += size;
    if (word.length >= 2 && words.has(word)) known += size;
  }
  return letters === 0 ? 0 : known / letters;
}
