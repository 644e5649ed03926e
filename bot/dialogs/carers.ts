import { z } from 'zod';
import {
  type CarerBook,
  type Choice,
  type Decision,
  type Dialog,
  type Mandate,
  type Turn,
  bangkokIsoDate,
  dayWords,
  holds,
  inLanguage,
} from '../../core';
import type { CaseDialogParts } from './case-parts';
import { misread, missesSchema } from './misread';
import { bangkokDay, bangkokTime } from './moments';
import { bangkokMoment } from '../thai-date';
import { cancels, confirms, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

export interface CarerParts extends CaseDialogParts {
  readonly carers: CarerBook;
}

/** Somebody to be let in: who they are, who one is to them, and the last day. */
const stateSchema = z.object({
  carerName: z.string().max(100).exactOptional(),
  personName: z.string().max(100).exactOptional(),
  /** Any moment of the last day, ms. */
  day: z.number().exactOptional(),
  misses: missesSchema,
});
type State = z.infer<typeof stateSchema>;

const name = 'carer';
const offeredDays = [30, 180, 365] as const;
const mostShown = 5;
const ownWords = /^(?:ผู้ดูแล(?:ของฉัน)?|ให้คนช่วยดูแล|คนที่ฉันดูแล|เรื่องที่ดูแลแทน|my carers?)$/iu;

/** The last moment of a Bangkok day. */
const endOf = (day: number): number => bangkokDay(day, 1) - 1;

/** Somebody else acts for one: let in by name and until a day, looked at, taken back; and what one does for others oneself. */
export function carers(parts: CarerParts): Dialog {
  const { cases, say } = parts;
  const choice = (language: string, id: string, key: string, values = {}): Choice => ({
    id,
    label: say(language, key, values),
  });

  function reply(
    turn: Turn,
    text: string,
    choices: readonly Choice[],
    rest: Partial<Decision> = {},
  ): Decision {
    const menu = choice(turn.language, 'my', 'my.title');
    return {
      replies: [{ kind: 'choices', text, choices: [...choices, menu] }],
      outcome: 'status',
      dialog: null,
      ...rest,
    };
  }

  const lastDay = (until: number, language: string): string => dayWords(until, language);

  async function list(turn: Turn, personId: string): Promise<Decision> {
    const { language, now } = turn;
    const [mine, theirs] = await Promise.all([
      parts.carers.carersOf(personId),
      parts.carers.chargesOf(personId),
    ]);
    const active = mine.filter(each => holds(each, now)).slice(0, mostShown);
    const charges = theirs.filter(({ endedAt }) => endedAt === undefined).slice(0, mostShown);
    const line = ({ carerName, until }: Mandate): string =>
      say(language, 'carer.line', { name: carerName, until: lastDay(until, language) });
    const text = [say(language, active.length > 0 ? 'carer.list' : 'carer.none'), ...active.map(line)];
    return reply(turn, text.join('\n'), [
      ...charges.map(({ id, personName }) =>
        choice(language, `carer:for:${id}`, 'carer.for', { name: personName }),
      ),
      choice(language, 'carer:new', 'carer.new'),
      ...active.map(({ id, carerName }) =>
        choice(language, `carer:end:${id}`, 'carer.end', { name: carerName }),
      ),
      choice(language, 'my:join', 'carer.join'),
    ]);
  }

  /** How the matters of somebody cared for stand. Who looked is recorded, and so is who no longer may. */
  async function matters(turn: Turn, personId: string, mandateId: string): Promise<Decision> {
    const { language, event } = turn;
    const mandate = (await parts.carers.chargesOf(personId)).find(({ id }) => id === mandateId);
    if (!mandate) return reply(turn, say(language, 'carer.unknown'), []);
    const seen = await parts.carers.mattersOf(mandateId, personId, mostShown);
    const looked = {
      commands: [{ kind: 'carer.view', data: { mandate: mandateId, personId, addressId: event.addressId } }],
    };
    const until = lastDay(Math.min(mandate.endedAt ?? mandate.until, mandate.until), language);
    const values = { name: mandate.personName, until };
    if (!seen) return reply(turn, say(language, 'carer.ended', values), [], looked);
    const lines = seen.map(({ title, state, details }) =>
      details?.kind === 'appointment' && details.state === 'booked'
        ? `• ${inLanguage(title, language)} ${bangkokMoment(details.startsAt, language)}`
        : `• ${inLanguage(title, language)}: ${say(language, `case-state.${state}`)}`,
    );
    const head = say(language, lines.length > 0 ? 'carer.matters' : 'carer.no-matters', values);
    return reply(
      turn,
      [head, ...lines].join('\n'),
      [
        choice(language, `booking:for:${mandateId}`, 'carer.book', values),
        choice(language, `carer:end:${mandateId}`, 'carer.give-up', values),
      ],
      looked,
    );
  }

  function ask(turn: Turn, state: State): Decision {
    const { language } = turn;
    const { carerName, personName, day } = state;
    const asking = { dialog: { dialog: name, state } };
    const stop = choice(language, 'carer:stop', 'carer.stop');
    const question = (key: string, choices: readonly Choice[] = []): Decision => ({
      replies: [
        { kind: 'choices', text: say(language, key, { name: carerName ?? '' }), choices: [...choices, stop] },
      ],
      outcome: 'status',
      ...asking,
    });
    if (carerName === undefined) return question('carer.ask-name');
    if (personName === undefined) return question('carer.ask-own-name');
    if (day === undefined)
      return question(
        'carer.ask-day',
        offeredDays.map(days => choice(language, `carer:days:${days}`, `carer.days-${days}`)),
      );
    return {
      replies: [
        {
          kind: 'choices',
          text: say(language, 'carer.check', {
            ...{ carer: carerName, person: personName, until: lastDay(endOf(day), language) },
          }),
          choices: [choice(language, 'carer:send', 'carer.send'), stop],
        },
      ],
      outcome: 'status',
      ...asking,
    };
  }

  function send(turn: Turn, personId: string, state: State): Decision {
    const { carerName, personName, day } = state;
    if (carerName === undefined || personName === undefined || day === undefined) return ask(turn, state);
    const order = { personId, personName, carerName, until: endOf(day) };
    return reply(turn, say(turn.language, 'my.inviting'), [], {
      commands: [
        {
          kind: 'carer.entrust',
          data: { ...order, conversationId: turn.conversation.id, addressId: turn.event.addressId },
        },
      ],
    });
  }

  function onChoice(turn: Turn, personId: string, id: string, state: State): Promise<Decision> | Decision {
    const { language, event } = turn;
    const [, word = '', ...rest] = id.split(':');
    const value = rest.join(':');
    switch (word) {
      case 'new':
        return ask(turn, {});
      case 'continue':
        return ask(turn, state);
      case 'days':
        return ask(turn, { ...state, day: bangkokDay(turn.now, Number(value) || offeredDays[0]) });
      case 'send':
        return send(turn, personId, state);
      case 'for':
        return matters(turn, personId, value);
      case 'end':
        return reply(turn, say(language, 'carer.ending'), [choice(language, 'carer', 'carer.title')], {
          commands: [{ kind: 'carer.end', data: { mandate: value, personId, addressId: event.addressId } }],
        });
      case 'stop':
        return reply(turn, say(language, 'carer.stopped'), []);
      default:
        return list(turn, personId);
    }
  }

  function onText(
    turn: Turn,
    personId: string,
    text: string,
    { misses, ...state }: State,
  ): Decision | undefined {
    if (cancels(text)) return reply(turn, say(turn.language, 'carer.stopped'), []);
    const named = text.slice(0, 100);
    if (state.carerName === undefined || state.personName === undefined) {
      if (wanders(turn, text)) return undefined;
      return ask(
        turn,
        state.carerName === undefined ? { ...state, carerName: named } : { ...state, personName: named },
      );
    }
    if (state.day !== undefined && confirms(turn, text)) return send(turn, personId, state);
    const date = turn.understanding?.entities.find(({ kind }) => kind === 'date' || kind === 'datetime');
    const day = date && bangkokTime(date.value);
    if (day !== undefined && bangkokIsoDate(day) >= bangkokIsoDate(turn.now))
      return ask(turn, { ...state, day });
    if (wanders(turn, text)) return undefined;
    return misread(say, turn, ask(turn, state), { text, misses, exampleKey: 'carer.example-day' });
  }

  /** Who asks, where nobody else looks on. */
  async function alone(
    turn: Turn,
    act: (personId: string) => Promise<Decision> | Decision,
  ): Promise<Decision> {
    const { conversation, event, language } = turn;
    const here = conversation.audience === 'person' && event.channel !== 'kiosk';
    const personId = here ? await cases.personOf(event.addressId) : undefined;
    return personId ? act(personId) : reply(turn, say(language, 'case.group'), []);
  }

  return {
    name,
    choice: name,
    claims: turn => ownWords.test(typedIn(turn) ?? ''),
    start: turn => alone(turn, personId => onChoice(turn, personId, turn.choice ?? name, {})),
    async resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      const personId = await cases.personOf(turn.event.addressId);
      if (!parsed.success || !personId) return undefined;
      if (turn.choice !== undefined)
        return turn.choice === name || turn.choice.startsWith(`${name}:`)
          ? onChoice(turn, personId, turn.choice, parsed.data)
          : undefined;
      const text = typedIn(turn);
      return text ? onText(turn, personId, text, parsed.data) : undefined;
    },
    pause: holdsDraft(say, name, stored => stateSchema.safeParse(stored).data),
  };
}
