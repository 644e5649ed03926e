import { casesBench } from './cases';
import { chatBench } from './chat';
import { knowledgeBench } from './knowledge';
import { nluBench } from './nlu-understanding';
import { remindersBench } from './reminders';
import type { BenchResult } from './result';

const benches: Readonly<
  Record<string, (onProgress: (line: string) => void) => Promise<readonly BenchResult[]>>
> = {
  cases: casesBench,
  chat: chatBench,
  knowledge: knowledgeBench,
  nlu: nluBench,
  reminders: remindersBench,
};

function table(results: readonly BenchResult[]): string {
  const rows = results.map(({ bench, value, unit, peer, peerValue, ratio }) => [
    bench,
    `${value} ${unit}`,
    peer === undefined ? '' : `${peer}: ${peerValue} ${unit}`,
    ratio === undefined ? '' : `× ${ratio}`,
  ]);
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Runs the named benchmarks, or all of them. Ends at Ctrl-C. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const names = wanted.length > 0 ? wanted : Object.keys(benches);
  const results: BenchResult[] = [];
  for (const name of names) {
    const bench = benches[name];
    if (!bench)
      throw new Error(`There is no benchmark "${name}"; there are: ${Object.keys(benches).join(', ')}`);
    process.stderr.write(`${name} …\n`);
    results.push(...(await bench(line => process.stderr.write(`  ${line}\n`))));
  }
  process.stdout.write(`${table(results)}\n\n`);
  for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
