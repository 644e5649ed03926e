import { z } from 'zod';
import { type Route, officerActor, route } from '../core';
import type { AuditTrail } from './audit';
import type { AuditEntry } from './chain';

const actor = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('officer'),
    id: z.string(),
    name: z.string(),
    role: z.string(),
    agencyId: z.string(),
  }),
  z.object({ kind: z.literal('person'), addressId: z.string() }),
  z.object({ kind: z.literal('system'), name: z.string() }),
  z.object({ kind: z.literal('nobody') }),
]);
const entry = z.object({
  seq: z.number(),
  at: z.number(),
  action: z.string(),
  actor,
  subject: z.object({ kind: z.string(), id: z.string() }).optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** Both names of a mandate, as long as they are kept; the chain itself has its id only. */
  names: z.object({ carer: z.string(), person: z.string() }).optional(),
  hash: z.string(),
});
const text = z.string().min(1).max(200);

export type MandateNames = (
  id: string,
) => Promise<{ readonly carer: string; readonly person: string } | undefined>;

/** Reading the record of what was done. There is no route that changes it; reading it is itself recorded. */
export function auditRoutes(trail: AuditTrail, namesOf: MandateNames): Route[] {
  async function shown(found: AuditEntry): Promise<z.infer<typeof entry>> {
    const { version: _version, id: _id, previous: _previous, mac: _mac, ...rest } = found;
    const names = found.subject?.kind === 'mandate' ? await namesOf(found.subject.id) : undefined;
    return { ...rest, ...(names ? { names } : {}) };
  }

  return [
    route({
      method: 'get',
      path: '/api/v1/audit',
      summary: 'What was done, newest first: by one officer, to one thing, or of one kind',
      access: ['admin'],
      query: z.strictObject({
        officer: text.optional(),
        subjectKind: text.optional(),
        subjectId: text.optional(),
        action: text.optional(),
        before: z.coerce.number().int().positive().optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      returns: z.object({ entries: z.array(entry) }),
      async handle({ query, officer }) {
        const { officer: officerId, subjectKind, subjectId, action, before, limit } = query;
        await trail.record({ action: 'audit.viewed', actor: officerActor(officer) });
        const found = await trail.entries({
          limit,
          ...(officerId ? { officerId } : {}),
          ...(subjectKind && subjectId ? { subject: { kind: subjectKind, id: subjectId } } : {}),
          ...(action ? { action } : {}),
          ...(before === undefined ? {} : { before }),
        });
        return { body: { entries: await Promise.all(found.map(shown)) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/audit/verify',
      summary: 'Walks the whole chain and names the first broken entry, if there is one',
      access: ['admin'],
      returns: z.object({
        ok: z.boolean(),
        entries: z.number(),
        head: z.object({ seq: z.number(), hash: z.string() }).optional(),
        brokenAt: z.number().optional(),
        why: z.string().optional(),
      }),
      async handle({ officer }) {
        const verified = await trail.verify();
        await trail.record({
          action: 'audit.verified',
          actor: officerActor(officer),
          detail: { ok: verified.ok, entries: verified.entries },
        });
        return { body: verified };
      },
    }),
  ];
}
