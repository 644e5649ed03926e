/** `npm run test:faults`: 200 kills an engine and every named step twenty times; writes what came out to docs/fault-report.md. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './lib.mjs';

build();
const folder = mkdtempSync(join(tmpdir(), 'thamrat-faults-'));
const report = join(folder, 'report.json');
const env = {
  ...process.env,
  FAULT_KILLS: process.env.FAULT_KILLS ?? '200',
  FAULT_ROUNDS: process.env.FAULT_ROUNDS ?? '20',
  FAULT_REMINDERS: process.env.FAULT_REMINDERS ?? '10000',
  FAULT_REMINDER_KILLS: process.env.FAULT_REMINDER_KILLS ?? '60',
  FAULT_LOG: join(folder, 'results.jsonl'),
};
const jest = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    'tests/faults',
    '--runInBand',
    '--json',
    `--outputFile=${report}`,
  ],
  { cwd: root, env, stdio: ['ignore', 2, 2] },
);
const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
const rows = testResults
  .flatMap(suite => suite.assertionResults)
  .map(test => `| ${test.title} | ${test.status} | ${((test.duration ?? 0) / 1000).toFixed(0)} s |`);
let runs = '';
try {
  runs = readFileSync(env.FAULT_LOG, 'utf8')
    .trim()
    .split('\n')
    .map(line => `- \`${line}\``)
    .join('\n');
} catch {
  runs = '(no run ended)';
}
writeFileSync(
  join(root, 'docs', 'fault-report.md'),
  `# Last result of \`npm run test:faults\`

${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${env.FAULT_KILLS} random kills and ${env.FAULT_ROUNDS} rounds of each named step an engine.

| test | result | time |
| --- | --- | --- |
${rows.join('\n')}

What each run counted:

${runs}
`,
);
rmSync(folder, { recursive: true, force: true });
process.exit(jest.status ?? 1);
