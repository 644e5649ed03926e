import { type Decision, type Dialog, readTopicRef } from '../../core';
import type { Say } from '../phrases';

const name = 'useful';
const reasons = ['wrong', 'unclear', 'other-question', 'outdated'] as const;

interface Told {
  readonly which: string;
  readonly topic: string;
  readonly version: string;
}

function told(choice: string): Told | undefined {
  const [, which = '', kind = '', id = '', version = ''] = choice.split(':');
  const topic = `${kind}:${id}`;
  return readTopicRef(topic) && /^[a-z0-9.-]{1,60}$/u.test(version) ? { which, topic, version } : undefined;
}

/** Takes what somebody thinks of an answer, and asks why it did not help. */
export function feedback(say: Say): Dialog {
  return {
    name,
    choice: name,
    start(turn): Decision {
      const { language, conversation } = turn;
      const given = told(turn.choice ?? '');
      const why = reasons.find(each => each === given?.which);
      const useful = given?.which === 'yes';
      if (!given || (!useful && !why && given.which !== 'no'))
        return { replies: [{ kind: 'text', text: say(language, 'answer.gone') }], outcome: 'smalltalk' };
      const { topic, version } = given;
      const officer = { id: 'handover', label: say(language, 'choice.officer') };
      const asked = reasons.map(reason => ({
        id: `${name}:${reason}:${topic}:${version}`,
        label: say(language, `useful.${reason}`),
      }));
      const touched = ['choice.useful-yes', 'choice.useful-no', ...reasons.map(reason => `useful.${reason}`)];
      const { lastText: last } = conversation;
      // What was said last may be an earlier touch of these, and no question.
      const question = touched.some(key => say(language, key) === last) ? undefined : last;
      const rated = {
        ...{ topic, useful, knowledge: version, at: turn.now },
        ...{ channel: turn.event.channel, conversationId: conversation.id },
        ...(why ? { why } : {}),
        ...(question ? { question } : {}),
      };
      return {
        replies: [
          useful
            ? { kind: 'text', text: say(language, 'useful.thanks') }
            : why
              ? { kind: 'choices', text: say(language, 'useful.noted'), choices: [officer] }
              : { kind: 'choices', text: say(language, 'useful.why'), choices: [...asked, officer] },
        ],
        outcome: 'smalltalk',
        commands: [{ kind: 'answer.rated', data: rated }],
      };
    },
  };
}
