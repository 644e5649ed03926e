import { z } from 'zod';
import type { Decision, Dialog, Reply } from '../../core';
import type { Say } from '../phrases';

const stateSchema = z.object({ episodeId: z.string() });

/** Asked once after an officer closed; see `ratingRequest`. */
export function rating(say: Say): Dialog {
  return {
    name: 'rating',
    choice: 'rate',
    start(turn): Decision {
      const stars = Number(turn.choice?.split(':')[1]);
      const valid = Number.isInteger(stars) && stars >= 1 && stars <= 5;
      const state = stateSchema.safeParse(turn.conversation.dialog?.state);
      return {
        replies: [{ kind: 'text', text: say(turn.language, valid ? 'rating.thanks' : 'rating.again') }],
        outcome: 'smalltalk',
        dialog: null,
        ...(valid && state.success
          ? {
              commands: [{ kind: 'episode.rated', data: { episodeId: state.data.episodeId, rating: stars } }],
            }
          : {}),
      };
    },
  };
}

/** The question after a contact, one touch to answer. */
export function ratingRequest(language: string, say: Say): Reply {
  const choices = [5, 4, 3, 2, 1].map(stars => ({
    id: `rate:${stars}`,
    label: say(language, `rating.${stars}`),
  }));
  return { kind: 'choices', text: say(language, 'rating.question'), choices };
}
