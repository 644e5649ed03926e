import { z } from 'zod';
import type { Localised } from './text';
import { bangkokIsoDate, bangkokMs } from './thai-time';

const dayMs = 24 * 60 * 60 * 1000;
/** No office is closed longer; beyond it nothing is said of when it opens. */
const farthestDays = 30;

const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/u);

const localised = z.object({ th: z.string().min(1) }).catchall(z.string());

export const hoursSchema = z.object({
  /** Blocks of each weekday, 0 = Sunday, Bangkok time. */
  week: z.record(z.string().regex(/^[0-6]$/u), z.array(z.object({ from: clockTime, to: clockTime }))),
  /** Days off, ISO dates in Bangkok. */
  holidays: z.array(z.object({ date: z.iso.date(), name: z.string() })),
  /**
   * When nobody has to be at the desk though the office is open, such as at lunch; it counts as working time all the same, and whoever
   * stays at the desk serves on.
   */
  breaks: z.array(z.object({ from: clockTime, to: clockTime })).exactOptional(),
  /** Days, `to` included, on which the offices of a place are shut for a reason of their own: a flood, a local feast. */
  closures: z
    .array(
      z.object({
        from: z.iso.date(),
        to: z.iso.date(),
        place: localised,
        why: localised,
      }),
    )
    .exactOptional(),
});
export type OpeningHours = z.infer<typeof hoursSchema>;

/** A stretch of open time, ms since the epoch; `to` is exclusive. */
export interface OpenBlock {
  readonly from: number;
  readonly to: number;
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The number of the day in Bangkok, which keeps UTC+7 all year. */
export const bangkokDay = (at: number): number => Math.floor((at + bangkokMs) / dayMs);

/** The hours made ready to be asked day by day: each day's blocks in order, those that overlap or touch joined. */
export function openBlocks(hours: OpeningHours): (day: number) => readonly OpenBlock[] {
  const daysOff = new Set(hours.holidays.map(holiday => holiday.date));
  const week = Array.from({ length: 7 }, (_, weekday) => joined(hours.week[String(weekday)] ?? []));
  return day => {
    const midnight = day * dayMs;
    const date = new Date(midnight);
    const isoDate = date.toISOString().slice(0, 10);
    if (daysOff.has(isoDate) || closureOn(hours, isoDate)) return [];
    return (week[date.getUTCDay()] ?? []).map(({ from, to }) => ({
      from: midnight + from * 60_000 - bangkokMs,
      to: midnight + to * 60_000 - bangkokMs,
    }));
  };
}

function joined(blocks: readonly { from: string; to: string }[]): { from: number; to: number }[] {
  const sorted = blocks
    .map(({ from, to }) => ({ from: minutes(from), to: minutes(to) }))
    .filter(block => block.to > block.from)
    .sort((a, b) => a.from - b.from);
  const result: { from: number; to: number }[] = [];
  for (const block of sorted) {
    const last = result.at(-1);
    if (last && block.from <= last.to) last.to = Math.max(last.to, block.to);
    else result.push(block);
  }
  return result;
}

/** Why nobody is on duty: a place that is shut, a day off by its name, a break within a day, or the hours. */
export type Closed =
  | { readonly because: 'closure'; readonly place: Localised; readonly why: Localised }
  | { readonly because: 'holiday'; readonly name: string }
  | { readonly because: 'break' | 'hours' };

const closureOn = ({ closures }: OpeningHours, date: string) =>
  closures?.find(({ from, to }) => from <= date && date <= to);

function closedAt(hours: OpeningHours, at: number, today: readonly OpenBlock[]): Closed {
  const date = bangkokIsoDate(at);
  const closure = closureOn(hours, date);
  if (closure) return { because: 'closure', place: closure.place, why: closure.why };
  const holiday = hours.holidays.find(each => each.date === date);
  if (holiday) return { because: 'holiday', name: holiday.name };
  const between = today.some(({ to }) => to <= at) && today.some(({ from }) => at < from);
  return { because: between ? 'break' : 'hours' };
}

/** When the break ends that a moment lies in. */
function breakEnd({ breaks = [] }: OpeningHours, at: number): number | undefined {
  const midnight = bangkokDay(at) * dayMs - bangkokMs;
  const minute = (at - midnight) / 60_000;
  const now = breaks.find(({ from, to }) => minutes(from) <= minute && minute < minutes(to));
  return now && midnight + minutes(now.to) * 60_000;
}

/** Whether officers are on duty at a moment (ms), and when they are next. */
export function openAt(
  hours: OpeningHours,
  at: number,
): { open: boolean; opensAt?: number; closed?: Closed } {
  const blocksOf = openBlocks(hours);
  const today = bangkokDay(at);
  const closed = closedAt(hours, at, blocksOf(today));
  for (let day = today; day <= today + farthestDays; day += 1) {
    for (const block of blocksOf(day)) {
      if (at >= block.from && at < block.to) {
        const opensAt = breakEnd(hours, at);
        if (opensAt === undefined) return { open: true };
        if (opensAt < block.to) return { open: false, opensAt, closed: { because: 'break' } };
      }
      if (at < block.from) return { open: false, opensAt: block.from, closed };
    }
  }
  return { open: false, closed };
}
