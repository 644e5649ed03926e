import { z } from 'zod';
import { type Command, type Notice, carerActor } from '../../core';
import { type Carers, refusedNotice } from '../carers';
import { draftSchema } from '../schemas';
import type { Appointments } from './appointments';

/** Somebody acts for another: who, and under what. */
const carer = z.object({
  mandate: z.string().max(200),
  personId: z.string().max(200),
  addressId: z.string().max(300),
  conversationId: z.string().max(300),
});
type CarerOrder = z.infer<typeof carer>;

const booking = z.object({
  draft: draftSchema.omit({ key: true, kind: true, details: true }),
  pointId: z.string().max(100),
  startsAt: z.number().int(),
  priority: z.boolean(),
  carer: carer.exactOptional(),
});
const cancelling = z.object({
  caseId: z.string().max(200),
  personId: z.string().max(200),
  conversationId: z.string().max(300),
  carer: carer.exactOptional(),
});
const moving = cancelling.extend({ from: z.number().int(), to: z.number().int() });

/**
 * What the booking dialog orders: `appointment.book`, `appointment.move`, `appointment.cancel`. What did not work is told in the
 * conversation; what did is told by the case itself, and to a carer who did it for another.
 */
export function appointmentCommands(
  appointments: Appointments,
  tell: (conversationId: string, key: string, notice: Notice) => Promise<void>,
  carers: Pick<Carers, 'acting' | 'record'>,
): Readonly<Record<string, (command: Command) => Promise<void>>> {
  const failed = (outcome: string, at: number): Notice => ({ key: `appointment.${outcome}`, values: { at } });

  async function bookForAnother(
    key: string,
    { draft, ...order }: Omit<z.infer<typeof booking>, 'carer'>,
    by: CarerOrder,
  ): Promise<void> {
    const acting = await carers.acting(by, draft.topic);
    if (acting.outcome !== 'holds') return tell(by.conversationId, key, refusedNotice(acting));
    const { mandate, conversationId } = acting;
    const { conversationId: _theirs, ...given } = draft;
    const theirs = { ...given, personId: mandate.personId, mandate: mandate.id };
    const booked = await appointments.book({
      ...{ key, ...order },
      draft: conversationId ? { ...theirs, conversationId } : theirs,
    });
    if (booked.outcome !== 'booked')
      return tell(by.conversationId, key, failed(booked.outcome, order.startsAt));
    const { filed } = booked;
    await carers.record('carer.booked', by, 'caseId' in filed ? filed.caseId : undefined);
    await tell(by.conversationId, key, {
      key: 'carer.booked',
      values: { name: mandate.personName, at: order.startsAt },
    });
  }

  /** In whose name an own appointment is changed, and what is told afterwards; `undefined`: it was refused, and that was told. */
  async function inWhoseName(key: string, personId: string, by: CarerOrder | undefined) {
    if (!by) return { personId };
    const acting = await carers.acting(by);
    if (acting.outcome !== 'holds') {
      await tell(by.conversationId, key, refusedNotice(acting));
      return undefined;
    }
    const { mandate } = acting;
    return { personId: mandate.personId, actor: carerActor(mandate), name: mandate.personName };
  }

  return {
    'appointment.book': async ({ id, data }) => {
      const { carer: by, ...asked } = booking.parse(data);
      if (by) return bookForAnother(id, asked, by);
      const { draft, ...order } = asked;
      const { outcome } = await appointments.book({ key: id, draft, ...order });
      if (outcome !== 'booked' && draft.conversationId)
        await tell(draft.conversationId, id, failed(outcome, order.startsAt));
    },
    'appointment.move': async ({ id, data }) => {
      const { conversationId, carer: by, personId, ...order } = moving.parse(data);
      const whose = await inWhoseName(id, personId, by);
      if (!whose) return;
      const { name, ...who } = whose;
      const outcome = await appointments.move({ key: id, ...order, ...who });
      if (outcome !== 'moved')
        return tell(conversationId, id, failed(outcome === 'full' ? 'full' : 'impossible', order.to));
      if (!by || !name) return;
      await carers.record('carer.moved', by, order.caseId);
      await tell(conversationId, id, { key: 'carer.moved', values: { name, at: order.to } });
    },
    'appointment.cancel': async ({ id, data }) => {
      const { conversationId, carer: by, personId, caseId } = cancelling.parse(data);
      const whose = await inWhoseName(id, personId, by);
      if (!whose) return;
      const { name, ...who } = whose;
      if ((await appointments.cancel({ key: id, caseId, ...who })) === 'impossible')
        return tell(conversationId, id, { key: 'appointment.impossible', values: {} });
      if (!by || !name) return;
      await carers.record('carer.cancelled', by, caseId);
      await tell(conversationId, id, { key: 'carer.cancelled', values: { name } });
    },
  };
}
