import { z } from 'zod';
import { AppError, type Clock, type Officer, type Role, type Route, route } from '../../core';
import type { Entry } from '../schema';
import { dueWithinMs } from './due';
import type { Entries } from './entries';
import { type CheckLink, brokenLinks, missingFrom, missingParts } from './report';
import { author, entryId, entryView, moment, problem, why } from './route-schemas';

export interface EntryRouteParts {
  readonly entries: Entries;
  readonly clock: Clock;
  readonly checkLink: CheckLink;
  /** The roles that may do what the policy names so. */
  readonly rolesFor: (
    action: 'entry.list' | 'entry.read' | 'entry.write' | 'entry.review',
  ) => readonly Role[];
}

const mostLinks = 200;

const params = z.strictObject({ id: entryId });
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const base = '/api/v1/knowledge/entries';

function readingRoutes({ entries, rolesFor }: EntryRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: base,
      summary: 'The entries I may edit, with where each stands',
      access: rolesFor('entry.list'),
      query: z.strictObject({
        state: entryView.shape.state.optional(),
        text: z.string().trim().max(100).optional(),
      }),
      returns: z.object({ entries: z.array(entryView) }),
      async handle({ officer, query: { state, text = '' } }) {
        const wanted = text.toLowerCase();
        const found = (await entries.list(officer)).filter(
          each =>
            (state === undefined || each.state === state) &&
            (each.id.includes(wanted) || each.name.toLowerCase().includes(wanted)),
        );
        return { body: { entries: found } };
      },
    }),
    route({
      method: 'get',
      path: `${base}/:id`,
      summary: 'One entry: where it stands and what is written, now or in an earlier revision',
      access: rolesFor('entry.read'),
      params,
      query: z.strictObject({ revision: z.coerce.number().int().min(0).optional() }),
      returns: z.object({ entry: entryView, content: z.unknown().optional() }),
      async handle({ officer, params: { id }, query: { revision } }) {
        const [entry, content] = await Promise.all([
          entries.view(id, officer),
          entries.content(id, officer, revision),
        ]);
        return { body: { entry, ...(content ? { content } : {}) } };
      },
    }),
    route({
      method: 'get',
      path: `${base}/:id/revisions`,
      summary: 'Who changed an entry, when and why, newest first',
      access: rolesFor('entry.read'),
      params,
      returns: z.object({
        revisions: z.array(z.object({ revision: z.number(), author, at: z.number(), why: z.string() })),
      }),
      async handle({ officer, params: { id } }) {
        const found = await entries.revisions(id, officer);
        const revisions = found.map(({ revision, author: by, at, why: reason }) => ({
          revision,
          author: by,
          at,
          why: reason,
        }));
        return { body: { revisions } };
      },
    }),
    route({
      method: 'get',
      path: `${base}/:id/diff`,
      summary: 'What differs between two revisions, field by field; 0 is what the product ships',
      access: rolesFor('entry.read'),
      params,
      query: z.strictObject({
        from: z.coerce.number().int().min(0).default(0),
        to: z.coerce.number().int().min(0).optional(),
      }),
      returns: z.object({
        changes: z.array(
          z.object({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
        ),
      }),
      async handle({ officer, params: { id }, query: { from, to } }) {
        const { revision } = await entries.view(id, officer);
        const last = to ?? revision;
        const changes = last === from ? [] : await entries.diff(id, officer, from, last);
        return { body: { changes } };
      },
    }),
  ];
}

