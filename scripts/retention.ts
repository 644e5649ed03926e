import { parseArgs } from 'node:util';
import { upkeep } from './upkeep';

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });

/** Lets go of what is past its time; `--dry-run` only counts. */
upkeep(async ({ privacy }) => {
  const { dryRun, removed } = await privacy.expire(values['dry-run']);
  for (const [module, counts] of Object.entries(removed))
    for (const [collection, count] of Object.entries(counts))
      process.stdout.write(`${module} ${collection}: ${count} ${dryRun ? 'would go' : 'gone'}\n`);
  process.stdout.write(dryRun ? 'Nothing was removed: a dry run.\n' : 'Done.\n');
});
