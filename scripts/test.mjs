/** `npm test`: builds, runs every suite, and ends with one line `N passed, N failed, N skipped`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './lib.mjs';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const missing = [
  ['MONGODB_URL', process.env.MONGODB_URL, 'the MongoDB engine, several processes'],
  ['REDIS_URL', process.env.REDIS_URL, 'jobs on Redis, several processes'],
  ['CHROMIUM_PATH', existsSync(chromium), 'pages in a real browser'],
].filter(([, present]) => !present);
for (const [key, , what] of missing) process.stderr.write(`Skipped because ${key} is not set: ${what}\n`);

build();
const folder = mkdtempSync(join(tmpdir(), 'thamrat-test-'));
const report = join(folder, 'report.json');
const jest = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${report}`,
    '--maxWorkers=2',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['ignore', 2, 2] },
);
let counts = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};
if (existsSync(report)) counts = JSON.parse(readFileSync(report, 'utf8'));
rmSync(folder, { recursive: true, force: true });
// A suite that cannot even be loaded counts as one failure.
const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites + (jest.status === null ? 1 : 0);
process.stdout.write(
  `${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests + counts.numTodoTests} skipped\n`,
);
process.exit(jest.status === 0 && failed === 0 ? 0 : 1);
