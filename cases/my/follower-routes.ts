import { z } from 'zod';
import { AppError, type Route, bangkokMidnight, followerParts, route } from '../../core';
import type { Cases } from '../cases';
import { changed } from '../routes';
import { caseId, clientKey } from '../schemas';
import { localised } from '../shapes';
import { type Myself, type WhoIs, myselfBy } from './myself';

const dayMs = 24 * 60 * 60 * 1000;

/** Who follows a matter beside its person: let in with a code, until a day where one is set, and shut out at any moment. */
export function followerRoutes(parts: {
  readonly cases: Pick<Cases, 'service'>;
  readonly whoIs: WhoIs;
}): Route[] {
  const { service } = parts.cases;
  const me = (authorization: string): Promise<Myself> => myselfBy(parts.whoIs, authorization);
  const gone = (): AppError => new AppError('NOT_FOUND', 'There is no such matter of yours.');
  const keyOf = (who: Myself, given: string): string => `my/${who.personId}/${given}`;

  return [
    route({
      method: 'post',
      path: '/api/v1/my/cases/:id/invites',
      summary: 'A code that lets one other person follow a matter of mine',
      access: 'public',
      proof: 'visitor',
      params: z.strictObject({ id: caseId }),
      body: z.strictObject({ key: clientKey, as: z.enum(followerParts), lastDay: z.iso.date().optional() }),
      returns: z.object({ code: z.string(), expiresAt: z.number() }),
      async handle({ params: { id }, body, authorization }) {
        const who = await me(authorization);
        const midnight = body.lastDay === undefined ? undefined : bangkokMidnight(body.lastDay);
        const invite = await service.invite({
          key: keyOf(who, body.key),
          caseId: id,
          personId: who.personId,
          as: body.as,
          ...(midnight === undefined ? {} : { until: midnight + dayMs - 1 }),
        });
        if (!invite) throw gone();
        return { body: invite };
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/my/cases/:id/followers/:follower',
      summary: 'Somebody follows a matter of mine no longer',
      access: 'public',
      proof: 'visitor',
      params: z.strictObject({ id: caseId, follower: z.string().min(1).max(200) }),
      returns: z.object({ ok: z.literal(true) }),
      async handle({ params: { id, follower }, authorization }) {
        const who = await me(authorization);
        const following = (await service.followersOf(who.personId, id)).find(each => each.id === follower);
        if (!following) throw gone();
        changed(
          await service.follow({
            key: keyOf(who, `unfollow/${follower}/${following.since}`),
            caseId: id,
            personId: who.personId,
            followerId: follower,
            allowed: false,
          }),
        );
        return { body: { ok: true } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/my/following',
      summary: 'Follow somebody’s matter with the code they gave me',
      access: 'public',
      proof: 'visitor',
      body: z.strictObject({ key: clientKey, code: z.string().min(1).max(40) }),
      returns: z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('joined'), title: localised }),
        z.object({ outcome: z.literal('entrusted'), personName: z.string(), until: z.number() }),
        z.object({ outcome: z.literal('not-found') }),
        z.object({ outcome: z.literal('too-many'), retryAt: z.number() }),
      ]),
      async handle({ body, authorization }) {
        const who = await me(authorization);
        return {
          body: await service.join({
            key: keyOf(who, body.key),
            code: body.code,
            personId: who.personId,
            conversationId: who.conversationId,
            addressId: who.addressId,
            asker: who.addressId,
          }),
        };
      },
    }),
  ];
}
