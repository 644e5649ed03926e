import type { Conversation, Delivery, Message, OfficerRef } from './schemas';

/** A message of ours that the server has not confirmed. The same `clientId` goes out again, so it cannot double. */
export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  readonly state: 'sending' | 'failed';
  readonly code?: string;
}

/** What this page knows of one conversation. */
export interface Thread {
  readonly conversation?: Conversation;
  /** Ascending by `seq`, without gaps. */
  readonly messages: readonly Message[];
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly viewers: readonly OfficerRef[];
  readonly typing?: { readonly from: 'citizen' | 'officer'; readonly name?: string; readonly at: number };
  /** The person has had everything up to this number on their screen. */
  readonly readSeq?: number;
  readonly outgoing: readonly Outgoing[];
  /** The watch could not be opened; a code. */
  readonly refused?: string;
}

export const emptyThread: Thread = { messages: [], deliveries: {}, viewers: [], outgoing: [] };

export const lastSeq = (thread: Thread): number | undefined => thread.messages.at(-1)?.seq;

/** Puts messages in their place; one that is known already is replaced (it may have been unsent). */
export function withMessages(thread: Thread, fresh: readonly Message[]): Thread {
  const bySeq = new Map(thread.messages.map(each => [each.seq, each]));
  for (const each of fresh) bySeq.set(each.seq, each);
  const arrived = new Set(fresh.map(each => each.clientId));
  const { typing, ...rest } = thread;
  const stillTyping = typing && !fresh.some(each => each.from === typing.from);
  return {
    ...rest,
    messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq),
    outgoing: thread.outgoing.filter(each => !arrived.has(each.clientId)),
    ...(stillTyping ? { typing } : {}),
  };
}

export function withDeliveries(thread: Thread, deliveries: readonly Delivery[]): Thread {
  const byMessage = deliveries.flatMap(delivery => delivery.messageIds.map(id => [id, delivery] as const));
  return { ...thread, deliveries: { ...thread.deliveries, ...Object.fromEntries(byMessage) } };
}

export function withOutgoing(thread: Thread, outgoing: Outgoing): Thread {
  const known = thread.outgoing.some(each => each.clientId === outgoing.clientId);
  const next = known
    ? thread.outgoing.map(each => (each.clientId === outgoing.clientId ? outgoing : each))
    : [...thread.outgoing, outgoing];
  return { ...thread, outgoing: next };
}
