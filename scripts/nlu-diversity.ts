import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRegister, publish } from '../knowledge';
import { coverage, loadExamples, styles } from '../nlu';
import { projectRoot } from '../server/root';
import { runScript } from './json-lines';

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** Labels named in the report; more would be a list to skip. */
const named = 12;

/** Writes docs/phrases.md: how many training phrases there are against what is wanted, and how different they are. */
function main(): void {
  const root = projectRoot();
  const topics = publish(loadRegister(join(root, 'knowledge', 'data'))).topics();
  const examples = loadExamples(join(root, 'knowledge', 'data', 'phrases'));
  const counts = table(
    ['kind', 'labels', 'phrases', 'wanted each', 'fewest', 'median', 'below'],
    coverage(topics, examples).map(each => [
      each.group,
      each.labels,
      each.phrases,
      each.wanted,
      each.fewest,
      each.median,
      each.below.length <= named ? each.below.join(', ') || 'none' : `${each.below.length} labels`,
    ]),
  );
  const manners = table(
    ['manner', 'phrases', 'distinct words', 'words a phrase', 'without any word of the official name'],
    styles(topics, examples).map(each => [
      each.style,
      each.phrases,
      each.distinctWords,
      each.wordsEach.toFixed(1),
      percent(each.withoutName),
    ]),
  );
  const text = `# The training phrases

Written by \`npm run nlu:diversity\` from \`knowledge/data/phrases\`. Words are those of our own segmenter. Names and questions of the
entries are learnt as well and are not counted here, nor are the variants that the training derives.

## How many

${counts}

## How different

${manners}
`;
  const file = join(root, 'docs', 'phrases.md');
  writeFileSync(file, text);
  process.stdout.write(`${file}\n`);
}

runScript(main);
