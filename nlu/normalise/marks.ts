import { isConsonant, isToneMark, isVowelMark } from './thai';
import { type MappedText, MappedTextBuilder } from './text-map';

const saraAa = 0x0e32;
const saraAm = 0x0e33;
const nikhahit = 0x0e4d;
const saraE = 0x0e40;
const saraAe = 0x0e41;
const lakkhangyao = 0x0e45;

const codeAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : 0);

/**
 * Thai marks in the order a keyboard should give: consonant, one vowel mark, one upper mark. Doubled marks melt into one, of
 * two different tone marks the last one typed stays, นิคหิต + อา becomes อำ, เ + เ becomes แ, and ๅ after anything but ฤ ฦ is า.
 */
export function orderMarks(input: MappedText): MappedText {
  const { text, starts, ends } = input;
  const out = new MappedTextBuilder(text.length);
  const start = (at: number): number => starts[at] ?? 0;
  const end = (at: number): number => ends[at] ?? 0;
  let at = 0;
  while (at < text.length) {
    const code = codeAt(text, at);
    if (code === saraE && codeAt(text, at + 1) === saraE) {
      out.push(saraAe, start(at), end(at + 1));
      at += 2;
    } else if (
      code === lakkhangyao &&
      isConsonant(out.last()) &&
      out.last() !== 0x0e24 &&
      out.last() !== 0x0e26
    ) {
      out.push(saraAa, start(at), end(at));
      at += 1;
    } else if (isVowelMark(code) || isToneMark(code)) {
      at = copyMarks(input, at, out);
    } else if (code === saraAm && isToneMark(codeAt(text, at + 1))) {
      out.push(codeAt(text, at + 1), start(at), end(at + 1));
      out.push(saraAm, start(at), end(at + 1));
      at += 2;
    } else {
      out.push(code, start(at), end(at));
      at += 1;
    }
  }
  return out.finish();
}

/** Copies the run of marks that begins at `at` in order, and returns where it ends. */
function copyMarks(input: MappedText, at: number, out: MappedTextBuilder): number {
  const { text, starts, ends } = input;
  let vowel = 0;
  let tone = 0;
  let hasNikhahit = false;
  let stop = at;
  for (; stop < text.length; stop += 1) {
    const code = codeAt(text, stop);
    if (isVowelMark(code)) vowel = vowel || code;
    else if (code === nikhahit) hasNikhahit = true;
    else if (isToneMark(code)) tone = code;
    else break;
  }
  const from = starts[at] ?? 0;
  let to = ends[stop - 1] ?? from;
  const becomesAm = hasNikhahit && vowel === 0 && codeAt(text, stop) === saraAa;
  if (becomesAm) to = ends[stop] ?? to;
  if (vowel !== 0) out.push(vowel, from, to);
  if (hasNikhahit && !becomesAm) out.push(nikhahit, from, to);
  if (tone !== 0) out.push(tone, from, to);
  if (becomesAm) out.push(saraAm, from, to);
  return becomesAm ? stop + 1 : stop;
}
