import {
  type Occurrence,
  type ReminderPurpose,
  type SendingTimes,
  bangkokAt,
  bangkokTimeOf,
} from '../../core';
import { nextDue } from './recurrence';
import { createWindows, sendingWindows } from './windows';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * What a purpose is about: something at a moment, to which people have to travel; a day that counts to its end; or news, which are of
 * use for a while.
 */
const shape: Readonly<Record<ReminderPurpose, 'moment' | 'day' | 'news'>> = {
  appointment: 'moment',
  personal: 'moment',
  case: 'news',
  document: 'day',
  benefit: 'day',
  renewal: 'day',
  announcement: 'news',
  promotion: 'news',
};

/** Told so long before its moment, a thing can still be done; later than that, better the evening before. */
const leastAheadMs = 30 * minuteMs;
/** At the moment itself, what is told a little late still helps. */
const graceMs: Readonly<Record<'moment' | 'news', number>> = { moment: 30 * minuteMs, news: 2 * dayMs };

const endOfDay = (at: number): number => {
  const { year, month, day } = bangkokTimeOf(at);
  return bangkokAt(year, month, day + 1);
};

/** The hours of Thai people and offices. `holidays`: announced days off, ISO dates in Bangkok. Pure. */
export function sendingTimes(holidays: readonly string[]): SendingTimes {
  const windows = createWindows(holidays);

  /** The last moment at which telling makes sense before `dueAt`. */
  function latest(purpose: ReminderPurpose, dueAt: number, leadMs: number): number {
    switch (shape[purpose]) {
      case 'moment':
        return leadMs === 0 ? dueAt : dueAt - Math.min(leadMs, leastAheadMs);
      case 'day':
        return endOfDay(dueAt) - 1;
      case 'news':
        return leadMs === 0 ? dueAt + graceMs.news : dueAt;
    }
  }

  return {
    nextDue,
    allowed: (purpose, at) => windows.atOrAfter(sendingWindows[purpose], at),
    tellAt(purpose, dueAt, leadMs) {
      const window = sendingWindows[purpose];
      const later = windows.atOrAfter(window, dueAt - leadMs);
      const last = latest(purpose, dueAt, leadMs);
      return later <= last ? later : windows.atOrBefore(window, Math.min(last, dueAt - leadMs));
    },
    usefulUntil(purpose, { dueAt, leadMs, at }: Occurrence) {
      switch (shape[purpose]) {
        case 'moment':
          return leadMs === 0 ? Math.max(dueAt, at) + graceMs.moment : dueAt;
        case 'day':
          return endOfDay(Math.max(dueAt, leadMs === 0 ? at : dueAt));
        case 'news':
          return leadMs === 0 ? Math.max(dueAt, at) + graceMs.news : Math.max(dueAt, at);
      }
    },
  };
}
