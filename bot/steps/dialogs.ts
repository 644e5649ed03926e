import type { Decision, Dialog, Step, Turn } from '../../core';
import { keepDraft, pickedAgain, putAside } from './drafts';

const startedByChoice = (dialog: Dialog, choice: string): boolean =>
  choice === dialog.choice || choice.startsWith(`${dialog.choice}:`);

function beginning(dialogs: readonly Dialog[], turn: Turn): Dialog | undefined {
  const { choice, understanding } = turn;
  if (choice !== undefined) return dialogs.find(dialog => startedByChoice(dialog, choice));
  const intent = understanding?.crisis ? `crisis` : understanding?.intent;
  if (intent === undefined) return undefined;
  return (
    (intent === 'crisis' ? undefined : dialogs.find(dialog => dialog.claims?.(turn))) ??
    dialogs.find(dialog => dialog.hearsFirst?.(turn)) ??
    dialogs.find(dialog => dialog.intents?.includes(intent)) ??
    dialogs.find(dialog => dialog.hears?.(turn))
  );
}

/** Hears what must be heard even while an officer owns the conversation: danger, STOP, withdrawal of consent. */
export function hearAlways(dialogs: readonly Dialog[]): Step {
  const always = dialogs.filter(dialog => dialog.always);
  return async (turn, next) => {
    const dialog = beginning(always, turn);
    return dialog ? putAside(dialogs, turn, await dialog.start(turn)) : next(turn);
  };
}

/**
 * Lets the dialog in progress go on; it may decline, and then the others look. What is unsent is not lost when another dialog comes
 * in between: it is kept beside that one, and offered again when that one has ended.
 */
export function continueDialog(dialogs: readonly Dialog[]): Step {
  return async (turn, next) => {
    const picked = pickedAgain(dialogs, turn, startedByChoice);
    const current = picked ?? turn.conversation.dialog;
    const dialog = current && dialogs.find(each => each.name === current.dialog);
    const decision = dialog?.resume && (await dialog.resume(turn, current?.state));
    if (decision) return keepDraft(dialogs, turn, decision, picked);
    const others = await next(turn);
    const paused = dialog?.pause && !others.dialog ? dialog.pause(turn, current?.state, others) : others;
    return keepDraft(dialogs, turn, paused);
  };
}

/** Begins the dialog that the choice or the intent asks for. */
export function startDialog(dialogs: readonly Dialog[]): Step {
  return async (turn, next): Promise<Decision> => {
    const dialog = beginning(dialogs, turn);
    return dialog ? dialog.start(turn) : next(turn);
  };
}
