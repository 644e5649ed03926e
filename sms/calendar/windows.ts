import { type ReminderPurpose, bangkokAt, bangkokIsoDate, bangkokTimeOf } from '../../core';

/** When a purpose may reach a person, on Bangkok's clock. */
export interface SendingWindow {
  /** Minutes since midnight; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Only on days on which offices are open, because the text asks for a call or a visit. */
  readonly workingDays: boolean;
}

const hours = (from: number, to: number, workingDays = false): SendingWindow => ({
  from: from * 60,
  to: to * 60,
  workingDays,
});

/**
 * Humane hours. Texts that advertise are forbidden from 21:00 to 09:00 in Thailand
 * (https://www.twilio.com/en-us/guidelines/th/sms); what is no duty of anybody keeps a further hour away from that.
 */
export const sendingWindows: Readonly<Record<ReminderPurpose, SendingWindow>> = {
  appointment: hours(7, 20),
  case: hours(8, 20),
  document: hours(8.5, 18, true),
  benefit: hours(8.5, 18, true),
  renewal: hours(8.5, 18, true),
  // The person chose the moment; only the depth of the night is spared.
  personal: hours(5, 23),
  announcement: hours(8, 20),
  promotion: hours(9, 20, true),
};

/** Days of every year on which offices are closed; those by the moon are announced year by year. */
const yearlyHolidays: ReadonlySet<string> = new Set([
  '01-01',
  '04-06',
  '04-13',
  '04-14',
  '04-15',
  '05-04',
  '06-03',
  '07-28',
  '08-12',
  '10-13',
  '10-23',
  '12-05',
  '12-10',
  '12-31',
]);

/** Offices are never closed for longer; a search that goes on has lost its way. */
const farthestDays = 40;

export interface Windows {
  /** The first moment at or after `at` that the window allows. */
  atOrAfter(window: SendingWindow, at: number): number;
  /** The last whole minute at or before `at` that the window allows. */
  atOrBefore(window: SendingWindow, at: number): number;
}

/** Windows over the days off that were announced (ISO dates in Bangkok), and those of every year. */
export function createWindows(announced: readonly string[]): Windows {
  const daysOff = new Set(announced);
  const isOpen = (window: SendingWindow, midnight: number): boolean => {
    if (!window.workingDays) return true;
    const { weekday } = bangkokTimeOf(midnight);
    const date = bangkokIsoDate(midnight);
    return weekday !== 0 && weekday !== 6 && !daysOff.has(date) && !yearlyHolidays.has(date.slice(5));
  };
  const midnightOf = (at: number, days: number): number => {
    const { year, month, day } = bangkokTimeOf(at);
    return bangkokAt(year, month, day + days);
  };
  return {
    atOrAfter(window, at) {
      for (let days = 0; days <= farthestDays; days += 1) {
        const midnight = midnightOf(at, days);
        const first = Math.max(at, midnight + window.from * 60_000);
        if (isOpen(window, midnight) && first < midnight + window.to * 60_000) return first;
      }
      return at;
    },
    atOrBefore(window, at) {
      for (let days = 0; days >= -farthestDays; days -= 1) {
        const midnight = midnightOf(at, days);
        const last = Math.min(at, midnight + (window.to - 1) * 60_000);
        if (isOpen(window, midnight) && last >= midnight + window.from * 60_000) return last;
      }
      return at;
    },
  };
}
