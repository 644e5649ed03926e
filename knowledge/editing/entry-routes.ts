import { z } from 'zod';
import { type Clock, type Role, type Route, route } from '../../core';
import { serviceRowSchema } from '../schema';
import { begin } from './begin';
import type { Entries } from './entries';
import { author, entryId, entryView, moment, problem, why } from './route-schemas';

export interface EntryRouteParts {
  readonly entries: Entries;
  readonly clock: Clock;
  /** The roles that may do what the policy names so. */
  readonly rolesFor: (
    action: 'entry.list' | 'entry.read' | 'entry.write' | 'entry.review',
  ) => readonly Role[];
}

const params = z.strictObject({ id: entryId });
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const base = '/api/v1/knowledge/entries';

function readingRoutes({ entries, rolesFor }: EntryRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/agencies',
      summary: 'The agencies whose entries I may write',
      access: rolesFor('entry.list'),
      returns: z.object({
        agencies: z.array(z.object({ id: z.string(), name: z.object({ th: z.string(), en: z.string() }) })),
      }),
      async handle({ officer }) {
        const agencies = entries
          .agencies(officer)
          .map(({ id, nameTh, nameEn }) => ({ id, name: { th: nameTh, en: nameEn } }));
        return { body: { agencies } };
      },
    }),
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

function writingRoutes({ entries, clock, rolesFor }: EntryRouteParts): Route[] {
  return [
    route({
      method: 'post',
      path: base,
      summary:
        'Begins the entry of a service outside the catalogue, as a draft; or says what is wrong with it',
      audit: 'entry.saved',
      access: rolesFor('entry.write'),
      body: z.strictObject({
        id: entryId,
        name: z.string().trim().min(3).max(200),
        nameEn: z.string().trim().min(3).max(200).optional(),
        answer: z.string().trim().min(3).max(2_000),
        agencyId: entryId,
        kind: serviceRowSchema.shape.kind,
        category: entryId,
        source: z.string().trim().min(3).max(500),
      }),
      returns: z.object({ revision: z.number().optional(), problems: z.array(problem) }),
      async handle({ officer, body }) {
        const isTaken = (await entries.agencyOf(body.id)) !== undefined;
        const saved = isTaken
          ? { problems: [{ field: 'id', problem: 'มีเนื้อหารหัสนี้อยู่แล้ว (taken)' }] }
          : await entries.save(
              body.id,
              { base: 0, content: begin(body, clock()), why: 'เริ่มเนื้อหาใหม่' },
              officer,
            );
        return 'problems' in saved
          ? { status: 422, body: { problems: saved.problems } }
          : { body: { revision: saved.revision, problems: [] } };
      },
    }),
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

/** Writing the register: what an editor and a reviewer do. */
export const entryRoutes = (parts: EntryRouteParts): Route[] => [
  ...readingRoutes(parts),
  ...writingRoutes(parts),
];
