import { z } from 'zod';
import {
  type AuditAction,
  type CaseAct,
  type CaseRecord,
  type ChangeOutcome,
  type Localised,
  type Officer,
  type Role,
  type Route,
  AppError,
  caseKinds,
  caseStates,
  readTopicRef,
  route,
} from '../core';
import type { Cases } from './cases';
import type { Deliveries } from './deliveries';
import { createImport } from './import';
import { localised, row, rowOf, whole, wholeOf } from './shapes';
import { actSchema, caseId, clientKey, draftSchema } from './schemas';

const actNames = {
  note: 'case.noted',
  take: 'case.taken',
  acknowledge: 'case.acknowledged',
  assign: 'case.assigned',
  'hand-on': 'case.handed-on',
  'finish-step': 'case.step-finished',
  tell: 'case.told',
  'ask-person': 'case.asked',
  answer: 'case.answered',
  refuse: 'case.refused',
  delay: 'case.delayed',
} as const satisfies Readonly<Record<CaseAct['kind'], AuditAction>>;

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const leaders: readonly Role[] = ['supervisor', 'agencyadmin', 'admin'];

const personView = z.object({
  reference: z.string().optional(),
  kind: z.enum(caseKinds),
  state: z.enum(caseStates),
  title: localised,
  filedAt: z.number(),
  dueAt: z.number(),
  holder: z.object({ unit: localised, since: z.number() }),
  steps: z.array(z.unknown()),
  needs: z.array(z.string()),
  answer: z.string().optional(),
  refusal: z.object({ reasons: z.string(), appeal: z.string() }).optional(),
  late: z.object({ why: z.string(), newDueAt: z.number() }).optional(),
  agencyStatus: z.unknown().optional(),
  history: z.array(z.unknown()),
});

