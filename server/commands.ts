import { z } from 'zod';
import type { CommandHandler } from '../jobs';
import type { Records } from '../store';

const rated = z.object({ episodeId: z.string(), rating: z.number().int().min(1).max(5) });

/** The modules that run what turns ordered; each may run twice and must do no more than once. */
export function commandHandlers({ episodes }: Records): Readonly<Record<string, CommandHandler>> {
  return {
    'episode.rated': async ({ data }) => {
      const { episodeId, rating } = rated.parse(data);
      for (;;) {
        const episode = await episodes.get(episodeId);
        if (!episode || episode.rating === rating) return;
        if (await episodes.replace({ ...episode, rating })) return;
      }
    },
  };
}
