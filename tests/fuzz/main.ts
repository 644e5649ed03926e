import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzzProduct, wrongs } from './run';

const usage = 'Usage: npm run -s fuzz [-- --inputs 1000000] [--seed N] [--minutes N]\n';

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  process.stderr.write(usage);
  process.exit(2);
}

/** Throws inputs at every border of the shipped program; Ctrl-C, or the minutes given, end it early and it still reports. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { inputs: { type: 'string' }, seed: { type: 'string' }, minutes: { type: 'string' } },
  });
  const inputs = whole(values.inputs, 100_000);
  const seed = whole(values.seed, randomInt(1_000_000_000));
  const minutes = whole(values.minutes, 24 * 60);
  process.stdout.write(`${inputs} inputs, --seed ${seed}\n`);
  let stopped = false;
  process.once('SIGINT', () => (stopped = true));
  process.once('SIGTERM', () => (stopped = true));
  const began = performance.now();
  const isLate = (): boolean => performance.now() - began > minutes * 60_000;
  const report = await fuzzProduct({
    inputs,
    seed,
    isStopped: () => stopped || isLate(),
    onProgress(done) {
      process.stderr.write(`${done} of ${inputs}\n`);
    },
  });
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(
    `${report.done} inputs in ${seconds.toFixed(0)} s; memory ${report.heldMb.join(' → ')} MB; ${JSON.stringify(report.answers)}\n`,
  );
  const { operations, unreached } = report;
  process.stdout.write(
    `${operations - unreached.length} of ${operations} operations succeeded at least once; not: ${unreached.join(', ') || 'none'}\n`,
  );
  const found = wrongs(report);
  for (const wrong of found) process.stdout.write(`${wrong}\n`);
  if (found.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(2);
});
