import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inLanguage } from '../core';
import { type WholeKnowledge, loadRegister, publish } from '../knowledge';
import {
  createUnderstander,
  type DevLine,
  evaluationPage,
  judge,
  type Judged,
  loadDevLines,
  loadExamples,
  measure,
  type Measures,
  randomFrom,
  trainModel,
  withSlips,
} from '../nlu';
import { modelFile } from '../server/knowledge';
import { projectRoot } from '../server/root';
import { runScript } from './json-lines';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The model of the build; trained now where there is none, so that the figures are always of something. */
function modelOf(root: string, knowledge: WholeKnowledge): Uint8Array {
  const file = modelFile(root);
  if (existsSync(file)) return readFileSync(file);
  const examples = loadExamples(join(root, 'knowledge', 'data', 'phrases'));
  return trainModel({ topics: knowledge.topics(), examples });
}

function table(measures: Measures): string {
  const row = (name: string, lines: number, first: number, inThree: number): string =>
    `${name.padEnd(24)} ${String(lines).padStart(6)} ${percent(first).padStart(8)} ${percent(inThree).padStart(8)}`;
  const shares = (list: Measures['byStyle']): string[] =>
    list.map(each => row(each.name, each.lines, each.first, each.inThree));
  return [
    row('', measures.lines, measures.first, measures.inThree).replace(/^ {3}/u, 'all'),
    row('topics', measures.topics.lines, measures.topics.first, measures.topics.inThree),
    '',
    'by style',
    ...shares(measures.byStyle),
    '',
    'by intent and kind',
    ...shares(measures.byGroup),
    '',
    `answered outright ${percent(measures.answered)}, wrong and confident ${percent(measures.wrongConfident)}`,
    `none of these: precision ${percent(measures.none.precision)}, recall ${percent(measures.none.recall)}`,
    `crisis: recall ${percent(measures.crisis.recall)}, false alarms ${percent(measures.crisis.falseAlarms)}`,
    `calibration error ${measures.calibrationError.toFixed(3)}`,
  ].join('\n');
}

const missLine = (row: Judged): string =>
  [
    row.wrongConfident ? 'wrong and confident' : row.decision,
    row.style,
    row.label,
    row.guess,
    row.confidence.toFixed(2),
    row.text,
  ].join('\t');

/** Of the frozen cries and calm lines only totals are told, so that nobody tunes on them. */
function alarms(rows: readonly Judged[]): string {
  const { recall, falseAlarms } = measure(rows).crisis;
  return `sample alarm, ${rows.length} lines: crisis recall ${percent(recall)}, false alarms ${percent(falseAlarms)}`;
}

/** The lines with Thai in them, twice each, with random slips of the hand. */
function misspelt(lines: readonly DevLine[], count: number): DevLine[] {
  const random = randomFrom(count);
  const thai = lines.filter(({ text, style }) => style !== 'keyboard' && /[\u0e01-\u0e5b]{6}/u.test(text));
  return [...thai, ...thai].map(line => ({ ...line, text: withSlips(line.text, count, random) }));
}

function slipsMade(count: number, measures: Measures): string {
  const { lines, first, answered, wrongConfident, crisis } = measures;
  return `slips ${count}, ${lines} lines: right first ${percent(first)}, answered ${percent(answered)}, wrong ${percent(wrongConfident)}, crisis ${percent(crisis.recall)} / ${percent(crisis.falseAlarms)}`;
}

/** Measures the understanding on the development set, lists every miss and writes the page. */
function main(): void {
  const root = projectRoot();
  const knowledge = publish(loadRegister(join(root, 'knowledge', 'data')));
  const folder = join(root, 'knowledge', 'data', 'dev');
  const lines = loadDevLines(folder);
  if (lines.length === 0) throw new Error('knowledge/data/dev holds no lines to measure on.');
  const understander = createUnderstander({
    version: knowledge.version,
    topics: knowledge.topics(),
    model: modelOf(root, knowledge),
  });
  const now = Date.now();
  const read = (some: readonly DevLine[]): Judged[] => some.map(line => judge(understander, line, now));
  const report = (title: string, judged: readonly Judged[]): string =>
    `${title}\n\n${table(measure(judged))}\n\nmisses\n${judged
      .filter(row => !row.right)
      .map(missLine)
      .join('\n')}\n`;
  const rows = read(lines);
  const measures = measure(rows);
  process.stdout.write(report('development set', rows));
  for (const sample of ['apart', 'short', 'everyday', 'danger'])
    process.stdout.write(`\n${report(`sample ${sample}`, read(loadDevLines(join(folder, sample))))}`);
  process.stdout.write(`\n${alarms(read(loadDevLines(join(folder, 'alarm'))))}\n`);
  for (const count of [1, 2, 4])
    process.stdout.write(`${slipsMade(count, measure(read(misspelt(lines, count))))}\n`);
  const names = new Map(
    knowledge.topics().map(topic => [`${topic.kind}:${topic.id}`, inLanguage(topic.name, 'th')]),
  );
  const day = new Date(now).toISOString().slice(0, 10);
  const page = process.argv[2] ?? join(root, 'docs', 'evaluation', `nlu-${day}.html`);
  mkdirSync(dirname(page), { recursive: true });
  const subtitle = `Development set, ${lines.length} lines, never trained on. Register ${knowledge.version}. ${day}.`;
  writeFileSync(page, evaluationPage({ rows, measures, subtitle, nameOf: label => names.get(label) ?? '' }));
  process.stderr.write(`${page}\n`);
}

runScript(main);
