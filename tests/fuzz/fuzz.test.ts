import { fuzzProduct, wrongs } from './run';

/** A short form; the long one is `npm run fuzz`, with the same inputs for the same seed. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const inputs = Number(process.env['FUZZ_INPUTS'] ?? 2_000);

it(`stays up under ${inputs} inputs at every border (FUZZ_SEED=${seed})`, async () => {
  const report = await fuzzProduct({ inputs, seed });
  expect(wrongs(report)).toEqual([]);
  expect(report.done).toBeGreaterThanOrEqual(inputs);
  expect(report.answers['200']).toBeGreaterThan(inputs / 50);
  expect(report.answers['400']).toBeGreaterThan(inputs / 50);
  expect(report.answers['INPUT_INVALID']).toBeGreaterThan(inputs / 500);
}, 600_000);
