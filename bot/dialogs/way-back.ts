import type { Choice, Decision, DialogState, Reply } from '../../core';

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
