import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError, type CaseRecord, type Route, caseKinds, caseStates, route } from '../core';
import type { Cases } from './cases';
import { acknowledgement } from './desk';
import { noteAgencyStatus } from './providers/agency-status';
import { plainWords } from './providers/http-system';
import { partnerMaySee } from './rights';
import { changed } from './routes';
import { caseId, draftSchema } from './schemas';
import type { CaseSeal } from './seal';
import type { Clock, Knowledge } from '../core';

/** A partner's program; see `PARTNER_API_KEYS`. */
export interface Partner {
  readonly name: string;
  readonly key: string;
  readonly agencyId: string;
}

export interface PartnerRouteParts {
  readonly cases: Cases;
  readonly partners: readonly Partner[];
  readonly seal: CaseSeal;
  readonly clock: Clock;
  readonly knowledge: () => Knowledge;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The partner whose key the request shows, as `Authorization: Bearer …`. Every key is compared, each in the same time. */
export function partnerOf(authorization: string, partners: readonly Partner[]): Partner {
  const shown = digest(/^Bearer (.{1,500})$/u.exec(authorization)?.[1] ?? '');
  const known = partners.filter(partner => timingSafeEqual(digest(partner.key), shown));
  const [partner] = known;
  if (!partner)
    throw new AppError('SIGN_IN_REFUSED', 'Show a key of PARTNER_API_KEYS: Authorization: Bearer KEY.');
  return partner;
}

const view = z.object({
  id: z.string(),
  reference: z.string().optional(),
  kind: z.enum(caseKinds),
  state: z.enum(caseStates),
  topic: z.object({ kind: z.string(), id: z.string() }).optional(),
  filedAt: z.number(),
  dueAt: z.number(),
  changedAt: z.number(),
  details: z.unknown().optional(),
});

/** A case for a program: how it stands, and of a matter that is not sensitive what was written; never who the person is. */
function viewOf(record: CaseRecord, { cases }: PartnerRouteParts): z.infer<typeof view> {
  const { id, reference, kind, state, topic, filedAt, dueAt, changedAt } = record;
  const details = cases.service.details(record);
  return {
    ...{ id, kind, state, filedAt, dueAt, changedAt },
    ...(reference ? { reference } : {}),
    ...(topic ? { topic } : {}),
    ...(details.kind === 'matter' && !record.sensitive ? { details } : {}),
  };
}

/** The API of partner programs and agencies' own systems. They are public to the server and ask for the partner's key themselves. */
export function partnerRoutes(parts: PartnerRouteParts): Route[] {
  const { cases } = parts;
  const params = z.strictObject({ id: caseId });
  async function theirs(id: string, partner: Partner): Promise<CaseRecord> {
    const record = await cases.collections.cases.get(id);
    if (!record || !partnerMaySee(record, partner))
      throw new AppError('NOT_FOUND', 'There is no such case, or it is not yours.');
    return record;
  }
  return [
    route({
      method: 'post',
      path: '/api/v1/partner/cases',
      summary: 'A partner’s program files a case (key in the Authorization header)',
      access: 'public',
      proof: 'partner',
      body: draftSchema
        .pick({
          key: true,
          kind: true,
          topic: true,
          details: true,
          secondFacts: true,
          sensitive: true,
          email: true,
        })
        .extend({ language: z.string().min(2).max(20).default('th') }),
      returns: z.object({
        outcome: z.enum(['filed', 'forwarding', 'not-received']),
        caseId: z.string().optional(),
        reference: z.string().optional(),
        pin: z.string().optional(),
        dueAt: z.number().optional(),
        unit: z.unknown().optional(),
        reception: z.unknown().optional(),
      }),
      async handle({ body, authorization }) {
        const { name } = partnerOf(authorization, parts.partners);
        const key = `partner/${name}/${body.key}`;
        return { body: await cases.file({ ...body, key, channel: 'partner' }, name) };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/partner/cases',
      summary: 'Cases a partner filed, or that concern its agency, by their last change',
      access: 'public',
      proof: 'partner',
      query: z.object({
        list: z.enum(['filed', 'agency']).default('agency'),
        /** Changed since, ms. */
        since: z.coerce.number().int().nonnegative().default(0),
        after: z.string().max(2_000).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      returns: z.object({ cases: z.array(view), cursor: z.string().optional() }),
      async handle({ query, authorization }) {
        const partner = partnerOf(authorization, parts.partners);
        const page = await cases.collections.cases.scan({
          index: query.list === 'filed' ? 'partner' : 'topicAgency',
          prefix: [query.list === 'filed' ? partner.name : partner.agencyId],
          from: query.since,
          limit: query.limit,
          ...(query.after === undefined ? {} : { after: query.after }),
        });
        const seen = page.records.filter(record => partnerMaySee(record, partner));
        return {
          body: {
            cases: seen.map(record => viewOf(record, parts)),
            ...(page.cursor ? { cursor: page.cursor } : {}),
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/partner/cases/:id',
      summary: 'One case of a partner',
      access: 'public',
      proof: 'partner',
      params,
      returns: view,
      async handle({ params: { id }, authorization }) {
        return { body: viewOf(await theirs(id, partnerOf(authorization, parts.partners)), parts) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/partner/cases/:id/acknowledge',
      summary: 'The agency has the case; the person gets the number now',
      access: 'public',
      proof: 'partner',
      params,
      body: z.strictObject({ theirReference: z.string().trim().min(1).max(100) }),
      returns: view,
      async handle({ params: { id }, body, authorization }) {
        const partner = partnerOf(authorization, parts.partners);
        const record = await theirs(id, partner);
        if (record.topicAgencyId !== partner.agencyId)
          throw new AppError('CONFLICT', 'Only the agency it was handed on to acknowledges a case.');
        const by = { kind: 'agency', name: partner.name } as const;
        const outcome = await cases.ledger.change(id, 'acknowledged', (current, now) =>
          acknowledgement(current, by, body.theirReference, now, parts.seal),
        );
        return { body: viewOf(changed(outcome), parts) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/partner/cases/:id/status',
      summary: 'The agency tells how a case stands with it',
      access: 'public',
      proof: 'partner',
      params,
      body: z.strictObject({
        text: z.string().trim().min(1).max(500),
        /** When it changed, ms. */
        asOf: z.number().int().positive(),
        fee: z.string().max(100).exactOptional(),
        paid: z.boolean().exactOptional(),
      }),
      returns: view,
      async handle({ params: { id }, body, authorization }) {
        const partner = partnerOf(authorization, parts.partners);
        const record = await theirs(id, partner);
        const text = plainWords(body.text);
        if (record.topicAgencyId !== partner.agencyId || text === undefined)
          throw new AppError('CONFLICT', 'Only the agency it concerns tells how a case stands, in words.');
        const asOf = Math.min(body.asOf, parts.clock());
        const noted = await noteAgencyStatus(
          cases.ledger,
          record,
          partner.name,
          { ...body, text, asOf },
          parts.knowledge(),
        );
        return { body: viewOf(noted, parts) };
      },
    }),
  ];
}
