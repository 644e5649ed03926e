import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongoEngine, sqliteEngine } from '../../store';
import { mongoUnderTest, sqliteUnderTest } from './engines';
import { reminderRun } from './reminders-run';

/** The short form; `npm run test:faults` runs the long one. */
const count = Number(process.env['FAULT_REMINDERS'] ?? '400');
const kills = Number(process.env['FAULT_REMINDER_KILLS'] ?? '3');
const seed = Number(process.env['FAULT_SEED'] ?? '20261125');
const log = process.env['FAULT_LOG'];
const isLong = process.env['FAULT_REMINDERS'] !== undefined;

const { MONGODB_URL: mongodbUrl, REDIS_URL: redisUrl } = process.env;
const engines = [
  {
    ...sqliteUnderTest,
    look: (dir: string) => sqliteEngine({ file: join(dir, 'thamrat.db'), readOnly: true }),
  },
  ...(mongodbUrl && redisUrl
    ? [mongoUnderTest(mongodbUrl, redisUrl)].map(each => ({
        ...each,
        env: { ...each.env, REDIS_URL: new URL(`/${1 + (seed % 15)}`, redisUrl).href },
        look: () => mongoEngine({ url: each.env['MONGODB_URL'] ?? '' }),
      }))
    : []),
];

describe('reminders under kills of workers and of the provider', () => {
  it.each(engines)(
    'are each sent exactly once, or recorded as in doubt, on $name',
    async ({ name, env, look, processes, remove }) => {
      const result = await reminderRun({
        ...{ seed, reminders: count, kills, env, look, processes, remove },
        ...(isLong ? { onProgress: line => process.stderr.write(`${name}: ${line}\n`) } : {}),
      });
      if (log)
        appendFileSync(log, `${JSON.stringify({ suite: 'reminders', name, count, seed, ...result })}\n`);
      expect(result.violations.slice(0, 20)).toEqual([]);
      expect(result.sent).toBeGreaterThan(count / 2);
    },
    isLong ? 900_000 : 120_000,
  );
});

if (!mongodbUrl || !redisUrl)
  describe.skip('reminders under kills on MongoDB and Redis (MONGODB_URL and REDIS_URL are not set)', () =>
    it('is not tried', () => undefined));
