import { z } from 'zod';
import {
  AppError,
  type Clock,
  type Reminders,
  type ReminderTexts,
  type Role,
  type Route,
  reminderPurposes,
  route,
} from '../../core';
import { textSchema } from '../reminders/records';
import { phone } from '../reminders/schemas';
import { plainHints } from './check';
import { templates } from './templates';

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const written = z.strictObject({
  text: textSchema,
  language: z.string().min(2).max(20).default('th'),
  dueAt: z.number().int().positive().exactOptional(),
});

export interface TextRouteParts {
  readonly texts: ReminderTexts;
  readonly reminders: Pick<Reminders, 'create'>;
  readonly clock: Clock;
  /** Price of one part of an SMS. */
  readonly satangPerSegment: number;
}

/** What officers write with: the templates, a look at the text as it arrives, and one to their own phone. */
export function textRoutes({ texts, reminders, clock, satangPerSegment }: TextRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/reminder-templates',
      summary: 'The templates of reminders and what each is filled with',
      access: workers,
      returns: z.object({
        templates: z.array(
          z.object({
            id: z.string(),
            purposes: z.array(z.enum(reminderPurposes)),
            variables: z.array(
              z.object({ name: z.string(), kind: z.string(), maxUnits: z.number().optional() }),
            ),
          }),
        ),
      }),
      handle: () =>
        Promise.resolve({
          body: {
            templates: templates.map(({ id, purposes, variables }) => ({ id, purposes, variables })),
          },
        }),
    }),
    route({
      method: 'post',
      path: '/api/v1/reminder-texts/preview',
      summary: 'The text as it arrives, its parts and price, and where it sounds like an office',
      audit: 'reminder-text.viewed',
      access: workers,
      body: written,
      returns: z.object({
        fault: z.string().optional(),
        text: z.string().optional(),
        spoken: z.string().optional(),
        segments: z.number().optional(),
        units: z.number().optional(),
        costSatang: z.number().optional(),
        hints: z.array(z.object({ word: z.string(), instead: z.string() })),
      }),
      handle({ body: { text, language, dueAt } }) {
        const fault = texts.fault(text, language);
        if (fault !== undefined) return Promise.resolve({ body: { fault, hints: [] } });
        const now = clock();
        const shown = texts.write(text, { language, dueAt: dueAt ?? now, now });
        return Promise.resolve({
          body: {
            ...shown,
            units: shown.text.length,
            costSatang: shown.segments * satangPerSegment,
            hints: language === 'th' ? plainHints(shown.text) : [],
          },
        });
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/reminder-texts/test',
      summary: 'Sends the text once, to the number of whoever is trying it',
      audit: 'reminder-text.tested',
      access: workers,
      body: written.extend({ clientId: z.string().min(1).max(100), phone }),
      returns: z.object({ id: z.string() }),
      async handle({ body: { text, language, dueAt, clientId, phone: number }, officer }) {
        const now = clock();
        const due = Math.max(dueAt ?? now, now);
        const made = await reminders.create({
          key: `test/${officer.id}/${clientId}`,
          agencyId: officer.agencyId,
          phone: number,
          purpose: 'personal',
          basis: { basis: 'consent', at: now, how: 'a test by an officer' },
          ...{ text, language, dueAt: due, leadsMs: [due - now], ladder: [{ way: 'sms' }], asks: false },
          by: { kind: 'officer', officer: { id: officer.id, name: officer.name } },
        });
        if (made.outcome === 'refused')
          throw new AppError('INPUT_INVALID', `The test was not sent: ${made.detail ?? made.why}.`);
        return { body: { id: made.reminder.id } };
      },
    }),
  ];
}
