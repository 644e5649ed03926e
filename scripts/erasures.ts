import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { erasuresIn } from '../privacy';
import { upkeep } from './upkeep';

const { values } = parseArgs({ options: { apply: { type: 'string' } } });

/**
 * Prints the list of erasures, one JSON line each: keep it beside every backup, on another machine. `--apply FILE` carries the list (or a
 * log that has them) out again on data that came from a backup; before the product is started on them.
 */
upkeep(async ({ privacy }) => {
  if (values.apply === undefined) {
    for await (const erasure of privacy.erasures.list()) process.stdout.write(`${JSON.stringify(erasure)}\n`);
    return;
  }
  const entries = erasuresIn(readFileSync(values.apply, 'utf8'));
  for (const entry of entries) {
    const removed = Object.values(await privacy.eraseAgain(entry)).reduce((sum, count) => sum + count, 0);
    process.stdout.write(`${entry.id}: ${removed} records removed\n`);
  }
  process.stdout.write(`Done: ${entries.length} erasures.\n`);
});
