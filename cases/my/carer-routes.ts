import { z } from 'zod';
import {
  AppError,
  type Mandate,
  type Route,
  bangkokMidnight,
  holds,
  maskPersonalData,
  route,
} from '../../core';
import type { Cases } from '../cases';
import { clientKey } from '../schemas';
import { localised } from '../shapes';
import { type Myself, type WhoIs, myselfBy } from './myself';

const name = z.string().trim().min(1).max(100).transform(maskPersonalData);
const carer = z.object({
  id: z.string(),
  name: z.string(),
  until: z.number(),
  /** `waits`: nobody has used the code yet. */
  state: z.enum(['waits', 'holds', 'ended']),
});
const charge = z.object({
  id: z.string(),
  name: z.string(),
  until: z.number(),
  holds: z.boolean(),
  matters: z.array(
    z.object({
      title: localised,
      state: z.string(),
      /** When it is, where it is an appointment still to come. */
      startsAt: z.number().optional(),
    }),
  ),
});

const mostMatters = 20;
const dayMs = 24 * 60 * 60 * 1000;
/** Ended ones are shown for a while, so that nobody wonders why. */
const shownAfterMs = 30 * dayMs;
const lastOf = ({ until, endedAt }: Mandate): number => Math.min(endedAt ?? until, until);

/** Who may act for one, and for whom one may act, on the page of one's own matters. */
export function carerRoutes(parts: {
  readonly cases: Pick<Cases, 'carers'>;
  readonly whoIs: WhoIs;
  readonly clock: () => number;
}): Route[] {
  const { carers } = parts.cases;
  const me = (authorization: string): Promise<Myself> => myselfBy(parts.whoIs, authorization);
  const recent = (mandate: Mandate): boolean => parts.clock() < lastOf(mandate) + shownAfterMs;

  function carerOf(mandate: Mandate): z.infer<typeof carer> {
    const { id, carerName, carerId, endedAt, until } = mandate;
    const waits = carerId === undefined && endedAt === undefined && parts.clock() < until;
    const state = waits ? 'waits' : holds(mandate, parts.clock()) ? 'holds' : 'ended';
    return { id, name: carerName, until: lastOf(mandate), state };
  }

  async function chargeOf(mandate: Mandate, who: Myself): Promise<z.infer<typeof charge>> {
    const { id, personName } = mandate;
    const seen = await carers.mattersOf(id, who.personId, mostMatters);
    if (seen) await carers.record('carer.viewed', { mandate: id, ...who });
    return {
      ...{ id, name: personName, until: lastOf(mandate), holds: seen !== undefined },
      matters: (seen ?? []).map(({ title, state, details }) => ({
        ...{ title: { ...title }, state },
        ...(details?.kind === 'appointment' && details.state === 'booked' && details.startsAt > parts.clock()
          ? { startsAt: details.startsAt }
          : {}),
      })),
    };
  }

  return [
    route({
      method: 'get',
      path: '/api/v1/my/carers',
      summary: 'Who may act for me, and for whom I may act',
      access: 'public',
      proof: 'visitor',
      returns: z.object({ carers: z.array(carer), charges: z.array(charge) }),
      async handle({ authorization }) {
        const who = await me(authorization);
        const [mine, theirs] = await Promise.all([
          carers.carersOf(who.personId),
          carers.chargesOf(who.personId),
        ]);
        const charges = theirs.filter(recent);
        return {
          body: {
            carers: mine.filter(recent).map(carerOf),
            charges: await Promise.all(charges.map(each => chargeOf(each, who))),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/my/carers',
      summary: 'A code that lets one other person act for me until a day',
      access: 'public',
      proof: 'visitor',
      body: z.strictObject({ key: clientKey, name, ownName: name, lastDay: z.iso.date() }),
      returns: z.object({ code: z.string(), expiresAt: z.number() }),
      async handle({ body, authorization }) {
        const who = await me(authorization);
        const midnight = bangkokMidnight(body.lastDay);
        const made =
          midnight !== undefined &&
          (await carers.entrust({
            ...{ key: body.key, personId: who.personId, addressId: who.addressId },
            ...{ carerName: body.name, personName: body.ownName, conversationId: who.conversationId },
            until: midnight + dayMs - 1,
          }));
        if (!made)
          throw new AppError(
            'CONFLICT',
            'The day must lie ahead within two years, and ten people may act at most.',
          );
        return { body: made };
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/my/carers/:id',
      summary: 'Ends it at once, for whoever gave it or has it',
      access: 'public',
      proof: 'visitor',
      params: z.strictObject({ id: z.string().min(1).max(200) }),
      returns: z.object({ ok: z.literal(true) }),
      async handle({ params, authorization }) {
        const who = await me(authorization);
        if (!(await carers.end({ mandate: params.id, ...who })))
          throw new AppError('NOT_FOUND', 'There is nothing of yours to end.');
        return { body: { ok: true } };
      },
    }),
  ];
}
