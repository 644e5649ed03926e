import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/root';
import { fuzzProduct, wrongs } from './run';
import { webhooks } from './vendor-inputs';

/** The short form; the long one is `npm run fuzz -- --inputs 1000000`. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const inputs = Number(process.env['FUZZ_INPUTS'] ?? 100_000);

/** Operations that no run need bring to success, and why. */
const neverReached: Readonly<Record<string, string>> = {
  'POST /api/v1/reminders/{id}/dealt-with':
    'a dead letter comes of reminders that fell due in the hours in which people are told; a run has no clock of its own',
};

it('throws something at every webhook that the sources name', () => {
  const root = projectRoot();
  const named = ['channels', 'sms', 'server'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(path => /(?<!\.test)\.ts$/u.test(path))
      .flatMap(
        path =>
          readFileSync(join(root, folder, path), 'utf8').match(/(?<=['"`])\/webhooks\/\w[\w/-]*/gu) ?? [],
      ),
  );
  const roots = new Set(named.map(path => path.replace(/\/$/u, '')));
  expect([...roots].sort()).toEqual([...webhooks].sort());
});

it(`stays up under ${inputs} inputs at every border (FUZZ_SEED=${seed})`, async () => {
  const report = await fuzzProduct({ inputs, seed });
  expect(wrongs(report)).toEqual([]);
  expect(report.done).toBeGreaterThanOrEqual(inputs);
  // A run that only meets closed doors would find nothing.
  const missed = report.unreached.filter(name => !Object.hasOwn(neverReached, name));
  expect(inputs < 100_000 ? missed.slice(report.operations / 10) : missed).toEqual([]);
  expect(report.answers['200']).toBeGreaterThan(inputs / 50);
  expect(report.answers['400']).toBeGreaterThan(inputs / 50);
  expect(report.answers['INPUT_INVALID']).toBeGreaterThan(inputs / 500);
}, 1_800_000);
