import { indexPassages } from '../nlu';
import { alone, type BenchResult, quantile } from './result';

const passageCount = 1_529;
const sentencesEach = 36;

/** As long as encyclopaedia articles: sentences of ours, strewn so that neighbours share few of them. */
function passagesOf(sentences: readonly string[]): string[] {
  return Array.from({ length: passageCount }, (_, passage) =>
    Array.from(
      { length: sentencesEach },
      (__, place) => sentences[(passage * 7_919 + place * 104_729) % sentences.length] ?? '',
    ).join(' '),
  );
}

/** The quickest of three readings: what a search costs, whatever else the machine does. */
function quickest(run: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const begun = performance.now();
    run();
    return performance.now() - begun;
  });
  return Math.min(...times);
}

/** How fast one question finds its place among 1,529 long passages. */
export function retrievalBench(sentences: readonly string[]): BenchResult[] {
  const thai = sentences.filter(text => text.length > 20);
  const passages = passagesOf(thai);
  const begun = performance.now();
  const index = indexPassages(passages);
  const indexMs = performance.now() - begun;
  const times = thai.filter((_, row) => row % 5 === 0).map(text => quickest(() => index.search(text, 10)));
  const letters = passages.reduce((sum, passage) => sum + passage.length, 0);
  return [
    alone('nlu retrieve, letters indexed', letters, 'letters'),
    alone('nlu retrieve, indexing', indexMs / 1000, 's'),
    alone(`nlu retrieve among ${passageCount} p50`, quantile(times, 0.5), 'ms'),
    alone(`nlu retrieve among ${passageCount} p99`, quantile(times, 0.99), 'ms'),
  ];
}
