import { upkeep } from './upkeep';

/** Seals every sealed field with the newest key of `DATA_KEYS`; can be stopped and run again. */
upkeep(async ({ collections, seal }) => {
  let changed = 0;
  for (const { collection, keeps, reseal } of collections()) {
    if (!keeps?.sealed) continue;
    const done = await reseal(seal, (looked, renewed) =>
      process.stderr.write(`${collection}: ${looked} looked at, ${renewed} sealed anew\r`),
    );
    changed += done.changed;
    process.stdout.write(`${collection}: ${done.looked} looked at, ${done.changed} sealed anew\n`);
  }
  process.stdout.write(
    `Done: ${changed} records. Older keys may leave DATA_KEYS once no backup needs them.\n`,
  );
});
