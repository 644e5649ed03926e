import type { Decision, Turn } from '../../core';
import type { ReminderDialogParts } from './reminder-parts';
import { type ReminderQuestions, momentWords } from './reminder-questions';
import { reminderName } from './reminder-words';

const shown = 6;
/** Of so many ahead one is looked for. */
const lookedAt = 50;

/** One's own reminders: the list, one of them, its end. */
export interface ReminderList {
  readonly list: (turn: Turn) => Promise<Decision>;
  /** `word`: what is done with it, `show`, `move` or `cancel`. */
  readonly one: (turn: Turn, word: string, id: string) => Promise<Decision>;
}

export function reminderList(
  { cases, reminders, say }: ReminderDialogParts,
  { choice, ended, reply, repeatWords, stop }: ReminderQuestions,
): ReminderList {
  async function list(turn: Turn): Promise<Decision> {
    const { language } = turn;
    const personId = await cases.personOf(turn.event.addressId);
    const mine = personId ? await reminders.ahead(personId, shown) : [];
    const again = choice(language, 'reminder:new', 'reminder.new');
    if (mine.length === 0) return reply(say(language, 'reminder.none'), [again], null);
    const lines = mine.map((each, index) =>
      `${index + 1}. ${reminderName(each, language)} ${momentWords(each.dueAt, language)} ${repeatWords(language, each.repeats)}`.trim(),
    );
    const choices = mine.map((each, index) => ({
      id: `reminder:show:${each.id}`,
      label: say(language, 'reminder.pick', { number: index + 1, what: reminderName(each, language) }),
    }));
    return reply(`${say(language, 'reminder.list')}\n${lines.join('\n')}`, [...choices, again], null);
  }

  async function one(turn: Turn, word: string, id: string): Promise<Decision> {
    const { language } = turn;
    const personId = await cases.personOf(turn.event.addressId);
    const mine = personId ? await reminders.ahead(personId, lookedAt) : [];
    const found = mine.find(each => each.id === id);
    if (!found || !personId) return list(turn);
    const what = reminderName(found, language);
    switch (word) {
      case 'cancel':
        return ended(turn, 'reminder.cancelled', {
          commands: [{ kind: 'reminder.cancel', data: { id, personId } }],
        });
      case 'move':
        return reply(say(language, 'reminder.ask-when'), [stop(turn)], {
          id,
          what,
          leadsMs: [...found.leadsMs],
        });
      default:
        return reply(
          say(language, 'reminder.one', { what, when: momentWords(found.dueAt, language) }),
          [
            ...(found.purpose === 'personal'
              ? [choice(language, `reminder:move:${id}`, 'reminder.move')]
              : []),
            choice(language, `reminder:cancel:${id}`, 'reminder.cancel'),
            choice(language, 'reminder:list', 'reminder.list-title'),
          ],
          null,
        );
    }
  }

  return { list, one };
}
