import type { Decision, Desk, Dialog, Owner, Turn } from '../../core';
import type { Say } from '../phrases';
import { bangkokMoment } from '../thai-date';

/** Where the officers' queue begins to need a number in words. */
function waitingText(desk: Desk, language: string, say: Say): string {
  if (!desk.open) {
    const opens = desk.opensAt === undefined ? '' : bangkokMoment(desk.opensAt, language);
    const { closed } = desk;
    if (closed?.because === 'holiday')
      return say(language, 'handover.closed-holiday', { opens, holiday: closed.name });
    return say(language, closed?.because === 'break' ? 'handover.closed-break' : 'handover.closed', {
      opens,
    });
  }
  if (desk.officersOnline === 0) return say(language, 'handover.nobody');
  return desk.waiting === 0
    ? say(language, 'handover.next')
    : say(language, 'handover.queued', { ahead: desk.waiting });
}

/** The owner after a person asked for an officer; who waits already keeps their place. */
export function queued(turn: Turn, urgent: boolean): Owner {
  const { owner, topic } = turn.conversation;
  if (owner.kind === 'officer') return owner;
  if (owner.kind === 'queue') return { ...owner, urgent: owner.urgent || urgent };
  return { kind: 'queue', since: turn.now, urgent, ...(topic ? { topic } : {}) };
}

/** Puts the person into the officers' queue and says honestly what to expect. */
export function handover(say: Say): Dialog {
  return {
    name: 'handover',
    choice: 'handover',
    intents: ['handover'],
    start(turn): Decision {
      const { language, conversation } = turn;
      if (conversation.owner.kind === 'officer') return { replies: [], outcome: 'handover' };
      const text =
        conversation.owner.kind === 'queue' && turn.desk.open
          ? say(language, 'handover.already')
          : waitingText(turn.desk, language, say);
      const unmanned = !turn.desk.open || turn.desk.officersOnline === 0;
      return {
        replies: [
          {
            kind: 'choices',
            text,
            choices: [
              { id: 'stop-waiting', label: say(language, 'choice.stop-waiting') },
              ...(unmanned ? [{ id: 'callback', label: say(language, 'my.call-back') }] : []),
            ],
          },
        ],
        outcome: 'handover',
        owner: queued(turn, false),
        dialog: null,
      };
    },
  };
}

/** Leaves the queue again. */
export function stopWaiting(say: Say): Dialog {
  return {
    name: 'stop-waiting',
    choice: 'stop-waiting',
    start(turn): Decision {
      const waited = turn.conversation.owner.kind === 'queue';
      return {
        replies: [
          { kind: 'text', text: say(turn.language, waited ? 'handover.stopped' : 'handover.not-waiting') },
        ],
        outcome: 'smalltalk',
        ...(waited ? { owner: { kind: 'bot' } as const } : {}),
      };
    },
  };
}
