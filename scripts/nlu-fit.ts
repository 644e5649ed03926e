import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type LabelledText, loadClassifier, normaliseLightly, trainClassifier } from '../nlu';
import { percentile, readArguments, readJsonLines, runScript } from './json-lines';

const rowSchema = z.object({ text: z.string(), intent: z.string().min(1) });
type Row = z.infer<typeof rowSchema>;

const usage = 'usage: npm run -s nlu:fit -- TRAIN.jsonl TEST.jsonl [--predictions FILE]';

interface Guess {
  readonly predicted: string;
  readonly confidence: number;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Mean over the test set's intents of the harmonic mean of precision and recall. */
function macroF1(rows: readonly Row[], guesses: readonly Guess[]): number {
  const counts = new Map<string, { right: number; guessed: number; real: number }>();
  const of = (intent: string): { right: number; guessed: number; real: number } => {
    const found = counts.get(intent) ?? { right: 0, guessed: 0, real: 0 };
    counts.set(intent, found);
    return found;
  };
  rows.forEach(({ intent }, at) => {
    const predicted = guesses[at]?.predicted ?? '';
    of(intent).real += 1;
    of(predicted).guessed += 1;
    if (predicted === intent) of(intent).right += 1;
  });
  const real = [...counts.values()].filter(count => count.real > 0);
  const sum = real.reduce((total, { right, guessed, real: all }) => total + (2 * right) / (guessed + all), 0);
  return real.length === 0 ? 0 : sum / real.length;
}

/** Trains our classifier on any intent corpus and measures it on another file. */
function main(): void {
  const { files, predictions } = readArguments(process.argv.slice(2));
  const [trainFile, testFile] = files;
  if (!trainFile || !testFile) throw new Error(usage);
  const train = readJsonLines(trainFile, rowSchema);
  const test = readJsonLines(testFile, rowSchema);
  const started = performance.now();
  const texts = train.map((row): LabelledText => ({ text: normaliseLightly(row.text), label: row.intent }));
  const file = trainClassifier(texts).save();
  const trainSeconds = (performance.now() - started) / 1000;
  const classifier = loadClassifier(file);
  const times: number[] = [];
  const guesses = test.map((row): Guess => {
    const begun = performance.now();
    const { label, confidence } = classifier.best(normaliseLightly(row.text));
    times.push(performance.now() - begun);
    return { predicted: label, confidence: round(confidence, 4) };
  });
  if (predictions) writeFileSync(predictions, guesses.map(guess => `${JSON.stringify(guess)}\n`).join(''));
  const right = test.filter((row, at) => guesses[at]?.predicted === row.intent).length;
  const result = {
    accuracy: round(right / Math.max(test.length, 1), 4),
    macroF1: round(macroF1(test, guesses), 4),
    trainSeconds: round(trainSeconds, 2),
    p50Ms: round(percentile(times, 0.5), 3),
    p99Ms: round(percentile(times, 0.99), 3),
    modelBytes: file.length,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

runScript(main);
