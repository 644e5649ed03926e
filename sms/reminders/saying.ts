import type {
  Clock,
  Notice,
  People,
  Reminder,
  ReminderTexts,
  ReminderWay,
  Telling,
  WrittenReminder,
} from '../../core';
import { type ReminderSeal, openContent } from './records';
import { gateOf, stepOf } from './telling';

type Choices = NonNullable<Notice['choices']>;

/** What a telling says: its text, and what its person may answer. */
export interface Saying {
  /** `content`: what was sealed, where it is open already. */
  write(record: Reminder, telling: Telling, content?: ReturnType<typeof openContent>): WrittenReminder;
  notice(record: Reminder, telling: Telling, written: WrittenReminder): Promise<Notice>;
  /** As a call would say it: the text, and the choices with the sentences of their labels. */
  aloud(record: Reminder): { readonly text: string; readonly choices: Choices } | undefined;
}

export function createSaying(parts: {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly texts: ReminderTexts;
  readonly people: Pick<People, 'get'>;
}): Saying {
  const { seal, clock, texts, people } = parts;

  const choicesOf = (record: Reminder, way: ReminderWay | undefined): Choices => {
    const choice = (word: string): { id: string; key: string } => ({
      id: `reminded:${word}:${record.id}`,
      key: `reminded.${word}`,
    });
    if (way === 'relay') return [choice('passed')];
    if (!record.asks) return [];
    const more = way === 'voice' ? [choice('wrong'), choice('stop')] : [];
    return record.purpose === 'appointment'
      ? [choice('come'), choice('move'), choice('call'), ...more]
      : [choice('heard'), choice('call'), ...more];
  };

  const write: Saying['write'] = (record, { occurrence }, content = openContent(seal, record)) =>
    texts.write(content.text, { language: record.language, dueAt: occurrence.dueAt, now: clock() });

  return {
    write,
    async notice(record, telling, written) {
      const gate = gateOf(record.id, telling);
      const way = stepOf(record, telling)?.way;
      const choices = choicesOf(record, way);
      const asked = { gate, ...(choices.length > 0 ? { choices } : {}) };
      const text = way === 'voice' ? written.spoken : written.text;
      if (way !== 'relay') return { key: 'reminded.text', values: { text }, ...asked };
      const name = record.personId && (await people.get(record.personId))?.name;
      return name === undefined || name === ''
        ? { key: 'reminded.relay-nameless', values: { text }, ...asked }
        : { key: 'reminded.relay', values: { text, name }, ...asked };
    },
    aloud(record) {
      const { telling } = record;
      return telling && { text: write(record, telling).spoken, choices: choicesOf(record, 'voice') };
    },
  };
}
