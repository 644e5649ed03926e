import { z } from 'zod';
import {
  type OpeningHours,
  type ServicePoint,
  type Slot,
  bangkokDay,
  hoursSchema,
  openBlocks,
} from '../../core';

const text = z.object({ th: z.string().min(1) }).catchall(z.string());

export const servicePointsSchema = z
  .array(
    z
      .strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,60}$/u),
        name: text,
        bring: text.exactOptional(),
        slotMinutes: z.number().int().min(5).max(480),
        capacity: z.number().int().min(1).max(1_000),
        reserved: z.number().int().min(0),
        week: hoursSchema.shape.week,
      })
      .refine(point => point.reserved < point.capacity, 'more seats are reserved than there are others'),
  )
  .min(1) satisfies z.ZodType<readonly ServicePoint[]>;

const minuteMs = 60_000;

/** The slots of the Bangkok day in which `at` lies, in order; what is left of a block after its last whole slot is not used. */
export function slotsOf(
  point: ServicePoint,
  holidays: OpeningHours['holidays'],
  at: number,
): readonly Slot[] {
  const slotMs = point.slotMinutes * minuteMs;
  return openBlocks({ week: point.week, holidays })(bangkokDay(at)).flatMap(({ from, to }) =>
    Array.from({ length: Math.floor((to - from) / slotMs) }, (_, index) => ({
      startsAt: from + index * slotMs,
      endsAt: from + (index + 1) * slotMs,
    })),
  );
}
