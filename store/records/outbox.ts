import type {
  ChannelName,
  Collection,
  CollectionDefinition,
  DeliveryNews,
  Engine,
  Outbox,
  OutboxItem,
  Stored,
} from '../../core';

const isOpen = (item: OutboxItem): boolean => item.state === 'waiting' || item.state === 'sending';
const isTroubled = (item: OutboxItem): boolean =>
  item.state === 'unknown' || item.state === 'refused' || item.delivered === 'failed';

const definition: CollectionDefinition<OutboxItem> = {
  name: 'outbox',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'sendings',
    personal: ['conversationId', 'addressId'],
  },
  indexes: {
    lane: item => (isOpen(item) ? [item.conversationId, item.seq] : undefined),
    due: item => (isOpen(item) ? [item.dueAt] : undefined),
    reference: item => (item.reference ? [item.channel, item.account, item.reference] : undefined),
    gate: item => (item.gate === undefined ? undefined : [item.gate]),
    troubled: item => (isTroubled(item) ? [item.createdAt] : undefined),
    conversation: item => [item.conversationId, item.seq],
  },
};

/** News that came before the sending they are about was marked: vendors are sometimes faster than our own write. */
interface EarlyNews extends Stored, DeliveryNews {}

export function earlyNewsCollection(engine: Engine): Collection<EarlyNews> {
  return engine.collection<EarlyNews>({
    name: 'early-news',
    revision: 1,
    keeps: { purpose: 'none', basis: 'public-task', retention: 'transient', personal: [], ages: 'noted' },
    indexes: { noted: news => (news.at === undefined ? undefined : [news.at]) },
  });
}

export function outboxCollection(engine: Engine): Collection<OutboxItem> {
  return engine.collection(definition);
}

export function createOutbox(records: Collection<OutboxItem>, early: Collection<EarlyNews>): Outbox {
  const earlyId = (channel: string, account: string, reference: string): string =>
    `${channel}:${account}:${reference}`;

  /** Notes news on the sending they are about; `false` when there is none yet. */
  async function note(
    channel: ChannelName,
    account: string,
    { reference, state, fault, why }: DeliveryNews,
  ): Promise<boolean> {
    if (state === 'sent') return true;
    for (;;) {
      const page = await records.scan({
        index: 'reference',
        prefix: [channel, account, reference],
        limit: 1,
      });
      const item = page.records[0];
      if (!item) return false;
      // Delivered is the last word; a failure is taken back by nothing but that.
      if (item.delivered === 'delivered' || item.delivered === state) return true;
      const told = { ...(why === undefined ? {} : { why }), ...(fault ? { fault } : {}) };
      if (await records.replace({ ...item, ...told, delivered: state })) return true;
    }
  }

  return {
    get: id => records.get(id),
    async next(conversationId) {
      return (await records.scan({ index: 'lane', prefix: [conversationId], limit: 1 })).records[0];
    },
    async replace(item) {
      if (!(await records.replace(item))) return false;
      if (item.state === 'sent' && item.reference) {
        const id = earlyId(item.channel, item.account, item.reference);
        const news = await early.get(id);
        if (news && (await note(item.channel, item.account, news))) await early.delete(id);
      }
      return true;
    },
    async due(before, limit) {
      const page = await records.scan({ index: 'due', to: before, limit });
      return [...new Set(page.records.map(item => item.conversationId))];
    },
    async byReference(channel, account, reference) {
      const page = await records.scan({
        index: 'reference',
        prefix: [channel, account, reference],
        limit: 1,
      });
      return page.records[0];
    },
    async byGate(gate) {
      return (await records.scan({ index: 'gate', prefix: [gate], limit: 1 })).records[0];
    },
    async delivered(channel, account, news) {
      if (await note(channel, account, news)) return;
      await early.insert({ id: earlyId(channel, account, news.reference), ...news });
      // The mark may have come in between.
      await note(channel, account, news);
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
      return (await records.scan({ index: 'conversation', prefix: [conversationId], from: fromSeq, limit }))
        .records;
    },
  };
}
