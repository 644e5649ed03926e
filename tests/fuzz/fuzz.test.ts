import { fuzzProduct, wrongs } from './run';

/** A seed of its own for each day, printed with what it found: over time CI sees more than one list of inputs. */
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const inputs = Number(process.env['FUZZ_INPUTS'] ?? 100_000);

it(`stays up under ${inputs} inputs at every border (FUZZ_SEED=${seed})`, async () => {
  const report = await fuzzProduct({ inputs, seed });
  expect(wrongs(report)).toEqual([]);
  expect(report.done).toBeGreaterThanOrEqual(inputs);
  expect(report.answers['200']).toBeGreaterThan(inputs / 50);
  expect(report.answers['400']).toBeGreaterThan(inputs / 50);
  expect(report.answers['INPUT_INVALID']).toBeGreaterThan(inputs / 500);
}, 600_000);
