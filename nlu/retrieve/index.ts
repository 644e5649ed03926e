import { Bm25Index, type Bm25Options } from './bm25';
import { readableForSearch, type ViewName, viewNames, views } from './grams';
import { withoutQuestionWords } from './question-words';

type Weights = Readonly<Partial<Record<ViewName, number>>>;

export interface RetrieveOptions extends Bm25Options {
  /** How much each view counts over whole passages; absent leaves it out. */
  readonly whole: Weights;
  /** The same over windows, of which a passage's best counts: an answer stands in one sentence. */
  readonly windows: Weights;
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
 * Indexes passages and their windows: words as two segmenters see them, word pairs and runs of letters, each by BM25, added up.
 * Words that only ask are left out of the question.
 */
export function indexPassages(
  passages: readonly string[],
  options: RetrieveOptions = defaultRetrieval,
): PassageIndex {
  const texts = passages.map(readableForSearch);
  const windows = windowsOf(texts, options);
  const wholeParts = parts(texts, options.whole, options);
  const windowParts = parts(
    windows.map(window => window.text),
    options.windows,
    options,
  );
  const passageOf = Int32Array.from(windows, window => window.passage);
  const scores = new Float64Array(texts.length);
  const windowScores = new Float64Array(windows.length);
  const bestWindow = new Float64Array(texts.length);
  return {
    search: (question, limit) => {
      const text = withoutQuestionWords(readableForSearch(question));
      scores.fill(0);
      windowScores.fill(0);
      bestWindow.fill(0);
      const terms = termsOf(text);
      for (const { name, weight, index } of wholeParts) index.addScores(terms(name), weight, scores);
      for (const { name, weight, index } of windowParts) index.addScores(terms(name), weight, windowScores);
      for (let at = 0; at < passageOf.length; at += 1) {
        const score = windowScores[at] ?? 0;
        const passage = passageOf[at] ?? 0;
        if (score > (bestWindow[passage] ?? 0)) bestWindow[passage] = score;
      }
      for (let passage = 0; passage < scores.length; passage += 1) {
        scores[passage] = (scores[passage] ?? 0) + (bestWindow[passage] ?? 0);
      }
      return best(scores, limit);
    },
  };
}

interface Window {
  readonly passage: number;
  readonly text: string;
}

function windowsOf(texts: readonly string[], { windowUnits, windowStep }: RetrieveOptions): Window[] {
  return texts.flatMap((text, passage) => {
    const windows: Window[] = [];
    let start = 0;
    do {
      windows.push({ passage, text: text.slice(start, start + windowUnits) });
      start += windowStep;
    } while (start + windowUnits - windowStep < text.length);
    return windows;
  });
}

/** The question in each view, each made once however many indexes ask for it. */
function termsOf(text: string): (name: ViewName) => Uint32Array {
  const made = new Map<ViewName, Uint32Array>();
  return name => {
    const terms = made.get(name) ?? Uint32Array.from(new Set(views[name](text)));
    made.set(name, terms);
    return terms;
  };
}

interface Part {
  readonly name: ViewName;
  readonly weight: number;
  readonly index: Bm25Index;
}

function parts(texts: readonly string[], weights: Weights, options: Bm25Options): Part[] {
  return viewNames.flatMap(name => {
    const weight = weights[name] ?? 0;
    if (weight <= 0) return [];
    return [{ name, weight, index: new Bm25Index(texts.map(views[name]), options) }];
  });
}

/** The few highest, by insertion: limits are small. Ties go to the earlier passage. */
function best(scores: Float64Array, limit: number): Hit[] {
  const hits: Hit[] = [];
  for (let passage = 0; passage < scores.length; passage += 1) {
    const score = scores[passage] ?? 0;
    if (score <= 0 || (hits.length === limit && score <= (hits[limit - 1]?.score ?? 0))) continue;
    let at = hits.length;
    while (at > 0 && (hits[at - 1]?.score ?? 0) < score) at -= 1;
    hits.splice(at, 0, { passage, score });
    if (hits.length > limit) hits.pop();
  }
  return hits;
}
