import { type Decision, type Dialog, type Turn, readTopicRef } from '../../core';
import { type Aspect, aspectText } from '../answer';
import { type AnswerParts, answerTopic } from '../steps/answer';

const aspects: readonly string[] = [
  'who',
  'documents',
  'where',
  'cost',
  'steps',
  'contact',
] satisfies Aspect[];
const isAspect = (text: string): text is Aspect => aspects.includes(text);

const gone = (parts: AnswerParts, turn: Turn): Decision => ({
  replies: [{ kind: 'text', text: parts.say(turn.language, 'answer.gone') }],
  outcome: 'no-answer',
});

/** A topic picked from a list. */
export function pickTopic(parts: AnswerParts): Dialog {
  return {
    name: 'topic',
    choice: 'topic',
    start(turn) {
      const ref = readTopicRef((turn.choice ?? '').slice('topic:'.length));
      const topic = ref && parts.knowledge().topic(ref);
      return topic ? answerTopic(parts, turn, topic) : gone(parts, turn);
    },
  };
}

/** One aspect of a topic: its steps, its documents. */
export function pickAspect(parts: AnswerParts): Dialog {
  return {
    name: 'aspect',
    choice: 'aspect',
    start(turn) {
      const [, aspect = '', ...rest] = (turn.choice ?? '').split(':');
      const ref = readTopicRef(rest.join(':'));
      const topic = ref && parts.knowledge().topic(ref);
      const text = topic && isAspect(aspect) && aspectText(topic, aspect, turn.language, parts.say);
      if (!topic || !text) return gone(parts, turn);
      const officer = { id: 'handover', label: parts.say(turn.language, 'choice.officer') };
      const back = {
        id: `topic:${topic.kind}:${topic.id}`,
        label: parts.say(turn.language, 'choice.back-to-answer'),
      };
      return {
        replies: [{ kind: 'choices', text, choices: [back, officer] }],
        outcome: 'answered',
        topic: `${topic.kind}:${topic.id}`,
      };
    },
  };
}
