import {
  type CasePlace,
  type Choice,
  type Decision,
  type Knowledge,
  type Reply,
  type Topic,
  type TopicRef,
  type Turn,
  inLanguage,
  readTopicRef,
} from '../../core';
import type { CaseDialogParts } from './case-parts';
import type { ComplaintState } from './complaint-state';

export interface ComplaintQuestionParts extends CaseDialogParts {
  readonly knowledge: () => Knowledge;
}

export const complaintName = 'complaint';
/** Parts of a complaint that can be taken back and told anew. */
export const fixable = ['what', 'where', 'when', 'photo', 'who'] as const;

const offeredTopics = 3;
/** Below this a topic is noise. */
const leastScore = 0.03;

/** What the intake of a complaint says: its questions, the summary to confirm, and its ends. */
export interface ComplaintQuestions {
  /** The question of the step that the state is at. */
  readonly ask: (turn: Turn, state: ComplaintState, lead?: readonly Reply[]) => Decision;
  readonly askWhatToFix: (turn: Turn, state: ComplaintState) => Decision;
  readonly askAboutDouble: (turn: Turn, state: ComplaintState, lead: readonly Reply[]) => Decision;
  readonly askPhoneAgain: (turn: Turn, state: ComplaintState) => Decision;
  readonly ended: (turn: Turn, key: string, values?: Readonly<Record<string, string>>) => Decision;
  /** The complaint channels the telling may belong to; the register's own order is by how well they fit. */
  readonly candidates: (turn: Turn) => readonly Topic[];
  readonly refOf: (state: ComplaintState) => TopicRef | undefined;
}

export function complaintQuestions({ cases, say, knowledge }: ComplaintQuestionParts): ComplaintQuestions {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });
  const skipChoice = (language: string, field: string): Choice =>
    choice(language, `complaint:skip:${field}`, 'complaint.skip');

  const topicOf = ({ topic }: ComplaintState): Topic | undefined => {
    const ref = topic ? readTopicRef(topic) : undefined;
    return ref && knowledge().topic(ref);
  };
  const refOf = (state: ComplaintState): TopicRef | undefined => {
    const topic = topicOf(state);
    return topic && { kind: topic.kind, id: topic.id };
  };
  const candidates = (turn: Turn): readonly Topic[] =>
    (turn.understanding?.topics ?? [])
      .filter(topic => topic.kind === 'complaint' && topic.score >= leastScore)
      .slice(0, offeredTopics)
      .flatMap(ref => knowledge().topic(ref) ?? []);

  const asked = (
    turn: Turn,
    state: ComplaintState,
    text: string,
    choices: readonly Choice[],
    lead: readonly Reply[] = [],
  ): Decision => ({
    replies: [
      ...lead,
      {
        kind: 'choices',
        text,
        choices: [...choices, choice(turn.language, 'complaint:stop', 'complaint.stop')],
      },
    ],
    outcome: 'complaint',
    dialog: { dialog: complaintName, state },
  });

  function placeText(place: CasePlace | null | undefined, language: string): string {
    if (!place) return say(language, 'complaint.not-said');
    const { text, latitude, longitude } = place;
    const pin =
      latitude === undefined || longitude === undefined
        ? undefined
        : say(language, 'complaint.pinned', {
            latitude: latitude.toFixed(5),
            longitude: longitude.toFixed(5),
          });
    return [text, pin].filter(Boolean).join(' ') || say(language, 'complaint.not-said');
  }

  /** Everything once more; sending it is the consent. */
  function summary({ language }: Turn, state: ComplaintState): string {
    const topic = topicOf(state);
    const agency = topic?.agency ?? cases.reception('complaint', refOf(state)).agency;
    return [
      say(language, 'complaint.check'),
      say(language, 'complaint.sum-what', { what: state.what ?? '' }),
      ...(topic ? [say(language, 'complaint.sum-topic', { topic: inLanguage(topic.name, language) })] : []),
      say(language, 'complaint.sum-where', { where: placeText(state.where, language) }),
      say(language, 'complaint.sum-when', { when: state.when ?? say(language, 'complaint.not-said') }),
      say(language, 'complaint.sum-photos', { count: state.media?.length ?? 0 }),
      say(language, state.anonymous ? 'complaint.sum-anonymous' : 'complaint.sum-named'),
      say(language, 'complaint.consent', { agency: inLanguage(agency, language) }),
    ].join('\n');
  }

  function ask(turn: Turn, state: ComplaintState, lead: readonly Reply[] = []): Decision {
    const { language } = turn;
    const question = (key: string, choices: readonly Choice[]): Decision =>
      asked(turn, state, say(language, key), choices, lead);
    switch (state.step) {
      case 'what':
        return question('complaint.ask-what', []);
      case 'topic':
        return question('complaint.ask-topic', [
          ...candidates(turn).map(topic => ({
            id: `complaint:topic:${topic.kind}:${topic.id}`,
            label: inLanguage(topic.name, language),
          })),
          choice(language, 'complaint:report', 'telling.kind-report'),
          choice(language, 'complaint:topic:other', 'complaint.topic-other'),
        ]);
      case 'where':
        return question('complaint.ask-where', [skipChoice(language, 'where')]);
      case 'when':
        return question('complaint.ask-when', [
          choice(language, 'complaint:when:now', 'complaint.when-now'),
          skipChoice(language, 'when'),
        ]);
      case 'photo': {
        const some = (state.media?.length ?? 0) > 0;
        return question(some ? 'complaint.photo-more' : 'complaint.ask-photo', [
          choice(language, 'complaint:photos-done', some ? 'complaint.photos-done' : 'complaint.no-photo'),
        ]);
      }
      case 'who':
        return question('complaint.ask-who', [
          choice(language, 'complaint:who:named', 'complaint.named'),
          choice(language, 'complaint:who:anonymous', 'complaint.anonymous'),
        ]);
      case 'phone':
        return question('complaint.ask-phone', [skipChoice(language, 'phone')]);
      case 'check':
        return asked(
          turn,
          state,
          summary(turn, state),
          [
            choice(language, 'complaint:send', 'complaint.send'),
            choice(language, 'complaint:fix', 'complaint.fix'),
          ],
          lead,
        );
    }
  }

  return {
    ask,
    candidates,
    refOf,
    askWhatToFix: (turn, state) =>
      asked(turn, state, say(turn.language, 'complaint.fix-which'), [
        ...fixable.map(field => choice(turn.language, `complaint:fix:${field}`, `complaint.fix-${field}`)),
        choice(turn.language, 'complaint:continue', 'complaint.back'),
      ]),
    askAboutDouble: (turn, state, lead) =>
      asked(
        turn,
        state,
        say(turn.language, 'complaint.double'),
        [
          choice(turn.language, 'complaint:add', 'complaint.add-to-it'),
          choice(turn.language, 'complaint:another', 'complaint.another'),
        ],
        lead,
      ),
    askPhoneAgain: (turn, state) =>
      asked(turn, state, say(turn.language, 'complaint.bad-phone'), [skipChoice(turn.language, 'phone')]),
    ended: (turn, key, values = {}) => ({
      replies: [
        {
          kind: 'choices',
          text: say(turn.language, key, values),
          choices: [
            choice(turn.language, 'menu', 'choice.menu'),
            choice(turn.language, 'handover', 'choice.officer'),
          ],
        },
      ],
      outcome: 'complaint',
      dialog: null,
    }),
  };
}
