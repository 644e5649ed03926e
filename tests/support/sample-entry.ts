import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/root';

const folder = join(projectRoot(), 'knowledge', 'data', 'services');

/** Services whose answers the product ships. */
export const writtenServices: readonly string[] = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => name.replace(/\.json$/u, ''));

/** A whole entry as an editor sends it; the address says whose it is. */
export function sampleEntry(): object {
  const { id: _id, ...content } = JSON.parse(readFileSync(join(folder, 'p1-02.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  return { ...content, related: [], incompatible: [] };
}
