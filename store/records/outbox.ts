import type { Collection, CollectionDefinition, Engine, Outbox, OutboxItem } from '../../core';

const isOpen = (item: OutboxItem): boolean => item.state === 'waiting' || item.state === 'sending';
const isTroubled = (item: OutboxItem): boolean =>
  item.state === 'unknown' || item.state === 'refused' || item.delivered === 'failed';

const definition: CollectionDefinition<OutboxItem> = {
  name: 'outbox',
  revision: 1,
  indexes: {
    lane: item => (isOpen(item) ? [item.conversationId, item.seq] : undefined),
    due: item => (isOpen(item) ? [item.dueAt] : undefined),
    reference: item => (item.reference ? [item.channel, item.account, item.reference] : undefined),
    troubled: item => (isTroubled(item) ? [item.createdAt] : undefined),
    conversation: item => [item.conversationId, item.seq],
  },
};

export function outboxCollection(engine: Engine): Collection<OutboxItem> {
  return engine.collection(definition);
}

export function createOutbox(records: Collection<OutboxItem>): Outbox {
  return {
    get: id => records.get(id),
    async next(conversationId) {
      return (await records.scan({ index: 'lane', prefix: [conversationId], limit: 1 })).records[0];
    },
    replace: item => records.replace(item),
    async due(before, limit) {
      const page = await records.scan({ index: 'due', to: before, limit });
      return [...new Set(page.records.map(item => item.conversationId))];
    },
    async byReference(channel, account, reference) {
      const page = await records.scan({ index: 'reference', prefix: [channel, account, reference], limit: 1 });
      return page.records[0];
    },
    async delivered(channel, account, { reference, state, why }) {
      if (state === 'sent') return;
      for (;;) {
        const page = await records.scan({ index: 'reference', prefix: [channel, account, reference], limit: 1 });
        const item = page.records[0];
        // Delivered is the last word; a failure is taken back by nothing but that.
        if (!item || item.delivered === 'delivered' || item.delivered === state) return;
        if (await records.replace({ ...item, delivered: state, ...(why === undefined ? {} : { why }) })) return;
      }
    },
    async releaseAll(now) {
      let released = 0;
      let after: string | undefined;
      do {
        const page = await records.scan({ index: 'due', limit: 500, ...(after ? { after } : {}) });
        const leased = page.records.filter(item => item.state === 'sending' && item.dueAt > now);
        const ended = await Promise.all(leased.map(item => records.replace({ ...item, dueAt: now })));
        released += ended.filter(Boolean).length;
        after = page.cursor;
      } while (after);
      return released;
    },
    async openCount(atMost) {
      return (await records.scan({ index: 'due', limit: atMost })).records.length;
    },
    async troubled(limit) {
      return (await records.scan({ index: 'troubled', limit, descending: true })).records;
    },
    async ofMessages(conversationId, fromSeq, limit) {
      return (await records.scan({ index: 'conversation', prefix: [conversationId], from: fromSeq, limit })).records;
    },
  };
}
