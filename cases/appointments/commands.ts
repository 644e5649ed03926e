import { z } from 'zod';
import type { Command, Notice } from '../../core';
import { draftSchema } from '../schemas';
import type { Appointments } from './appointments';

const booking = z.object({
  draft: draftSchema.omit({ key: true, kind: true, details: true }),
  pointId: z.string().max(100),
  startsAt: z.number().int(),
  priority: z.boolean(),
});
const cancelling = z.object({
  caseId: z.string().max(200),
  personId: z.string().max(200),
  conversationId: z.string().max(300),
});
const moving = cancelling.extend({ from: z.number().int(), to: z.number().int() });

/**
 * What the booking dialog orders: `appointment.book`, `appointment.move`, `appointment.cancel`. What did not work is told in the
 * conversation; what did is told by the case itself.
 */
export function appointmentCommands(
  appointments: Appointments,
  tell: (conversationId: string, key: string, notice: Notice) => Promise<void>,
): Readonly<Record<string, (command: Command) => Promise<void>>> {
  return {
    'appointment.book': async ({ id, data }) => {
      const { draft, ...order } = booking.parse(data);
      const { outcome } = await appointments.book({ key: id, draft, ...order });
      if (outcome !== 'booked' && draft.conversationId)
        await tell(draft.conversationId, id, {
          key: `appointment.${outcome}`,
          values: { at: order.startsAt },
        });
    },
    'appointment.move': async ({ id, data }) => {
      const { conversationId, ...order } = moving.parse(data);
      const outcome = await appointments.move({ key: id, ...order });
      if (outcome !== 'moved')
        await tell(conversationId, id, {
          key: outcome === 'full' ? 'appointment.full' : 'appointment.impossible',
          values: { at: order.to },
        });
    },
    'appointment.cancel': async ({ id, data }) => {
      const { conversationId, ...order } = cancelling.parse(data);
      if ((await appointments.cancel({ key: id, ...order })) === 'impossible')
        await tell(conversationId, id, { key: 'appointment.impossible', values: {} });
    },
  };
}
