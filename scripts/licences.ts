import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '../server/root';
import { licenceFaults, licenceList } from './licence-rules';
import { shippedPackages } from './packages';

/** Writes docs/licences.md; ends with 1 when a part may not be shipped. */
async function main(): Promise<void> {
  const root = projectRoot();
  const file = join(root, 'docs', 'licences.md');
  const packages = shippedPackages(root);
  const faults = licenceFaults(packages);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  const options = await resolveConfig(file);
  writeFileSync(file, await format(licenceList(packages), { ...options, parser: 'markdown' }));
  process.stdout.write(`${packages.length} packages in ${file}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
