import {
  type CaseDraft,
  type CasePlace,
  type Choice,
  type Decision,
  type Dialog,
  type Knowledge,
  type Reply,
  type Topic,
  type TopicRef,
  type Turn,
  inLanguage,
} from '../../core';
import { parseTopicRef } from '../steps/answer';
import { attachmentsOf, mediaIn, mostMedia } from './attachments';
import type { CaseDialogParts } from './case-parts';
import { type ComplaintState, advanced, placeIn, readState, toldIn, without } from './complaint-state';
import { cancels, phoneIn, skips, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

export interface ComplaintParts extends CaseDialogParts {
  readonly knowledge: () => Knowledge;
  /** Begins a report about a person with what was told: it goes another way than a complaint. */
  readonly report: (turn: Turn, what: string) => Decision;
}

const name = 'complaint';
const offeredTopics = 3;
/** Below this a topic is noise. */
const leastScore = 0.03;
/** A text shorter than this says that somebody wants to complain, not about what. */
const tellingUnits = 25;
const doubleMs = 30 * 24 * 60 * 60 * 1000;

const fixable = ['what', 'where', 'when', 'photo', 'who'] as const;

const isFixable = (text: string): text is (typeof fixable)[number] => fixable.some(each => each === text);

/** Intake of a complaint by conversation: one question at a time, a summary to confirm, and only then it is sent. */
export function complaint(parts: ComplaintParts): Dialog {
  const { cases, say, knowledge } = parts;
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });
  const topicOf = (state: ComplaintState): Topic | undefined => {
    const ref = state.topic ? parseTopicRef(state.topic) : undefined;
    return ref && knowledge().topic(ref);
  };
  const refOf = (state: ComplaintState): TopicRef | undefined => {
    const topic = topicOf(state);
    return topic && { kind: topic.kind, id: topic.id };
  };

  const asked = (
    turn: Turn,
    state: ComplaintState,
    key: string,
    choices: readonly Choice[],
    lead: readonly Reply[] = [],
  ): Decision => ({
    replies: [
      ...lead,
      {
        kind: 'choices',
        text: say(turn.language, key),
        choices: [...choices, choice(turn.language, 'complaint:stop', 'complaint.stop')],
      },
    ],
    outcome: 'complaint',
    dialog: { dialog: name, state },
  });

  const ended = (turn: Turn, key: string, values: Readonly<Record<string, string>> = {}): Decision => ({
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
  });

  /** The complaint channels the telling may belong to; the register's own order is by how well they fit. */
  function candidates(turn: Turn): Topic[] {
    return (turn.understanding?.topics ?? [])
      .filter(topic => topic.kind === 'complaint' && topic.score >= leastScore)
      .slice(0, offeredTopics)
      .flatMap(ref => knowledge().topic(ref) ?? []);
  }

  /** Where we cannot take it in, we say so before anything more is asked. */
  function notReceived(turn: Turn, state: ComplaintState): Decision | undefined {
    const reception = cases.reception('complaint', refOf(state));
    const { language } = turn;
    if (reception.way === 'link')
      return ended(turn, 'case.not-received-link', {
        agency: inLanguage(reception.agency, language),
        url: reception.url,
      });
    if (reception.way === 'go-there')
      return ended(turn, 'case.not-received-go', {
        agency: inLanguage(reception.agency, language),
        where: inLanguage(reception.where, language).join('\n'),
      });
    return undefined;
  }

  /** On to the next question, past an own earlier complaint of the same topic. */
  async function forward(turn: Turn, before: ComplaintState, lead: readonly Reply[] = []): Promise<Decision> {
    const state = advanced(before);
    const { language, conversation, event } = turn;
    const decided = state.what !== undefined && state.topic !== undefined;
    const refused = decided ? notReceived(turn, state) : undefined;
    if (refused) return refused;
    if (decided && !state.another && conversation.audience === 'person') {
      const personId = await cases.personOf(event.addressId);
      const earlier = personId
        ? await cases.recentDouble(personId, 'complaint', refOf(state), turn.now - doubleMs)
        : undefined;
      if (earlier)
        return asked(
          turn,
          { ...state, double: earlier.id },
          'complaint.double',
          [
            choice(language, 'complaint:add', 'complaint.add-to-it'),
            choice(language, 'complaint:another', 'complaint.another'),
          ],
          lead,
        );
    }
    return ask(turn, state, lead);
  }

  function ask(turn: Turn, state: ComplaintState, lead: readonly Reply[] = []): Decision {
    const { language } = turn;
    switch (state.step) {
      case 'what':
        return asked(turn, state, 'complaint.ask-what', [], lead);
      case 'topic': {
        const choices = candidates(turn).map(topic => ({
          id: `complaint:topic:${topic.kind}:${topic.id}`,
          label: inLanguage(topic.name, language),
        }));
        return asked(
          turn,
          state,
          'complaint.ask-topic',
          [
            ...choices,
            choice(language, 'complaint:report', 'telling.kind-report'),
            choice(language, 'complaint:topic:other', 'complaint.topic-other'),
          ],
          lead,
        );
      }
      case 'where':
        return asked(turn, state, 'complaint.ask-where', [skipChoice(language, 'where')], lead);
      case 'when':
        return asked(
          turn,
          state,
          'complaint.ask-when',
          [choice(language, 'complaint:when:now', 'complaint.when-now'), skipChoice(language, 'when')],
          lead,
        );
      case 'photo':
        return state.media?.length
          ? asked(
              turn,
              state,
              'complaint.photo-more',
              [choice(language, 'complaint:photos-done', 'complaint.photos-done')],
              lead,
            )
          : asked(
              turn,
              state,
              'complaint.ask-photo',
              [choice(language, 'complaint:photos-done', 'complaint.no-photo')],
              lead,
            );
      case 'who':
        return asked(
          turn,
          state,
          'complaint.ask-who',
          [
            choice(language, 'complaint:who:named', 'complaint.named'),
            choice(language, 'complaint:who:anonymous', 'complaint.anonymous'),
          ],
          lead,
        );
      case 'phone':
        return asked(turn, state, 'complaint.ask-phone', [skipChoice(language, 'phone')], lead);
      case 'check':
        return check(turn, state, lead);
    }
  }

  const skipChoice = (language: string, field: string): Choice =>
    choice(language, `complaint:skip:${field}`, 'complaint.skip');

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

  function check(turn: Turn, state: ComplaintState, lead: readonly Reply[] = []): Decision {
    const { language } = turn;
    const topic = topicOf(state);
    const reception = cases.reception('complaint', refOf(state));
    const lines = [
      say(language, 'complaint.sum-what', { what: state.what ?? '' }),
      ...(topic ? [say(language, 'complaint.sum-topic', { topic: inLanguage(topic.name, language) })] : []),
      say(language, 'complaint.sum-where', { where: placeText(state.where, language) }),
      say(language, 'complaint.sum-when', { when: state.when ?? say(language, 'complaint.not-said') }),
      say(language, 'complaint.sum-photos', { count: state.media?.length ?? 0 }),
      say(language, state.anonymous ? 'complaint.sum-anonymous' : 'complaint.sum-named'),
    ];
    const text = [
      say(language, 'complaint.check'),
      ...lines,
      say(language, 'complaint.consent', { agency: inLanguage(topic?.agency ?? reception.agency, language) }),
    ].join('\n');
    return {
      replies: [
        ...lead,
        {
          kind: 'choices',
          text,
          choices: [
            choice(language, 'complaint:send', 'complaint.send'),
            choice(language, 'complaint:fix', 'complaint.fix'),
            choice(language, 'complaint:stop', 'complaint.stop'),
          ],
        },
      ],
      outcome: 'complaint',
      dialog: { dialog: name, state },
    };
  }

  async function send(turn: Turn, state: ComplaintState): Promise<Decision> {
    const { language, conversation, event } = turn;
    const { what, where, when, media = [], phone } = state;
    if (what === undefined || state.anonymous === undefined) return ask(turn, advanced(state));
    const personId = state.anonymous ? undefined : await cases.personOf(event.addressId);
    const topic = refOf(state);
    const draft: Omit<CaseDraft, 'key'> = {
      kind: 'complaint',
      // An anonymous matter keeps only the way back to this chat, where its number and PIN are told.
      conversationId: conversation.id,
      language,
      channel: event.channel,
      details: {
        kind: 'matter',
        what,
        ...(where ? { where } : {}),
        ...(when ? { when } : {}),
        attachments: attachmentsOf(event.channel, media),
      },
      ...(personId ? { personId } : {}),
      ...(topic ? { topic } : {}),
      ...(phone && !state.anonymous ? { secondFacts: { phone } } : {}),
    };
    return {
      replies: [{ kind: 'text', text: say(language, 'complaint.sending') }],
      outcome: 'complaint',
      dialog: null,
      episode: { type: 'complaint', ...(state.topic ? { topic: state.topic } : {}) },
      commands: [{ kind: 'case.file', data: draft }],
    };
  }

  /** The telling: its words, what they say of place and time, and the complaint channel where that is sure. */
  function told(turn: Turn, state: ComplaintState, what: string): ComplaintState {
    const found = candidates(turn);
    const [first] = found;
    const sure =
      first && turn.understanding?.decision === 'answer' && turn.understanding.topics[0]?.id === first.id;
    const topic = sure ? `${first.kind}:${first.id}` : found.length === 0 ? null : undefined;
    return {
      ...toldIn(what, turn.understanding),
      ...state,
      what: what.slice(0, 4_000),
      ...(state.topic === undefined && topic !== undefined ? { topic } : {}),
    };
  }

  async function onChoice(turn: Turn, id: string, state: ComplaintState): Promise<Decision> {
    const [, word = '', ...rest] = id.split(':');
    const value = rest.join(':');
    switch (word) {
      case 'stop':
        return ended(turn, 'complaint.stopped');
      case 'topic':
        return forward(turn, { ...state, topic: value === 'other' || !parseTopicRef(value) ? null : value });
      case 'report':
        return parts.report(turn, state.what ?? '');
      case 'begin': {
        const ref = parseTopicRef(value);
        return forward(turn, ref ? { ...state, topic: value } : state);
      }
      case 'skip':
        if (value === 'where') return forward(turn, { ...state, where: null });
        if (value === 'when') return forward(turn, { ...state, when: null });
        return forward(turn, { ...state, phone: null });
      case 'when':
        return forward(turn, { ...state, when: say(turn.language, 'complaint.when-now') });
      case 'photos-done':
        return forward(turn, { ...state, photosDone: true });
      case 'who':
        return forward(turn, { ...state, anonymous: value === 'anonymous' });
      case 'another':
        return forward(turn, { ...state, another: true });
      case 'add':
        return state.double === undefined || state.what === undefined
          ? ask(turn, advanced(state))
          : addToEarlier(turn, state.double, state.what);
      case 'fix': {
        if (isFixable(value)) return forward(turn, without(state, value));
        const choices = fixable.map(field =>
          choice(turn.language, `complaint:fix:${field}`, `complaint.fix-${field}`),
        );
        return asked(turn, state, 'complaint.fix-which', [
          ...choices,
          choice(turn.language, 'complaint:continue', 'complaint.back'),
        ]);
      }
      case 'send':
        return state.step === 'check' ? send(turn, state) : ask(turn, advanced(state));
      default:
        return ask(turn, advanced(state));
    }
  }

  async function addToEarlier(turn: Turn, caseId: string, text: string): Promise<Decision> {
    const personId = await cases.personOf(turn.event.addressId);
    return {
      ...ended(turn, 'complaint.added'),
      ...(personId ? { commands: [{ kind: 'case.add', data: { caseId, personId, text } }] } : {}),
    };
  }

  async function onText(turn: Turn, state: ComplaintState, text: string): Promise<Decision | undefined> {
    if (cancels(text)) return ended(turn, 'complaint.stopped');
    if (state.step !== 'what' && wanders(turn, text)) return undefined;
    switch (state.step) {
      case 'what':
        if (wanders(turn, text) && text.length < tellingUnits) return undefined;
        return forward(turn, told(turn, state, text));
      case 'topic':
        // More words about it: read again together with the first telling.
        return forward(turn, told(turn, state, `${state.what ?? ''}\n${text}`.trim()));
      case 'where':
        return forward(turn, { ...state, where: skips(text) ? null : placeIn(text, turn.understanding) });
      case 'when': {
        const read = toldIn(text, turn.understanding).when;
        return forward(turn, { ...state, when: skips(text) ? null : (read ?? text.slice(0, 200)) });
      }
      case 'photo':
        return skips(text)
          ? forward(turn, { ...state, photosDone: true })
          : forward(turn, { ...state, what: `${state.what ?? ''}\n${text}`.slice(0, 4_000) });
      case 'who':
        return ask(turn, state);
      case 'phone': {
        if (skips(text)) return forward(turn, { ...state, phone: null });
        const phone = phoneIn(text, turn);
        return phone
          ? forward(turn, { ...state, phone })
          : asked(turn, state, 'complaint.bad-phone', [skipChoice(turn.language, 'phone')]);
      }
      case 'check': {
        if (turn.understanding?.intent === 'yes') return send(turn, state);
        return ask(turn, state);
      }
    }
  }

  /** Pictures and a place on the map are taken whenever they come. */
  function onContent(turn: Turn, state: ComplaintState): Promise<Decision> | undefined {
    const { content } = turn.event;
    if (content.kind === 'location') {
      const { latitude, longitude, title, address } = content;
      const text = [title, address].filter(Boolean).join(' ').slice(0, 1_000);
      return forward(turn, { ...state, where: { ...(text ? { text } : {}), latitude, longitude } });
    }
    if (content.kind !== 'media' || content.media === 'sticker') return undefined;
    const sent = mediaIn(turn);
    const media = state.media ?? [];
    if (!sent || media.length >= mostMedia)
      return forward(turn, state, [{ kind: 'text', text: say(turn.language, 'complaint.photo-not-kept') }]);
    return forward(turn, { ...state, media: [...media, sent] });
  }

  return {
    name,
    choice: name,
    intents: ['complaint'],
    async start(turn) {
      const blank: ComplaintState = { step: 'what' };
      if (turn.conversation.audience === 'group') return ended(turn, 'case.group');
      if (turn.choice !== undefined) return onChoice(turn, turn.choice, blank);
      const text = typedIn(turn);
      return text !== undefined && text.length >= tellingUnits
        ? forward(turn, told(turn, blank, text))
        : forward(turn, blank);
    },
    async resume(turn, stored) {
      const state = readState(stored);
      if (!state) return undefined;
      if (turn.choice !== undefined)
        return turn.choice === name || turn.choice.startsWith(`${name}:`)
          ? onChoice(turn, turn.choice, state)
          : undefined;
      const text = typedIn(turn);
      return text === undefined ? onContent(turn, state) : onText(turn, state, text);
    },
    pause: holdsDraft(say, name, readState),
  };
}
