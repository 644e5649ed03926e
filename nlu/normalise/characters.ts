import { lookAlikes } from './tables';
import { type MappedText, MappedTextBuilder } from './text-map';
import { isDigit } from './thai';

const space = 0x20;

/** What a unit becomes: itself, another unit, a space, or nothing (-1). Filled once for the whole basic plane. */
const table = buildTable();

function buildTable(): Int32Array {
  const codes = new Int32Array(0x10000);
  for (let code = 0; code < codes.length; code += 1) codes[code] = code;
  for (let code = 0; code < 0x20; code += 1)
    codes[code] = code === 9 || code === 10 || code === 13 ? space : -1;
  for (let code = 0x7f; code < 0xa0; code += 1) codes[code] = -1;
  for (const code of [0xad, 0x061c, 0x180e, 0xfeff, 0x034f, 0x115f, 0x1160, 0x3164]) codes[code] = -1;
  for (let code = 0x200b; code <= 0x200f; code += 1) codes[code] = -1;
  for (let code = 0x202a; code <= 0x202e; code += 1) codes[code] = -1;
  for (let code = 0x2060; code <= 0x206f; code += 1) codes[code] = -1;
  for (let code = 0xfe00; code <= 0xfe0f; code += 1) codes[code] = -1;
  for (let code = 0x2000; code <= 0x200a; code += 1) codes[code] = space;
  for (let code = 0xff01; code <= 0xff5e; code += 1) codes[code] = code - 0xfee0;
  for (let code = 0x41; code <= 0x5a; code += 1) codes[code] = code + 0x20;
  for (let code = 0xff21; code <= 0xff3a; code += 1) codes[code] = code - 0xfee0 + 0x20;
  for (const [from, to] of Object.entries(lookAlikes)) codes[from.charCodeAt(0)] = to.charCodeAt(0);
  return codes;
}

/** Mathematical and enclosed letters (𝐀, 𝒂, 🅰 …) as people decorate with; NFKC knows them. */
function plain(pair: string): string {
  const folded = pair.normalize('NFKC');
  return folded.length > 0 && /^[a-z0-9]+$/iu.test(folded) ? folded.toLowerCase() : pair;
}

/**
 * First pass, unit by unit: what cannot be seen goes, white space becomes one space, full-width and look-alike characters and
 * Thai digits become plain, Latin small. Lone surrogates go too, so that what follows is well-formed.
 */
export function plainCharacters(text: string, length: number): MappedText {
  const out = new MappedTextBuilder(length);
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = at + 1 < length ? text.charCodeAt(at + 1) : 0;
      if (code > 0xdbff || low < 0xdc00 || low > 0xdfff) continue;
      const folded = plain(text.slice(at, at + 2));
      for (let unit = 0; unit < folded.length; unit += 1) out.push(folded.charCodeAt(unit), at, at + 2);
      at += 1;
      continue;
    }
    const to = table[code] ?? code;
    if (to === -1) {
      continue;
    }
    if (to === space && (out.length === 0 || out.last() === space)) continue;
    out.push(to, at, at + 1);
  }
  return out.finish();
}

/** Signs that may repeat with a meaning: 1111 is a hotline, 555 a laugh. */
const mayRepeat = (code: number): boolean => isDigit(code) || code === space;

/** Letters typed three times and more (มากกกก) become one. Returns how many were taken out, as a measure of emphasis. */
export function shortenRepeats(input: MappedText): {
  readonly mapped: MappedText;
  readonly emphasis: number;
} {
  const { text, starts, ends } = input;
  const out = new MappedTextBuilder(text.length);
  let emphasis = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    let stop = at + 1;
    while (stop < text.length && text.charCodeAt(stop) === code) stop += 1;
    const repeated = stop - at >= 3 && !mayRepeat(code) && (code < 0xd800 || code > 0xdfff);
    if (repeated) {
      emphasis += stop - at - 1;
      out.push(code, starts[at] ?? 0, ends[stop - 1] ?? 0);
    } else {
      for (let unit = at; unit < stop; unit += 1) out.push(code, starts[unit] ?? 0, ends[unit] ?? 0);
    }
    at = stop;
  }
  return { mapped: out.finish(), emphasis };
}

const minSpaced = 5;

/** บ ั ต ร ห า ย: joins runs of single letters that stand apart by one space each. */
export function joinSpacedLetters(input: MappedText): MappedText {
  const { text, starts, ends } = input;
  if (!text.includes(' ')) return input;
  const out = new MappedTextBuilder(text.length);
  let at = 0;
  while (at < text.length) {
    let stop = at;
    let letters = 0;
    const begins = at === 0 || text.charCodeAt(at - 1) === space;
    while (
      begins &&
      isLetterAt(text, stop) &&
      (stop + 1 >= text.length || text.charCodeAt(stop + 1) === space)
    ) {
      letters += 1;
      stop += 2;
    }
    if (letters < minSpaced) {
      out.push(text.charCodeAt(at), starts[at] ?? 0, ends[at] ?? 0);
      at += 1;
      continue;
    }
    for (let unit = at; unit < stop; unit += 2) {
      if (unit < text.length) out.push(text.charCodeAt(unit), starts[unit] ?? 0, ends[unit] ?? 0);
    }
    if (stop < text.length) out.push(space, starts[stop - 1] ?? 0, ends[stop - 1] ?? 0);
    at = Math.min(stop, text.length);
  }
  return out.finish();
}

const isLetterAt = (text: string, at: number): boolean => {
  const code = at < text.length ? text.charCodeAt(at) : 0;
  return (code >= 0x0e01 && code <= 0x0e4e) || (code >= 0x61 && code <= 0x7a);
};
