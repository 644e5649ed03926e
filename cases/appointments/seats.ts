import type { Collection, Engine, ServicePoint, Stored } from '../../core';

/** Who sits in one slot of one point, by the key of the case: the guard against double booking. */
export interface SlotSeats extends Stored {
  readonly pointId: string;
  readonly startsAt: number;
  readonly seats: readonly { readonly key: string; readonly priority: boolean }[];
}

export const seatsCollection = (engine: Engine): Collection<SlotSeats> =>
  engine.collection<SlotSeats>({
    name: 'appointment-seats',
    revision: 1,
    keeps: {
      purpose: 'answer',
      basis: 'public-task',
      retention: 'cases',
      personal: ['seats'],
      ages: 'starts',
    },
    indexes: { slot: slot => [slot.pointId, slot.startsAt], starts: slot => [slot.startsAt] },
  });

/** Whether one more fits: the reserved seats are for priority only, and priority may take any. */
export function fits(point: ServicePoint, seats: SlotSeats['seats'], priority: boolean): boolean {
  if (seats.length >= point.capacity) return false;
  const ordinary = seats.filter(seat => !seat.priority).length;
  return priority || ordinary < point.capacity - point.reserved;
}

export interface Seats {
  /** Takes a seat for the key; the same key again has it already. `false` when none is left. */
  take(point: ServicePoint, startsAt: number, key: string, priority: boolean): Promise<boolean>;
  release(pointId: string, startsAt: number, key: string): Promise<void>;
  /** Taken seats of the slots from `from` to before `to`. */
  taken(pointId: string, from: number, to: number): Promise<ReadonlyMap<number, SlotSeats['seats']>>;
}

const mostSlots = 500;

/** One record a slot, changed by compare-and-set alone: of many at once for the last seat, one gets it. */
export function createSeats(slots: Collection<SlotSeats>): Seats {
  const idOf = (pointId: string, startsAt: number): string => `${pointId}/${startsAt}`;
  return {
    async take(point, startsAt, key, priority) {
      const id = idOf(point.id, startsAt);
      for (;;) {
        const stored = await slots.get(id);
        const seats = stored?.seats ?? [];
        if (seats.some(seat => seat.key === key)) return true;
        if (!fits(point, seats, priority)) return false;
        const next = { id, pointId: point.id, startsAt, seats: [...seats, { key, priority }] };
        const written = stored
          ? await slots.replace({ ...next, version: stored.version })
          : await slots.insert(next);
        if (written) return true;
      }
    },
    async release(pointId, startsAt, key) {
      for (;;) {
        const stored = await slots.get(idOf(pointId, startsAt));
        if (!stored?.seats.some(seat => seat.key === key)) return;
        if (await slots.replace({ ...stored, seats: stored.seats.filter(seat => seat.key !== key) })) return;
      }
    },
    async taken(pointId, from, to) {
      const { records } = await slots.scan({ index: 'slot', prefix: [pointId], from, to, limit: mostSlots });
      return new Map(records.map(slot => [slot.startsAt, slot.seats]));
    },
  };
}
