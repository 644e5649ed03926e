import { z } from 'zod';
import type { Clock } from '../core';
import type { CommandHandler } from '../jobs';
import type { Records } from '../store';

const rated = z.object({ episodeId: z.string(), rating: z.number().int().min(1).max(5) });
const withdrawn = z.object({ addressId: z.string() });

/** The modules that run what turns ordered; each may run twice and must do no more than once. */
export function commandHandlers(
  { episodes, addresses }: Records,
  clock: Clock,
): Readonly<Record<string, CommandHandler>> {
  return {
    'episode.rated': async ({ data }) => {
      const { episodeId, rating } = rated.parse(data);
      for (;;) {
        const episode = await episodes.get(episodeId);
        if (!episode || episode.rating === rating) return;
        if (await episodes.replace({ ...episode, rating })) return;
      }
    },
    'notices.allowed': async ({ data }) => addresses.allowNotices(withdrawn.parse(data).addressId),
    'consent.withdrawn': async ({ data }) => {
      const { addressId } = withdrawn.parse(data);
      const address = await addresses.get(addressId);
      if (address && address.noticesRefusedAt === undefined)
        await addresses.refuseNotices(addressId, clock());
    },
  };
}
