import { z } from 'zod';

const bangkokOffsetMs = 7 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;
const farthestDays = 30;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u);

export const hoursSchema = z.object({
  /** Blocks of each weekday, 0 = Sunday, Bangkok time. */
  week: z.record(z.string().regex(/^[0-6]$/u), z.array(z.object({ from: clockTime, to: clockTime }))),
  /** Days off, ISO dates in Bangkok. */
  holidays: z.array(z.object({ date: z.iso.date(), name: z.string() })),
});
export type OpeningHours = z.infer<typeof hoursSchema>;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether officers are on duty at a moment (ms), and when they are next. Bangkok keeps UTC+7 all year. */
export function openAt(hours: OpeningHours, at: number): { open: boolean; opensAt?: number } {
  const local = at + bangkokOffsetMs;
  const today = Math.floor(local / dayMs);
  const minuteNow = Math.floor((local % dayMs) / 60_000);
  const daysOff = new Set(hours.holidays.map(holiday => holiday.date));
  for (let ahead = 0; ahead <= farthestDays; ahead += 1) {
    const midnight = (today + ahead) * dayMs;
    const date = new Date(midnight);
    if (daysOff.has(date.toISOString().slice(0, 10))) continue;
    for (const block of hours.week[String(date.getUTCDay())] ?? []) {
      const from = minutes(block.from);
      if (ahead === 0 && minuteNow >= from && minuteNow < minutes(block.to)) return { open: true };
      if (ahead > 0 || minuteNow < from)
        return { open: false, opensAt: midnight + from * 60_000 - bangkokOffsetMs };
    }
  }
  return { open: false };
}
