import type { Decision, Dialog, DialogState, Turn } from '../../core';

/** Stands for a dialog where nothing goes on but something unsent is kept. No dialog has this name. */
const asideName = 'aside';

/** The chain of what is unsent, without one dialog's own part: what begins anew takes the place of what it left before. */
function without(state: DialogState | undefined, name: string): DialogState | undefined {
  if (!state) return undefined;
  const { kept, ...own } = state;
  const rest = without(kept, name);
  return own.dialog === name ? rest : { ...own, ...(rest ? { kept: rest } : {}) };
}

/** What of a dialog in progress is worth keeping: it, where it knows a way back to itself, and what it came in between. */
function draftOf(dialogs: readonly Dialog[], state: DialogState | undefined): DialogState | undefined {
  if (!state) return undefined;
  return dialogs.find(each => each.name === state.dialog)?.pause ? state : state.kept;
}

const beside = (dialog: DialogState, draft: DialogState | undefined): DialogState => {
  const kept = without(draft, dialog.dialog);
  return kept ? { ...dialog, kept } : dialog;
};

/**
 * Danger comes first, and what was being told waits without taking the next words for its answers: it is gone back to only when the
 * person picks it.
 */
export function putAside(dialogs: readonly Dialog[], { conversation }: Turn, decision: Decision): Decision {
  const draft = draftOf(dialogs, conversation.dialog);
  return decision.dialog === null && draft
    ? { ...decision, dialog: { dialog: asideName, state: null, kept: draft } }
    : decision;
}

/** The decision with what is unsent kept beside the dialog that came in between, or offered again when that one ended. */
export function keepDraft(
  dialogs: readonly Dialog[],
  turn: Turn,
  decision: Decision,
  picked?: DialogState,
): Decision {
  const current = turn.conversation.dialog;
  if (!current || decision.outcome === 'crisis') return decision;
  if (decision.dialog) {
    const draft = decision.dialog.dialog === current.dialog ? current.kept : draftOf(dialogs, current);
    return { ...decision, dialog: beside(decision.dialog, draft) };
  }
  const kept = picked ? without(draftOf(dialogs, current), picked.dialog) : current.kept;
  const isAside = current.dialog === asideName && !picked;
  const dialog = kept && dialogs.find(each => each.name === kept.dialog);
  if (!kept || !dialog?.pause || (decision.dialog === undefined && !isAside) || decision.replies.length === 0)
    return decision;
  const offered = dialog.pause(turn, kept.state, { ...decision, dialog: null });
  if (!offered.dialog) return offered;
  return {
    ...offered,
    dialog: isAside ? { dialog: asideName, state: null, kept } : beside(offered.dialog, kept.kept),
  };
}

/** What was put aside and is picked again by this choice. */
export function pickedAgain(
  dialogs: readonly Dialog[],
  { conversation, choice }: Turn,
  startedBy: (dialog: Dialog, choice: string) => boolean,
): DialogState | undefined {
  for (let kept = conversation.dialog?.kept; kept && choice !== undefined; kept = kept.kept) {
    const { dialog: name } = kept;
    const dialog = dialogs.find(each => each.name === name);
    if (dialog && startedBy(dialog, choice)) return kept;
  }
  return undefined;
}
