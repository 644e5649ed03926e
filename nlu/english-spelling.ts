/** Shorter words are left alone: a letter more or less makes another word of them. */
const shortest = 4;
/** From this length two slips are forgiven instead of one. */
const long = 8;
/** Longer ones are no English words. */
const longest = 24;
/** Words mended in one text; whoever writes more unknown ones writes another language. */
const most = 12;

const word = /[a-z]+/gu;

/** What a slip costs: letters that changed places are likelier than a wrong one. */
const slip = 2;
const turn = 1;

/** Cost of what lies between two words: letters added, left out, exchanged for another, or for the one beside them. */
function distance(left: string, right: string, rows: readonly [Uint8Array, Uint8Array, Uint8Array]): number {
  let [before, last, now] = rows;
  for (let at = 0; at <= right.length; at += 1) last[at] = at * slip;
  for (let row = 1; row <= left.length; row += 1) {
    const letter = left.charCodeAt(row - 1);
    const earlier = left.charCodeAt(row - 2);
    now[0] = row * slip;
    for (let at = 1; at <= right.length; at += 1) {
      const other = right.charCodeAt(at - 1);
      const exchanged = (last[at - 1] ?? 0) + (letter === other ? 0 : slip);
      const oneMore = Math.min(last[at] ?? 0, now[at - 1] ?? 0) + slip;
      const turned = at > 1 && earlier === other && letter === right.charCodeAt(at - 2);
      now[at] = Math.min(exchanged, oneMore, turned ? (before[at - 2] ?? 0) + turn : oneMore);
    }
    [before, last, now] = [last, now, before];
  }
  return last[right.length] ?? 0;
}

type ByFirst = ReadonlyMap<string, readonly string[]>;

/** The English words of `texts`, and the same by their first letter, the commonest first. */
function readLexicon(texts: Iterable<string>): {
  readonly known: ReadonlySet<string>;
  readonly byFirst: ByFirst;
} {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [found] of text.toLowerCase().matchAll(word))
      if (found.length >= shortest && found.length <= longest)
        counts.set(found, (counts.get(found) ?? 0) + 1);
  const byFirst = new Map<string, string[]>();
  for (const [known] of [...counts].sort(([, left], [, right]) => right - left)) {
    const list = byFirst.get(known.charAt(0));
    if (list) list.push(known);
    else byFirst.set(known.charAt(0), [known]);
  }
  return { known: new Set(counts.keys()), byFirst };
}

/**
 * Mends English words that nobody knows into the nearest word of `texts`, the commonest of those equally near, so that "drving
 * licence expird" reads as it was meant. First letters are seldom wrong and stay; so does what `isKnown` knows, and other scripts.
 * The texts are read at the first word that needs it.
 */
export function createEnglishSpelling(
  texts: () => Iterable<string>,
  isKnown: (word: string) => boolean,
): (normalised: string) => string {
  let lexicon: ReturnType<typeof readLexicon> | undefined;
  const row = (): Uint8Array => new Uint8Array(longest + 1);
  const rows = [row(), row(), row()] as const;

  function nearest(written: string, byFirst: ByFirst): string {
    const slips = written.length >= long ? 2 : 1;
    let best = written;
    let least = slips * slip + 1;
    for (const known of byFirst.get(written.charAt(0)) ?? []) {
      if (Math.abs(known.length - written.length) > slips) continue;
      const cost = distance(written, known, rows);
      if (cost < least) {
        best = known;
        least = cost;
      }
    }
    return best;
  }

  return normalised => {
    let mended = 0;
    return normalised.replace(word, written => {
      if (written.length < shortest || written.length > longest || mended >= most) return written;
      if (isKnown(written)) return written;
      lexicon ??= readLexicon(texts());
      if (lexicon.known.has(written)) return written;
      mended += 1;
      return nearest(written, lexicon.byFirst);
    });
  };
}
