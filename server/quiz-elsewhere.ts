import type { Turn } from '../core';
import { type Records, conversationIdOf } from '../store';

/** People have a handful of addresses; more are not looked through. */
const mostAddresses = 10;

/**
 * What the same person's latest quiz on another channel keeps. Two addresses are one person's once somebody has identified them; until
 * then each has a person of its own, and nothing is found.
 */
export function quizElsewhere({
  addresses,
  conversations,
}: Pick<Records, 'addresses' | 'conversations'>): (turn: Turn) => Promise<unknown> {
  return async ({ conversation }) => {
    if (conversation.audience !== 'person') return undefined;
    const here = await addresses.get(conversation.addressId);
    if (!here) return undefined;
    const others = (await addresses.ofPerson(here.personId))
      .filter(address => address.id !== here.id && address.audience === 'person')
      .slice(0, mostAddresses);
    const known = await Promise.all(others.map(address => conversations.get(conversationIdOf(address.id))));
    const [latest] = known
      .filter(each => each?.dialog?.dialog === 'quiz')
      .toSorted((a, b) => (b?.changedAt ?? 0) - (a?.changedAt ?? 0));
    return latest?.dialog?.state;
  };
}
