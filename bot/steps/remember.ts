import {
  type ChannelName,
  type Decision,
  type QuizFacts,
  type Quizzes,
  type Step,
  type Suggestions,
  type Turn,
  readTopicRef,
} from '../../core';
import { readState } from '../dialogs/quiz-state';
import { type AnswerParts } from './answer';

export interface RememberParts extends Pick<AnswerParts, 'knowledge'> {
  readonly quizzes: () => Quizzes;
  readonly suggestions: Suggestions;
}

/** Channels of one's own: a kiosk is everybody's, and on the telephone nobody reads a list. */
const own: readonly ChannelName[] = ['line', 'webchat', 'sms'];

/** Whether this is a chat in which something may be remembered and suggested at all. */
export const isOwnChat = ({ conversation, event }: Turn): boolean =>
  conversation.audience === 'person' && own.includes(event.channel);

export const learned = (
  turn: Turn,
  told: { readonly facts?: QuizFacts; readonly asked?: string },
): NonNullable<Decision['commands']>[number] => ({
  kind: 'suggestions.learned',
  data: { addressId: turn.event.addressId, at: turn.now, ...told },
});

/** What a quiz that came to its end was told, without what is never remembered. */
export function quizTold({ quizzes }: RememberParts, state: unknown): QuizFacts | undefined {
  const quiz = readState(state);
  const of = quiz && quiz.current === undefined ? quizzes().get(quiz.quiz, quiz.version) : undefined;
  const facts = quiz && of?.rememberable(quiz.facts);
  return facts && Object.keys(facts).length > 0 ? facts : undefined;
}

/** The service that was answered, unless it is one that nobody should see named unasked. */
function askedFor({ knowledge }: RememberParts, { outcome, topic }: Decision): string | undefined {
  const ref = outcome === 'answered' && topic !== undefined ? readTopicRef(topic) : undefined;
  const about = ref?.kind === 'service' ? knowledge().topic(ref) : undefined;
  return about && about.sensitivity === undefined ? about.id : undefined;
}

/**
 * For those who agreed to suggestions: orders that the answers of a finished quiz and the name of what was asked are remembered, and that
 * nothing is once a message was taken back. Of everybody else nothing is noted at all.
 */
export function remember(parts: RememberParts): Step {
  return async (turn, next) => {
    const decision = await next(turn);
    const { outcome, dialog } = decision;
    const facts = outcome === 'quiz' && dialog?.dialog === 'quiz' ? quizTold(parts, dialog.state) : undefined;
    const asked = askedFor(parts, decision);
    const takenBack = turn.event.content.kind === 'unsent';
    const anything = facts !== undefined || asked !== undefined || takenBack;
    if (!anything || !isOwnChat(turn) || !(await parts.suggestions.isOn(turn.event.addressId)))
      return decision;
    const { addressId } = turn.event;
    const order = takenBack
      ? { kind: 'suggestions.forgotten', data: { addressId } }
      : learned(turn, { ...(facts ? { facts } : {}), ...(asked === undefined ? {} : { asked }) });
    return { ...decision, commands: [...(decision.commands ?? []), order] };
  };
}
