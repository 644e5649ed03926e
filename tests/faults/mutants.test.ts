import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../support/product';
import { sqliteUnderTest } from './engines';
import { brokenProduct, mutants } from './mutants';
import { faultRun } from './run';

const seeds = [11, 23, 47];
/** The long run tries all of them. */
const tried = process.env.FAULT_LOG ? mutants : mutants.slice(0, 4);
const longest = 4 * 60_000;

/** Steps where each breakage does harm, and enough random kills for the others. */
const points = [
  ['stored', 3],
  ['before-send', 4],
  ['sent', 4],
] as const;

describe('the fault suite notices deliberate breakages', () => {
  it.each(tried.map(mutant => [mutant.name, mutant] as const))(
    '%s',
    async (_, mutant) => {
      const folder = temporaryFolder();
      try {
        const root = brokenProduct(mutant, join(folder, 'product'));
        let noticed: readonly string[] = [];
        for (const seed of seeds) {
          if (noticed.length > 0) break;
          const run = faultRun({ ...sqliteUnderTest, seed, kills: 4, points, root });
          // A breakage may also keep the product from going on or from coming to rest: noticed as well. A product that cannot start is not.
          noticed = await run.then(
            result => result.violations,
            (error: unknown) => {
              const text = String(error);
              if (/nothing under way|never acknowledged|the step/u.test(text)) return [text];
              throw error;
            },
          );
        }
        expect(noticed).not.toEqual([]);
      } finally {
        removeFolder(folder);
      }
    },
    longest,
  );
});