export interface CaseRouteParts {
  readonly cases: Cases;
  readonly deliveries: Deliveries;
  readonly importFile: ReturnType<typeof createImport>;
  readonly clock: () => number;
  /** Throws for a person whom the officer may not know. */
  readonly person: (personId: string, officer: Officer) => Promise<unknown>;
  /** Officers of the caller's agency to whom a case may be given. */
  readonly colleagues: (
    officer: Officer,
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Agencies whose officers work at this desk. */
  readonly agencies: () => readonly { readonly id: string; readonly name: Localised }[];
}

/** What a change came to, as an answer or a failure. */
export function changed(outcome: ChangeOutcome): CaseRecord {
  switch (outcome.outcome) {
    case 'done':
    case 'known':
      return outcome.case;
    case 'not-found':
      throw new AppError('NOT_FOUND', 'There is no such case, or it is not for you.');
    case 'impossible':
      throw new AppError('CONFLICT', `This cannot be done: ${outcome.why}.`);
  }
}

const filed = z.object({
  outcome: z.enum(['filed', 'forwarding', 'not-received']),
  caseId: z.string().optional(),
  reference: z.string().optional(),
  pin: z.string().optional(),
  dueAt: z.number().optional(),
  unit: localised.optional(),
  reception: z.unknown().optional(),
});

function listRoutes(parts: CaseRouteParts): Route[] {
  const { cases } = parts;
  return [
    route({
      method: 'get',
      path: '/api/v1/cases',
      summary: 'Open cases of my agency by due date, mine, those of a person, or one by its number',
      audit: 'cases.viewed',
      access: workers,
      query: z.object({
        list: z.enum(['due', 'mine']).default('due'),
        kind: z.enum(caseKinds).optional(),
        /** Due before, ms. */
        before: z.coerce.number().int().positive().optional(),
        person: z.string().max(200).optional(),
        reference: z.string().max(60).optional(),
        after: z.string().max(2_000).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      returns: z.object({ cases: z.array(row), cursor: z.string().optional() }),
      async handle({ query, officer }) {
        const { list, kind, before, person, reference, after, limit } = query;
        const rows = (records: readonly CaseRecord[]): z.infer<typeof row>[] =>
          records.map(record => rowOf(record, parts));
        if (reference !== undefined) {
          const record = await cases.desk.byReference(reference, officer);
          return { body: { cases: record ? rows([record]) : [] } };
        }
        if (person !== undefined)
          return { body: { cases: rows(await cases.desk.ofPerson(person, officer, limit)) } };
        if (list === 'mine') return { body: { cases: rows(await cases.desk.mine(officer, limit)) } };
        const page = await cases.desk.due(officer, {
          limit,
          ...(kind ? { kind } : {}),
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        });
        return { body: { cases: rows(page.cases), ...(page.cursor ? { cursor: page.cursor } : {}) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/cases/:id',
      summary: 'A case with its history',
      access: workers,
      audit: 'case.viewed',
      params: z.strictObject({ id: caseId }),
      returns: whole,
      handle: async ({ params, officer }) => ({
        body: await wholeOf(await cases.desk.open(params.id, officer), parts),
      }),
    }),
  ];
}

function workRoutes(parts: CaseRouteParts): Route[] {
  const { cases } = parts;

  /** Given to whom it can be given only, under the name that they have here. */
  async function checked(act: CaseAct, officer: Officer): Promise<CaseAct> {
    if (act.kind === 'hand-on' && !parts.agencies().some(({ id }) => id === act.agencyId))
      throw new AppError('CONFLICT', 'This cannot be done: no officers of that agency work at this desk.');
    if (act.kind !== 'assign') return act;
    const colleague = (await parts.colleagues(officer)).find(({ id }) => id === act.officerId);
    if (!colleague)
      throw new AppError('CONFLICT', 'This cannot be done: there is no such officer in your agency.');
    return { ...act, name: colleague.name };
  }

  return [
    route({
      method: 'get',
      path: '/api/v1/case-reception',
      summary: 'How a matter would be received: taken in at a desk, handed on, or only told where to go',
      access: workers,
      query: z.object({ kind: z.enum(caseKinds), topic: z.string().max(80).optional() }),
      returns: z.object({ way: z.enum(['go-there', 'link', 'hand-on', 'desk']) }),
      handle({ query }) {
        const topic = query.topic === undefined ? undefined : readTopicRef(query.topic);
        return Promise.resolve({ body: { way: cases.service.reception(query.kind, topic).way } });
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/case-desks',
      summary: 'To whom a case can be given: officers of my agency, and agencies that work at this desk',
      access: workers,
      returns: z.object({
        officers: z.array(z.object({ id: z.string(), name: z.string() })),
        agencies: z.array(z.object({ id: z.string(), name: localised })),
      }),
      async handle({ officer }) {
        const officers = leaders.includes(officer.role) ? await parts.colleagues(officer) : [];
        const agencies = parts.agencies().filter(({ id }) => id !== officer.agencyId);
        return {
          body: {
            officers: [...officers],
            agencies: agencies.map(({ id, name }) => ({ id, name: { ...name } })),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/cases',
      summary: 'File a case for somebody at the counter or on the phone',
      audit: 'case.filed',
      access: workers,
      body: draftSchema.omit({ channel: true, language: true, conversationId: true, filedKey: true }).extend({
        language: z.string().min(2).max(20).default('th'),
      }),
      returns: filed,
      async handle({ body, officer }) {
        if (body.personId !== undefined) await parts.person(body.personId, officer);
        const key = `desk/${officer.id}/${body.key}`;
        return { body: await cases.file({ ...body, key, channel: 'desk' }) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/cases/:id/acts',
      summary: 'Work on a case: take, assign, finish a step, ask, tell, answer, refuse, delay, hand on',
      audit: ({ act }) => actNames[act.kind],
      access: workers,
      params: z.strictObject({ id: caseId }),
      body: z.strictObject({ key: clientKey, act: actSchema }),
      returns: whole,
      async handle({ params, body, officer }) {
        const act = await checked(body.act, officer);
        const after = changed(await cases.desk.act(params.id, officer, body.key, act));
        return { body: await wholeOf(after, parts) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/cases/import',
      summary: 'Update status, fee and payment from a CSV or Excel file (base64); a dry run changes nothing',
      audit: ({ dryRun }) => (dryRun ? 'cases.import-tried' : 'cases.imported'),
      access: workers,
      body: z.strictObject({ file: z.base64().min(1), dryRun: z.boolean() }),
      returns: z.object({
        dryRun: z.boolean(),
        rows: z.number(),
        changed: z.number(),
        unchanged: z.number(),
        problems: z.array(z.object({ row: z.number(), column: z.string(), problem: z.string() })),
      }),
      handle: async ({ body, officer }) => ({
        body: await parts.importFile(Buffer.from(body.file, 'base64'), officer, body.dryRun),
      }),
    }),
  ];
}

function publicRoutes({ cases }: CaseRouteParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/v1/cases/status',
      summary: 'How a case stands, for whoever knows its number and a second fact',
      access: 'public',
      body: z.strictObject({ reference: z.string().min(1).max(60), secondFact: z.string().min(1).max(40) }),
      returns: z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('found'), case: personView }),
        z.object({ outcome: z.literal('not-found') }),
        z.object({ outcome: z.literal('too-many'), retryAt: z.number() }),
      ]),
      async handle({ body, remoteAddress }) {
        const answer = await cases.service.status({ ...body, asker: `http:${remoteAddress}` });
        if (answer.outcome !== 'found') return { body: answer };
        const { details: _details, id: _id, topic: _topic, ...view } = answer.case;
        return { body: { outcome: 'found', case: view } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/cases/code',
      summary: 'Sends a one-time code to the person of a case; the answer is the same whether there is one',
      access: 'public',
      body: z.strictObject({ reference: z.string().min(1).max(60) }),
      returns: z.object({ ok: z.literal(true) }),
      async handle({ body, remoteAddress }) {
        await cases.service.sendCode(body.reference, `http:${remoteAddress}`);
        return { body: { ok: true } };
      },
    }),
  ];
}

function oversightRoutes({ cases, deliveries }: CaseRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/case-deliveries',
      summary: 'Mails and hook calls that did not arrive, newest first',
      access: leaders,
      returns: z.object({
        deliveries: z.array(
          z.object({
            id: z.string(),
            way: z.string(),
            attempts: z.number(),
            createdAt: z.number(),
            why: z.string().optional(),
          }),
        ),
      }),
      async handle() {
        const failed = await deliveries.failed(100);
        return {
          body: {
            deliveries: failed.map(({ id, way, attempts, createdAt, why }) => ({
              ...{ id, way, attempts, createdAt },
              ...(why ? { why } : {}),
            })),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/case-deliveries/replay',
      summary: 'Calls a hook again with everything since a moment; each call keeps its id',
      audit: 'case-calls.replayed',
      access: leaders,
      body: z.strictObject({ hook: z.string().min(1).max(40), since: z.number().int().nonnegative() }),
      returns: z.object({ count: z.number() }),
      handle: async ({ body }) => ({
        body: { count: await deliveries.replay(`hook:${body.hook}`, body.since) },
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/case-guesses',
      summary: 'Where numbers were guessed at most; what was tried is not kept',
      access: leaders,
      returns: z.object({
        worst: z.array(z.object({ id: z.string(), subject: z.string(), wrongInAll: z.number() })),
      }),
      handle: async () => ({ body: { worst: await cases.attempts.worst(50) } }),
    }),
  ];
}

/** What the desk, the public and those who lead may ask of cases over HTTP. */
export function caseRoutes(parts: CaseRouteParts): Route[] {
  return [...publicRoutes(parts), ...listRoutes(parts), ...workRoutes(parts), ...oversightRoutes(parts)];
}
