/** What was tried and what was acknowledged, as the outside saw it. */
export interface Ledger {
  /** Acknowledged LINE events in the order they were sent, by user. */
  readonly line: Map<
    string,
    { readonly eventId: string; readonly messageId: string; readonly text: string }[]
  >;
  /** Acknowledged web messages by visitor, with the number each got. */
  readonly web: Map<string, { readonly clientId: string; readonly seq: number; readonly text: string }[]>;
  /** What each visitor's screen showed, in the order it came. */
  readonly shown: Map<string, { readonly seq: number; readonly id: string }[]>;
  /** Conversation of each visitor. */
  readonly conversations: Map<string, string>;
  attempts: number;
  kills: number;
}

export const newLedger = (): Ledger => ({
  line: new Map(),
  web: new Map(),
  shown: new Map(),
  conversations: new Map(),
  attempts: 0,
  kills: 0,
});

/** The list kept under a key, made when it is new. */
export function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key);
  if (known) return known;
  const fresh: T[] = [];
  lists.set(key, fresh);
  return fresh;
}
