import type { ReminderText } from '../../core';
import type { ReminderSeal } from '../reminders/records';

/** The id of "this number got this text": a keyed hash, from which neither can be read. */
export const toldId = (seal: ReminderSeal, phone: string, { template, values }: ReminderText): string =>
  `t-${seal.lookup('told', JSON.stringify([phone, template, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))]))}`;
