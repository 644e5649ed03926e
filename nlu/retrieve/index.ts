import { type Steps, atOnce } from '../../core';
import { Entries, windowStarts, type WindowShape } from './entries';
import { readableForSearch, type ViewName, viewNames, views } from './grams';
import { withoutQuestionWords } from './question-words';
import { type Bm25Options, type Sums, ViewIndex } from './view-index';

type Weights = Readonly<Partial<Record<ViewName, number>>>;

export interface RetrieveOptions extends Bm25Options {
  /** How much each view counts over whole passages; absent leaves it out. */
  readonly whole: Weights;
  /** The same over windows, of which a passage's best counts: an answer stands in one sentence. */
  readonly windows: Weights;
  /** The same for a word in a passage's beginning, which names what it tells of: others mention that only in passing. */
  readonly lead?: Weights;
  /** Units of a window, and from one to the next. */
  readonly windowUnits: number;
  readonly windowStep: number;
}

/** Chosen on questions made from sentences of our own phrases and entries, see docs/decisions. */
export const defaultRetrieval: RetrieveOptions = {
  k1: 0.6,
  b: 0.7,
  whole: { words: 0.8, platform: 0.6, letters3: 0.2, letters4: 0.3, wordPairs: 0.2 },
  windows: { words: 1, platform: 0.5, letters3: 0.2, letters5: 0.2, wordPairs: 0.4 },
  lead: { words: 0.5, platform: 0.5 },
  windowUnits: 120,
  windowStep: 60,
};

export interface Hit {
  /** Position of the passage in the list that was indexed. */
  readonly passage: number;
  readonly score: number;
}

export interface PassageIndex {
  /** The best passages for a question, best first. */
  search(question: string, limit: number): Hit[];
}

/**
 * Passages whose windows are looked at, those that can come highest. With 24 the best passage was that of looking at all of
 * them for each of 5,270 questions; their number bounds the time of a search.
 */
const candidateCount = 40;

/**
 * Indexes passages and their windows: words as two segmenters see them, word pairs and runs of letters, each by BM25, added up.
 * Words that only ask are left out of the question. Windows are looked at only in the passages
 * that could come highest by them.
 */
export function indexPassages(
  passages: readonly string[],
  options: RetrieveOptions = defaultRetrieval,
): PassageIndex {
  return atOnce(indexingPassages(passages, options));
}

/** Passages that are cut into terms in one step: some milliseconds. */
const stepPassages = 25;

/** The same, in small steps. */
export function* indexingPassages(
  passages: Iterable<string>,
  options: RetrieveOptions = defaultRetrieval,
): Steps<PassageIndex> {
  const texts: string[] = [];
  for (const passage of passages) {
    texts.push(readableForSearch(passage));
    if (texts.length % stepPassages === 0) yield;
  }
  const shape = { units: options.windowUnits, step: options.windowStep };
  const firstWindow = windowStarts(texts, shape);
  const parts = yield* partsOf(texts, firstWindow, shape, options);
  return searcherOf(parts, texts.length, firstWindow);
}

function searcherOf(parts: readonly Part[], count: number, firstWindow: Int32Array): PassageIndex {
  const sums: Sums = {
    whole: new Float64Array(count),
    reach: new Float64Array(count),
    windows: new Float64Array(firstWindow.at(-1) ?? 0),
  };
  const marked = new Uint8Array(count);
  const takeBestWindow = (passage: number): number => {
    let most = 0;
    for (let at = firstWindow[passage] ?? 0; at < (firstWindow[passage + 1] ?? 0); at += 1) {
      most = Math.max(most, sums.windows[at] ?? 0);
      sums.windows[at] = 0;
    }
    return most;
  };
  return {
    search: (question, limit) => {
      const text = withoutQuestionWords(readableForSearch(question));
      sums.reach.fill(0);
      const terms = parts.map(({ name, index }) => index.find(views[name](text)));
      parts.forEach(({ index }, at) => index.addReach(terms[at] ?? none, sums));
      const hits: Hit[] = [];
      const candidates = furthest(sums.reach, Math.max(candidateCount, limit));
      for (const passage of candidates) marked[passage] = 1;
      parts.forEach(({ index }, at) => index.addMarked(terms[at] ?? none, marked, sums));
      for (const passage of candidates) {
        marked[passage] = 0;
        keep(hits, { passage, score: (sums.whole[passage] ?? 0) + takeBestWindow(passage) }, limit);
        sums.whole[passage] = 0;
      }
      return hits;
    },
  };
}

const none = new Int32Array(0);

/** The passages of the highest scores, best first. */
function furthest(scores: Float64Array, count: number): number[] {
  const chosen: Hit[] = [];
  for (let passage = 0; passage < scores.length; passage += 1) {
    const score = scores[passage] ?? 0;
    if (score <= 0 || (chosen.length === count && score <= (chosen[count - 1]?.score ?? 0))) continue;
    keep(chosen, { passage, score }, count);
  }
  return chosen.map(hit => hit.passage);
}

interface Part {
  readonly name: ViewName;
  readonly index: ViewIndex;
}

function* partsOf(
  texts: readonly string[],
  firstWindow: Int32Array,
  shape: WindowShape,
  options: RetrieveOptions,
): Steps<Part[]> {
  const parts: Part[] = [];
  for (const name of viewNames) {
    const weights = {
      whole: options.whole[name] ?? 0,
      lead: options.lead?.[name] ?? 0,
      window: options.windows[name] ?? 0,
    };
    if (weights.whole <= 0 && weights.lead <= 0 && weights.window <= 0) continue;
    const found = new Entries(firstWindow, weights.window > 0 ? shape : undefined);
    for (const [passage, text] of texts.entries()) {
      found.add(passage, views[name](text), text);
      if (passage % stepPassages === stepPassages - 1) yield;
    }
    parts.push({ name, index: yield* ViewIndex.from(found, weights, options) });
  }
  return parts;
}

/** Puts a hit in its place among the best few, by insertion: limits are small. Ties go to the earlier passage. */
function keep(hits: Hit[], hit: Hit, limit: number): void {
  let at = hits.length;
  while (at > 0 && isBefore(hit, hits[at - 1])) at -= 1;
  if (at >= limit) return;
  hits.splice(at, 0, hit);
  if (hits.length > limit) hits.pop();
}

const isBefore = (hit: Hit, other: Hit | undefined): boolean =>
  other === undefined ||
  hit.score > other.score ||
  (hit.score === other.score && hit.passage < other.passage);
