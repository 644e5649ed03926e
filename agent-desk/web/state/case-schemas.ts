import { z } from 'zod';

/** Cases as the server sends them; only the fields this page uses. */
const localised = z.object({ th: z.string() }).catchall(z.string());
export const caseKind = z.enum([
  'request',
  'complaint',
  'suggestion',
  'praise',
  'question',
  'pre-check',
  'report',
  'appointment',
  'callback',
  'relay',
  'problem',
]);
export type CaseKind = z.infer<typeof caseKind>;
export const caseState = z.enum([
  'forwarding',
  'received',
  'working',
  'needs-person',
  'answered',
  'refused',
  'withdrawn',
]);
export type CaseState = z.infer<typeof caseState>;

export const caseRow = z.object({
  id: z.string(),
  reference: z.string().optional(),
  kind: caseKind,
  state: caseState,
  title: localised,
  sensitive: z.boolean(),
  assignee: z.object({ id: z.string(), name: z.string() }).optional(),
  filedAt: z.number(),
  dueAt: z.number(),
  overdue: z.boolean(),
});
export type CaseRow = z.infer<typeof caseRow>;

const details = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('matter'),
    what: z.string(),
    where: z
      .object({
        text: z.string().optional(),
        latitude: z.number().optional(),
        longitude: z.number().optional(),
      })
      .optional(),
    when: z.string().optional(),
    attachments: z.array(z.unknown()),
  }),
  z.object({
    kind: z.literal('appointment'),
    startsAt: z.number(),
    priority: z.boolean(),
    state: z.enum(['booked', 'cancelled', 'came', 'no-show']),
  }),
  z.object({
    kind: z.literal('callback'),
    phone: z.string(),
    about: z.string().optional(),
    from: z.number().optional(),
    attempts: z.array(
      z.object({
        at: z.number(),
        by: z.string(),
        outcome: z.enum(['reached', 'no-answer', 'busy', 'wrong-number']),
      }),
    ),
  }),
  z.object({
    kind: z.literal('relay'),
    village: z.string(),
    items: z.array(
      z.object({ question: z.string(), answer: z.string().optional(), by: z.string().optional() }),
    ),
  }),
]);
export type CaseDetails = z.infer<typeof details>;

export const wholeCase = caseRow.extend({
  conversationId: z.string().optional(),
  carers: z.array(z.object({ name: z.string(), forName: z.string(), until: z.number() })),
  details,
  steps: z.array(
    z.object({
      id: z.string(),
      name: localised,
      startedAt: z.number().optional(),
      doneAt: z.number().optional(),
      expectedBy: z.number().optional(),
    }),
  ),
  history: z.array(
    z.object({
      at: z.number(),
      by: z.object({ kind: z.string(), name: z.string().optional(), forName: z.string().optional() }),
      kind: z.string(),
      public: z.boolean(),
      text: z.string().optional(),
      attachments: z.array(z.unknown()).default([]),
    }),
  ),
});
export type WholeCase = z.infer<typeof wholeCase>;

const localisedName = z.object({ id: z.string(), name: localised });
/** To whom a case can be given. */
export const desks = z.object({
  officers: z.array(z.object({ id: z.string(), name: z.string() })),
  agencies: z.array(localisedName),
});
export type Desks = z.infer<typeof desks>;

export const servicePoints = z.object({ points: z.array(localisedName) });
export type ServicePoint = z.infer<typeof localisedName>;

export const appointmentRow = z.object({
  caseId: z.string(),
  reference: z.string().optional(),
  title: localised,
  startsAt: z.number(),
  priority: z.boolean(),
  state: z.enum(['booked', 'cancelled', 'came', 'no-show']),
  missedBefore: z.number(),
});
export type AppointmentRow = z.infer<typeof appointmentRow>;

export const callRow = z.object({
  caseId: z.string(),
  reference: z.string().optional(),
  phone: z.string(),
  about: z.string().optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  dueAt: z.number(),
  attempts: z.array(z.object({ at: z.number(), by: z.string(), outcome: z.string() })),
});

export const leader = z.object({
  personId: z.string(),
  village: z.string(),
  province: z.string().optional(),
  district: z.string().optional(),
  verifiedBy: z.string(),
});
export type Leader = z.infer<typeof leader>;

export const newsRow = z.object({
  id: z.string(),
  text: z.string(),
  province: z.string().optional(),
  district: z.string().optional(),
  by: z.string(),
  at: z.number(),
  leaders: z.number(),
});
export type NewsRow = z.infer<typeof newsRow>;
export const newsReceipts = newsRow.extend({
  receipts: z.array(
    z.object({
      village: z.string(),
      unreached: z.boolean(),
      seenAt: z.number().optional(),
      passedOnAt: z.number().optional(),
    }),
  ),
});
export type NewsReceipts = z.infer<typeof newsReceipts>;

export const announcement = z.object({ village: z.string(), text: z.string(), slotSeconds: z.number() });

export type CaseAct =
  | { readonly kind: 'take' }
  | { readonly kind: 'assign'; readonly officerId: string; readonly name: string }
  | { readonly kind: 'hand-on'; readonly agencyId: string; readonly why: string }
  | { readonly kind: 'finish-step'; readonly step: string }
  | { readonly kind: 'note' | 'tell' | 'answer'; readonly text: string }
  | { readonly kind: 'ask-person'; readonly needs: readonly string[] }
  | { readonly kind: 'refuse'; readonly reasons: string; readonly appeal: string }
  | { readonly kind: 'delay'; readonly why: string; readonly newDueAt: number };
