import type { Knowledge, Step } from '../../core';
import type { Say } from '../phrases';

/** What stays open when all answers are off: a person, one's own data, one's own matters. */
const stillHeard: readonly string[] = [
  'handover',
  'stop-waiting',
  'privacy',
  'language',
  'rate',
  'my-matters',
];
const stillMeant: readonly string[] = ['handover', 'privacy', 'language', 'greet', 'thanks', 'bye'];

/** Answers nothing while an operator has switched all answers off, and says so. Danger and STOP were heard before. */
export function silence(parts: { readonly knowledge: () => Knowledge; readonly say: Say }): Step {
  return async (turn, next) => {
    if (!parts.knowledge().silent) return next(turn);
    const picked = turn.choice?.split(':')[0];
    const meant = turn.understanding?.intent;
    if (picked === undefined ? stillMeant.includes(meant ?? '') : stillHeard.includes(picked))
      return next(turn);
    const officer = { id: 'handover', label: parts.say(turn.language, 'choice.officer') };
    return {
      replies: [{ kind: 'choices', text: parts.say(turn.language, 'answer.all-off'), choices: [officer] }],
      outcome: 'no-answer',
    };
  };
}
