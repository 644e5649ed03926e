import { z } from 'zod';
import { type CaseDraft, type Choice, type Decision, type Dialog, type Turn, readTopicRef } from '../../core';
import { bangkokMoment } from '../thai-date';
import type { CaseDialogParts } from './case-parts';
import { bangkokDay, partOfDay, spanIn } from './moments';
import { misread, missesSchema } from './misread';
import { cancels, confirms, phoneIn, skips, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

/** What is `null` was asked and left open. */
const stateSchema = z.object({
  phone: z.string().max(20).exactOptional(),
  time: z.object({ from: z.number(), to: z.number() }).nullable().exactOptional(),
  about: z.string().max(2_000).nullable().exactOptional(),
  misses: missesSchema,
});
type State = z.infer<typeof stateSchema>;

const name = 'callback';
/** A shorter text asks to be called, and says nothing about what. */
const tellingUnits = 30;

/** An officer calls back: which number, when, and what about; it gets a number like everything else. */
export function callback({ cases, say }: CaseDialogParts): Dialog {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  function reply(text: string, choices: readonly Choice[], state: State | null): Decision {
    return {
      replies: [{ kind: 'choices', text, choices }],
      outcome: 'handover',
      dialog: state && { dialog: name, state },
    };
  }

  const ended = (turn: Turn, key: string): Decision =>
    reply(
      say(turn.language, key),
      [choice(turn.language, 'menu', 'choice.menu'), choice(turn.language, 'handover', 'choice.officer')],
      null,
    );

  function ask(turn: Turn, state: State, phoneKey = 'callback.ask-phone'): Decision {
    const { language } = turn;
    const stop = choice(language, 'callback:stop', 'callback.stop');
    if (state.phone === undefined) return reply(say(language, phoneKey), [stop], state);
    if (state.time === undefined)
      return reply(
        say(language, 'callback.ask-time'),
        [
          choice(language, 'callback:time:any', 'callback.any-time'),
          choice(language, 'callback:time:morning', 'callback.tomorrow-morning'),
          choice(language, 'callback:time:afternoon', 'callback.tomorrow-afternoon'),
          stop,
        ],
        state,
      );
    if (state.about === undefined)
      return reply(
        say(language, 'callback.ask-about'),
        [choice(language, 'callback:about:skip', 'callback.say-later'), stop],
        state,
      );
    const time = state.time ? bangkokMoment(state.time.from, language) : say(language, 'callback.any-time');
    return reply(
      say(language, 'callback.check', {
        phone: state.phone.replace(/^\+66(\d+?)(\d{3})(\d{4})$/u, '0$1 $2 $3'),
        time,
        about: state.about ?? say(language, 'callback.say-later'),
      }),
      [
        choice(language, 'callback:send', 'callback.send'),
        choice(language, 'callback:fix', 'callback.fix'),
        stop,
      ],
      state,
    );
  }

  async function send(turn: Turn, state: State): Promise<Decision> {
    const { event, conversation, language } = turn;
    const { phone, time, about } = state;
    if (phone === undefined || time === undefined || about === undefined) return ask(turn, state);
    const personId = await cases.personOf(event.addressId);
    const topic = conversation.topic ? readTopicRef(conversation.topic) : undefined;
    const draft: Omit<CaseDraft, 'key'> = {
      kind: 'callback',
      conversationId: conversation.id,
      language,
      channel: event.channel,
      details: {
        kind: 'callback',
        phone,
        attempts: [],
        ...(about ? { about } : {}),
        ...(time ? { from: time.from, to: time.to } : {}),
      },
      secondFacts: { phone },
      filedKey: 'callback.filed',
      ...(personId ? { personId } : {}),
      ...(topic ? { topic } : {}),
    };
    return {
      replies: [{ kind: 'text', text: say(language, 'callback.sending') }],
      outcome: 'handover',
      dialog: null,
      commands: [{ kind: 'case.file', data: draft }],
    };
  }

  function onChoice(turn: Turn, id: string, state: State): Promise<Decision> | Decision {
    const [, word, value = ''] = id.split(':');
    switch (word) {
      case 'stop':
        return ended(turn, 'callback.stopped');
      case 'time': {
        const tomorrow = bangkokDay(turn.now, 1);
        const part = value === 'morning' ? 'เช้า' : 'บ่าย';
        return ask(turn, { ...state, time: value === 'any' ? null : partOfDay(tomorrow, part) });
      }
      case 'about':
        return ask(turn, { ...state, about: null });
      case 'fix':
        return ask(turn, {});
      case 'send':
        return send(turn, state);
      default:
        return ask(turn, state);
    }
  }

  /** What a text says of number, time and matter; later questions take only what they ask for. */
  function read(turn: Turn, text: string): State {
    const phone = phoneIn(text, turn);
    const time = spanIn(turn, text);
    return {
      ...(phone ? { phone } : {}),
      ...(time && time.from > turn.now ? { time } : {}),
    };
  }

  function onText(
    turn: Turn,
    text: string,
    { misses, ...state }: State,
  ): Promise<Decision> | Decision | undefined {
    const notUnderstood = (asking: Decision, exampleKey: string): Decision =>
      misread(say, turn, asking, { text, misses, exampleKey });
    if (cancels(text)) return ended(turn, 'callback.stopped');
    if (state.phone !== undefined && state.time !== undefined && state.about === undefined)
      return wanders(turn, text)
        ? undefined
        : ask(turn, { ...state, about: skips(text) ? null : text.slice(0, 2_000) });
    const complete = state.phone !== undefined && state.time !== undefined;
    if (complete && confirms(turn, text)) return send(turn, state);
    if (wanders(turn, text)) return undefined;
    if (state.phone === undefined) {
      const next = { ...state, ...read(turn, text) };
      const asking = ask(turn, next, 'callback.bad-phone');
      return next.phone === undefined && next.time === undefined
        ? notUnderstood(asking, 'callback.example-phone')
        : asking;
    }
    if (state.time === undefined) {
      const time = spanIn(turn, text);
      const known = time && time.from > turn.now ? time : skips(text) ? null : undefined;
      return known === undefined
        ? notUnderstood(ask(turn, state), 'booking.example-day')
        : ask(turn, { ...state, time: known });
    }
    return notUnderstood(ask(turn, state), 'complaint.example-check');
  }

  return {
    name,
    choice: name,
    intents: ['callback'],
    start(turn) {
      if (turn.conversation.audience === 'group') return ended(turn, 'case.group');
      if (turn.choice !== undefined) return onChoice(turn, turn.choice, {});
      const text = typedIn(turn) ?? '';
      const state = read(turn, text);
      return ask(turn, { ...state, ...(text.length >= tellingUnits ? { about: text.slice(0, 2_000) } : {}) });
    },
    resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      if (!parsed.success) return undefined;
      if (turn.choice !== undefined)
        return turn.choice === name || turn.choice.startsWith(`${name}:`)
          ? onChoice(turn, turn.choice, parsed.data)
          : undefined;
      const text = typedIn(turn);
      return text === undefined ? undefined : onText(turn, text, parsed.data);
    },
    pause: holdsDraft(say, name, stored => stateSchema.safeParse(stored).data),
  };
}
