import type { KnownDates, ReminderPurpose, ReminderText, SendingTimes } from '../../core';
import type { CaseDialogParts } from './case-parts';

/** A reminder that lies ahead, for its person. */
export interface AheadReminder {
  readonly id: string;
  readonly purpose: ReminderPurpose;
  readonly dueAt: number;
  readonly text: ReminderText;
  readonly repeats?: string;
  readonly leadsMs: readonly number[];
}

/** What the dialog looks up; what is to be done is a command of its decision. */
export interface ReminderLookups {
  ahead(personId: string, limit: number): Promise<readonly AheadReminder[]>;
  /** Why a text cannot be sent; `undefined` when it can. */
  fault(text: ReminderText, language: string): string | undefined;
  readonly tellAt: SendingTimes['tellAt'];
  /** Dates of law, which are proposed. */
  readonly known: Pick<KnownDates, 'get' | 'called'>;
  /** Whether SMS can be sent here. */
  canSms(): boolean;
  /** The number behind an address of SMS. */
  phoneOf(addressId: string): Promise<string | undefined>;
}

export interface ReminderDialogParts extends CaseDialogParts {
  readonly reminders: ReminderLookups;
}
