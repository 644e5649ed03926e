import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core';
import {
  agencyRowSchema,
  complaintRowSchema,
  entrySchema,
  hotlineRowSchema,
  publicHotlineSchema,
  serviceRowSchema,
} from './schema';
import type { Register } from './register';

function read<T>(file: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError('INPUT_INVALID', `${file} is not valid JSON; mend it and start again.`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map(issue => `${issue.path.join('.')}: ${issue.message}`);
  throw new AppError('INPUT_INVALID', `${file} does not fit the register: ${problems.join('; ')}`);
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => join(folder, name));
}

/** Reads the register that we ship: the roadmap's catalogue and the written entries. */
export function loadRegister(folder: string): Register {
  const catalogue = (name: string): string => join(folder, 'catalogue', `${name}.json`);
  return {
    services: read(catalogue('services'), z.array(serviceRowSchema)),
    complaints: read(catalogue('complaint-channels'), z.array(complaintRowSchema)),
    hotlines: read(catalogue('hotlines'), z.array(hotlineRowSchema)),
    publicHotlines: read(join(folder, 'hotlines.json'), z.array(publicHotlineSchema)),
    agencies: [
      ...read(catalogue('agencies'), z.array(agencyRowSchema)),
      ...read(join(folder, 'extra-agencies.json'), z.array(agencyRowSchema)),
    ],
    entries: jsonFiles(join(folder, 'services')).map(file => read(file, entrySchema)),
  };
}
