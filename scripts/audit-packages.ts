import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../server/root';
import { lockFaults, lockFile } from './lock-rules';

const root = projectRoot();
const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const manifest = z.object({ allowScripts: z.record(z.string(), z.boolean()).default({}) });
const versioned = z.object({ version: z.string() });
const report = z.object({
  message: z.string().optional(),
  vulnerabilities: z
    .record(
      z.string(),
      z.object({
        via: z.array(
          z.union([
            z.string(),
            z.object({ url: z.string(), title: z.string(), severity: z.string(), name: z.string() }),
          ]),
        ),
      }),
    )
    .optional(),
});

/** What the lock file and the folder of packages tell by themselves. */
function checkHere(): boolean {
  const faults = lockFaults(
    lockFile.parse(json('package-lock.json')),
    manifest.parse(json('package.json')).allowScripts,
    path => {
      const file = join(path, 'package.json');
      return existsSync(join(root, file)) ? versioned.parse(json(file)).version : undefined;
    },
  );
  faults.forEach(say);
  say(`Lock file and installed packages: ${faults.length || 'no'} faults`);
  return faults.length === 0;
}

/** What the registry knows about everything shipped; each weakness has to be gone or explained. `undefined`: no answer. */
function askRegistry(): boolean | undefined {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: root, maxBuffer: 2 ** 26 });
  const { vulnerabilities, message = 'nothing readable' } = report.parse(
    JSON.parse(stdout.toString() || '{}'),
  );
  if (!vulnerabilities) {
    say(`Known weaknesses: NOT CHECKED. The registry gave no answer: ${message}`);
    return undefined;
  }
  // `| GHSA-xxxx-xxxx-xxxx | package | why it does not reach us |`
  const text = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
  const explained = new Set<string>(text.match(/GHSA(?:-\w{4}){3}/gu));
  const found = new Map(
    Object.values(vulnerabilities).flatMap(({ via }) =>
      via.flatMap(each =>
        typeof each === 'string'
          ? []
          : [
              [
                each.url.split('/').at(-1) ?? each.url,
                `${each.severity}: ${each.name}: ${each.title}`,
              ] as const,
            ],
      ),
    ),
  );
  const open = [...found].filter(([id]) => !explained.has(id));
  const gone = [...explained].filter(id => !found.has(id));
  for (const [id, what] of open) say(`${id} ${what}`);
  for (const id of gone) say(`${id} is explained in docs/security.md and is not reported any more`);
  say(`Known weaknesses: ${found.size}, ${found.size - open.length} of them explained`);
  return open.length + gone.length === 0;
}

const isOffline = process.argv.includes('--offline');
const here = checkHere();
if (isOffline) say('Known weaknesses: NOT CHECKED, as --offline asks');
const there = isOffline ? true : askRegistry();
// Nobody asked for half of an audit: no answer is no success.
process.exitCode = !here || there === false ? 1 : there === undefined ? 2 : 0;
