import { z } from 'zod';
import { type Choice, type Decision, type Dialog, type Turn, inLanguage } from '../../core';
import type { CaseDialogParts } from './case-parts';
import { cancels, typedIn } from './typed';

/** The own case that the next text belongs to. */
const stateSchema = z.object({ caseId: z.string().max(200) });

const name = 'my-matters';
const shownCases = 5;

/** "เรื่องของฉัน": one's own matters, what to add to them, and taking one back. */
export function myMatters({ cases, say }: CaseDialogParts): Dialog {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  const reply = (
    turn: Turn,
    key: string,
    choices: readonly Choice[],
    rest: Partial<Decision> = { dialog: null },
  ): Decision => ({
    replies: [{ kind: 'choices', text: say(turn.language, key), choices }],
    outcome: 'status',
    ...rest,
  });

  const menu = (turn: Turn): readonly Choice[] => [
    choice(turn.language, 'my', 'my.title'),
    choice(turn.language, 'menu', 'choice.menu'),
  ];

  async function list(turn: Turn, personId: string | undefined): Promise<Decision> {
    const { language } = turn;
    const mine = personId ? await cases.ofPerson(personId, shownCases) : [];
    const choices = mine.map(view => ({
      id: `status:case:${view.id}`,
      label: say(language, 'status.pick', {
        title: inLanguage(view.title, language),
        state: say(language, `case-state.${view.state}`),
      }),
    }));
    return reply(turn, mine.length > 0 ? 'my.list' : 'my.none', [
      ...choices,
      choice(language, 'status:number', 'status.by-number'),
      choice(language, 'complaint', 'my.complain'),
      choice(language, 'callback', 'my.call-back'),
    ]);
  }

  async function onChoice(turn: Turn, id: string): Promise<Decision> {
    const { language } = turn;
    const [, word = '', ...rest] = id.split(':');
    const caseId = rest.join(':');
    const personId =
      turn.conversation.audience === 'person' ? await cases.personOf(turn.event.addressId) : undefined;
    const view = personId && caseId ? await cases.oneOfPerson(personId, caseId) : undefined;
    if (!view || !personId) return list(turn, personId);
    switch (word) {
      case 'add':
        if (view.details?.kind === 'appointment') return list(turn, personId);
        return reply(
          turn,
          'my.add-ask',
          [
            choice(language, `my:withdraw:${caseId}`, 'my.withdraw'),
            choice(language, `my:nothing:${caseId}`, 'my.nothing'),
          ],
          { dialog: { dialog: name, state: { caseId } } },
        );
      case 'withdraw':
        return reply(turn, 'my.withdraw-ask', [
          choice(language, `my:withdraw-yes:${caseId}`, 'my.withdraw-yes'),
          choice(language, 'my', 'my.nothing'),
        ]);
      case 'withdraw-yes':
        return reply(turn, 'my.withdrawn', menu(turn), {
          dialog: null,
          commands: [{ kind: 'case.withdraw', data: { caseId, personId } }],
        });
      default:
        return list(turn, personId);
    }
  }

  return {
    name,
    choice: 'my',
    hears: turn => /^(?:เรื่องของฉัน|เรื่องของผม|my cases)$/iu.test(typedIn(turn) ?? ''),
    start: turn => (turn.choice === undefined ? onChoice(turn, 'my') : onChoice(turn, turn.choice)),
    async resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      const text = typedIn(turn);
      if (!parsed.success || text === undefined || text === '') return undefined;
      if (cancels(text)) return reply(turn, 'my.add-stopped', menu(turn));
      const { caseId } = parsed.data;
      const personId = await cases.personOf(turn.event.addressId);
      const view = personId ? await cases.oneOfPerson(personId, caseId) : undefined;
      if (!personId || !view) return undefined;
      return reply(turn, 'my.added', menu(turn), {
        dialog: null,
        commands: [{ kind: 'case.add', data: { caseId, personId, text: text.slice(0, 8_000) } }],
      });
    },
  };
}
