import {
  type AppointmentBook,
  type Choice,
  type Decision,
  type Knowledge,
  type Step,
  type Topic,
  type Turn,
  inLanguage,
} from '../../core';
import { feedbackChoices, nextSteps, topicCard } from '../answer';
import type { Say } from '../phrases';

/** What the answering steps read: always the version published now. */
export interface AnswerParts {
  readonly knowledge: () => Knowledge;
  /** The topic's own question that the text asks, if one does. */
  readonly findQuestion: (topic: Topic, text: string, language: string) => string | undefined;
  readonly say: Say;
  /** Counters where people can have an appointment with this centre. */
  readonly appointments: AppointmentBook;
}

const offeredTopics = 3;

/** A message all in English is answered in English where the entry has it; the conversation keeps its own language. */
export function spokenTo(turn: Turn, topics: readonly Topic[]): Turn {
  const isEnglish = turn.understanding?.language === 'en' && turn.language !== 'en';
  const hasEnglish = topics.every(({ answer, name }) => (answer ?? name).en !== undefined);
  return isEnglish && hasEnglish ? { ...turn, language: 'en' } : turn;
}

/** Words that ask for a turn at a counter, rather than about the matter itself. */
const bookingWords = /จอง|นัดหมาย|นัดวัน|นัดคิว|ขอนัด|\bbook|appointment|reserve/iu;

/** To who wants a turn for a matter: our own counters if there are any, and where the agency does it. */
function bookingOffer({ say, appointments }: AnswerParts, turn: Turn, topic: Topic): string {
  const [where = inLanguage(topic.agency, turn.language)] = inLanguage(topic.where, turn.language);
  return say(turn.language, appointments.points().length > 0 ? 'answer.book-here' : 'answer.book-there', {
    where,
  });
}

/** The full answer of one topic, with next steps. */
export function answerTopic(parts: AnswerParts, asked: Turn, topic: Topic): Decision {
  const turn = spokenTo(asked, [topic]);
  const { language } = turn;
  const text = turn.event.content.kind === 'text' ? turn.event.content.text : '';
  const books = topic.kind === 'service' && bookingWords.test(text) && !topic.withheld;
  const question = text ? parts.findQuestion(topic, text, language) : undefined;
  const direct = question ?? (books ? bookingOffer(parts, turn, topic) : undefined);
  const knowledge = parts.knowledge();
  const related = topic.related.flatMap(id => knowledge.topic({ kind: 'service', id }) ?? []);
  const reference = `${topic.kind}:${topic.id}`;
  const offers: Choice[] =
    books && parts.appointments.points().length > 0
      ? [{ id: 'booking', label: parts.say(language, 'choice.booking') }]
      : [];
  const english: Choice[] =
    language === asked.language
      ? []
      : [{ id: `language:${language}`, label: parts.say(language, 'language.keep') }];
  return {
    replies: [
      topicCard(topic, turn, parts.say, direct),
      nextSteps(topic, related, language, parts.say, {
        first: offers,
        last: [...english, ...feedbackChoices(topic, knowledge.version, turn, parts.say)],
      }),
    ],
    outcome: 'answered',
    topic: reference,
    dialog: null,
    episode: { topic: reference, type: topic.kind === 'complaint' ? 'complaint' : 'inquiry' },
  };
}

/** Which of these is meant? With a way out, and a way to a person. */
export function askBack(parts: AnswerParts, turn: Turn, topics: readonly Topic[]): Decision {
  const { language } = spokenTo(turn, topics);
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
