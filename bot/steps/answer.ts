import {
  type Decision,
  type Knowledge,
  type Step,
  type Topic,
  type TopicRef,
  type Turn,
  inLanguage,
} from '../../core';
import { type Aspect, aspectText, feedbackChoices, nextSteps, topicCard } from '../answer';
import type { Say } from '../phrases';

/** What the answering steps read: always the version published now. */
export interface AnswerParts {
  readonly knowledge: () => Knowledge;
  /** The topic's own question that the text asks, if one does. */
  readonly findQuestion: (topic: Topic, text: string, language: string) => string | undefined;
  readonly say: Say;
}

const offeredTopics = 3;

export function parseTopicRef(text: string): TopicRef | undefined {
  const match = /^(service|complaint|hotline):([a-z0-9-]{1,60})$/u.exec(text);
  return match?.[1] && match[2] ? { kind: match[1] as TopicRef['kind'], id: match[2] } : undefined;
}

/** The full answer of one topic, with next steps. */
export function answerTopic(parts: AnswerParts, turn: Turn, topic: Topic): Decision {
  const { language } = turn;
  const text = turn.event.content.kind === 'text' ? turn.event.content.text : '';
  const direct = text ? parts.findQuestion(topic, text, language) : undefined;
  const knowledge = parts.knowledge();
  const related = topic.related.flatMap(id => knowledge.topic({ kind: 'service', id }) ?? []);
  const reference = `${topic.kind}:${topic.id}`;
  return {
    replies: [
      topicCard(topic, turn, parts.say, direct),
      nextSteps(
        topic,
        related,
        language,
        parts.say,
        feedbackChoices(topic, knowledge.version, turn, parts.say),
      ),
    ],
    outcome: 'answered',
    topic: reference,
    dialog: null,
    episode: { topic: reference, type: topic.kind === 'complaint' ? 'complaint' : 'inquiry' },
  };
}

/** Which of these is meant? With a way out, and a way to a person. */
export function askBack(parts: AnswerParts, turn: Turn, topics: readonly Topic[]): Decision {
  const { language } = turn;
  const choices = topics.map(topic => ({
    id: `topic:${topic.kind}:${topic.id}`,
    label: inLanguage(topic.name, language),
  }));
  return {
    replies: [
      {
        kind: 'choices',
        text: parts.say(language, 'answer.which'),
        choices: [...choices, { id: 'none-fits', label: parts.say(language, 'choice.none-fits') }],
      },
    ],
    outcome: 'asked-back',
  };
}

/** Words that ask for one aspect of what was just talked about. */
const aspectWords: readonly (readonly [Aspect, RegExp])[] = [
  ['documents', /เอกสาร|หลักฐาน|ต้องเอาอะไรไป|ใช้อะไรบ้าง|เตรียมอะไร|document|bring/iu],
  ['where', /ที่ไหน|ตรงไหน|เปิดกี่โมง|ปิดกี่โมง|วันไหน|where|open/iu],
  ['cost', /กี่บาท|เท่าไหร่|เท่าไร|ค่าธรรมเนียม|เสียเงิน|กี่วัน|นานไหม|นานมั้ย|how much|cost|fee|how long/iu],
  ['steps', /ขั้นตอน|ทำยังไง|ทำอย่างไร|เริ่มยังไง|how do i|steps/iu],
  ['who', /ใครได้|มีสิทธิ|ได้ไหม|คุณสมบัติ|อายุเท่าไหร่|who can|eligible/iu],
  ['contact', /เบอร์|โทร|ติดต่อ|phone|call/iu],
];

/** A follow-up such as "แล้วใช้เอกสารอะไร" is about what was answered before: short, and naming nothing new. */
export function followUp(parts: AnswerParts): Step {
  return async (turn, next) => {
    const { content } = turn.event;
    const about = turn.conversation.topic && parseTopicRef(turn.conversation.topic);
    const namesNothing = turn.understanding?.decision !== 'answer';
    if (content.kind !== 'text' || !about || !namesNothing || content.text.length > 60) return next(turn);
    const aspect = aspectWords.find(([, words]) => words.test(content.text))?.[0];
    const topic = aspect && parts.knowledge().topic(about);
    const text = topic && aspectText(topic, aspect, turn.language, parts.say);
    if (!topic || !text) return next(turn);
    return { replies: [{ kind: 'text', text }], outcome: 'answered', topic: turn.conversation.topic ?? '' };
  };
}

/** Answers from the register, or asks which of a few is meant. */
export function answerFrom(parts: AnswerParts): Step {
  return async (turn, next) => {
    const { understanding } = turn;
    if (!understanding || understanding.decision === 'none') return next(turn);
    const knowledge = parts.knowledge();
    const topics = understanding.topics.slice(0, offeredTopics).flatMap(ref => knowledge.topic(ref) ?? []);
    const [first] = topics;
    if (!first) return next(turn);
    return understanding.decision === 'answer' || topics.length === 1
      ? answerTopic(parts, turn, first)
      : askBack(parts, turn, topics);
  };
}

/** Longer texts are a story; editors read how people ask. */
const askedCharacters = 300;

/** Tells the editors what had no answer. */
export const unanswered = (turn: Turn, text: string): NonNullable<Decision['commands']>[number] => ({
  kind: 'question.unanswered',
  data: {
    text: text.slice(0, askedCharacters),
    channel: turn.event.channel,
    conversationId: turn.conversation.id,
  },
});

/** Says so when nothing fits, offers the closest, and a person. */
export function fallback(parts: AnswerParts): Step {
  return async turn => {
    const { language } = turn;
    const { content } = turn.event;
    const officer = { id: 'handover', label: parts.say(language, 'choice.officer') };
    if (content.kind === 'media' || content.kind === 'location') {
      const text = parts.say(
        language,
        content.kind === 'media' ? `received.${content.media}` : 'received.location',
      );
      return { replies: [{ kind: 'choices', text, choices: [officer] }], outcome: 'no-answer' };
    }
    const knowledge = parts.knowledge();
    const closest = (turn.understanding?.topics ?? [])
      .filter(topic => topic.score >= 0.05)
      .slice(0, offeredTopics)
      .flatMap(ref => knowledge.topic(ref) ?? []);
    const choices = closest.map(topic => ({
      id: `topic:${topic.kind}:${topic.id}`,
      label: inLanguage(topic.name, language),
    }));
    const text = parts.say(language, closest.length > 0 ? 'fallback.closest' : 'fallback.nothing');
    return {
      replies: [{ kind: 'choices', text, choices: [...choices, officer] }],
      outcome: 'no-answer',
      ...(content.kind === 'text' ? { commands: [unanswered(turn, content.text)] } : {}),
    };
  };
}
