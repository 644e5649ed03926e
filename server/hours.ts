import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, type OpeningHours, hoursSchema } from '../core';

/** When officers can be reached: by the operator's own file, or as shipped. A file that is wrong stops the start and says where. */
export function loadHours(root: string, ownFile?: string): OpeningHours {
  const file = ownFile ?? join(root, 'knowledge', 'data', 'opening-hours.json');
  try {
    return hoursSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new AppError('CONFIGURATION_INVALID', `The opening hours cannot be read: ${file}\n${why}`, {
      cause: error,
    });
  }
}
