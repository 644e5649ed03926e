/** Nobody touched the screen for so long: it asks whether somebody is there. */
export const warnAfterMs = 45_000;
/** And then so long in all: it wipes itself for the next person. */
export const wipeAfterMs = 60_000;

export type Idleness =
  | { readonly kind: 'used' }
  | { readonly kind: 'warn'; readonly secondsLeft: number }
  | { readonly kind: 'wipe' };

/** What an untouched screen has to do at `now`, both times in ms of the same clock. */
export function idleness(touchedAt: number, now: number): Idleness {
  const idleMs = now - touchedAt;
  if (idleMs >= wipeAfterMs) return { kind: 'wipe' };
  if (idleMs >= warnAfterMs) return { kind: 'warn', secondsLeft: Math.ceil((wipeAfterMs - idleMs) / 1_000) };
  return { kind: 'used' };
}