function writingRoutes({ entries, rolesFor }: EntryRouteParts): Route[] {
  return [
    route({
      method: 'put',
      path: `${base}/:id`,
      summary:
        'Saves an entry as a new draft; says everything that is wrong with it instead, and saves nothing then',
      audit: 'entry.saved',
      access: rolesFor('entry.write'),
      params,
      body: z.strictObject({ base: z.number().int().min(0), content: z.unknown(), why }),
      returns: z.object({ revision: z.number().optional(), problems: z.array(problem) }),
      async handle({ officer, params: { id }, body }) {
        // The address names the entry; its content need not say it again.
        const content = isObject(body.content) ? { id, ...body.content } : body.content;
        const saved = await entries.save(id, { ...body, content }, officer);
        return 'problems' in saved
          ? { status: 422, body: { problems: saved.problems } }
          : { body: { revision: saved.revision, problems: [] } };
      },
    }),
    route({
      method: 'post',
      path: `${base}/:id/submit`,
      summary: 'Hands a draft in for review by somebody else',
      audit: 'entry.submitted',
      access: rolesFor('entry.write'),
      params,
      returns: entryView,
      handle: async ({ officer, params: { id } }) => ({ body: await entries.submit(id, officer) }),
    }),
    route({
      method: 'post',
      path: `${base}/:id/archive`,
      summary: 'Asks that an entry leave the register; a second person approves',
      audit: 'entry.archive-asked',
      access: rolesFor('entry.write'),
      params,
      body: z.strictObject({ why }),
      returns: entryView,
      handle: async ({ officer, params: { id }, body }) => ({
        body: await entries.archive(id, body.why, officer),
      }),
    }),
    route({
      method: 'post',
      path: `${base}/:id/restore`,
      summary: 'An earlier revision as a new draft',
      audit: 'entry.restored',
      access: rolesFor('entry.write'),
      params,
      body: z.strictObject({ revision: z.number().int().min(0), why }),
      returns: entryView,
      handle: async ({ officer, params: { id }, body }) => ({
        body: await entries.restore(id, body.revision, body.why, officer),
      }),
    }),
    route({
      method: 'post',
      path: `${base}/:id/review`,
      summary: 'Approves what somebody else wrote, or sends it back with a reason',
      audit: 'entry.reviewed',
      access: rolesFor('entry.review'),
      params,
      body: z.strictObject({ approve: z.boolean(), why }),
      returns: entryView,
      handle: async ({ officer, params: { id }, body }) => ({
        body: await entries.review(id, body, officer),
      }),
    }),
    route({
      method: 'put',
      path: `${base}/:id/plan`,
      summary:
        'When to publish what was approved, when it expires, when to look at it again; null takes a date back',
      audit: 'entry.planned',
      access: rolesFor('entry.read'),
      params,
      body: z.strictObject({
        publishAt: moment.nullable().optional(),
        expiresAt: moment.nullable().optional(),
        reviewAt: moment.nullable().optional(),
      }),
      returns: entryView,
      handle: async ({ officer, params: { id }, body }) => ({ body: await entries.plan(id, body, officer) }),
    }),
  ];
}

function reportRoutes({ entries, clock, checkLink, rolesFor }: EntryRouteParts): Route[] {
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
      summary: 'What is missing in which entry, and the services that nobody has written yet',
      access: rolesFor('entry.list'),
      returns: z.object({
        entries: z.array(
          z.object({ id: z.string(), name: z.string(), missing: z.array(z.enum(missingParts)) }),
        ),
        unwritten: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
      async handle({ officer }) {
        const list = await entries.list(officer);
        const written = new Map((await contents(officer)).map(entry => [entry.id, entry]));
        const lacking = [...written.values()].map(entry => ({
          id: entry.id,
          name: entry.name.th,
          missing: missingFrom(entry),
        }));
        return {
          body: {
            entries: lacking
              .filter(each => each.missing.length > 0)
              .sort((a, b) => b.missing.length - a.missing.length),
            unwritten: list.filter(({ id }) => !written.has(id)).map(({ id, name }) => ({ id, name })),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/report/links',
      summary: 'Asks the addresses of my entries whether they answer; those that do not, with why',
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

/** Writing the register: what an editor and a reviewer do. */
export const entryRoutes = (parts: EntryRouteParts): Route[] => [
  ...readingRoutes(parts),
  ...writingRoutes(parts),
  ...reportRoutes(parts),
];
