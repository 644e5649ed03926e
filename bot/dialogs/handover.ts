import { type Decision, type Desk, type Dialog, type Owner, type Turn, inLanguage } from '../../core';
import type { Say } from '../phrases';
import { bangkokMoment, bangkokTime } from '../thai-date';

/** Within the hours; whoever stays at the desk over a break serves on. */
const onDuty = ({ open, closed, officersOnline }: Desk): boolean =>
  open || (closed?.because === 'break' && officersOnline > 0);

/** Somebody is at the desk who serves now. */
export const attended = (desk: Desk): boolean => onDuty(desk) && desk.officersOnline > 0;

/** Why nobody is there and when they are, as `<prefix>.closed…` says it. */
export function closedText(prefix: 'handover' | 'hours', desk: Desk, language: string, say: Say): string {
  const opens = desk.opensAt === undefined ? '' : bangkokMoment(desk.opensAt, language);
  const { closed } = desk;
  switch (closed?.because) {
    case 'closure': {
      const [place, why] = [inLanguage(closed.place, language), inLanguage(closed.why, language)];
      return say(language, `${prefix}.closed-closure`, { opens, place, why });
    }
    case 'holiday':
      return say(language, `${prefix}.closed-holiday`, { opens, holiday: closed.name });
    case 'break':
      return say(language, `${prefix}.closed-break`, {
        opens: desk.opensAt === undefined ? '' : bangkokTime(desk.opensAt, language),
      });
    case 'hours':
    case undefined:
      return say(language, `${prefix}.closed`, { opens });
  }
}

/** The one true sentence of the situation: closed for a reason, nobody there, all busy, or a place in the queue. */
function waitingText(desk: Desk, language: string, say: Say): string {
  if (!onDuty(desk)) return closedText('handover', desk, language, say);
  if (desk.officersOnline === 0) return say(language, 'handover.nobody');
  const key = desk.full ? 'handover.full' : 'handover.queued';
  return desk.waiting === 0
    ? say(language, desk.full ? 'handover.full-next' : 'handover.next')
    : say(language, key, { ahead: desk.waiting });
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
        conversation.owner.kind === 'queue' && onDuty(turn.desk)
          ? say(language, 'handover.already')
          : waitingText(turn.desk, language, say);
      const mayTakeLong = !attended(turn.desk) || turn.desk.full === true;
      return {
        replies: [
          {
            kind: 'choices',
            text,
            choices: [
              { id: 'stop-waiting', label: say(language, 'choice.stop-waiting') },
              ...(mayTakeLong ? [{ id: 'callback', label: say(language, 'my.call-back') }] : []),
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
