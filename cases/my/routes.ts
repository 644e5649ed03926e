import { z } from 'zod';
import {
  AppError,
  type CaseView,
  type ChangeOutcome,
  type Route,
  caseKinds,
  caseStates,
  followerParts,
  route,
} from '../../core';
import type { Cases } from '../cases';
import { changed } from '../routes';
import { caseId, clientKey } from '../schemas';
import { type Myself, type WhoIs, myselfBy } from './myself';

export interface MyChannel {
  readonly channel: string;
  /** The one that asks now. */
  readonly here: boolean;
  /** Whether notices may come to it. */
  readonly notices: boolean;
}

export interface MyRouteParts {
  readonly cases: Pick<Cases, 'service'>;
  readonly whoIs: WhoIs;
  readonly channels: (me: Myself) => Promise<readonly MyChannel[]>;
  readonly allowNotices: (me: Myself, key: string, allowed: boolean) => Promise<void>;
  /** Files a request of the person for one of their rights. */
  readonly requestRight: (
    me: Myself,
    key: string,
    kind: 'access' | 'correction' | 'erasure',
  ) => Promise<void>;
  readonly calendarPath: (caseId: string) => string;
  readonly pointName: (id: string) => Readonly<Record<string, string>> | undefined;
}

const mostCases = 100;
const localised = z.object({ th: z.string() }).catchall(z.string());
const step = z.object({
  name: localised,
  unit: localised,
  state: z.enum(['done', 'now', 'later']),
  expectedBy: z.number().optional(),
});
const myCase = z.object({
  id: z.string(),
  reference: z.string().optional(),
  kind: z.enum(caseKinds),
  state: z.enum(caseStates),
  title: localised,
  sensitive: z.boolean(),
  /** Absent from what one only follows. */
  mine: z.boolean(),
  filedAt: z.number(),
  changedAt: z.number(),
  dueAt: z.number(),
  holder: z.object({ unit: localised, since: z.number() }),
  steps: z.array(step),
  needs: z.array(z.string()),
  late: z.object({ why: z.string(), newDueAt: z.number() }).optional(),
  answer: z.string().optional(),
  refusal: z.object({ reasons: z.string(), appeal: z.string() }).optional(),
  appointment: z
    .object({
      startsAt: z.number(),
      endsAt: z.number(),
      state: z.enum(['booked', 'cancelled', 'came', 'no-show']),
      point: localised.optional(),
      /** Where its calendar file is, while it is to come. */
      calendar: z.string().optional(),
    })
    .optional(),
});
const done = z.object({ ok: z.literal(true) });
const ok = { body: { ok: true } } as const;

/** A matter in the list, which others may glimpse: a sensitive one has no words in it until it is opened. */
const listed = (view: CaseView): CaseView => {
  if (!view.sensitive) return view;
  const { answer: _answer, refusal: _refusal, late: _late, ...rest } = view;
  return { ...rest, needs: [] };
};

/** A matter as the page shows it. What somebody only follows has neither words nor answers in it. */
function shown(view: CaseView, parts: MyRouteParts): z.infer<typeof myCase> {
  const { reference, details, late, answer, refusal } = view;
  const named = details?.kind === 'appointment' ? parts.pointName(details.servicePointId) : undefined;
  return {
    ...{
      id: view.id,
      kind: view.kind,
      state: view.state,
      title: { ...view.title },
      sensitive: view.sensitive,
    },
    ...{ filedAt: view.filedAt, changedAt: view.changedAt, dueAt: view.dueAt, mine: details !== undefined },
    holder: { unit: { ...view.holder.unit }, since: view.holder.since },
    needs: [...view.needs],
    steps: view.steps.map(({ name, unit, state, expectedBy }) => ({
      ...{ name: { ...name }, unit: { ...unit }, state },
      ...(expectedBy === undefined ? {} : { expectedBy }),
    })),
    ...(reference && details ? { reference } : {}),
    ...(late ? { late } : {}),
    ...(answer === undefined ? {} : { answer }),
    ...(refusal ? { refusal } : {}),
    ...(details?.kind === 'appointment'
      ? {
          appointment: {
            ...{ startsAt: details.startsAt, endsAt: details.endsAt, state: details.state },
            ...(named ? { point: { th: '', ...named } } : {}),
            ...(details.state === 'booked' ? { calendar: parts.calendarPath(view.id) } : {}),
          },
        }
      : {}),
  };
}

