import {
  type Card,
  type CardSection,
  type Choice,
  type Knowledge,
  type Localised,
  type Quiz,
  type QuizChange,
  type QuizResult,
  type Reply,
  type Topic,
  inLanguage,
} from '../../core';
import type { Say } from '../phrases';

/** Cards shown at once; the others are choices below. */
const cardsShown = 5;
/** Services named in the list; a person reads no more. */
const listed = 8;
const linesShown = 4;
const maybesNamed = 3;

export interface ResultParts {
  readonly knowledge: () => Knowledge;
  readonly say: Say;
}

interface Found {
  readonly result: QuizResult;
  readonly topic: Topic;
}

/** Pairs among the topics that cannot be had together, each once, in words. */
export function incompatibilities(topics: readonly Topic[], language: string, say: Say): string[] {
  return topics.flatMap((topic, index) =>
    topics.slice(index + 1).flatMap(other => {
      const clash =
        topic.incompatible.find(({ id }) => id === other.id) ??
        other.incompatible.find(({ id }) => id === topic.id);
      if (!clash) return [];
      const values = {
        one: inLanguage(topic.name, language),
        other: inLanguage(other.name, language),
        why: inLanguage(clash.why, language),
      };
      return [say(language, 'quiz.incompatible', values)];
    }),
  );
}

function changeLine({ fact, values }: QuizChange, language: string, say: Say): string {
  const labels = values.map(value => inLanguage(value, language)).join(say(language, 'quiz.or'));
  return say(language, 'quiz.change', { fact: inLanguage(fact, language), values: labels });
}

function cardOf({ result, topic }: Found, language: string, say: Say): Card {
  const lines = (texts: readonly Localised[]): string[] =>
    texts.slice(0, linesShown).map(text => inLanguage(text, language));
  const phone = topic.phones[0];
  const open = lines(result.open);
  const sections: CardSection[] = [
    { label: say(language, 'quiz.why'), lines: lines(result.reasons) },
    {
      label: say(language, 'quiz.confirm'),
      lines:
        open.length > 0 && phone ? [...open, say(language, 'quiz.ask-at', { phone: phone.number })] : open,
    },
    {
      label: say(language, 'answer.documents'),
      lines: inLanguage(topic.documents, language).slice(0, linesShown),
    },
    {
      label: say(language, 'quiz.next-step'),
      lines: [
        ...inLanguage(topic.steps, language).slice(0, 1),
        ...inLanguage(topic.where, language).slice(0, 1),
      ],
    },
    {
      label: say(language, 'quiz.would-change'),
      lines: result.changes.slice(0, 2).map(change => changeLine(change, language, say)),
    },
  ];
  return {
    title: inLanguage(topic.name, language),
    subtitle: inLanguage(topic.agency, language),
    lead: say(language, `quiz.standing.${result.standing}`),
    sections: sections.filter(section => section.lines.length > 0),
    footnote: say(language, 'quiz.source', { source: result.source }),
    actions: [
      { kind: 'choice', id: `topic:service:${topic.id}`, label: say(language, 'quiz.details') },
      ...(phone
        ? [
            {
              kind: 'phone' as const,
              label: say(language, 'quiz.call', { phone: phone.number }),
              number: phone.number,
            },
          ]
        : []),
    ],
  };
}

/** The end of a quiz: a short list, a card for each of the first, and where to go from here. */
export function resultReplies(
  { knowledge, say }: ResultParts,
  quiz: Quiz,
  facts: Parameters<Quiz['advise']>[0],
  language: string,
  ways: readonly Choice[],
): Reply[] {
  const advice = quiz.advise(facts);
  const topicOf = (id: string): Topic | undefined => knowledge().topic({ kind: 'service', id });
  const all = advice.results.flatMap((result): Found[] => {
    const topic = topicOf(result.service);
    return topic ? [{ result, topic }] : [];
  });
  const found = all.filter(({ result }) => result.standing !== 'maybe').slice(0, listed);
  const maybes = all.filter(({ result }) => result.standing === 'maybe').slice(0, maybesNamed);
  const name = ({ topic }: Found): string => inLanguage(topic.name, language);
  const near = advice.near.flatMap(({ service, change }) => {
    const topic = topicOf(service);
    return topic
      ? [
          say(language, 'quiz.near', {
            name: inLanguage(topic.name, language),
            change: changeLine(change, language, say),
          }),
        ]
      : [];
  });
  const summary = [
    found.length > 0
      ? say(language, 'quiz.found', { count: found.length })
      : say(language, maybes.length > 0 ? 'quiz.found-maybe' : 'quiz.found-none'),
    ...found.map(
      (each, index) =>
        `${index + 1}. ${name(each)} (${say(language, `quiz.standing.${each.result.standing}`)})`,
    ),
    ...(maybes.length > 0 ? [say(language, 'quiz.maybe', { names: maybes.map(name).join(', ') })] : []),
    ...incompatibilities(
      found.map(({ topic }) => topic),
      language,
      say,
    ),
    ...near,
    ...(found.length + maybes.length > 0 ? [say(language, 'quiz.draft')] : []),
  ].join('\n');
  const cards = found.slice(0, cardsShown).map(each => cardOf(each, language, say));
  const choices = [...found, ...maybes]
    .slice(0, listed)
    .map(each => ({ id: `topic:service:${each.topic.id}`, label: name(each) }));
  return [
    // The list and its warnings as words of their own: pages show of cards the cards alone.
    { kind: 'text', text: summary },
    ...(cards.length > 0
      ? [{ kind: 'cards' as const, text: say(language, 'quiz.cards', { count: cards.length }), cards }]
      : []),
    { kind: 'choices', text: say(language, 'quiz.after'), choices: [...choices, ...ways] },
  ];
}
