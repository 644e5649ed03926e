import type { Conversation, Message, Officer } from '../core';
import { coalesce } from './coalesce';
import type { DeskService } from './desk';
import { type Views, deliveryView, messageView } from './views';

/** How much of a conversation a desk gets that knows nothing of it yet. Older pages come over HTTP. */
export const firstMessages = 100;
const pageSize = 100;
/** Messages and deliveries may still change so far back: unsent, delivered. */
const changingMessages = 50;

export type Emit = (event: 'conversation' | 'message' | 'deliveries', payload: object) => void;

/** One desk's look at one conversation. */
export interface Watch {
  readonly conversationId: string;
  /** Brings the desk up to date; at once one run, and never two. */
  advance(): Promise<void>;
}

export interface WatchParts {
  readonly desk: DeskService;
  readonly views: Views;
  readonly emit: Emit;
  readonly onError: (error: unknown) => void;
}

/**
 * Follows a conversation from behind `lastSeq`. The store is the truth: each wake reads what stands behind the cursor, so nothing
 * is missed and nothing comes twice, whatever wakes are lost or doubled.
 */
export function watchFrom(
  parts: WatchParts,
  conversation: Conversation,
  officer: Officer,
  lastSeq: number | undefined,
): Watch {
  const { desk, views, emit } = parts;
  const { id } = conversation;
  const hidden = new Set<number>();
  let cursor = Math.min(lastSeq ?? Math.max(0, conversation.seq - firstMessages), conversation.seq);
  let shownConversation = '';
  let shownDeliveries = '';

  function show(message: Message): void {
    if (message.unsent) hidden.add(message.seq);
    emit('message', { conversation: id, ...messageView(message) });
  }

  async function newMessages(): Promise<void> {
    for (;;) {
      const page = await desk.after(id, officer, cursor, pageSize);
      for (const message of page) {
        show(message);
        cursor = message.seq;
      }
      if (page.length < pageSize) return;
    }
  }

  /** What the person took back must vanish from the screen at once. */
  async function unsentMessages(): Promise<void> {
    const recent = await desk.after(id, officer, Math.max(0, cursor - changingMessages), changingMessages);
    recent.filter(message => message.unsent && !hidden.has(message.seq)).forEach(show);
  }

  async function deliveries(): Promise<void> {
    const items = await desk.deliveries(id, Math.max(1, cursor - changingMessages));
    const payload = { conversation: id, deliveries: items.map(deliveryView) };
    const text = JSON.stringify(payload);
    if (text === shownDeliveries) return;
    shownDeliveries = text;
    emit('deliveries', payload);
  }

  async function standing(): Promise<void> {
    const payload = { conversation: await views.conversation(await desk.open(id, officer)) };
    const text = JSON.stringify(payload);
    if (text === shownConversation) return;
    shownConversation = text;
    emit('conversation', payload);
  }

  const advance = coalesce(async () => {
    await newMessages();
    await unsentMessages();
    await deliveries();
    await standing();
  }, parts.onError);
  return { conversationId: id, advance };
}
