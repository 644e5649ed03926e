import type { Clock, Collection, Draft } from '../../core';
import type { Challenge } from './records';

const sweepAtOnce = 20;

/** Keeps a challenge, and lets go of some that nobody answered in time. */
export async function keepChallenge(
  challenges: Collection<Challenge>,
  clock: Clock,
  challenge: Draft<Challenge>,
): Promise<void> {
  await challenges.insert(challenge);
  const old = await challenges.scan({ index: 'expiry', to: clock(), limit: sweepAtOnce });
  await Promise.all(old.records.map(({ id, version }) => challenges.delete(id, version)));
}
