import { type Localised, type Notice, type Step, inLanguage } from '../../core';
import type { Say } from '../phrases';
import { bangkokMoment } from '../thai-date';

/** The values of a notice in the language of the conversation: moments are written out by the clock in Bangkok. */
function written(values: NonNullable<Notice['values']>, language: string): Record<string, string> {
  const text = (value: string | number | Localised): string =>
    typeof value === 'string'
      ? value
      : typeof value === 'number'
        ? bangkokMoment(value, language)
        : inLanguage(value, language);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]));
}

/**
 * Says the news of other modules, whoever owns the conversation. Neither a dialog in progress nor the choices offered last are
 * disturbed unless the news asks something itself, and news alone do not leave a contact open.
 */
export function sayNotice(say: Say): Step {
  return (turn, next) => {
    const { content } = turn.event;
    if (content.kind !== 'notice') return next(turn);
    const { key, values = {}, choices = [], gate } = content.notice;
    const text = say(turn.language, key, written(values, turn.language));
    const labelled = choices.map(choice => ({ id: choice.id, label: say(turn.language, choice.key) }));
    return Promise.resolve({
      replies: [labelled.length > 0 ? { kind: 'choices', text, choices: labelled } : { kind: 'text', text }],
      ...(gate === undefined ? {} : { gate }),
      ...(turn.conversation.episode ? {} : { episode: { close: true } }),
    });
  };
}
