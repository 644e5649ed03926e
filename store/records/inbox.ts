import type { Collection, CollectionDefinition, Engine, Inbox, InboxRecord } from '../../core';

const definition: CollectionDefinition<InboxRecord> = {
  name: 'inbox',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'event-ids',
    personal: ['event', 'conversationId'],
    sensitive: true,
  },
  indexes: {
    lane: record => (record.state === 'waiting' ? [record.conversationId, record.order] : undefined),
    waiting: record => (record.state === 'waiting' ? [record.receivedAt] : undefined),
    conversation: record => [record.conversationId, record.receivedAt],
    aside: record => (record.state === 'set-aside' ? [record.receivedAt] : undefined),
  },
};

export function inboxCollection(engine: Engine): Collection<InboxRecord> {
  return engine.collection(definition);
}

/** Order keys that rise with acceptance: milliseconds, then a counter that survives a clock set back. */
function orderKeys(): (now: number) => string {
  let lastMs = 0;
  let count = 0;
  return now => {
    if (now > lastMs) {
      lastMs = now;
      count = 0;
    }
    count += 1;
    return `${String(lastMs).padStart(15, '0')}-${String(count).padStart(7, '0')}`;
  };
}

export function createInbox(records: Collection<InboxRecord>): Inbox {
  const orderKey = orderKeys();
  return {
    take(events, now) {
      return Promise.all(
        events.map(event =>
          records.insert({
            id: event.id,
            conversationId: event.conversationId,
            order: orderKey(now),
            receivedAt: now,
            state: 'waiting',
            attempts: 0,
            event,
          }),
        ),
      );
    },
    ignore: (id, why, now) =>
      records.insert({
        id,
        conversationId: '',
        order: orderKey(now),
        receivedAt: now,
        state: 'ignored',
        attempts: 0,
        why,
      }),
    get: id => records.get(id),
    async next(conversationId) {
      const page = await records.scan({ index: 'lane', prefix: [conversationId], limit: 1 });
      return page.records[0];
    },
    async waiting(before, limit) {
      const page = await records.scan({ index: 'waiting', to: before, limit });
      return [...new Set(page.records.map(record => record.conversationId))];
    },
    async countAttempt(record, why) {
      const counted = { ...record, attempts: record.attempts + 1, ...(why === undefined ? {} : { why }) };
      return (await records.replace(counted))
        ? { ...counted, version: counted.version + 1 }
        : ((await records.get(record.id)) ?? record);
    },
    async oldestWaiting() {
      return (await records.scan({ index: 'waiting', limit: 1 })).records[0]?.receivedAt;
    },
    async setAside(limit) {
      return (await records.scan({ index: 'aside', limit, descending: true })).records;
    },
  };
}
