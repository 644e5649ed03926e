import type { Decision, Step, Turn } from '../core';

/** One decider out of steps in order: each decides or lets the next one look. */
export function pipeline(steps: readonly Step[]): (turn: Turn) => Promise<Decision> {
  const from = (index: number, turn: Turn): Promise<Decision> => {
    const step = steps[index];
    if (!step) return Promise.resolve({ replies: [] });
    return step(turn, next => from(index + 1, next));
  };
  return turn => from(0, turn);
}
