import { Bm25Index, type Bm25Options } from './bm25';
import { readableForSearch, type ViewName, views } from './grams';

export interface RetrieveOptions extends Bm25Options {
  /** How much each view of the text counts; 0 leaves it out. */
  readonly weights: Readonly<Partial<Record<ViewName, number>>>;
}

export const defaultRetrieval: RetrieveOptions = {
  k1: 1.2,
  b: 0.75,
  weights: { words: 1, platform: 1, letters3: 0.25, letters4: 0.35 },
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

/** Indexes passages: words as two segmenters see them and runs of letters, each by BM25, added up. */
export function indexPassages(
  passages: readonly string[],
  options: RetrieveOptions = defaultRetrieval,
): PassageIndex {
  const readableTexts = passages.map(readableForSearch);
  const parts = names(options).map(({ name, weight }) => ({
    view: views[name],
    weight,
    index: new Bm25Index(readableTexts.map(views[name]), options),
  }));
  const scores = new Float64Array(passages.length);
  return {
    search: (question, limit) => {
      const text = readableForSearch(question);
      scores.fill(0);
      for (const { view, weight, index } of parts) index.addScores(view(text), weight, scores);
      return best(scores, limit);
    },
  };
}

function names({ weights }: RetrieveOptions): { name: ViewName; weight: number }[] {
  const found: { name: ViewName; weight: number }[] = [];
  for (const name of ['words', 'platform', 'letters3', 'letters4', 'letters5'] as const) {
    const weight = weights[name] ?? 0;
    if (weight > 0) found.push({ name, weight });
  }
  return found;
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
