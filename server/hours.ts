import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpeningHours, hoursSchema } from '../core';

/** When officers can be reached: the opening hours that the installation ships with. */
export function loadHours(root: string): OpeningHours {
  return hoursSchema.parse(
    JSON.parse(readFileSync(join(root, 'knowledge', 'data', 'opening-hours.json'), 'utf8')),
  );
}
