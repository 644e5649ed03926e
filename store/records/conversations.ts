import {
  type Collection,
  type CollectionDefinition,
  type Command,
  type Conversation,
  type Conversations,
  type Engine,
  type Episode,
  type InboxRecord,
  type JustCommitted,
  type Message,
  type OutboxItem,
  type Pending,
  type Stored,
  newConversation,
} from '../../core';

const conversations: CollectionDefinition<Conversation> = {
  name: 'conversations',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'contacts',
    personal: ['lastText', 'dialog', 'episode', 'pending'],
    sensitive: true,
  },
  indexes: {
    pending: record => (record.pending.length > 0 ? [record.changedAt] : undefined),
    queue: record =>
      record.owner.kind === 'queue' ? [record.owner.urgent ? 0 : 1, record.owner.since] : undefined,
    officer: record =>
      record.owner.kind === 'officer' ? [record.owner.officer.id, record.changedAt] : undefined,
    offered: record =>
      record.owner.kind === 'officer' && record.owner.offer
        ? [record.owner.offer.to.id, record.owner.offer.at]
        : undefined,
    idle: record => (record.owner.kind === 'bot' && record.episode ? [record.changedAt] : undefined),
  },
};

const messages: CollectionDefinition<Message> = {
  name: 'messages',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'messages',
    personal: ['body', 'name'],
    sensitive: true,
  },
  indexes: {
    seq: record => [record.conversationId, record.seq],
    provider: record =>
      record.providerMessageId ? [record.conversationId, record.providerMessageId] : undefined,
  },
};

interface Targets {
  readonly inbox: Collection<InboxRecord>;
  readonly outbox: Collection<OutboxItem>;
  readonly episodes: Collection<Episode>;
  readonly commands: Collection<Command & Stored>;
}

/** What tells two promises of one `pending` list apart. */
function keyOf(pending: Pending): string {
  switch (pending.kind) {
    case 'message':
    case 'outbox':
      return `${pending.kind} ${pending.record.id}`;
    case 'episode':
      return `episode ${pending.record.id} ${pending.record.revision}`;
    case 'finished':
      return `finished ${pending.eventId}`;
    case 'unsent':
      return `unsent ${pending.providerMessageId}`;
    case 'command':
      return `command ${pending.command.id}`;
  }
}

export function conversationCollections(engine: Engine): {
  readonly conversations: Collection<Conversation>;
  readonly messages: Collection<Message>;
} {
  return { conversations: engine.collection(conversations), messages: engine.collection(messages) };
}

