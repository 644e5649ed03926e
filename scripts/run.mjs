/** Runs a command of the project by its path without ending, such as `scripts/ask`; builds first when sources changed. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { dist } from './lib.mjs';

const [name, ...args] = process.argv.slice(2);
if (!name) {
  process.stderr.write('Name the command to run, such as scripts/ask.\n');
  process.exit(2);
}
build();
const child = spawn(process.execPath, [join(dist, `${name}.js`), ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
