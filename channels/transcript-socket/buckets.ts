import type { Clock } from '../../core';

export interface Rate {
  /** How many may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Token buckets by key. */
export interface Buckets {
  /** Takes one; 0 when there was one, else how long until there is, ms. */
  take(key: string): number;
}

/** Keys that are remembered; full buckets are forgotten first, since a new one is full too. */
const rememberedKeys = 20_000;

export function createBuckets(rate: Rate, clock: Clock): Buckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const now = (bucket: { tokens: number; at: number }, at: number): number =>
    Math.min(rate.burst, bucket.tokens + (Math.max(0, at - bucket.at) / 1_000) * rate.perSecond);

  function forgetFull(at: number): void {
    for (const [key, bucket] of buckets) if (now(bucket, at) >= rate.burst) buckets.delete(key);
    // All of them in use: forgetting the oldest costs a few free messages, remembering all would cost the memory.
    for (const key of buckets.keys()) {
      if (buckets.size <= rememberedKeys / 2) break;
      buckets.delete(key);
    }
  }

  return {
    take(key) {
      const at = clock();
      const known = buckets.get(key);
      if (!known && buckets.size >= rememberedKeys) forgetFull(at);
      const tokens = known ? now(known, at) : rate.burst;
      const left = tokens >= 1 ? tokens - 1 : tokens;
      buckets.set(key, { tokens: left, at });
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / rate.perSecond) * 1_000);
    },
  };
}
