import type { Change, Changes } from '../core';

/** Wakes listeners of this process; `relay` passes a change on to the other processes, where there are any. */
export function createChanges(onError: (error: unknown) => void): Changes & {
  /** A change that another process published. */
  receive(change: Change): void;
  relayTo(relay: (change: Change) => void): void;
} {
  const listeners = new Set<(change: Change) => void>();
  let relay: ((change: Change) => void) | undefined;
  const tell = (change: Change): void => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        onError(error);
      }
    }
  };
  return {
    publish(change) {
      tell(change);
      relay?.(change);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive: tell,
    relayTo(to) {
      relay = to;
    },
  };
}
