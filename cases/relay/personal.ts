import type { PersonalRecords } from '../../core';
import { everyOne } from '../personal';
import type { RelayCollections } from './announcements';

/** What is kept about leaders and what they were sent: given out, removed, and let go when its time is over. */
export function relayPersonalRecords(collections: RelayCollections): PersonalRecords {
  const { leaders, announcements, receipts } = collections;
  return {
    name: 'relay',
    async collect({ personIds }) {
      const records: unknown[] = [];
      for (const personId of personIds) {
        const leader = await leaders.get(personId);
        if (leader) {
          const { village, province, district, verifiedAt } = leader;
          records.push({ kind: 'leader', village, province, district, verifiedAt });
        }
        for await (const { announcementId, sentAt, seenAt, passedOnAt } of everyOne(receipts, {
          index: 'person',
          prefix: [personId],
        }))
          records.push({ kind: 'announcement', announcementId, sentAt, seenAt, passedOnAt });
      }
      return records.length > 0 ? [{ name: 'relay', records }] : [];
    },
    async erase({ personIds }) {
      const removed = { 'relay-leaders': 0, 'relay-receipts': 0 };
      for (const personId of personIds) {
        if (await leaders.delete(personId)) removed['relay-leaders'] += 1;
        for await (const receipt of everyOne(receipts, { index: 'person', prefix: [personId] }))
          if (await receipts.delete(receipt.id)) removed['relay-receipts'] += 1;
      }
      return removed;
    },
    async expire({ before, dryRun }) {
      const counts = { 'relay-announcements': 0, 'relay-receipts': 0 };
      const to = before('cases');
      if (to === undefined) return counts;
      for await (const receipt of everyOne(receipts, { index: 'sent', to })) {
        counts['relay-receipts'] += 1;
        if (!dryRun) await receipts.delete(receipt.id);
      }
      for await (const sent of everyOne(announcements, { index: 'sent', to })) {
        counts['relay-announcements'] += 1;
        if (!dryRun) await announcements.delete(sent.id);
      }
      return counts;
    },
  };
}
