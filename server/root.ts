import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's own folder, from sources and from `dist` alike: the nearest one with a `package.json`. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json is missing beside the program; install it again.');
    folder = parent;
  }
  return folder;
}
