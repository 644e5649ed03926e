const words = new Intl.Segmenter('th', { granularity: 'word' });
const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' });

/** How far back from the limit a word end is looked for, and how far beyond it a word may go on, in UTF-16 units. */
const lookBack = 240;
const lookAhead = 60;

/** A word is kept whole even where half of a short text is lost by it, up to so many units. */
const longestWord = 40;

/** Where `text` may be broken at or before `limit`, best first: line end, space, word end, between two clusters, between two code points. */
function breakBefore(text: string, limit: number): number {
  const window = text.slice(0, limit + 1);
  const floor = Math.floor(limit / 2);
  const line = window.lastIndexOf('\n');
  if (line > floor) return line;
  const space = window.lastIndexOf(' ');
  if (space > floor) return space;
  // The segmenter copies its whole input into every segment, so it only ever sees a short piece.
  const from = Math.max(0, limit - lookBack);
  const piece = text.slice(from, limit + lookAhead);
  const clusters = new Set(Array.from(graphemes.segment(piece), ({ index }) => from + index));
  const ends = Array.from(words.segment(piece), ({ index }) => from + index).filter(at => clusters.has(at));
  const fits = (at: number): boolean => at > from && at <= limit;
  const word = ends.findLast(fits);
  if (word !== undefined && (word > floor || limit - word <= longestWord)) return word;
  const cluster = [...clusters].findLast(fits);
  if (cluster !== undefined) return cluster;
  const low = text.charCodeAt(limit);
  return low >= 0xdc00 && low <= 0xdfff && limit > 1 ? limit - 1 : limit;
}

/** Parts of at most `maxUnits` UTF-16 units, broken at line ends, spaces or word ends, never inside what the eye sees as one character. */
export function splitText(text: string, maxUnits: number): string[] {
  const parts: string[] = [];
  let rest = text.toWellFormed().trim();
  while (rest.length > maxUnits) {
    const at = breakBefore(rest, maxUnits);
    const part = rest.slice(0, at).trimEnd();
    if (part) parts.push(part);
    rest = rest.slice(at).trimStart();
  }
  return rest ? [...parts, rest] : parts;
}

/** The text in at most `maxUnits` UTF-16 units; what is cut off is marked by `…`. */
export function cutText(text: string, maxUnits: number): string {
  const whole = text.toWellFormed().trim();
  if (whole.length <= maxUnits) return whole;
  return maxUnits < 2
    ? whole.slice(0, maxUnits).toWellFormed()
    : `${splitText(whole.slice(0, maxUnits + lookAhead), maxUnits - 1)[0] ?? ''}…`;
}

/** Clusters that `graphemeCount` and `cutGraphemes` look at; labels are far shorter. */
const longestLabel = 1_000;

/** Thai and ASCII alone, where every unit is a cluster of its own but for the marks that sit on the one before. */
const plainThai = /^[\u0020-\u007E\u0E01-\u0E3A\u0E3F-\u0E5B]*$/u;
const startsWithMark = /^[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/u;
const thaiMarks = /[\u0E31\u0E33-\u0E3A\u0E47-\u0E4E]/gu;

/** How many characters the eye sees; texts beyond 1,000 units are not counted further. */
export function graphemeCount(text: string): number {
  // Labels are counted for every message: the segmenter is a hundred times slower than this and says the same.
  if (text.length <= longestLabel && plainThai.test(text) && !startsWithMark.test(text)) {
    return text.length - (text.match(thaiMarks)?.length ?? 0);
  }
  return Array.from(graphemes.segment(text.slice(0, longestLabel))).length;
}

/** Labels of buttons recur in every answer: how their cutting came out, by limit and text. */
const rememberedCuts = 2_000;
const cuts = new Map<string, string>();

/** The text in at most `max` visible characters; what is cut off is marked by `…`, at a word end where one is near. */
export function cutGraphemes(text: string, max: number): string {
  const whole = text.toWellFormed().trim();
  if (whole.length <= longestLabel && graphemeCount(whole) <= max) return whole;
  const key = `${max} ${whole}`;
  const known = whole.length <= longestLabel ? cuts.get(key) : undefined;
  if (known !== undefined) return known;
  const clusters = Array.from(graphemes.segment(whole.slice(0, longestLabel)), ({ segment }) => segment);
  const kept = clusters.slice(0, max - 1).join('');
  const word = Array.from(words.segment(whole.slice(0, longestLabel)), ({ index }) => index).findLast(
    at => at > kept.length * 0.6 && at <= kept.length,
  );
  const cut = `${kept.slice(0, word ?? kept.length).trimEnd()}…`;
  if (cuts.size >= rememberedCuts) cuts.clear();
  if (whole.length <= longestLabel) cuts.set(key, cut);
  return cut;
}
