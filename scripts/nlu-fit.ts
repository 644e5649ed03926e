import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import {
  defaultTraining,
  type LabelledText,
  loadClassifier,
  normaliseLightly,
  type TrainOptions,
  trainClassifier,
} from '../nlu';
import { percentile, readArguments, readJsonLines, runScript } from './json-lines';

const rowSchema = z.object({ text: z.string(), intent: z.string().min(1) });
type Row = z.infer<typeof rowSchema>;

const usage = 'usage: npm run -s nlu:fit -- TRAIN.jsonl TEST.jsonl [--predictions FILE]';

interface Guess {
  readonly predicted: string;
  readonly confidence: number;
}

/** Intents named for their scenario, such as alarm_set and alarm_remove, belong together. */
const scenarioOf = (intent: string): string => intent.split(/[_:./-]/u, 1)[0] ?? intent;

/** Names that put nearly all intents into a few groups say something else than a scenario. */
const mostIntentsAScenario = 8;

function training(intents: ReadonlySet<string>): TrainOptions {
  const scenarios = new Set([...intents].map(scenarioOf));
  const telling = scenarios.size * mostIntentsAScenario >= intents.size;
  return telling ? { ...defaultTraining, groupOf: scenarioOf, groupShare: 0.2 } : defaultTraining;
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
  const file = trainClassifier(texts, training(new Set(texts.map(text => text.label)))).save();
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
