import type { ReminderLookups } from '../bot';
import type { KnownDates, Reminders, ReminderTexts, SendingTimes } from '../core';
import type { Records } from '../store';

/** What the chat looks up of reminders, from their engine. */
export function reminderLookups(parts: {
  readonly reminders: Pick<Reminders, 'ofPerson' | 'content'>;
  readonly texts: Pick<ReminderTexts, 'fault'>;
  readonly times: Pick<SendingTimes, 'tellAt'>;
  readonly dates: KnownDates;
  readonly addresses: Pick<Records['addresses'], 'get' | 'externalId'>;
  /** Whether SMS can be sent. */
  readonly canSms: () => boolean;
}): ReminderLookups {
  const { reminders, texts, times, dates, addresses, canSms } = parts;
  return {
    canSms,
    known: dates,
    fault: (text, language) => texts.fault(text, language),
    tellAt: (purpose, dueAt, leadMs) => times.tellAt(purpose, dueAt, leadMs),
    async ahead(personId, limit) {
      const mine = await reminders.ofPerson(personId, 100);
      return mine
        .filter(each => each.state === 'scheduled')
        .slice(0, limit)
        .map(each => ({
          id: each.id,
          purpose: each.purpose,
          dueAt: each.next?.dueAt ?? each.dueAt,
          text: reminders.content(each).text,
          leadsMs: each.leadsMs,
          ...(each.repeats === undefined ? {} : { repeats: each.repeats }),
        }));
    },
    async phoneOf(addressId) {
      const address = await addresses.get(addressId);
      return address?.channel === 'sms' ? addresses.externalId(address) : undefined;
    },
  };
}
