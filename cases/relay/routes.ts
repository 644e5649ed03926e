import { z } from 'zod';
import { type Officer, type Role, type Route, route } from '../../core';
import type { Cases } from '../cases';
import { changed } from '../routes';
import { caseId, clientKey } from '../schemas';
import { announcementRoutes } from './announcement-routes';
import type { Announcements } from './announcements';
import type { Relay } from './relay';
import { sheet } from './sheet';

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const mostRows = 200;
const name = z.string().trim().min(1).max(200);
const village = z.strictObject({
  village: name,
  province: name.exactOptional(),
  district: name.exactOptional(),
});
const leader = village.extend({ personId: z.string(), verifiedBy: z.string(), verifiedAt: z.number() });
const relayRow = z.object({
  caseId: z.string(),
  reference: z.string().optional(),
  village: z.string(),
  dueAt: z.number(),
  items: z.array(
    z.object({ question: z.string(), answer: z.string().optional(), by: z.string().optional() }),
  ),
});
const done = z.object({ ok: z.literal(true) });
const ok = { body: { ok: true } } as const;

/** Leaders, their questions, the answers and the text for the village, at the desk. */
export function relayRoutes({
  relay,
  cases,
  announcements,
  person,
}: {
  readonly relay: Relay;
  /** Throws for a person whom the officer may not know. */
  readonly person: (personId: string, officer: Officer) => Promise<unknown>;
  readonly announcements: Announcements;
  readonly cases: Pick<Cases, 'desk' | 'service'>;
}): Route[] {
  return [
    ...announcementRoutes(announcements),
    route({
      method: 'get',
      path: '/api/v1/relay-leaders',
      summary: 'Leaders whom officers of the agency have verified',
      audit: 'relay-leaders.viewed',
      access: workers,
      returns: z.object({ leaders: z.array(leader) }),
      async handle({ officer }) {
        const leaders = await relay.leaders(officer, mostRows);
        return {
          body: {
            leaders: leaders.map(({ id, village: place, province, district, verifiedBy, verifiedAt }) => ({
              ...{ personId: id, village: place, verifiedBy: verifiedBy.name, verifiedAt },
              ...(province ? { province } : {}),
              ...(district ? { district } : {}),
            })),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/relay-leaders',
      summary: 'Verify that somebody speaks for a village, or take that back',
      audit: 'relay-leader.verified',
      access: workers,
      body: z.discriminatedUnion('verified', [
        village.extend({ verified: z.literal(true), personId: z.string().min(1).max(200) }),
        z.strictObject({ verified: z.literal(false), personId: z.string().min(1).max(200) }),
      ]),
      returns: done,
      async handle({ officer, body }) {
        if (body.verified) {
          const { verified: _verified, personId, ...place } = body;
          await person(personId, officer);
          await relay.verify(personId, place, officer);
        } else await relay.unverify(body.personId, officer);
        return ok;
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/relays',
      summary: 'Questions asked for others that are not all answered, the most urgent first',
      audit: 'relays.viewed',
      access: workers,
      returns: z.object({ relays: z.array(relayRow) }),
      async handle({ officer }) {
        const { cases: due } = await cases.desk.due(officer, { kind: 'relay', limit: mostRows });
        const relays = due.flatMap(record => {
          const details = cases.service.details(record);
          if (details.kind !== 'relay') return [];
          const { id, reference, dueAt } = record;
          const { village: place, items } = details;
          return [
            { caseId: id, dueAt, village: place, items: [...items], ...(reference ? { reference } : {}) },
          ];
        });
        return { body: { relays } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/relays/answers',
      summary: 'Answer one question of a relay',
      audit: 'relay.answered',
      access: workers,
      body: z.strictObject({
        caseId,
        clientId: clientKey,
        item: z.number().int().min(0).max(100),
        text: z.string().trim().min(1).max(8_000),
      }),
      returns: done,
      async handle({ officer, body: { caseId: id, clientId, item, text } }) {
        changed(await relay.answer({ caseId: id, key: clientId, officer, item, text }));
        return ok;
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/relays/announcement',
      summary: 'The answers as one text for the village loudspeaker, and how long it takes to read',
      audit: 'relay.viewed',
      access: workers,
      query: z.object({ caseId }),
      returns: z.object({
        village: z.string(),
        text: z.string(),
        seconds: z.number(),
        slotSeconds: z.number(),
      }),
      handle: async ({ officer, query }) => ({ body: await relay.announcement(query.caseId, officer) }),
    }),
    route({
      method: 'get',
      path: '/api/v1/relays/sheet',
      summary: 'The same as a page to print',
      audit: 'relay.printed',
      access: workers,
      query: z.object({ caseId }),
      returns: z.string(),
      async handle({ officer, query }) {
        const { village: place, text, slotSeconds } = await relay.announcement(query.caseId, officer);
        return { html: sheet(place, text, slotSeconds) };
      },
    }),
  ];
}
