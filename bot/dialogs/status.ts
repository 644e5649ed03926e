import { z } from 'zod';
import {
  type Action,
  type CaseView,
  type Choice,
  type Decision,
  type Dialog,
  type Turn,
  inLanguage,
} from '../../core';
import { bangkokMoment } from '../thai-date';
import { caseCard } from './case-card';
import type { CaseDialogParts } from './case-parts';
import { cancels, factIn, referenceIn, typedIn } from './typed';

export interface StatusParts extends CaseDialogParts {
  /** Where the calendar file of an appointment is. */
  readonly calendarOf?: (caseId: string) => string;
}

/** With a number, the second fact is what waits. */
const stateSchema = z.object({ reference: z.string().max(20).optional() });
type State = z.infer<typeof stateSchema>;

const name = 'status';
const shownCases = 5;
const governmentCentre = '1111';

/** Where a matter stands: one's own by a touch, any other by its number and a second fact that its person knows. */
export function status({ cases, say, calendarOf }: StatusParts): Dialog {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });
  const officer = (language: string): Choice => choice(language, 'handover', 'choice.officer');

  function asking(turn: Turn, key: string, state: State, choices: readonly Choice[]): Decision {
    return {
      replies: [{ kind: 'choices', text: say(turn.language, key), choices }],
      outcome: 'status',
      dialog: { dialog: name, state },
    };
  }

  const askNumber = (turn: Turn, key = 'status.ask-number'): Decision =>
    asking(turn, key, {}, [officer(turn.language)]);

  const askFact = (turn: Turn, reference: string, key = 'status.ask-fact'): Decision =>
    asking(turn, key, { reference }, [
      choice(turn.language, 'status:code', 'status.send-code'),
      choice(turn.language, 'status:number', 'status.other-number'),
      officer(turn.language),
    ]);

  /** Where others read along, a sensitive matter has no words, and in a group none has. */
  const callInstead = (turn: Turn, key: string): Decision => ({
    replies: [
      {
        kind: 'choices',
        text: say(turn.language, key, { phone: governmentCentre }),
        choices: [officer(turn.language)],
      },
    ],
    outcome: 'status',
    dialog: null,
  });
  const readAlong = (turn: Turn, view: CaseView): boolean => view.sensitive && turn.event.channel === 'kiosk';

  /** The case, and what can be done next as choices of their own: by SMS they are numbers, and a typed label finds them. */
  function shown(
    turn: Turn,
    view: CaseView,
    choices: readonly Choice[],
    links: readonly Action[] = [],
  ): Decision {
    const { language } = turn;
    return {
      replies: [
        caseCard(view, language, say, links),
        { kind: 'choices', text: say(language, 'answer.next'), choices: [...choices, officer(language)] },
      ],
      outcome: 'status',
      dialog: null,
    };
  }

  async function answer(turn: Turn, reference: string, secondFact: string): Promise<Decision> {
    const { language, event, conversation } = turn;
    if (conversation.audience === 'group') return callInstead(turn, 'case.group');
    const found = await cases.status({ reference, secondFact, asker: event.addressId });
    switch (found.outcome) {
      case 'found':
        if (readAlong(turn, found.case)) return callInstead(turn, 'case.progress-call');
        return shown(turn, found.case, [choice(language, 'status:number', 'status.other-number')]);
      case 'not-found':
        return askFact(turn, reference, 'status.not-found');
      case 'too-many': {
        const until = bangkokMoment(found.retryAt, language);
        return {
          replies: [
            {
              kind: 'choices',
              text: say(language, 'status.too-many', { until }),
              choices: [officer(language)],
            },
          ],
          outcome: 'status',
          dialog: null,
        };
      }
    }
  }

  /** A number alone or with its second fact behind it, as in an SMS. */
  async function numberIn(turn: Turn, text: string): Promise<Decision | undefined> {
    const found = referenceIn(text);
    if (!found) return undefined;
    const fact = /\d/u.test(found.rest) ? factIn(found.rest.replace(/^.*?(?=\d)/u, ''), turn) : undefined;
    return fact ? answer(turn, found.reference, fact) : askFact(turn, found.reference);
  }

  async function own(turn: Turn): Promise<Decision> {
    const { language, conversation, event } = turn;
    const personId = conversation.audience === 'person' ? await cases.personOf(event.addressId) : undefined;
    const mine = personId ? await cases.ofPerson(personId, shownCases) : [];
    if (mine.length === 0) return askNumber(turn);
    const choices = mine.map(view => ({
      id: `status:case:${view.id}`,
      label: say(language, 'status.pick', {
        title: inLanguage(view.title, language),
        state: say(language, `case-state.${view.state}`),
      }),
    }));
    return asking(turn, 'status.which', {}, [
      ...choices,
      choice(language, 'status:number', 'status.by-number'),
    ]);
  }

  async function ownCase(turn: Turn, caseId: string): Promise<Decision> {
    const { language, conversation, event } = turn;
    const personId = conversation.audience === 'person' ? await cases.personOf(event.addressId) : undefined;
    const view = personId ? await cases.oneOfPerson(personId, caseId) : undefined;
    if (!view) return askNumber(turn);
    if (readAlong(turn, view)) return callInstead(turn, 'case.progress-call');
    const coming = view.details?.kind === 'appointment' && view.details.state === 'booked';
    const mayAdd = view.state !== 'refused' && view.state !== 'withdrawn';
    const mayLink = event.channel !== 'sms' && event.channel !== 'kiosk';
    const change =
      view.details?.kind === 'appointment'
        ? [choice(language, `booking:own:${view.id}`, 'booking.move')]
        : mayAdd
          ? [choice(language, `my:add:${view.id}`, 'my.add')]
          : [];
    return shown(
      turn,
      view,
      [...change, choice(language, 'my', 'my.title')],
      coming && calendarOf && mayLink
        ? [{ kind: 'link', label: say(language, 'my.calendar-save'), url: calendarOf(view.id) }]
        : [],
    );
  }

  async function onChoice(turn: Turn, id: string, state: State): Promise<Decision> {
    const [, word = '', ...rest] = id.split(':');
    if (word === 'number') return askNumber(turn);
    if (word === 'case') return ownCase(turn, rest.join(':'));
    if (word === 'code' && state.reference !== undefined) {
      const { reference } = state;
      return {
        ...askFact(turn, reference, 'status.code-sent'),
        commands: [{ kind: 'case.code', data: { reference, asker: turn.event.addressId } }],
      };
    }
    return own(turn);
  }

  return {
    name,
    choice: name,
    intents: ['status'],
    async start(turn) {
      if (turn.choice !== undefined) return onChoice(turn, turn.choice, {});
      return (await numberIn(turn, typedIn(turn) ?? '')) ?? own(turn);
    },
    async resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      if (!parsed.success) return undefined;
      const state = parsed.data;
      if (turn.choice !== undefined)
        return turn.choice === name || turn.choice.startsWith(`${name}:`)
          ? onChoice(turn, turn.choice, state)
          : undefined;
      const text = typedIn(turn);
      if (text === undefined) return undefined;
      if (cancels(text))
        return {
          replies: [
            {
              kind: 'choices',
              text: say(turn.language, 'status.stopped'),
              choices: [choice(turn.language, 'menu', 'choice.menu')],
            },
          ],
          outcome: 'status',
          dialog: null,
        };
      const numbered = await numberIn(turn, text);
      if (numbered) return numbered;
      const fact = state.reference === undefined ? undefined : factIn(text, turn);
      if (state.reference !== undefined && fact !== undefined) return answer(turn, state.reference, fact);
      // Digits that are no number of ours: say so, rather than read them as something else.
      return /^[\d\s.๐-๙-]{4,30}$/u.test(text) ? askNumber(turn, 'status.bad-number') : undefined;
    },
  };
}
