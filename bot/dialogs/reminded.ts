import type { Decision, Dialog, Reminder, Turn } from '../../core';
import type { Say } from '../phrases';

/** What may be looked up of reminders that were told. */
export interface ToldReminders {
  get(id: string): Promise<Reminder | undefined>;
  toldLast(conversationId: string): Promise<Reminder | undefined>;
  /** Whether whoever writes from this address is the one it was for, or has their number. */
  isFor(reminder: Reminder, addressId: string): Promise<boolean>;
}

const name = 'reminded';

/** Somebody else has the number: said in words, by whoever picked up the phone. */
const wrongPerson =
  /ผิด\s*(?:คน|เบอร์)|ส่งผิด|ไม่ใช่\s*(?:เบอร์|คนนี้)|ไม่รู้จักคนนี้|เบอร์นี้เปลี่ยนเจ้าของ|wrong (?:number|person)/iu;

const answerOf: Readonly<Record<string, string>> = {
  come: 'come',
  heard: 'heard',
  move: 'move',
  call: 'call',
  wrong: 'wrong-person',
  stop: 'stop',
  passed: 'passed-on',
};

/**
 * Answers to a reminder: 1 come, 2 move, 3 call me, also by a key in a call; a leader's tick; the wrong person. Heard at any time. `others`
 * go on where an answer is the beginning of something: choosing another time, leaving a number.
 */
export function reminded(parts: {
  readonly say: Say;
  readonly told: ToldReminders;
  readonly others: { readonly booking: Dialog; readonly callback: Dialog };
}): Dialog {
  const { say, told, others } = parts;

  const said = (turn: Turn, key: string): Decision => ({
    replies: [{ kind: 'text', text: say(turn.language, key) }],
    outcome: 'reminder',
  });

  function noted(decision: Decision, turn: Turn, reminder: Reminder, word: string): Decision {
    const { event, conversation, now } = turn;
    const answer = answerOf[word];
    const data = { id: reminder.id, answer, at: now, conversationId: conversation.id };
    const stop =
      word === 'stop' ? [{ kind: 'consent.withdrawn', data: { addressId: event.addressId, at: now } }] : [];
    return {
      ...decision,
      commands: [...(decision.commands ?? []), { kind: 'reminder.answered', data }, ...stop],
    };
  }

  async function answered(turn: Turn, reminder: Reminder, word: string): Promise<Decision> {
    if (word === 'move' && reminder.caseId !== undefined) {
      const move = { ...turn, choice: `booking:move:${reminder.caseId}` };
      return noted(await others.booking.start(move), turn, reminder, word);
    }
    if (word === 'call' && reminder.phoneKey === undefined)
      return noted(await others.callback.start({ ...turn, choice: 'callback' }), turn, reminder, word);
    return noted(said(turn, `reminded.noted-${word}`), turn, reminder, word);
  }

  return {
    name,
    choice: name,
    always: true,
    hears: turn => turn.event.content.kind === 'text' && wrongPerson.test(turn.event.content.text),
    async start(turn) {
      const [, word = 'wrong', id] = turn.choice?.split(':') ?? [];
      const { conversation, event } = turn;
      const reminder = await (id === undefined ? told.toldLast(conversation.id) : told.get(id));
      // Whoever guesses an id, or presses a button of long ago, changes nothing.
      const isHere =
        reminder &&
        (reminder.telling?.conversationId === conversation.id ||
          (await told.isFor(reminder, event.addressId)));
      return isHere && answerOf[word] !== undefined
        ? answered(turn, reminder, word)
        : said(turn, 'reminded.gone');
    },
  };
}
