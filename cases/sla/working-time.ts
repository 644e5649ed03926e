import { type OpeningHours, bangkokDay, openBlocks } from '../../core';

/** Working time is looked for this far; hours that never open end here instead of nowhere. */
const farthestDays = 4_000;

/** Time that passes only while the office is open. */
export interface WorkingTime {
  /** The moment at which `workingMs` of open time have passed since `from`; `undefined` when the office does not open long enough. */
  add(from: number, workingMs: number): number | undefined;
  /** Open time between two moments, ms; negative never. */
  between(from: number, to: number): number;
  /** The end of the `days`-th day on which the office opens, counted from the day after `from`. */
  endOfWorkingDay(from: number, days: number): number | undefined;
}

export function workingTime(hours: OpeningHours): WorkingTime {
  const blocksOf = openBlocks(hours);
  return {
    add(from, workingMs) {
      let left = workingMs;
      const first = bangkokDay(from);
      for (let day = first; day <= first + farthestDays; day += 1) {
        for (const block of blocksOf(day)) {
          const start = Math.max(block.from, from);
          const open = block.to - start;
          if (open <= 0) continue;
          if (left <= open) return start + left;
          left -= open;
        }
      }
      return undefined;
    },
    between(from, to) {
      let sum = 0;
      for (
        let day = bangkokDay(from);
        day <= bangkokDay(to) && day <= bangkokDay(from) + farthestDays;
        day += 1
      ) {
        for (const block of blocksOf(day))
          sum += Math.max(0, Math.min(block.to, to) - Math.max(block.from, from));
      }
      return sum;
    },
    endOfWorkingDay(from, days) {
      let left = days;
      const first = bangkokDay(from) + 1;
      for (let day = first; day <= first + farthestDays; day += 1) {
        const last = blocksOf(day).at(-1);
        if (last && (left -= 1) <= 0) return last.to;
      }
      return undefined;
    },
  };
}
