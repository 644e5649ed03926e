import type { Decision, Dialog } from '../../core';
import type { Say } from '../phrases';
import { attended, queued } from './handover';

/** Danger first: the number to call in the first line, then a person at the front of the queue. Heard by whoever owns the conversation. */
export function crisis(say: Say): Dialog {
  return {
    name: 'crisis',
    choice: 'crisis',
    intents: ['crisis'],
    always: true,
    start(turn): Decision {
      const { language, desk } = turn;
      const kind = turn.understanding?.crisis ?? 'medical';
      const lines = [say(language, `crisis.${kind}`)];
      if (attended(desk)) lines.push(say(language, 'crisis.officer'));
      return {
        replies: [{ kind: 'text', text: lines.join('\n') }],
        outcome: 'crisis',
        owner: queued(turn, true),
        dialog: null,
        episode: { type: 'help', danger: kind },
      };
    },
  };
}
