import { z } from 'zod';

/** What was said of a reminder so far. `id`: an existing one that is being moved. */
const stateSchema = z.object({
  id: z.string().max(60).exactOptional(),
  what: z.string().max(500).exactOptional(),
  /** The date of the register that it is about. */
  known: z.string().max(40).exactOptional(),
  day: z.number().exactOptional(),
  /** Minutes since midnight. */
  minutes: z.number().exactOptional(),
  repeats: z.string().max(300).exactOptional(),
  leadsMs: z.array(z.number()).max(10).exactOptional(),
  phone: z.string().max(20).exactOptional(),
});
export type ReminderDialogState = z.infer<typeof stateSchema>;

export function readReminderState(stored: unknown): ReminderDialogState | undefined {
  const parsed = stateSchema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}
