import { z } from 'zod';
import { AppError, type Role, type Route, route } from '../../core';
import { type Imports, mostFileBytes } from './imports';
import { type ImportRecord, fileFaults } from './records';
import { columnsOf, headings, settingsSchema } from './rows';

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const params = z.strictObject({ id: z.string().min(1).max(60) });
const states = [
  'empty',
  'checking',
  'checked',
  'refused',
  'applying',
  'done',
  'cancelling',
  'cancelled',
] as const;

const view = z.object({
  id: z.string(),
  name: z.string(),
  by: z.string(),
  kind: z.enum(['reminders', 'audience']),
  state: z.enum(states),
  rows: z.number().optional(),
  at: z.number(),
  problems: z.number(),
  made: z.number(),
  skipped: z.record(z.string(), z.number()),
  tooLate: z.number(),
  fault: z.enum(fileFaults).optional(),
  why: z.string().optional(),
  /** Headings the file needs, and those it may have. */
  needed: z.array(z.string()),
  more: z.array(z.string()),
  createdAt: z.number(),
});

function viewOf(record: ImportRecord): z.infer<typeof view> {
  const { id, name, officer, settings, state, rows, at, problems, made, skipped, tooLate, why, fault } =
    record;
  const { needed, more } = columnsOf(settings);
  const named = (names: readonly string[]): string[] => names.map(each => headings[each]?.[0] ?? each);
  return {
    ...{ id, name, by: officer.name, kind: settings.kind, state, at, problems, made, tooLate },
    ...{ skipped: { ...skipped }, needed: named(needed), more: named(more), createdAt: record.createdAt },
    ...(rows === undefined ? {} : { rows }),
    ...(fault === undefined ? {} : { fault }),
    ...(why === undefined ? {} : { why }),
  };
}

/** Files of reminders, or of people for campaigns: handed in, checked, and only then made. */
export function importRoutes(imports: Imports): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/reminder-imports',
      summary: 'The last imports of the agency',
      access: workers,
      returns: z.object({ imports: z.array(view) }),
      handle: async ({ officer }) => ({ body: { imports: (await imports.list(officer, 30)).map(viewOf) } }),
    }),
    route({
      method: 'post',
      path: '/api/v1/reminder-imports',
      summary: 'Begins an import: what its rows are, before the file is handed in',
      audit: 'reminder-import.begun',
      access: workers,
      body: z.strictObject({ name: z.string().trim().min(1).max(200), settings: settingsSchema }),
      returns: view,
      handle: async ({ body: { name, settings }, officer }) => ({
        body: viewOf(await imports.begin(officer, name, settings)),
      }),
    }),
    route({
      method: 'put',
      path: '/api/v1/reminder-imports/:id/file',
      summary:
        'Hands in the file (CSV in UTF-8, or an Excel workbook) and has it checked; nothing is made yet',
      audit: 'reminder-import.handed-in',
      access: workers,
      params,
      upload: { maxBytes: mostFileBytes },
      returns: view,
      async handle({ params: { id }, officer, upload }) {
        if (!upload) throw new AppError('INPUT_INVALID', 'There is no file in this request.');
        return { body: viewOf(await imports.give(id, officer, upload.bytes)) };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/reminder-imports/:id',
      summary: 'How far an import is',
      access: workers,
      params,
      returns: view,
      handle: async ({ params: { id }, officer }) => ({ body: viewOf(await imports.get(id, officer)) }),
    }),
    route({
      method: 'get',
      path: '/api/v1/reminder-imports/:id/problems',
      summary: 'What is wrong, by row and column',
      access: workers,
      params,
      query: z.object({ after: z.string().max(2_000).optional() }),
      returns: z.object({
        problems: z.array(
          z.object({
            row: z.number(),
            column: z.string(),
            problem: z.string(),
            detail: z.string().optional(),
          }),
        ),
        cursor: z.string().optional(),
      }),
      handle: async ({ params: { id }, query: { after }, officer }) => ({
        body: await imports.problems(id, officer, after),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/reminder-imports/:id/acts',
      summary: 'Makes what was checked and found right, or cancels and takes back what was made',
      audit: ({ act }) => (act === 'apply' ? 'reminder-import.applied' : 'reminder-import.cancelled'),
      access: workers,
      params,
      body: z.strictObject({ act: z.enum(['apply', 'cancel']) }),
      returns: view,
      handle: async ({ params: { id }, body: { act }, officer }) => ({
        body: viewOf(await imports.act(id, officer, act)),
      }),
    }),
  ];
}
