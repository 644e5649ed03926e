import type { Reminder } from '../../core';

/** Tellings handed over and not yet at an end, for each process; more of them would only wait in memory. */
const most = 1_000;
/** A telling of which nothing was heard no longer counts: another process may have sent it. */
const forgottenAfterMs = 20_000;

/** The tellings that this process has begun: how many more may begin, and which parts of the index wait for room. */
export interface UnderWay {
  /** How many tellings may begin now, at most `wanted`; they count as begun in this second. */
  reserve(now: number, wanted: number): number;
  /** Gives back what was reserved and not needed. */
  release(count: number): void;
  begin(gate: string, now: number): void;
  /** Keeps the reminder as it stood right before its sending, for whoever goes on with it after that. */
  keep(gate: string, record: Reminder): void;
  /** The reminder kept last, if any. */
  end(gate: string): Reminder | undefined;
  /** A part of the index waits for room. */
  hold(shard: number): void;
  /** The parts that wait, once there is room again. */
  free(): readonly number[];
}

/** `perSecond`: the most tellings a process begins in a second; what the provider takes. */
export function createUnderWay(perSecond: number): UnderWay {
  const begun = new Map<string, { readonly since: number; readonly record?: Reminder }>();
  const held = new Set<number>();
  let pace = { second: 0, used: 0 };
  return {
    reserve(now, wanted) {
      if (begun.size >= most)
        for (const [gate, { since }] of begun)
          if (now - since > forgottenAfterMs || since > now) begun.delete(gate);
      const second = Math.floor(now / 1_000);
      if (second !== pace.second) pace = { second, used: 0 };
      const room = Math.max(0, Math.min(wanted, most - begun.size, perSecond - pace.used));
      pace.used += room;
      return room;
    },
    release(count) {
      pace.used = Math.max(0, pace.used - count);
    },
    begin(gate, now) {
      begun.set(gate, { since: now });
    },
    keep(gate, record) {
      const known = begun.get(gate);
      if (known) begun.set(gate, { since: known.since, record });
    },
    end(gate) {
      const record = begun.get(gate)?.record;
      begun.delete(gate);
      return record;
    },
    hold(shard) {
      held.add(shard);
    },
    free() {
      if (begun.size > most / 2) return [];
      const shards = [...held];
      held.clear();
      return shards;
    },
  };
}
