import { z } from 'zod';
import { type Clock, type KnownDates, type Reminders, type Role, type Route, route } from '../../core';

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
/** Farther moments are no dates. */
const lastMoment = Date.UTC(9999, 0);

/** What the calendar of the desk and its form for a new reminder look up. */
export function reminderDateRoutes(parts: {
  readonly reminders: Pick<Reminders, 'byDay'>;
  readonly dates: KnownDates;
  readonly clock: Clock;
}): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/reminder-days',
      summary:
        'How many reminders of the agency are due on each day; a day with more than are counted says so',
      access: workers,
      query: z.object({
        from: z.coerce.number().int().nonnegative().max(lastMoment).optional(),
        days: z.coerce.number().int().min(1).max(31).default(31),
      }),
      returns: z.object({
        days: z.array(z.object({ day: z.string(), count: z.number(), more: z.boolean() })),
      }),
      async handle({ query: { from = parts.clock(), days }, officer }) {
        return { body: { days: [...(await parts.reminders.byDay(officer.agencyId, from, days))] } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/reminder-dates',
      summary: 'Dates that stand in law: the next last day, when to tell, and where they stand',
      access: workers,
      returns: z.object({
        dates: z.array(
          z.object({
            id: z.string(),
            purpose: z.enum(['benefit', 'renewal']),
            name: z.record(z.string(), z.string()),
            note: z.record(z.string(), z.string()),
            source: z.string(),
            text: z.unknown(),
            leadsMs: z.array(z.number()),
            repeats: z.string().optional(),
            topic: z.unknown().optional(),
            day: z.number().optional(),
          }),
        ),
      }),
      handle() {
        const shown = parts.dates.all(parts.clock()).map(({ name, note, leadsMs, ...rest }) => ({
          ...rest,
          ...{ name: { ...name }, note: { ...note }, leadsMs: [...leadsMs] },
        }));
        return Promise.resolve({ body: { dates: shown } });
      },
    }),
  ];
}
