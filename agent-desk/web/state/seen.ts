import type { Conversation } from './schemas';
import { createStore, useStore } from './store';

/** Number of the last message this officer had on screen, by conversation; as long as the page lives. */
const seen = createStore<Readonly<Record<string, number>>>({});

export function sawUpTo(conversation: string, seq: number): void {
  if ((seen.get()[conversation] ?? 0) < seq) seen.set(value => ({ ...value, [conversation]: seq }));
}

/** Whether the conversation has messages that the officer has not had on screen. */
export function useUnseen(conversation: Conversation): boolean {
  const upTo = useStore(seen, value => value[conversation.id]);
  return conversation.seq > (upTo ?? 0);
}
