import { z } from 'zod';
import { type Command, type Notice, maskPersonalData } from '../../core';
import { dayIn } from '../day';
import type { Acting, Carers } from './carers';

const name = z.string().trim().min(1).max(100).transform(maskPersonalData);
const entrusting = z.object({
  personId: z.string().max(200),
  personName: name,
  carerName: name,
  until: z.number().int(),
  conversationId: z.string().max(300),
  addressId: z.string().max(300),
});
const here = z.object({
  mandate: z.string().max(200),
  personId: z.string().max(200),
  addressId: z.string().max(300),
});

const grouped = (digits: string): string => digits.replace(/(\d{4})(?=\d)/gu, '$1 ');

/** Why nothing was done for the other, in words; the day after the last one it says that it ended, and when. */
export function refusedNotice(acting: Exclude<Acting, { outcome: 'holds' }>): Notice {
  if (acting.outcome === 'unknown') return { key: 'carer.unknown' };
  const { personName, until, endedAt } = acting.mandate;
  return {
    key: `carer.${acting.outcome}`,
    values: { name: personName, until: dayIn(Math.min(endedAt ?? until, until)) },
  };
}

/** What the dialog of carers orders: `carer.entrust`, `carer.end`, and `carer.view`, which records who looked. */
export function carerCommands(
  carers: Carers,
  tell: (conversationId: string, key: string, notice: Notice) => Promise<void>,
): Readonly<Record<string, (command: Command) => Promise<void>>> {
  return {
    'carer.entrust': async ({ id, data }) => {
      const order = entrusting.parse(data);
      const made = await carers.entrust({ key: id, ...order });
      const values = { name: order.carerName, until: dayIn(order.until) };
      await tell(
        order.conversationId,
        id,
        made
          ? { key: 'carer.code', values: { ...values, code: grouped(made.code), by: made.expiresAt } }
          : { key: 'carer.not-made' },
      );
    },
    'carer.end': async ({ data }) => {
      await carers.end(here.parse(data));
    },
    'carer.view': async ({ data }) => {
      const by = here.parse(data);
      if ((await carers.acting(by)).outcome === 'holds') await carers.record('carer.viewed', by);
    },
  };
}
