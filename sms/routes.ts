import { z } from 'zod';
import {
  AppError,
  type Officer,
  type Reminder,
  type ReminderDraft,
  type ReminderOutcome,
  type Reminders,
  type Role,
  type Route,
  reminderPurposes,
  route,
} from '../core';
import { dateRules } from './reminders/rules';
import { changeSchema, draftSchema } from './reminders/schemas';

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const reminderId = z.string().min(1).max(60);
const key = z.string().min(1).max(200);
const mostRows = 200;

const view = z.object({
  id: z.string(),
  purpose: z.enum(reminderPurposes),
  state: z.enum(['scheduled', 'ended', 'cancelled', 'failed']),
  dueAt: z.number(),
  nextAt: z.number().optional(),
  leadsMs: z.array(z.number()),
  repeats: z.string().optional(),
  ladder: z.array(z.unknown()),
  language: z.string(),
  personId: z.string().optional(),
  phone: z.string().optional(),
  campaignId: z.string().optional(),
  caseId: z.string().optional(),
  topic: z.unknown().optional(),
  text: z.unknown(),
  basis: z.unknown(),
  by: z.unknown(),
  answer: z.string().optional(),
  history: z.array(z.unknown()),
  changedAt: z.number(),
});
type View = z.infer<typeof view>;

export interface ReminderRouteParts {
  readonly reminders: Reminders;
  /** Whether the officer may see a record of this agency. */
  readonly maySee: (officer: Officer, agencyId: string) => boolean;
  /** The agency of a person or a conversation, to which a reminder is bound. */
  readonly agencyOf: (draft: { personId?: string; conversationId?: string }) => Promise<string | undefined>;
}

/** A reminder for the desk and for partners: content opened, phone number shortened to its last digits. */
function viewOf(reminders: Reminders, reminder: Reminder): View {
  const { id, purpose, state, dueAt, leadsMs, repeats, ladder, language, personId, campaignId } = reminder;
  const { caseId, topic, basis, by, answer, history, changedAt, next } = reminder;
  const { text, phone } = reminders.content(reminder);
  return {
    ...{ id, purpose, state, dueAt, leadsMs: [...leadsMs], ladder: [...ladder], language, text, basis, by },
    ...{ history: [...history], changedAt },
    ...(next ? { nextAt: next.at } : {}),
    ...(repeats === undefined ? {} : { repeats }),
    ...(personId === undefined ? {} : { personId }),
    ...(phone === undefined ? {} : { phone: `…${phone.slice(-4)}` }),
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(topic === undefined ? {} : { topic }),
    ...(answer === undefined ? {} : { answer }),
  };
}

const notThere = (): AppError =>
  new AppError('NOT_FOUND', 'There is no such reminder, or it belongs to another agency.');

/** The reminder as it stands after a change, or why it could not be made. */
function changed(outcome: ReminderOutcome): Reminder {
  if (outcome.outcome === 'missing') throw notThere();
  if (outcome.outcome === 'too-late')
    throw new AppError('CONFLICT', 'It is being sent, was sent, or no moment lies ahead any more.');
  return outcome.reminder;
}

async function made(reminders: Reminders, draft: ReminderDraft): Promise<Reminder> {
  const outcome = await reminders.create(draft);
  if (outcome.outcome !== 'refused') return outcome.reminder;
  const reasons = {
    past: 'no moment to tell it lies ahead',
    stopped: 'the person wants none of these',
    'no-way': 'there is no way to the person',
    text: 'the text cannot be sent',
    rule: 'the rule of repetition cannot be read',
  } as const;
  const detail = outcome.detail === undefined ? '' : `: ${outcome.detail}`;
  throw new AppError('INPUT_INVALID', `The reminder was not made: ${reasons[outcome.why]}${detail}.`);
}

/** A draft as it comes in: leads and repetition may be left to the kind of date. */
const dated = draftSchema
  .partial({ leadsMs: true })
  .extend({ rule: z.enum(['document', 'benefit', 'renewal']).exactOptional() });

/** Leads and repetition as said, else as the kind of date has them, else at the moment itself. */
function withRule<T extends z.infer<typeof dated>>({ rule, ...draft }: T) {
  const usual: { leadsMs: readonly number[]; repeats?: string } = rule ? dateRules[rule] : { leadsMs: [0] };
  const repeats = draft.repeats ?? usual.repeats;
  return { ...draft, leadsMs: draft.leadsMs ?? usual.leadsMs, ...(repeats === undefined ? {} : { repeats }) };
}

