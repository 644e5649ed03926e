import { z } from 'zod';
import { missesSchema } from './misread';

/** An appointment in the making, or the move of one. */
const schema = z.object({
  point: z.string().max(60).exactOptional(),
  priority: z.boolean().exactOptional(),
  /** The day chosen: any moment of it, ms. */
  day: z.number().exactOptional(),
  startsAt: z.number().exactOptional(),
  /** `service:px-47`. */
  topic: z.string().max(80).exactOptional(),
  /** Whose it is to be: `self`, or the id of the mandate of somebody cared for. */
  whose: z.string().max(200).exactOptional(),
  /** The appointment to be moved and when it is now. */
  moving: z.object({ caseId: z.string().max(200), from: z.number() }).exactOptional(),
  misses: missesSchema,
});
export type BookingState = z.infer<typeof schema>;

export function readState(stored: unknown): BookingState | undefined {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}
