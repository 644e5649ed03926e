import { z } from 'zod';
import { type Role, type Route, route } from '../../core';
import type { Entries } from '../editing';
import { createEntryImport } from './import';
import { largestFileBytes } from './read';
import { exportFormats, writeEntries } from './write';

export interface ImportRouteParts {
  readonly entries: Entries;
  readonly rolesFor: (action: 'entry.list' | 'entry.import') => readonly Role[];
}

/** Entries in and out as files, for those who work in spreadsheets. */
export function importRoutes({ entries, rolesFor }: ImportRouteParts): Route[] {
  const importFile = createEntryImport(entries);
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/export',
      summary: 'My entries as JSON, CSV (without questions) or Excel, in the form that can be read in again',
      audit: 'entries.exported',
      access: rolesFor('entry.list'),
      query: z.strictObject({ format: z.enum(exportFormats).default('xlsx') }),
      returns: z.unknown(),
      async handle({ officer, query: { format } }) {
        const list = await entries.list(officer);
        const contents = await Promise.all(list.map(({ id }) => entries.content(id, officer)));
        const file = await writeEntries(
          contents.filter(each => each !== undefined),
          format,
        );
        return { file: { ...file, inline: false } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/import',
      summary:
        'Entries from JSON, CSV or Excel as new drafts; says every problem with sheet, row and column, and changes nothing then',
      audit: 'entries.imported',
      access: rolesFor('entry.import'),
      query: z.strictObject({
        dryRun: z.enum(['true', 'false']).default('true'),
        why: z.string().trim().min(3).max(500).default('import'),
      }),
      upload: { maxBytes: largestFileBytes },
      returns: z.object({
        dryRun: z.boolean(),
        rows: z.number(),
        changed: z.array(z.string()),
        unchanged: z.number(),
        problems: z.array(
          z.object({ sheet: z.string(), row: z.number(), column: z.string(), problem: z.string() }),
        ),
      }),
      async handle({ officer, query, upload }) {
        const dryRun = query.dryRun === 'true';
        const report = await importFile(upload?.bytes ?? Buffer.alloc(0), officer, dryRun, query.why);
        return { status: report.problems.length > 0 ? 422 : 200, body: report };
      },
    }),
  ];
}
