/** Asks the registry about known weaknesses of what is shipped; each one has to be gone or explained in docs/security.md. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: root,
  maxBuffer: 64 * 1024 * 1024,
});
const report = JSON.parse(stdout.toString() || '{}');
if (!report.vulnerabilities) {
  process.stderr.write(
    `The registry gave no answer: ${report.message ?? report.error?.summary ?? 'nothing readable'}\n`,
  );
  process.exit(2);
}
// `| GHSA-xxxx-xxxx-xxxx | package | why it does not reach us |`
const explained = new Set(
  readFileSync(join(root, 'docs', 'security.md'), 'utf8').match(/GHSA(?:-\w{4}){3}/gu),
);
const found = new Map(
  Object.values(report.vulnerabilities)
    .flatMap(({ via }) => via.filter(each => typeof each === 'object'))
    .map(({ url, title, severity, name }) => [url.split('/').at(-1), `${severity}: ${name}: ${title}`]),
);
const open = [...found].filter(([id]) => !explained.has(id));
for (const [id, what] of open) process.stdout.write(`${id} ${what}\n`);
const gone = [...explained].filter(id => !found.has(id));
for (const id of gone)
  process.stdout.write(`${id} is explained in docs/security.md and is not reported any more\n`);
process.stdout.write(`${found.size} known weaknesses, ${found.size - open.length} of them explained\n`);
process.exit(open.length + gone.length > 0 ? 1 : 0);
