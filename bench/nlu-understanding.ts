import { containerBootstrap } from '@nlpjs/core';
import { LangTh } from '@nlpjs/lang-th';
import { Nlp } from '@nlpjs/nlp';
import wordcut from 'wordcut';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRegister, publish } from '../knowledge';
import {
  createUnderstander,
  icuWords,
  loadClassifier,
  loadExamples,
  thaiPlugIn,
  thaiSegmenter,
  trainClassifier,
  readable,
  scoreSegmentation,
} from '../nlu';
import { modelFile } from '../server/knowledge';
import { projectRoot } from '../server/root';
import { retrievalBench } from './nlu-retrieval';
import { type BenchResult, against, alone, quantile } from './result';

/** Milliseconds of each text, after a warm-up. */
function timed(run: (text: string) => unknown, texts: readonly string[]): number[] {
  for (const text of texts.slice(0, 300)) run(text);
  return texts.map(text => {
    const begun = performance.now();
    run(text);
    return performance.now() - begun;
  });
}

const longText = 'ต่อใบขับขี่ที่ไหน '.repeat(5_600);

/** How fast one message is understood, and one of a hundred thousand letters. */
function speed(root: string, texts: readonly string[]): BenchResult[] {
  const topics = publish(loadRegister(join(root, 'knowledge', 'data'))).topics();
  const model = readFileSync(modelFile(root));
  const begun = performance.now();
  const understander = createUnderstander({ version: 'bench', topics, model });
  const loadMs = performance.now() - begun;
  const times = timed(text => understander.understand(text, 0), texts);
  const long = timed(
    text => understander.understand(text, 0),
    Array.from({ length: 20 }, () => longText),
  );
  return [
    alone('nlu load model', loadMs, 'ms'),
    alone('nlu understand p50', quantile(times, 0.5), 'ms'),
    alone('nlu understand p99', quantile(times, 0.99), 'ms'),
    alone('nlu understand 100,000 letters', quantile(long, 0.5), 'ms'),
  ];
}

/** Letters a second, with the platform's breaker in the same run. */
function segmenting(root: string, texts: readonly string[]): BenchResult[] {
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  const perSecond = (run: (text: string) => unknown): number => {
    const ms = timed(run, texts).reduce((sum, time) => sum + time, 0);
    return (units / ms) * 1000;
  };
  const segmenter = thaiSegmenter();
  const ours = perSecond(text => segmenter.words(text));
  wordcut.init();
  // Thirty times slower: a part of the texts shows it as well as all of them.
  const part = texts.filter((_, row) => row % 10 === 0);
  const partUnits = part.reduce((sum, text) => sum + text.length, 0);
  const wordcutMs = timed(text => wordcut.cutIntoArray(text), part).reduce((sum, time) => sum + time, 0);
  return [
    against('nlu segment', ours, 'letters/s', 'Intl.Segmenter', perSecond(icuWords)),
    against('nlu segment', ours, 'letters/s', 'wordcut', (partUnits / wordcutMs) * 1000),
    ...wordsFound(root),
  ];
}

/** Words found among those of the sentences that were cut by hand (F1), in percent. */
function wordsFound(root: string): BenchResult[] {
  const file = join(root, 'nlu', 'segment', 'data', 'hand-cut.txt');
  const sentences = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split('|'));
  const f1 = (cut: (text: string) => readonly string[]): number => scoreSegmentation(sentences, cut).f1 * 100;
  const ours = f1(text => thaiSegmenter().words(text));
  return [
    against('nlu segment F1', ours, '%', 'Intl.Segmenter', f1(icuWords)),
    against(
      'nlu segment F1',
      ours,
      '%',
      'wordcut',
      f1(text => wordcut.cutIntoArray(text)),
    ),
  ];
}

interface Labelled {
  readonly text: string;
  readonly label: string;
}

interface Outcome {
  readonly accuracy: number;
  readonly trainSeconds: number;
}

async function peer(
  train: readonly Labelled[],
  test: readonly Labelled[],
  withPlugIn: boolean,
): Promise<Outcome> {
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangTh);
  if (withPlugIn) container.use(thaiPlugIn);
  const nlp = container.get('nlp');
  Object.assign(nlp.settings, { autoSave: false });
  nlp.addLanguage('th');
  for (const { text, label } of train) nlp.addDocument('th', text, label);
  const begun = performance.now();
  // What nlp.train() does, without its line for every pass: standard output is for results.
  nlp.nluManager.addLanguage(['th']);
  await nlp.nluManager.train({ log: false });
  const trainSeconds = (performance.now() - begun) / 1000;
  let right = 0;
  for (const { text, label } of test) if ((await nlp.process('th', text)).intent === label) right += 1;
  return { accuracy: right / test.length, trainSeconds };
}

function ours(train: readonly Labelled[], test: readonly Labelled[]): Outcome {
  const begun = performance.now();
  const model = trainClassifier(train.map(({ text, label }) => ({ text: readable(text), label }))).save();
  const trainSeconds = (performance.now() - begun) / 1000;
  const classifier = loadClassifier(model);
  const right = test.filter(({ text, label }) => classifier.best(readable(text)).label === label).length;
  return { accuracy: right / test.length, trainSeconds };
}

/** Our classifier and nlp.js, as shipped and with our words, on the same dialog phrases: four in five to learn, one to test. */
async function classifying(examples: readonly Labelled[]): Promise<BenchResult[]> {
  const dialogs = examples.filter(example => example.label.startsWith('intent:'));
  const train = dialogs.filter((_, row) => row % 5 !== 0);
  const test = dialogs.filter((_, row) => row % 5 === 0);
  const own = ours(train, test);
  const stock = await peer(train, test, false);
  const plugged = await peer(train, test, true);
  return [
    against('nlu dialog accuracy', own.accuracy, 'share', 'nlp.js', stock.accuracy),
    against('nlu dialog accuracy', own.accuracy, 'share', 'nlp.js with our Thai words', plugged.accuracy),
    against('nlu dialog training', own.trainSeconds, 's', 'nlp.js', stock.trainSeconds),
  ];
}

/** All benchmarks of the understanding, on the model that the build left. */
export async function nluBench(onProgress: (line: string) => void): Promise<readonly BenchResult[]> {
  const root = projectRoot();
  const examples = loadExamples(join(root, 'knowledge', 'data', 'phrases'));
  const texts = examples.filter((_, row) => row % 5 === 0).map(example => example.text);
  const fast = [...speed(root, texts), ...segmenting(root, texts), ...retrievalBench(texts)];
  onProgress('training nlp.js twice, for comparison');
  return [...fast, ...(await classifying(examples))];
}
