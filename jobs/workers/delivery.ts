import {
  type Addresses,
  type Changes,
  type ChannelName,
  type Clock,
  type Conversation,
  type Conversations,
  type Jobs,
  type Outbox,
  type OutboxItem,
  type Outgoing,
  type Sent,
  type SentChannel,
  reached,
} from '../../core';
import { queues } from './queues';

/** How long one attempt may hold an item. Channels end their calls sooner. */
export const leaseMs = 8_000;

/** After so long an item that never got through is given up. */
const giveUpAfterMs = 24 * 60 * 60 * 1000;

export interface DeliveryParts {
  readonly outbox: Outbox;
  readonly conversations: Conversations;
  readonly addresses: Addresses;
  readonly jobs: Jobs;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly channel: (name: ChannelName, account: string) => SentChannel | undefined;
  /** Whoever orders sendings under a gate. */
  readonly gates?: {
    /** Right before an attempt: why not any more, or `undefined`. */
    withheld(gate: string): Promise<string | undefined>;
    /** After an item has reached its end. May be lost with the process; whoever needs it asks again. */
    ended(item: OutboxItem): Promise<void>;
  };
  readonly onSent: (sent: {
    itemId: string;
    outcome: Sent['outcome'];
    why?: string;
    attempts: number;
  }) => void;
}

/** The item after an attempt. Pure. */
export function afterAttempt(item: OutboxItem, sent: Sent, now: number): OutboxItem {
  const { why: _why, stage: _stage, ...rest } = item;
  const why = 'why' in sent && sent.why !== undefined ? { why: sent.why } : {};
  const stage = item.stage === undefined ? {} : { stage: item.stage };
  switch (sent.outcome) {
    case 'sent':
      return {
        ...rest,
        ...why,
        state: 'sent',
        doubt: false,
        ...(sent.reference ? { reference: sent.reference } : {}),
      };
    case 'unknown':
      return { ...rest, ...why, ...stage, state: 'unknown' };
    case 'refused':
      return { ...rest, ...why, ...stage, state: 'refused', ...(sent.fault ? { fault: sent.fault } : {}) };
    case 'unclear':
      return { ...rest, ...why, ...stage, state: 'waiting', doubt: true, dueAt: now + sent.afterMs };
    case 'retry':
      return {
        ...rest,
        ...why,
        ...(sent.stage === undefined ? stage : { stage: sent.stage }),
        state: 'waiting',
        doubt: false,
        dueAt: now + sent.afterMs,
      };
  }
}

/** Sends what waits for one conversation, in order, one vendor call at a time. */
export function createDelivery(parts: DeliveryParts): (conversationId: string) => Promise<void> {
  const { outbox, conversations, clock } = parts;

  /** What an item sends, and in whose name. */
  async function contentOf(
    item: OutboxItem,
    conversation: Conversation,
  ): Promise<Pick<Outgoing, 'replies' | 'sender'>> {
    const messages = await conversations.linesAfter(conversation, item.seq - 1, item.messageIds.length);
    const [first] = messages;
    return {
      replies: messages.flatMap(message => (message.body.kind === 'reply' ? [message.body.reply] : [])),
      sender: first?.from === 'officer' ? { kind: 'officer', name: first.name ?? '' } : { kind: 'bot' },
    };
  }

  async function attempt(item: OutboxItem): Promise<Sent> {
    const channel = parts.channel(item.channel, item.account);
    if (!channel)
      return { outcome: 'refused', why: `channel ${item.channel}/${item.account} is not configured` };
    const conversation = await conversations.get(item.conversationId);
    if (!conversation) return { outcome: 'refused', why: 'the conversation was erased' };
    if (conversation.left) return { outcome: 'refused', why: 'the person has blocked the channel' };
    if (clock() - item.createdAt > giveUpAfterMs)
      return { outcome: item.doubt ? 'unknown' : 'refused', why: 'gave up after a day' };
    const address = await parts.addresses.get(item.addressId);
    if (!address) return { outcome: 'refused', why: 'the address was erased' };
    const withheld = item.gate === undefined ? undefined : await parts.gates?.withheld(item.gate);
    if (withheld !== undefined) return { outcome: item.doubt ? 'unknown' : 'refused', why: withheld };
    reached('before-send', item.id);
    const sent = await channel.send({
      id: item.id,
      externalId: parts.addresses.externalId(address),
      ...(await contentOf(item, conversation)),
      language: item.language,
      attempt: item.attempts,
      doubt: item.doubt,
      firstTriedAt: item.firstTriedAt ?? clock(),
      ...(item.replyHandle ? { replyHandle: item.replyHandle } : {}),
      ...(item.stage === undefined ? {} : { stage: item.stage }),
    });
    reached('sent', item.id);
    return sent;
  }

  /** Takes the item for one attempt. A lease found ended means that an attempt never came back: the next one is in doubt. */
  async function lease(item: OutboxItem, now: number): Promise<OutboxItem | undefined> {
    const leased: OutboxItem = {
      ...item,
      state: 'sending',
      doubt: item.doubt || item.state === 'sending',
      attempts: item.attempts + 1,
      dueAt: now + leaseMs,
      firstTriedAt: item.firstTriedAt ?? now,
    };
    return (await outbox.replace(leased)) ? { ...leased, version: leased.version + 1 } : undefined;
  }

  return async conversationId => {
    for (;;) {
      const item = await outbox.next(conversationId);
      if (!item) return;
      const now = clock();
      if (item.dueAt > now) {
        await parts.jobs.wake(queues.delivery, conversationId, item.dueAt);
        return;
      }
      const leased = await lease(item, now);
      if (!leased) continue;
      const sent = await attempt(leased);
      const after = afterAttempt(leased, sent, clock());
      const marked = await outbox.replace(after);
      reached('marked', leased.id);
      parts.onSent({
        itemId: leased.id,
        outcome: sent.outcome,
        attempts: leased.attempts,
        ...('why' in sent && sent.why !== undefined ? { why: sent.why } : {}),
      });
      if (marked && after.gate !== undefined && after.state !== 'waiting') await parts.gates?.ended(after);
      if (marked) parts.changes.publish({ kind: 'conversation', conversationId, seq: leased.seq });
    }
  };
}