export function createConversations(
  { conversations: records, messages: transcript }: ReturnType<typeof conversationCollections>,
  targets: Targets,
): Conversations {
  async function finish(pending: Pending & { kind: 'finished' }, asItStood?: InboxRecord): Promise<void> {
    let known = asItStood?.id === pending.eventId ? asItStood : undefined;
    for (;;) {
      const record = known ?? (await targets.inbox.get(pending.eventId));
      known = undefined;
      if (!record || record.state !== 'waiting') return;
      const { event: _dropped, ...rest } = record;
      const done: InboxRecord = {
        ...rest,
        state: pending.setAside === undefined ? 'done' : 'set-aside',
        ...(pending.seq === undefined ? {} : { seq: pending.seq }),
        ...(pending.setAside === undefined ? {} : { why: pending.setAside }),
      };
      if (await targets.inbox.replace(done)) return;
    }
  }

  async function putEpisode(episode: Omit<Episode, 'version'>): Promise<void> {
    for (;;) {
      const stored = await targets.episodes.get(episode.id);
      if (stored && stored.revision >= episode.revision) return;
      const isWritten = stored
        ? await targets.episodes.replace({ ...episode, version: stored.version })
        : await targets.episodes.insert(episode);
      if (isWritten) return;
    }
  }

  async function takeBack(conversationId: string, providerMessageId: string): Promise<void> {
    for (;;) {
      const page = await transcript.scan({
        index: 'provider',
        prefix: [conversationId, providerMessageId],
        limit: 1,
      });
      const message = page.records[0];
      if (!message || message.unsent) return;
      const emptied: Message = {
        ...message,
        unsent: true,
        body: { kind: 'content', content: { kind: 'unsent', providerMessageId } },
      };
      if (await transcript.replace(emptied)) return;
    }
  }

  async function copy(conversationId: string, pending: Pending, event?: InboxRecord): Promise<void> {
    switch (pending.kind) {
      case 'message':
        await transcript.insert(pending.record);
        return;
      case 'outbox':
        await targets.outbox.insert(pending.record);
        return;
      case 'episode':
        return putEpisode(pending.record);
      case 'finished':
        return finish(pending, event);
      case 'unsent':
        return takeBack(conversationId, pending.providerMessageId);
      case 'command':
        await targets.commands.insert(pending.command);
        return;
    }
  }

  async function project(conversationId: string, just?: JustCommitted): Promise<void> {
    let known = just && { ...just.conversation, version: just.conversation.version + 1 };
    for (;;) {
      const conversation = known ?? (await records.get(conversationId));
      known = undefined;
      if (!conversation || conversation.pending.length === 0) return;
      const takings = conversation.pending.filter(({ kind }) => kind === 'unsent');
      const copies = conversation.pending.filter(({ kind }) => kind !== 'unsent');
      await Promise.all(copies.map(pending => copy(conversationId, pending, just?.event)));
      // What is taken back may be among what was copied.
      for (const pending of takings) await copy(conversationId, pending);
      just?.onCopied?.();
      if (await records.replace({ ...conversation, pending: [] })) return;
      // Somebody committed meanwhile: what was copied is copied; only what is new goes round again.
      const copied = new Set(conversation.pending.map(keyOf));
      const current = await records.get(conversationId);
      if (!current) return;
      const rest = current.pending.filter(pending => !copied.has(keyOf(pending)));
      if (rest.length === 0 && (await records.replace({ ...current, pending: [] }))) return;
    }
  }

  function unstored(conversation: Conversation | undefined, keep: (seq: number) => boolean): Message[] {
    return (conversation?.pending ?? []).flatMap(pending =>
      pending.kind === 'message' && keep(pending.record.seq) ? [{ ...pending.record, version: 0 }] : [],
    );
  }

  /** `pending` is read before the collection: what is in neither read was not committed when the read began. */
  async function merged(
    conversation: Conversation | undefined,
    keep: (seq: number) => boolean,
    read: () => Promise<readonly Message[]>,
  ): Promise<Message[]> {
    const found = new Map(unstored(conversation, keep).map(message => [message.seq, message]));
    for (const message of await read()) found.set(message.seq, message);
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  }

  async function after(
    conversationId: string,
    conversation: Conversation | undefined,
    seq: number,
    limit: number,
  ): Promise<readonly Message[]> {
    const read = async (): Promise<readonly Message[]> =>
      (await transcript.scan({ index: 'seq', prefix: [conversationId], from: seq + 1, limit })).records;
    return (await merged(conversation, each => each > seq, read)).slice(0, limit);
  }

  return {
    get: id => records.get(id),
    async ensure(address, language, now) {
      const id = conversationIdOf(address.id);
      const existing = await records.get(id);
      if (existing) return existing;
      const fresh = newConversation(id, address, language, now);
      await records.insert(fresh);
      return (await records.get(id)) ?? { ...fresh, version: 1 };
    },
    commit: next => records.replace(next),
    project,
    async unprojected(before, limit) {
      const page = await records.scan({ index: 'pending', to: before, limit });
      return page.records.map(record => record.id);
    },
    async queue(limit) {
      return (await records.scan({ index: 'queue', limit })).records;
    },
    async ofOfficer(officerId, limit) {
      return (await records.scan({ index: 'officer', prefix: [officerId], limit, descending: true })).records;
    },
    async withOfficers(limit) {
      return (await records.scan({ index: 'officer', limit })).records;
    },
    async offeredTo(officerId, limit) {
      return (await records.scan({ index: 'offered', prefix: [officerId], limit })).records;
    },
    async idle(before, limit) {
      return (await records.scan({ index: 'idle', to: before, limit })).records;
    },
    after: async (conversationId, seq, limit) =>
      after(conversationId, await records.get(conversationId), seq, limit),
    async linesAfter(conversation, seq, limit) {
      const lines = unstored(conversation, each => each > seq && each <= seq + limit);
      return lines.length === limit ? lines : after(conversation.id, conversation, seq, limit);
    },
    async latest(conversationId, limit, beforeSeq) {
      const read = async (): Promise<readonly Message[]> =>
        (
          await transcript.scan({
            index: 'seq',
            prefix: [conversationId],
            ...(beforeSeq === undefined ? {} : { to: beforeSeq }),
            limit,
            descending: true,
          })
        ).records;
      const keep = (seq: number): boolean => beforeSeq === undefined || seq < beforeSeq;
      return (await merged(await records.get(conversationId), keep, read)).slice(-limit);
    },
  };
}

/** One endless conversation per address. */
export function conversationIdOf(addressId: string): string {
  return `c-${addressId.slice(2)}`;
}