/** What the desk does with reminders. */
export function reminderRoutes(parts: ReminderRouteParts): Route[] {
  const { reminders } = parts;
  const params = z.strictObject({ id: reminderId });
  const body = (reminder: Reminder): { body: View } => ({ body: viewOf(reminders, reminder) });

  async function theirs(id: string, officer: Officer): Promise<Reminder> {
    const reminder = await reminders.get(id);
    if (!reminder || !parts.maySee(officer, reminder.agencyId)) throw notThere();
    return reminder;
  }
  const actor = ({ id, name }: Officer) => ({ kind: 'officer', officer: { id, name } }) as const;

  return [
    route({
      method: 'get',
      path: '/api/v1/reminders',
      summary:
        'Reminders of the agency by the moment they are about, of one person, or those that need an officer',
      audit: 'reminders.viewed',
      access: workers,
      query: z.object({
        from: z.coerce.number().int().nonnegative().optional(),
        to: z.coerce.number().int().positive().optional(),
        personId: z.string().max(300).optional(),
        list: z.enum(['all', 'troubled']).default('all'),
        after: z.string().max(2_000).optional(),
        limit: z.coerce.number().int().min(1).max(mostRows).default(50),
      }),
      returns: z.object({ reminders: z.array(view), cursor: z.string().optional() }),
      async handle({ query, officer }) {
        const { from, to, after, limit, personId } = query;
        const shown = (all: readonly Reminder[]): View[] =>
          all.filter(each => parts.maySee(officer, each.agencyId)).map(each => viewOf(reminders, each));
        if (query.list === 'troubled')
          return { body: { reminders: shown(await reminders.deadLetters(officer.agencyId, limit)) } };
        if (personId !== undefined)
          return { body: { reminders: shown(await reminders.ofPerson(personId, limit)) } };
        const page = await reminders.ofAgency(officer.agencyId, {
          limit,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          ...(after === undefined ? {} : { after }),
        });
        return {
          body: {
            reminders: shown(page.reminders),
            ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/reminders',
      summary: 'An officer makes a reminder; the same key again is the same reminder',
      audit: 'reminder.made',
      access: workers,
      body: dated.extend({ clientId: key }),
      returns: view,
      async handle({ body: { clientId, ...draft }, officer }) {
        const agencyId = (await parts.agencyOf(draft)) ?? officer.agencyId;
        if (!parts.maySee(officer, agencyId))
          throw new AppError('NOT_FOUND', 'There is no such person or conversation in your agency.');
        const key = `officer/${officer.id}/${clientId}`;
        return body(await made(reminders, { ...withRule(draft), key, agencyId, by: actor(officer) }));
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/reminders/:id',
      summary: 'One reminder and all that happened to it',
      audit: 'reminder.viewed',
      access: workers,
      params,
      returns: view,
      async handle({ params: { id }, officer }) {
        return body(await theirs(id, officer));
      },
    }),
    route({
      method: 'patch',
      path: '/api/v1/reminders/:id',
      summary: 'Changes a reminder, up to the moment it is sent',
      audit: 'reminder.changed',
      access: workers,
      params,
      body: changeSchema,
      returns: view,
      async handle({ params: { id }, body: change, officer }) {
        await theirs(id, officer);
        return body(changed(await reminders.change(id, change, actor(officer))));
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/reminders/:id/cancel',
      summary: 'Cancels a reminder, up to the moment it is sent',
      audit: 'reminder.cancelled',
      access: workers,
      params,
      body: z.strictObject({ why: z.string().trim().max(300).exactOptional() }),
      returns: view,
      async handle({ params: { id }, body: { why }, officer }) {
        await theirs(id, officer);
        return body(changed(await reminders.cancel(id, actor(officer), why)));
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/reminders/:id/dealt-with',
      summary: 'Settles a reminder that got through on no way: told by hand, or to be tried again now',
      audit: 'reminder.settled',
      access: workers,
      params,
      body: z.strictObject({ how: z.enum(['told', 'again']) }),
      returns: view,
      async handle({ params: { id }, body: { how }, officer }) {
        await theirs(id, officer);
        const { id: officerId, name } = officer;
        return body(changed(await reminders.dealWith(id, how, { id: officerId, name })));
      },
    }),
  ];
}

/** A partner as its key shows it. */
export interface ReminderPartner {
  readonly name: string;
  readonly agencyId: string;
}

/** What programs of agencies do with reminders. They are public to the server and ask for the partner's key themselves. */
export function reminderPartnerRoutes(parts: {
  readonly reminders: Reminders;
  /** Throws where the header shows no known key. */
  readonly partnerOf: (authorization: string) => ReminderPartner;
}): Route[] {
  const { reminders } = parts;
  const keyOf = ({ name }: ReminderPartner, given: string): string => `partner/${name}/${given}`;
  const params = z.strictObject({ key });
  const body = (reminder: Reminder): { body: View } => ({ body: viewOf(reminders, reminder) });

  async function theirs(partner: ReminderPartner, given: string): Promise<Reminder> {
    const reminder = await reminders.byKey(keyOf(partner, given));
    if (!reminder) throw notThere();
    return reminder;
  }

  return [
    route({
      method: 'post',
      path: '/api/v1/partner/reminders',
      summary: 'An agency’s program makes a reminder (key in the Authorization header)',
      access: 'public',
      proof: 'partner',
      body: dated.omit({ personId: true, conversationId: true }).required({ phone: true }).extend({ key }),
      returns: view,
      async handle({ body: { key: given, ...draft }, authorization }) {
        const partner = parts.partnerOf(authorization);
        const by = { kind: 'agency', name: partner.name } as const;
        const { agencyId } = partner;
        return body(await made(reminders, { ...withRule(draft), key: keyOf(partner, given), agencyId, by }));
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/partner/reminders/:key',
      summary: 'One reminder of a partner and all that happened to it',
      access: 'public',
      proof: 'partner',
      params,
      returns: view,
      async handle({ params: { key: given }, authorization }) {
        return body(await theirs(parts.partnerOf(authorization), given));
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/partner/reminders/:key',
      summary: 'A partner cancels its reminder, up to the moment it is sent',
      access: 'public',
      proof: 'partner',
      params,
      returns: view,
      async handle({ params: { key: given }, authorization }) {
        const partner = parts.partnerOf(authorization);
        const { id } = await theirs(partner, given);
        return body(changed(await reminders.cancel(id, { kind: 'agency', name: partner.name })));
      },
    }),
  ];
}
