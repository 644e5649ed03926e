import type { ReminderText } from '../../core';
import type { ReminderSeal } from '../reminders/records';
import type { Recipient } from './recipients';

/** The id of "this number got this text" (or this person, where no number is known): a keyed hash, from which neither can be read. */
export const toldId = (
  seal: ReminderSeal,
  { phone, memberId }: Recipient,
  { template, values }: ReminderText,
): string =>
  `t-${seal.lookup('told', JSON.stringify([phone ?? memberId, template, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))]))}`;
