import { z } from 'zod';
import { type CaseRecord, type Clock, caseKinds, caseStates, holds } from '../core';
import type { Cases } from './cases';

interface ShapeParts {
  readonly cases: Pick<Cases, 'carers' | 'service' | 'view'>;
  readonly clock: Clock;
}

const actor = z.object({
  kind: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  /** For whom a carer did it. */
  forName: z.string().optional(),
});
/** A name in the languages it has. */
export const localised = z.object({ th: z.string() }).catchall(z.string());
/** A case in a list of the desk. */
export const row = z.object({
  id: z.string(),
  reference: z.string().optional(),
  kind: z.enum(caseKinds),
  state: z.enum(caseStates),
  title: localised,
  topic: z.object({ kind: z.string(), id: z.string() }).optional(),
  sensitive: z.boolean(),
  personId: z.string().optional(),
  agencyId: z.string(),
  assignee: z.object({ id: z.string(), name: z.string() }).optional(),
  filedAt: z.number(),
  changedAt: z.number(),
  dueAt: z.number(),
  overdue: z.boolean(),
});
/** A case as the desk opens it. */
export const whole = row.extend({
  conversationId: z.string().optional(),
  onBehalfOf: z.string().optional(),
  details: z.unknown(),
  needs: z.array(z.string()),
  steps: z.array(z.unknown()),
  answer: z.string().optional(),
  refusal: z.object({ reasons: z.string(), appeal: z.string() }).optional(),
  late: z.object({ why: z.string(), newDueAt: z.number() }).optional(),
  handOn: z.unknown().optional(),
  agencyStatus: z.unknown().optional(),
  /** Who may act for its person now. */
  carers: z.array(z.object({ name: z.string(), forName: z.string(), until: z.number() })),
  history: z.array(
    z.object({
      at: z.number(),
      by: actor,
      kind: z.string(),
      public: z.boolean(),
      text: z.string().optional(),
      attachments: z.array(z.unknown()).optional(),
      from: z.string().optional(),
      to: z.string().optional(),
    }),
  ),
});
/** A case in a list: who and what, without what was written. */
export function rowOf(
  record: CaseRecord,
  { cases, clock }: Omit<ShapeParts, 'cases'> & { readonly cases: Pick<Cases, 'view'> },
): z.infer<typeof row> {
  const { id, reference, kind, state, topic, sensitive, personId, agencyId, assignee } = record;
  return {
    ...{ id, kind, state, sensitive, agencyId, title: cases.view(record).title },
    ...{ filedAt: record.filedAt, changedAt: record.changedAt, dueAt: record.dueAt },
    overdue: record.dueAt < clock(),
    ...(reference ? { reference } : {}),
    ...(topic ? { topic } : {}),
    ...(personId ? { personId } : {}),
    ...(assignee ? { assignee } : {}),
  };
}

/** Who did something; a carer by both names, as long as they are kept. */
async function shownActor(
  { by }: CaseRecord['history'][number],
  { cases }: ShapeParts,
): Promise<z.infer<typeof actor>> {
  const mandate = by.kind === 'carer' ? await cases.carers.byId(by.id) : undefined;
  return mandate ? { ...by, name: mandate.carerName, forName: mandate.personName } : by;
}

/** A case as the desk opens it, with who did what to it. */
export async function wholeOf(record: CaseRecord, parts: ShapeParts): Promise<z.infer<typeof whole>> {
  const { conversationId, onBehalfOf, needs, answer, refusal, late, handOn, agencyStatus } = record;
  const mayShow = record.personId !== undefined && !record.sensitive;
  const carers = mayShow ? await parts.cases.carers.carersOf(record.personId) : [];
  return {
    ...rowOf(record, parts),
    details: parts.cases.service.details(record),
    needs: [...needs],
    steps: [...record.steps],
    history: await Promise.all(
      record.history.map(async event => {
        const { key: _key, attachments, ...rest } = event;
        return {
          ...rest,
          by: await shownActor(event, parts),
          ...(attachments ? { attachments: [...attachments] } : {}),
        };
      }),
    ),
    carers: carers
      .filter(each => holds(each, parts.clock()))
      .map(({ carerName, personName, until }) => ({ name: carerName, forName: personName, until })),
    ...(conversationId ? { conversationId } : {}),
    ...(onBehalfOf ? { onBehalfOf } : {}),
    ...(answer === undefined ? {} : { answer }),
    ...(refusal ? { refusal } : {}),
    ...(late ? { late } : {}),
    ...(handOn ? { handOn } : {}),
    ...(agencyStatus ? { agencyStatus } : {}),
  };
}
