import type { Clock } from '../core';

/** How many events a desk may send: a burst, and then so many a second. People never come near. */
const burst = 40;
const perSecond = 20;

/** A token bucket; `true` when one more event may pass. */
export function createBucket(clock: Clock): () => boolean {
  let tokens = burst;
  let filledAt = clock();
  return () => {
    const now = clock();
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
