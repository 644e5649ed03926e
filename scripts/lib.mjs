/** Where things are, and whether the build is as new as its sources. Plain JavaScript: runs before anything is built. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const dist = join(root, 'dist');

const left = new Set(['node_modules', 'dist', 'data', '.git', 'coverage', '.cache', 'docs']);

/** Files below `folder` that match, as paths; `data` folders of the product itself are looked into. */
export function filesBelow(folder, matches, found = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!(folder === root && left.has(entry.name)) && entry.name !== 'node_modules')
        filesBelow(path, matches, found);
    } else if (matches(path)) found.push(path);
  }
  return found;
}

/** A short hash over the names, sizes and contents of files. */
export function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

export const isFile = path => existsSync(path) && statSync(path).isFile();
