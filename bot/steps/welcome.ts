import type { Step } from '../../core';
import { inNameOf } from '../dialogs/talk';
import type { Say } from '../phrases';

/** Greets whoever opens the channel by showing the menu. A group is greeted with one line, without anybody's matters. */
export function welcome(say: Say, operator: string): Step {
  return (turn, next) => {
    if (turn.event.content.kind !== 'opened') return next(turn);
    if (turn.conversation.audience === 'group') {
      const text = inNameOf(operator, say, turn.language, 'greeting.group');
      return Promise.resolve({ replies: [{ kind: 'text', text }], left: false });
    }
    return next({ ...turn, choice: 'menu' });
  };
}
