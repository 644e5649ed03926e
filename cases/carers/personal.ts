import type { Collection, PersonalRecords } from '../../core';
import { everyOne } from '../personal';
import type { StoredMandate } from './carers';

/** Who was let act for whom: each of the two gets to see when, and with either of them it goes. */
export function carerPersonalRecords(mandates: Collection<StoredMandate>): PersonalRecords {
  const name = 'case-carers';
  const sides = ['person', 'carer'] as const;
  return {
    name,
    async collect({ personIds }) {
      const records: unknown[] = [];
      for (const personId of personIds)
        for (const index of sides)
          for await (const { since, until, endedAt } of everyOne(mandates, { index, prefix: [personId] }))
            records.push({ as: index, since, until, endedAt });
      return records.length > 0 ? [{ name, records }] : [];
    },
    async erase({ personIds }) {
      let removed = 0;
      for (const personId of personIds)
        for (const index of sides)
          for await (const { id } of everyOne(mandates, { index, prefix: [personId] }))
            if (await mandates.delete(id)) removed += 1;
      return { [name]: removed };
    },
    async expire({ before, isHeld, dryRun }) {
      let count = 0;
      const to = before('cases');
      if (to !== undefined)
        for await (const { id, personId } of everyOne(mandates, { index: 'until', to })) {
          if (isHeld(personId)) continue;
          count += 1;
          if (!dryRun) await mandates.delete(id);
        }
      return { [name]: count };
    },
  };
}
