import { z } from 'zod';
import {
  type CaseDraft,
  type Choice,
  type Decision,
  type Dialog,
  type Knowledge,
  type RelayBook,
  type Turn,
  type Understander,
} from '../../core';
import type { CaseDialogParts } from './case-parts';
import { cancels, phoneIn, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

export interface RelayParts extends CaseDialogParts {
  readonly relay: RelayBook;
  readonly understander: () => Understander;
  readonly knowledge: () => Knowledge;
}

const stateSchema = z.object({
  items: z.array(z.string().max(2_000)).max(30),
  /** Phone of the one villager who asks, E.164; `null`: the number is asked for now. */
  forPhone: z.string().max(20).nullable().exactOptional(),
});
type State = z.infer<typeof stateSchema>;

const name = 'relay';
/** What only says that somebody wants to ask for others is shorter. */
const tellingUnits = 25;

/** A village leader asks for others: a pasted list becomes questions, which officers answer one by one. */
export function relay(parts: RelayParts): Dialog {
  const { cases, say } = parts;
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  const reply = (text: string, choices: readonly Choice[], state: State | null): Decision => ({
    replies: [{ kind: 'choices', text, choices }],
    outcome: 'handover',
    dialog: state && { dialog: name, state },
  });

  const ended = (turn: Turn, key: string): Decision =>
    reply(
      say(turn.language, key),
      [choice(turn.language, 'menu', 'choice.menu'), choice(turn.language, 'handover', 'choice.officer')],
      null,
    );

  /** Matters that only the person themselves should ask about: nothing of them goes to a leader or a loudspeaker. */
  function isPrivate(item: string, now: number): boolean {
    const { topics, decision, crisis } = parts.understander().understand(item, now);
    const [first] = decision === 'none' ? [] : topics;
    return crisis !== undefined || (first && parts.knowledge().topic(first)?.sensitivity) !== undefined;
  }

  function list(turn: Turn, found: readonly string[], state: State = { items: [] }): Decision {
    const before = state.items;
    const { language, now } = turn;
    const open = found.filter(item => !isPrivate(item, now));
    const left = found.length - open.length;
    const items = [...before, ...open].slice(0, 30);
    const stop = choice(language, 'relay:stop', 'relay.stop');
    const lead = left > 0 ? `${say(language, 'relay.private', { count: left })}\n` : '';
    const next = { ...state, items };
    if (items.length === 0) return reply(`${lead}${say(language, 'relay.ask-list')}`, [stop], next);
    const shown = items.map((item, index) => `${index + 1}. ${item}`).join('\n');
    return reply(
      `${lead}${say(language, 'relay.check', { count: items.length })}\n${shown}\n${say(language, state.forPhone ? 'relay.consent-one' : 'relay.consent')}`,
      [
        choice(language, 'relay:send', 'relay.send'),
        choice(language, 'relay:one', state.forPhone ? 'relay.one-other' : 'relay.one'),
        choice(language, 'relay:again', 'relay.again'),
        stop,
      ],
      next,
    );
  }

  async function leaderIn(turn: Turn): Promise<{ personId: string; village: string } | undefined> {
    const personId = await cases.personOf(turn.event.addressId);
    const village = personId ? await parts.relay.villageOf(personId) : undefined;
    return personId && village ? { personId, village } : undefined;
  }

  async function send(turn: Turn, { items, forPhone }: State): Promise<Decision> {
    const leader = await leaderIn(turn);
    if (!leader || items.length === 0) return list(turn, []);
    const draft: Omit<CaseDraft, 'key'> = {
      kind: 'relay',
      personId: leader.personId,
      conversationId: turn.conversation.id,
      language: turn.language,
      channel: turn.event.channel,
      filedKey: 'relay.filed',
      details: {
        kind: 'relay',
        village: leader.village,
        consent: true,
        ...(forPhone ? { forWhom: forPhone } : {}),
        items: items.map(question => ({ question })),
      },
    };
    return {
      replies: [{ kind: 'text', text: say(turn.language, 'relay.sending') }],
      outcome: 'handover',
      dialog: null,
      commands: [
        { kind: 'case.file', data: draft },
        ...(forPhone ? [contactOf(turn, leader.village, forPhone, items)] : []),
      ],
    };
  }

  /** What was asked for one villager stands in that villager's own history too. */
  const contactOf = (
    { now, conversation }: Turn,
    village: string,
    phone: string,
    questions: readonly string[],
  ): NonNullable<Decision['commands']>[number] => ({
    kind: 'relay.contact',
    data: { phone, village, agencyId: conversation.agencyId, questions, at: now },
  });

  const askPhone = (turn: Turn, state: State, key = 'relay.ask-phone'): Decision =>
    reply(say(turn.language, key), [choice(turn.language, 'relay:continue', 'relay.no-phone')], {
      ...state,
      forPhone: null,
    });

  function onChoice(turn: Turn, id: string, state: State): Promise<Decision> | Decision {
    switch (id.split(':')[1]) {
      case 'stop':
        return ended(turn, 'relay.stopped');
      case 'send':
        return send(turn, state);
      case 'again':
        return list(turn, []);
      case 'one':
        return askPhone(turn, state);
      default:
        return list(turn, [], { items: state.items });
    }
  }

  return {
    name,
    choice: name,
    intents: ['relay'],
    async start(turn) {
      if (turn.conversation.audience === 'group') return ended(turn, 'case.group');
      if (!(await leaderIn(turn))) return ended(turn, 'talk.relay');
      const text = typedIn(turn) ?? '';
      return list(turn, text.length >= tellingUnits ? parts.relay.split(text) : []);
    },
    resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      if (!parsed.success) return undefined;
      const state = parsed.data;
      if (turn.choice !== undefined)
        return turn.choice === name || turn.choice.startsWith(`${name}:`)
          ? onChoice(turn, turn.choice, state)
          : undefined;
      const text = typedIn(turn);
      if (text === undefined) return undefined;
      if (cancels(text)) return ended(turn, 'relay.stopped');
      if (state.forPhone === null) {
        const phone = phoneIn(text, turn);
        return phone
          ? list(turn, [], { ...state, forPhone: phone })
          : askPhone(turn, state, 'relay.bad-phone');
      }
      // With the list shown, a short yes sends; more text is more questions.
      if (state.items.length > 0 && turn.understanding?.intent === 'yes') return send(turn, state);
      if (wanders(turn, text) && ['handover', 'help'].includes(turn.understanding?.intent ?? ''))
        return undefined;
      return list(turn, parts.relay.split(text), state);
    },
    pause: holdsDraft(say, name, stored => stateSchema.safeParse(stored).data),
  };
}
