import type { Choice, Decision, Dialog, DialogState, Reply } from '../../core';
import type { Say } from '../phrases';

/** Others answered in between: their decision with what the dialog keeps, and a button that leads back. */
export function withWayBack(decision: Decision, kept: DialogState, back: Choice, text: string): Decision {
  const last = decision.replies.at(-1);
  if (!last) return { ...decision, dialog: kept };
  const replies: readonly Reply[] =
    last.kind === 'choices'
      ? [...decision.replies.slice(0, -1), { ...last, choices: [...last.choices, back] }]
      : [...decision.replies, { kind: 'choices', text, choices: [back] }];
  return { ...decision, dialog: kept, replies };
}

/**
 * How a dialog that holds something unsent lets others answer in between: `NAME:continue` leads back to it. Its sentences are
 * `WORDS.continue` and `WORDS.paused`. Danger, and a dialog that begins, are left as they are.
 */
export function holdsDraft(
  say: Say,
  name: string,
  read: (stored: unknown) => unknown,
  words = name,
): NonNullable<Dialog['pause']> {
  return ({ language }, stored, decision) => {
    const state = read(stored);
    if (state === undefined || decision.dialog || decision.outcome === 'crisis') return decision;
    const back = { id: `${name}:continue`, label: say(language, `${words}.continue`) };
    return withWayBack(decision, { dialog: name, state }, back, say(language, `${words}.paused`));
  };
}
