import type { Choice, Dialog, Turn } from '../../core';
import type { ReminderDialogParts } from './reminder-parts';
import { reminderName } from './reminder-words';
import { cancels, confirms, typedIn } from './typed';

const name = 'fewer-messages';
const shown = 6;

/** No reminder more, without a word of which. */
const endsReminders =
  /^(?:ขอ|ช่วย|อยาก|ต้องการ|please|i want to|\s)*(?:ยกเลิก|เลิก|หยุด|ลบ|ไม่ต้อง|ไม่เอา|ไม่อยากได้|cancel|stop|delete|remove)(?:การ|ที่|ให้|คำ|ตัว|my|the|this|that|\s)*(?:แจ้ง\s*)?(?:เตือน|reminders?\b|reminding\b)/iu;
const meansAll = /ทั้งหมด|ทั้งสิ้น|ทุก|ข้อความ|\ball\b|\bevery/iu;

/** What may be about one reminder only, or about what is being done: carriers want the bare words of SMS to end everything, at once. */
function isVague(turn: Turn): boolean {
  const text = typedIn(turn) ?? '';
  return (
    (endsReminders.test(text) && !meansAll.test(text)) ||
    (turn.event.channel !== 'sms' && cancels(text)) ||
    confirms(turn, text)
  );
}

const startWords = /^(?:เริ่ม\s*)?(?:รับข้อความ(?:อีก(?:ครั้ง)?)?|(?:get|start) (?:the )?messages(?: again)?)$/iu;

/** The words that the answer to STOP names. */
export const wantsMessages = (turn: Turn): boolean => startWords.test(typedIn(turn) ?? '');

/** STOP of all messages, past doubt. */
export const wantsStop = (turn: Turn): boolean =>
  turn.understanding?.intent === 'stop' &&
  !wantsMessages(turn) &&
  (turn.conversation.audience === 'group' || !isVague(turn));

/** Where one reminder may be meant or all messages, it is asked which. */
export function fewerMessages({ cases, reminders, say }: ReminderDialogParts): Dialog {
  return {
    name,
    choice: name,
    intents: ['stop'],
    claims: turn => turn.conversation.audience === 'person' && endsReminders.test(typedIn(turn) ?? ''),
    async start({ event, language }) {
      const personId = await cases.personOf(event.addressId);
      const mine = personId === undefined ? [] : await reminders.ahead(personId, shown);
      const choices: Choice[] = [
        ...mine.map((each, index) => ({
          id: `reminder:cancel:${each.id}`,
          label: say(language, 'reminder.pick', { number: index + 1, what: reminderName(each, language) }),
        })),
        { id: 'stop', label: say(language, 'fewer.all') },
        { id: 'menu', label: say(language, 'fewer.none') },
      ];
      const text = say(language, mine.length > 0 ? 'fewer.which' : 'fewer.sure');
      return { replies: [{ kind: 'choices', text, choices }], outcome: 'reminder' };
    },
  };
}
