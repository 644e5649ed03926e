import { appendFileSync } from 'node:fs';
import { type EngineUnderTest, mongoUnderTest, sqliteUnderTest } from './engines';
import { faultRun } from './run';

/** `npm run test:faults` asks for more of both. */
const kills = Number(process.env.FAULT_KILLS ?? '20');
const roundsPerPoint = Number(process.env.FAULT_ROUNDS ?? '1');
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

const points = ['verified', 'stored', 'decided', 'committed', 'before-send', 'sent', 'marked'] as const;
const everyPoint = points.flatMap(point =>
  Array.from({ length: roundsPerPoint }, (_, round) => [point, 2 + 3 * round] as const),
);

const { MONGODB_URL, REDIS_URL } = process.env;
const minutes = 60_000;
const longest = Math.max(4, Math.ceil((kills + everyPoint.length) / 3)) * minutes;

async function holds(under: () => EngineUnderTest): Promise<void> {
  const { name, killsPerDatabase } = under();
  const parts = Math.ceil((kills + everyPoint.length) / killsPerDatabase) || 1;
  for (let part = 0; part < parts; part += 1) {
    const say = (line: string): unknown =>
      process.env.FAULT_LOG && process.stderr.write(`${name}, ${part + 1} of ${parts}: ${line}\n`);
    const share = Math.floor((kills * (part + 1)) / parts) - Math.floor((kills * part) / parts);
    const points = everyPoint.filter((_, index) => index % parts === part);
    const run = { ...under(), seed: seed + part, kills: share, points, onProgress: say };
    const result = await faultRun(run);
    if (process.env.FAULT_LOG)
      appendFileSync(
        process.env.FAULT_LOG,
        `${JSON.stringify({ engine: name, seed: run.seed, ...result })}\n`,
      );
    expect(result.violations).toEqual([]);
    expect(result.kills).toBe(share + points.length);
    expect(result.acknowledged).toBeGreaterThan(share * 5);
    expect(result.web).toBeGreaterThan(share);
  }
}

describe('nothing acknowledged is lost or doubled when the process is killed', () => {
  it(`SQLite, one process (seed ${seed})`, () => holds(() => sqliteUnderTest), longest);

  (MONGODB_URL && REDIS_URL ? it : it.skip)(
    `MongoDB and Redis, two processes (seed ${seed}); needs MONGODB_URL and REDIS_URL`,
    () => holds(() => mongoUnderTest(MONGODB_URL ?? '', REDIS_URL ?? '')),
    longest,
  );
});
