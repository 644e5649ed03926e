import type { Collection, PersonalRecords, Reminder } from '../../core';
import { type ReminderSeal, openContent } from './records';

const pageSize = 200;

/** Reminders of people: given out, erased, and let go once they are long over. */
export function reminderPersonalRecords(
  reminders: Collection<Reminder>,
  seal: ReminderSeal,
): PersonalRecords {
  async function* matching(
    index: string,
    scan: { prefix?: readonly string[]; to?: number },
  ): AsyncGenerator<Reminder> {
    let after: string | undefined;
    do {
      const page = await reminders.scan({ index, ...scan, limit: pageSize, ...(after ? { after } : {}) });
      yield* page.records;
      after = page.cursor;
    } while (after !== undefined);
  }

  return {
    name: 'reminders',
    async collect({ personIds }) {
      const records: unknown[] = [];
      for (const personId of personIds)
        for await (const each of matching('person', { prefix: [personId] })) {
          const { purpose, basis, dueAt, leadsMs, repeats, ladder, state, answer, history } = each;
          const { text, phone } = openContent(seal, each);
          records.push({
            purpose,
            basis,
            dueAt,
            leadsMs,
            repeats,
            ladder,
            state,
            answer,
            history,
            text,
            phone,
          });
        }
      return records.length > 0 ? [{ name: 'reminders', records }] : [];
    },
    async erase({ personIds }) {
      let erased = 0;
      for (const personId of personIds)
        for await (const each of matching('person', { prefix: [personId] }))
          if (await reminders.delete(each.id)) erased += 1;
      return { reminders: erased };
    },
    async expire({ before, isHeld, dryRun }) {
      let expired = 0;
      const to = before('reminders');
      if (to === undefined) return { reminders: 0 };
      for await (const each of matching('age', { to })) {
        if (each.state === 'scheduled' || each.changedAt >= to) continue;
        if (each.personId !== undefined && isHeld(each.personId)) continue;
        if (dryRun || (await reminders.delete(each.id, each.version))) expired += 1;
      }
      return { reminders: expired };
    },
  };
}
