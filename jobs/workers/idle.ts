import type { Address, Addresses, Clock, Conversation, Conversations, Decision } from '../../core';

/** How often contacts are looked for that nobody continued. */
export const closeIdleEveryMs = 60_000;

const batchSize = 200;

export interface IdleParts {
  readonly conversations: Conversations;
  readonly addresses: Addresses;
  readonly clock: Clock;
  /** A contact that nobody continued for so long is over. */
  readonly idleMs: number;
  readonly commitOf: (
    conversation: Conversation,
    act: { decision: Decision },
    at: number,
    address: Address,
  ) => Conversation;
}

/** Ends contacts with the bot that nobody continued, so that the history shows them as closed and when they ended. */
export function createIdleCloser({
  conversations,
  addresses,
  clock,
  idleMs,
  commitOf,
}: IdleParts): () => Promise<void> {
  return async () => {
    const now = clock();
    for (const conversation of await conversations.idle(now - idleMs, batchSize)) {
      const address = await addresses.get(conversation.addressId);
      if (!address) continue;
      const next = commitOf(
        conversation,
        { decision: { replies: [], episode: { close: true } } },
        now,
        address,
      );
      // Somebody wrote meanwhile: then the contact goes on.
      if (await conversations.commit(next)) await conversations.project(next.id, { conversation: next });
    }
  };
}
