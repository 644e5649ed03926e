import { z } from 'zod';
import { AppError, type Clock, type Officer, type Role, type Route, route } from '../../core';
import type { Entry } from '../schema';
import { dueWithinMs } from './due';
import type { Entries } from './entries';
import { type CheckLink, brokenLinks, completeness, missingFrom, missingParts } from './report';
import { entryView } from './route-schemas';

export interface ReportRouteParts {
  readonly entries: Entries;
  readonly clock: Clock;
  readonly checkLink: CheckLink;
  readonly rolesFor: (action: 'entry.list') => readonly Role[];
}

const mostLinks = 200;
const reported = z.object({ id: z.string(), name: z.string(), agencyId: z.string() });

/** What of the register is due, missing or broken. */
export function reportRoutes({ entries, clock, checkLink, rolesFor }: ReportRouteParts): Route[] {
  async function contents(officer: Officer): Promise<Entry[]> {
    const list = await entries.list(officer);
    const read = await Promise.all(list.map(({ id }) => entries.content(id, officer)));
    return read.filter(each => each !== undefined);
  }
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/due',
      summary: 'Entries whose day of review or expiry has come or comes within two weeks, the earliest first',
      access: rolesFor('entry.list'),
      returns: z.object({ entries: z.array(entryView.extend({ dueAt: z.number() })) }),
      async handle({ officer }) {
        const horizon = clock() + dueWithinMs;
        const due = (await entries.list(officer)).flatMap(each => {
          const dueAt = Math.min(each.reviewAt ?? Infinity, each.expiresAt ?? Infinity);
          return dueAt <= horizon ? [{ ...each, dueAt }] : [];
        });
        return { body: { entries: due.sort((a, b) => a.dueAt - b.dueAt) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/knowledge/report',
      summary: 'What is missing in which entry and agency, and the services that nobody has written yet',
      access: rolesFor('entry.list'),
      returns: z.object({
        agencies: z.array(
          z.object({
            agencyId: z.string(),
            written: z.number(),
            unwritten: z.number(),
            missing: z.record(z.enum(missingParts), z.number()),
          }),
        ),
        entries: z.array(reported.extend({ missing: z.array(z.enum(missingParts)) })),
        unwritten: z.array(reported),
      }),
      async handle({ officer }) {
        const list = await entries.list(officer);
        const written = new Map((await contents(officer)).map(entry => [entry.id, entry]));
        const all = list.map(view => {
          const { id, name, agencyId } = view;
          const entry = written.get(id);
          return { id, agencyId, name: entry?.name.th ?? name, missing: entry && missingFrom(entry, view) };
        });
        return {
          body: {
            agencies: completeness(all),
            entries: all
              .flatMap(({ missing = [], ...each }) => (missing.length > 0 ? [{ ...each, missing }] : []))
              .sort((a, b) => b.missing.length - a.missing.length),
            unwritten: all.flatMap(({ missing, ...each }) => (missing ? [] : [each])),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/report/links',
      summary: 'Asks the addresses of my entries whether they answer; those that do not, with why',
      audit: 'entries.links-checked',
      access: rolesFor('entry.list'),
      body: z.strictObject({ limit: z.number().int().min(1).max(mostLinks).default(50) }),
      returns: z.object({
        checked: z.number(),
        faults: z.array(z.object({ entryId: z.string(), url: z.string(), problem: z.string() })),
      }),
      async handle({ officer, body }) {
        const found = await contents(officer);
        if (found.length === 0) throw new AppError('NOT_FOUND', 'There is no entry that you may edit.');
        return { body: await brokenLinks(found, checkLink, body.limit) };
      },
    }),
  ];
}
