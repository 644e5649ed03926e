import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { indexPassages } from '../nlu';
import { percentile, readArguments, readJsonLines, runScript } from './json-lines';

const id = z.union([z.string(), z.number()]);
const passageSchema = z.object({ pid: id, text: z.string() });
const questionSchema = z.object({ question: z.string(), pid: id });

const usage = 'usage: npm run -s nlu:retrieve -- PASSAGES.jsonl QUESTIONS.jsonl [--predictions FILE]';

/** How many passages are written for each question. */
const listed = 10;

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Indexes passages with our retrieval and asks it questions whose passage is known. */
function main(): void {
  const { files, predictions } = readArguments(process.argv.slice(2));
  const [passageFile, questionFile] = files;
  if (!passageFile || !questionFile) throw new Error(usage);
  const passages = readJsonLines(passageFile, passageSchema);
  const questions = readJsonLines(questionFile, questionSchema);
  const started = performance.now();
  const index = indexPassages(passages.map(passage => passage.text));
  const indexSeconds = (performance.now() - started) / 1000;
  const times: number[] = [];
  const ranked = questions.map(({ question }) => {
    const begun = performance.now();
    const hits = index.search(question, listed);
    times.push(performance.now() - begun);
    return hits.flatMap(hit => passages[hit.passage]?.pid ?? []);
  });
  if (predictions)
    writeFileSync(predictions, ranked.map(list => `${JSON.stringify({ ranked: list })}\n`).join(''));
  const places = questions.map(({ pid }, at) => (ranked[at] ?? []).indexOf(pid));
  const share = (holds: (place: number) => boolean): number =>
    places.filter(holds).length / Math.max(places.length, 1);
  const result = {
    top1: round(
      share(place => place === 0),
      4,
    ),
    top5: round(
      share(place => place >= 0 && place < 5),
      4,
    ),
    mrr10: round(
      places.reduce((sum, place) => sum + (place < 0 ? 0 : 1 / (place + 1)), 0) / Math.max(places.length, 1),
      4,
    ),
    indexSeconds: round(indexSeconds, 2),
    p50Ms: round(percentile(times, 0.5), 3),
    p99Ms: round(percentile(times, 0.99), 3),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

runScript(main);
