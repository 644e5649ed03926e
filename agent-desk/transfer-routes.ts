import { z } from 'zod';
import { type Route, route } from '../core';
import { rolesFor } from './policy';
import type { TransferDesks } from './transfers';

/** Where a conversation can go; the act itself comes over the socket. */
export function transferRoutes(desks: TransferDesks): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/transfer-desks',
      summary: 'To whom a conversation can be handed: colleagues, and agencies that work at this desk',
      access: rolesFor('conversation.list'),
      returns: z.object({
        colleagues: z.array(z.object({ id: z.string(), name: z.string(), here: z.boolean() })),
        agencies: z.array(z.object({ id: z.string(), name: z.record(z.string(), z.string()) })),
      }),
      async handle({ officer }) {
        const colleagues = await desks.colleagues(officer);
        const agencies = desks.agencies().map(({ id, name }) => ({ id, name: { ...name } }));
        return { body: { colleagues: [...colleagues], agencies } };
      },
    }),
  ];
}
