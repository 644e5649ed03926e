import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core';

const catalogueSchema = z.record(z.string(), z.string());

/** Sentences by language, of one part of the product (`bot`, `webchat`, `kiosk`, `desk`). */
export type Locales = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Reads `<folder>/<language>/<part>.json` of all folders; later folders add and override. Adding a language is adding files. */
export function loadLocales(folders: readonly string[], part: string): Locales {
  const locales: Record<string, Record<string, string>> = {};
  for (const folder of folders) {
    for (const language of readdirSync(folder)
      .filter(name => /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/u.test(name))
      .sort()) {
      const file = join(folder, language, `${part}.json`);
      if (!existsSync(file)) continue;
      const parsed = catalogueSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      if (!parsed.success)
        throw new AppError('CONFIGURATION_INVALID', `${file} must be one JSON object of sentences.`);
      locales[language] = { ...locales[language], ...parsed.data };
    }
  }
  return locales;
}
