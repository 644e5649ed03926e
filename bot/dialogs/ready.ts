import { z } from 'zod';
import {
  type CaseDraft,
  type Choice,
  type Decision,
  type Dialog,
  type Knowledge,
  type Topic,
  type Turn,
  inLanguage,
  partsByForm,
  readTopicRef,
} from '../../core';
import { attachmentsOf, mediaIn, mediaSchema, mostMedia } from './attachments';
import type { CaseDialogParts } from './case-parts';
import { misread, missesSchema } from './misread';
import { cancels, skips, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

export interface ReadyParts extends CaseDialogParts {
  readonly knowledge: () => Knowledge;
}

const stateSchema = z.object({
  topic: z.string().max(80),
  /** The document that is asked about now. */
  index: z.number().int().min(0),
  missing: z.array(z.number().int()).max(100),
  /** Pictures for an officer to look at before anybody goes; present once the person wants that. */
  photos: mediaSchema.exactOptional(),
  misses: missesSchema,
});
type State = z.infer<typeof stateSchema>;

const name = 'ready';
/** Asks how the form of what was just answered is filled in. */
const asksOfForms =
  /(?:กรอก|เขียน(?:แบบ|ใบ|คำขอ|คำร้อง))\S{0,12}(?:ยังไง|อย่างไร|ตรงไหน|อะไรบ้าง|ไม่เป็น)|^(?:วิธี|การ)กรอก|(?:fill|complete) (?:in |out )?(?:the |this |a )?form/iu;

/** Before filing or going: the documents ticked off one by one, and pictures of them looked at by an officer. */
export function ready(parts: ReadyParts): Dialog {
  const { cases, say, knowledge } = parts;
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  const topicOf = (reference: string): Topic | undefined => {
    const ref = readTopicRef(reference);
    return ref && knowledge().topic(ref);
  };

  const reply = (
    text: string,
    choices: readonly Choice[],
    state: State | null,
    topic?: string,
  ): Decision => ({
    replies: [{ kind: 'choices', text, choices }],
    outcome: 'answered',
    dialog: state && { dialog: name, state },
    ...(topic ? { topic } : {}),
  });

  const gone = (turn: Turn, key = 'ready.none'): Decision =>
    reply(
      say(turn.language, key),
      [choice(turn.language, 'menu', 'choice.menu'), choice(turn.language, 'handover', 'choice.officer')],
      null,
    );

  function ask(turn: Turn, state: State): Decision {
    const { language } = turn;
    const topic = topicOf(state.topic);
    const documents = topic ? inLanguage(topic.documents, language) : [];
    const document = documents[state.index];
    if (!topic || documents.length === 0) return gone(turn);
    if (document === undefined) return summary(turn, state, topic, documents);
    return reply(
      say(language, 'ready.ask', {
        number: state.index + 1,
        count: documents.length,
        document,
      }),
      [
        choice(language, 'ready:have', 'ready.have'),
        choice(language, 'ready:missing', 'ready.missing'),
        choice(language, 'ready:stop', 'ready.stop'),
      ],
      state,
      state.topic,
    );
  }

  function summary(turn: Turn, state: State, topic: Topic, documents: readonly string[]): Decision {
    const { language } = turn;
    const lacking = state.missing.flatMap(index => documents[index] ?? []);
    const values = {
      name: inLanguage(topic.name, language),
      missing: lacking.map(each => `• ${each}`).join('\n'),
    };
    const text = say(language, lacking.length > 0 ? 'ready.lacking' : 'ready.complete', values);
    const steps = inLanguage(topic.steps, language).length > 0;
    return reply(
      text,
      [
        choice(language, `ready:photos:${state.topic}`, 'ready.photos'),
        choice(language, `ready:forms:${state.topic}`, 'ready.forms'),
        ...(steps ? [choice(language, `aspect:steps:${state.topic}`, 'choice.steps')] : []),
        choice(language, 'booking', 'ready.book'),
        choice(language, 'handover', 'choice.officer'),
      ],
      null,
      state.topic,
    );
  }

  /** How each form is filled, part by part; honestly where nobody wrote that down. */
  function forms(turn: Turn, reference: string): Decision {
    const { language } = turn;
    const topic = topicOf(reference);
    if (!topic) return gone(turn);
    const name = inLanguage(topic.name, language);
    const [where] = inLanguage(topic.where, language);
    const told = partsByForm(topic.forms ?? []).map(form =>
      [
        inLanguage(form[0].form, language),
        ...form.map(({ part, how }) => `• ${inLanguage(part, language)}: ${inLanguage(how, language)}`),
      ].join('\n'),
    );
    const unknown = say(language, where === undefined ? 'ready.forms-unknown' : 'ready.forms-unknown-at', {
      name,
      where: where ?? '',
    });
    return reply(
      told.length > 0 ? [say(language, 'ready.forms-of', { name }), ...told].join('\n\n') : unknown,
      [
        choice(language, `ready:${reference}`, 'choice.ready'),
        choice(language, `ready:photos:${reference}`, 'ready.photos'),
        choice(language, 'handover', 'choice.officer'),
      ],
      null,
      reference,
    );
  }

  function askPhotos(turn: Turn, state: State): Decision {
    const { language } = turn;
    const { photos = [] } = state;
    return reply(
      say(language, photos.length > 0 ? 'ready.photos-more' : 'ready.photos-ask', { count: photos.length }),
      [
        ...(photos.length > 0 ? [choice(language, 'ready:send', 'ready.photos-send')] : []),
        choice(language, 'ready:stop', 'ready.stop'),
      ],
      { ...state, photos },
      state.topic,
    );
  }

  async function send(turn: Turn, state: State): Promise<Decision> {
    const { event, conversation, language } = turn;
    const { photos = [] } = state;
    const topic = topicOf(state.topic);
    const personId = await cases.personOf(event.addressId);
    if (!topic || photos.length === 0) return askPhotos(turn, state);
    const draft: Omit<CaseDraft, 'key'> = {
      kind: 'pre-check',
      conversationId: conversation.id,
      language,
      channel: event.channel,
      topic: { kind: topic.kind, id: topic.id },
      details: {
        kind: 'matter',
        what: say(language, 'ready.pre-check', { name: inLanguage(topic.name, language) }),
        attachments: attachmentsOf(event.channel, photos),
      },
      filedKey: 'ready.filed',
      ...(personId ? { personId } : {}),
    };
    return {
      replies: [{ kind: 'text', text: say(language, 'telling.sending') }],
      outcome: 'answered',
      dialog: null,
      commands: [{ kind: 'case.file', data: draft }],
    };
  }

  const answered = (turn: Turn, state: State, has: boolean): Decision =>
    ask(turn, {
      ...state,
      index: state.index + 1,
      missing: has ? state.missing : [...state.missing, state.index],
    });

  function onChoice(turn: Turn, id: string, state: State | undefined): Promise<Decision> | Decision {
    const [, word, ...rest] = id.split(':');
    const reference = rest.join(':');
    if (word === 'stop') return gone(turn, 'ready.stopped');
    if (word === 'forms') return forms(turn, reference);
    if (word === 'photos' && topicOf(reference))
      return askPhotos(turn, { topic: reference, index: 0, missing: [], photos: [] });
    if (state && word === 'have') return answered(turn, state, true);
    if (state && word === 'missing') return answered(turn, state, false);
    if (state && word === 'send') return send(turn, state);
    if (state && word === 'continue') return state.photos ? askPhotos(turn, state) : ask(turn, state);
    return ask(turn, { topic: id.slice(`${name}:`.length), index: 0, missing: [] });
  }

  return {
    name,
    choice: name,
    claims: turn => asksOfForms.test(typedIn(turn) ?? '') && turn.conversation.topic !== undefined,
    start: turn =>
      turn.choice === undefined
        ? forms(turn, turn.conversation.topic ?? '')
        : onChoice(turn, turn.choice, undefined),
    resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      if (!parsed.success) return undefined;
      const { misses, ...state } = parsed.data;
      if (turn.choice !== undefined)
        return turn.choice.startsWith(`${name}:`) ? onChoice(turn, turn.choice, state) : undefined;
      const media = mediaIn(turn);
      if (media && state.photos)
        return askPhotos(turn, { ...state, photos: [...state.photos, media].slice(0, mostMedia) });
      const text = typedIn(turn);
      if (text === undefined || state.photos) return undefined;
      if (cancels(text)) return gone(turn, 'ready.stopped');
      if (turn.understanding?.intent === 'yes' || /^(?:มี|ครบ|have)/iu.test(text))
        return answered(turn, state, true);
      if (turn.understanding?.intent === 'no' || skips(text) || /^ยัง/u.test(text))
        return answered(turn, state, false);
      if (wanders(turn, text)) return undefined;
      return misread(say, turn, ask(turn, state), { text, misses, exampleKey: 'ready.example' });
    },
    pause: holdsDraft(say, name, stored => stateSchema.safeParse(stored).data),
  };
}
