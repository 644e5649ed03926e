import { type Step, holdsMaskedId } from '../../core';
import type { Say } from '../phrases';

/** Tells a person who typed a national id that it was hidden before anybody could read it, ahead of the answer. */
export function tellMasked(say: Say): Step {
  return async (turn, next) => {
    const decision = await next(turn);
    const { content } = turn.event;
    if (content.kind !== 'text' || !holdsMaskedId(content.text) || decision.replies.length === 0)
      return decision;
    const told = { kind: 'text', text: say(turn.language, 'privacy.masked') } as const;
    return { ...decision, replies: [told, ...decision.replies] };
  };
}
