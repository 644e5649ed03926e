import type { Step, Understander } from '../../core';

/** How much of a text is read. Longer ones are stored whole, but nobody asks in more than this. */
const readUnits = 2_000;

/** Reads a text, unless it was a choice. */
export function understand(understander: () => Understander): Step {
  return (turn, next) => {
    const { content } = turn.event;
    if (content.kind !== 'text' || turn.choice !== undefined) return next(turn);
    const understanding = understander().understand(content.text.slice(0, readUnits), turn.now);
    return next({ ...turn, understanding });
  };
}
