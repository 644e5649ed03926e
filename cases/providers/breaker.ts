import type { Clock } from '../../core';

/** Keeps calls away from a system that does not answer, and lets one through from time to time to see whether it is back. */
export interface Breaker {
  /** Whether a call may be made now. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
}

export function createBreaker(
  { failures, openMs }: { readonly failures: number; readonly openMs: number },
  clock: Clock,
): Breaker {
  let failed = 0;
  let openUntil = 0;
  return {
    allows() {
      const now = clock();
      if (failed < failures) return true;
      if (now < openUntil) return false;
      // This call is the trial; the others wait for what comes of it.
      openUntil = now + openMs;
      return true;
    },
    succeeded() {
      failed = 0;
    },
    failed() {
      failed += 1;
      if (failed >= failures) openUntil = clock() + openMs;
    },
  };
}
