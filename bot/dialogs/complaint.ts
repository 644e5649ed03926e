import {
  type CaseDraft,
  type Decision,
  type Dialog,
  type Reply,
  type Turn,
  inLanguage,
  readTopicRef,
} from '../../core';
import { attachmentsOf, mediaIn, mostMedia } from './attachments';
import {
  type ComplaintQuestionParts,
  complaintName,
  complaintQuestions,
  fixable,
} from './complaint-questions';
import { type ComplaintState, advanced, placeIn, readState, toldIn, without } from './complaint-state';
import { misread } from './misread';
import { cancels, confirms, phoneIn, skips, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

export interface ComplaintParts extends ComplaintQuestionParts {
  /** Begins a report about a person with what was told: it goes another way than a complaint. */
  readonly report: (turn: Turn, what: string) => Decision;
}

/** A text shorter than this says that somebody wants to complain, not about what. */
const tellingUnits = 25;
const doubleMs = 30 * 24 * 60 * 60 * 1000;

const isFixable = (text: string): text is (typeof fixable)[number] => fixable.some(each => each === text);

const withoutName =
  /ไม่(?:อยาก|ขอ|ต้องการ|ประสงค์)?(?:บอก|ออก|แจ้ง|เปิดเผย|ระบุ|ให้|ลง|ใส่)\S{0,6}(?:ชื่อ|นาม|ตัว)|นิรนาม|ปิดชื่อ|anonym/iu;
const withName = /^(?:บอก|ระบุ|เปิดเผย|ให้|ใส่)\S{0,6}(?:ชื่อ|นาม|ได้)|^(?:ได้|ผม|ดิฉัน|หนู)?ชื่อ|with my name/iu;
const fixes = /^(?:ขอ|อยาก)?(?:แก้|เปลี่ยน|ผิด|ไม่ถูก|ยังไม่ถูก)|^(?:change|edit|wrong)/iu;

/** Intake of a complaint by conversation: one question at a time, a summary to confirm, and only then it is sent. */
export function complaint(parts: ComplaintParts): Dialog {
  const { cases, say } = parts;
  const questions = complaintQuestions(parts);
  const { ask, ended, refOf } = questions;

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
    const { conversation, event } = turn;
    const decided = state.what !== undefined && state.topic !== undefined;
    const refused = decided ? notReceived(turn, state) : undefined;
    if (refused) return refused;
    if (decided && !state.another && conversation.audience === 'person') {
      const personId = await cases.personOf(event.addressId);
      const earlier = personId
        ? await cases.recentDouble(personId, 'complaint', refOf(state), turn.now - doubleMs)
        : undefined;
      if (earlier) return questions.askAboutDouble(turn, { ...state, double: earlier.id }, lead);
    }
    return ask(turn, state, lead);
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
    const found = questions.candidates(turn);
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
        return forward(turn, { ...state, topic: value === 'other' || !readTopicRef(value) ? null : value });
      case 'report':
        return parts.report(turn, state.what ?? '');
      case 'begin': {
        const ref = readTopicRef(value);
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
      case 'fix':
        return isFixable(value) ? forward(turn, without(state, value)) : questions.askWhatToFix(turn, state);
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

  async function onText(
    turn: Turn,
    { misses, ...state }: ComplaintState,
    text: string,
  ): Promise<Decision | undefined> {
    const notUnderstood = (asking: Decision): Decision =>
      misread(say, turn, asking, { text, misses, exampleKey: `complaint.example-${state.step}` });
    if (cancels(text)) return ended(turn, 'complaint.stopped');
    if (state.step === 'check' && confirms(turn, text)) return send(turn, state);
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
        if (skips(text)) return forward(turn, { ...state, photosDone: true });
        return forward(turn, { ...state, what: `${state.what ?? ''}\n${text}`.slice(0, 4_000) }, [
          { kind: 'text', text: say(turn.language, 'complaint.words-added') },
        ]);
      case 'who': {
        if (withoutName.test(text)) return forward(turn, { ...state, anonymous: true });
        const phone = phoneIn(text, turn);
        if (phone) return forward(turn, { ...state, anonymous: false, phone });
        if (withName.test(text)) return forward(turn, { ...state, anonymous: false });
        return notUnderstood(ask(turn, state));
      }
      case 'phone': {
        if (skips(text)) return forward(turn, { ...state, phone: null });
        const phone = phoneIn(text, turn);
        return phone
          ? forward(turn, { ...state, phone })
          : notUnderstood(questions.askPhoneAgain(turn, state));
      }
      case 'check':
        if (fixes.test(text)) return questions.askWhatToFix(turn, state);
        return notUnderstood(ask(turn, state));
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
    name: complaintName,
    choice: complaintName,
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
        return turn.choice === complaintName || turn.choice.startsWith(`${complaintName}:`)
          ? onChoice(turn, turn.choice, state)
          : undefined;
      const text = typedIn(turn);
      return text === undefined ? onContent(turn, state) : onText(turn, state, text);
    },
    pause: holdsDraft(say, complaintName, readState),
  };
}
