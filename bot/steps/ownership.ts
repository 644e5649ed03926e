import type { Decision, Step } from '../../core';
import type { Say } from '../phrases';

const silence: Decision = { replies: [] };

/** What needs no answer: news of the channel, and an officer's own words. */
export const recordOnly: Step = (turn, next) => {
  switch (turn.event.content.kind) {
    case 'unsent':
      // What was taken back may stand in what a dialog remembers: it is forgotten too, and the dialog begins anew.
      return Promise.resolve({ ...silence, dialog: null });
    case 'officer-message':
    case 'unsupported':
      return Promise.resolve(silence);
    case 'left':
      return Promise.resolve({
        ...silence,
        left: true,
        dialog: null,
        owner: { kind: 'bot' },
        episode: { close: true },
      });
    case 'ended':
      return Promise.resolve({ ...silence, dialog: null, owner: { kind: 'bot' }, episode: { close: true } });
    default:
      return next(turn);
  }
};

/** Nothing is decided for an officer. */
export const officerOwns: Step = (turn, next) =>
  turn.conversation.owner.kind === 'officer' ? Promise.resolve(silence) : next(turn);

/**
 * While somebody waits for an officer, the bot helps where it is sure and keeps quiet where it is not. Whoever may be in danger is
 * never left without a word: they hear that it arrived, and whom to call meanwhile.
 */
export const quietInQueue =
  (say: Say): Step =>
  async (turn, next) => {
    const decision = await next(turn);
    const { owner } = turn.conversation;
    const unsure =
      decision.outcome === 'no-answer' ||
      decision.outcome === 'asked-back' ||
      decision.outcome === 'smalltalk';
    if (owner.kind !== 'queue' || !unsure || turn.choice !== undefined) return decision;
    return owner.urgent ? { replies: [{ kind: 'text', text: say(turn.language, 'queue.heard') }] } : silence;
  };