/**
 * "เรื่องของฉัน" over HTTP. The page shows the token of its own web chat; nothing else opens it, and every matter is asked for in the name
 * of the person behind it. The routes are public to the server and ask for the token themselves.
 */
export function myRoutes(parts: MyRouteParts): Route[] {
  const { service } = parts.cases;
  const params = z.strictObject({ id: caseId });
  const key = clientKey;

  const me = (authorization: string): Promise<Myself> => myselfBy(parts.whoIs, authorization);
  const gone = (): AppError => new AppError('NOT_FOUND', 'There is no such matter of yours.');
  const outcome = (change: ChangeOutcome): typeof ok => {
    changed(change);
    return ok;
  };
  const keyOf = (who: Myself, given: string): string => `my/${who.personId}/${given}`;

  return [
    route({
      method: 'get',
      path: '/api/v1/my',
      summary: 'My matters, what I follow, and the channels I am known on',
      access: 'public',
      proof: 'visitor',
      returns: z.object({
        cases: z.array(myCase),
        channels: z.array(z.object({ channel: z.string(), here: z.boolean(), notices: z.boolean() })),
      }),
      async handle({ authorization }) {
        const who = await me(authorization);
        const [views, channels] = await Promise.all([
          service.ofPerson(who.personId, mostCases),
          parts.channels(who),
        ]);
        return { body: { cases: views.map(view => shown(listed(view), parts)), channels: [...channels] } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/my/cases/:id',
      summary: 'One of my matters with its history, and who follows it',
      access: 'public',
      proof: 'visitor',
      params,
      returns: myCase.extend({
        history: z.array(z.object({ at: z.number(), by: z.string(), text: z.string() })),
        followers: z.array(
          z.object({
            id: z.string(),
            as: z.enum(followerParts),
            since: z.number(),
            until: z.number().optional(),
          }),
        ),
      }),
      async handle({ params: { id }, authorization }) {
        const who = await me(authorization);
        const view = await service.oneOfPerson(who.personId, id);
        if (!view) throw gone();
        const followers = await service.followersOf(who.personId, id);
        return {
          body: {
            ...shown(view, parts),
            history: view.history.map(({ at, by, text }) => ({ at, by, text })),
            followers: [...followers],
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/my/cases/:id/notes',
      summary: 'Add something to a matter of mine',
      access: 'public',
      proof: 'visitor',
      params,
      body: z.strictObject({ key, text: z.string().trim().min(1).max(8_000) }),
      returns: done,
      async handle({ params: { id }, body, authorization }) {
        const who = await me(authorization);
        const addition = { key: keyOf(who, body.key), caseId: id, personId: who.personId, text: body.text };
        return outcome(await service.addNote(addition));
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/my/cases/:id/withdrawal',
      summary: 'Take a matter of mine back',
      access: 'public',
      proof: 'visitor',
      params,
      body: z.strictObject({ key }),
      returns: done,
      async handle({ params: { id }, body, authorization }) {
        const who = await me(authorization);
        const by = { key: keyOf(who, body.key), caseId: id, personId: who.personId };
        return outcome(await service.withdraw(by));
      },
    }),
    route({
      method: 'put',
      path: '/api/v1/my/notices',
      summary: 'Whether notices may come to this chat',
      access: 'public',
      proof: 'visitor',
      body: z.strictObject({ key, allowed: z.boolean() }),
      returns: done,
      async handle({ body, authorization }) {
        const who = await me(authorization);
        await parts.allowNotices(who, keyOf(who, body.key), body.allowed);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/my/rights',
      summary: 'Ask for a copy, a correction or the erasure of what is kept about me',
      access: 'public',
      proof: 'visitor',
      body: z.strictObject({ key, kind: z.enum(['access', 'correction', 'erasure']) }),
      returns: done,
      async handle({ body, authorization }) {
        const who = await me(authorization);
        await parts.requestRight(who, keyOf(who, body.key), body.kind);
        return ok;
      },
    }),
  ];
}
