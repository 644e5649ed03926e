import { z } from 'zod';
import {
  type CaseDraft,
  type CaseKind,
  type Choice,
  type Decision,
  type Dialog,
  type Turn,
  readTopicRef,
} from '../../core';
import type { CaseDialogParts } from './case-parts';
import { cancels, typedIn, wanders } from './typed';
import { holdsDraft } from './way-back';

/** What can be told in a few sentences: `report` is about a person or an officer, `problem` about this system itself. */
export const tellingKinds = ['suggestion', 'praise', 'report', 'problem'] as const;
export type TellingKind = Extract<CaseKind, (typeof tellingKinds)[number]>;

const stateSchema = z.object({
  what: z.string().max(4_000).exactOptional(),
  /** Who a report is about, in the person's words; `null`: asked and left open. */
  about: z.string().max(200).nullable().exactOptional(),
  anonymous: z.boolean().exactOptional(),
});
export type TellingState = z.infer<typeof stateSchema>;

const tellingUnits = 25;

/** What each begins with, where no intent says so. */
const heard: Readonly<Record<TellingKind, RegExp>> = {
  suggestion: /^(?:ข้อเสนอแนะ|ขอเสนอแนะ|อยากเสนอแนะ|suggestion)/iu,
  praise: /^(?:ขอชม|ชมเชย|คำชม|อยากชม|praise)/iu,
  report:
    /(?:ร้องเรียน|แจ้งเรื่อง|แจ้งพฤติกรรม|รายงานพฤติกรรม)(?:เจ้าหน้าที่|ข้าราชการ|ปลัด|ผู้ใหญ่บ้าน|กำนัน|นายก)(?!\S{0,8}แล้ว)|เรียก(?:รับ)?เงินใต้โต๊ะ|report an officer/iu,
  // Of other systems there are topics; this one is named, or pointed at.
  problem:
    /(?:ระบบ|แอป|เว็บ|แชต|แชท|บอท)นี้\S{0,12}(?:ล่ม|ค้าง|ใช้ไม่ได้|เข้าไม่ได้|ไม่ตอบ|พัง|เพี้ยน)|ถามรัฐ\S{0,8}(?:ล่ม|ค้าง|ใช้ไม่ได้|เข้าไม่ได้|พัง)|this (?:system|app|site|chat) (?:is down|does not work)/iu,
};

export interface Telling {
  readonly dialogs: readonly Dialog[];
  /** Begins one with what was told already. */
  begin(turn: Turn, kind: TellingKind, state: TellingState): Decision;
}

/** Suggestions, praise, reports of people and problems of the system: told, checked, and filed under a number like everything else. */
export function telling({ cases, say }: CaseDialogParts): Telling {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  function ask(turn: Turn, kind: TellingKind, state: TellingState): Decision {
    const { language } = turn;
    const asked = (
      key: string,
      choices: readonly Choice[],
      values: Record<string, string> = {},
    ): Decision => ({
      replies: [
        {
          kind: 'choices',
          text: say(language, key, values),
          choices: [...choices, choice(language, `${kind}:stop`, 'telling.stop')],
        },
      ],
      outcome: 'complaint',
      dialog: { dialog: kind, state },
    });
    if (state.what === undefined) return asked(`telling.ask-${kind}`, []);
    if (kind === 'report' && state.about === undefined)
      return asked('telling.ask-about', [choice(language, 'report:about:unknown', 'telling.about-unknown')]);
    if (kind === 'report' && state.anonymous === undefined)
      return asked('telling.ask-who', [
        choice(language, 'report:who:named', 'complaint.named'),
        choice(language, 'report:who:anonymous', 'complaint.anonymous'),
      ]);
    const check = kind === 'report' ? 'telling.check-report' : 'telling.check';
    return asked(
      check,
      [choice(language, `${kind}:send`, 'telling.send'), choice(language, `${kind}:again`, 'telling.again')],
      { what: state.what, about: state.about ?? say(language, 'telling.about-unknown') },
    );
  }

  const ended = (turn: Turn, key: string): Decision => ({
    replies: [
      {
        kind: 'choices',
        text: say(turn.language, key),
        choices: [
          choice(turn.language, 'menu', 'choice.menu'),
          choice(turn.language, 'handover', 'choice.officer'),
        ],
      },
    ],
    outcome: 'complaint',
    dialog: null,
  });

  async function send(turn: Turn, kind: TellingKind, state: TellingState): Promise<Decision> {
    const { event, conversation, language } = turn;
    const { what, about, anonymous } = state;
    if (what === undefined || (kind === 'report' && anonymous === undefined)) return ask(turn, kind, state);
    const personId = anonymous ? undefined : await cases.personOf(event.addressId);
    // What is said about a person is not filed under a service, whose agency may be theirs.
    const topic = kind !== 'report' && conversation.topic ? readTopicRef(conversation.topic) : undefined;
    const draft: Omit<CaseDraft, 'key'> = {
      kind,
      conversationId: conversation.id,
      language,
      channel: event.channel,
      details: { kind: 'matter', what, attachments: [] },
      filedKey: 'telling.filed',
      ...(personId ? { personId } : {}),
      ...(topic && kind !== 'problem' ? { topic } : {}),
      ...(about ? { against: { name: about } } : {}),
    };
    return {
      replies: [{ kind: 'text', text: say(language, 'telling.sending') }],
      outcome: 'complaint',
      dialog: null,
      episode: { type: 'complaint' },
      commands: [{ kind: 'case.file', data: draft }],
    };
  }

  function onChoice(
    turn: Turn,
    kind: TellingKind,
    state: TellingState,
    id: string,
  ): Promise<Decision> | Decision {
    const [, word, value] = id.split(':');
    switch (word) {
      case 'stop':
        return ended(turn, 'telling.stopped');
      case 'about':
        return ask(turn, kind, { ...state, about: null });
      case 'who':
        return ask(turn, kind, { ...state, anonymous: value === 'anonymous' });
      case 'again':
        return ask(turn, kind, {});
      case 'send':
        return send(turn, kind, state);
      default:
        return ask(turn, kind, state);
    }
  }

  function onText(
    turn: Turn,
    kind: TellingKind,
    state: TellingState,
    text: string,
  ): Promise<Decision> | Decision | undefined {
    if (cancels(text)) return ended(turn, 'telling.stopped');
    if (wanders(turn, text) && text.length < tellingUnits) return undefined;
    if (state.what === undefined) return ask(turn, kind, { ...state, what: text.slice(0, 4_000) });
    if (kind === 'report' && state.about === undefined)
      return ask(turn, kind, { ...state, about: text.slice(0, 200) });
    return turn.understanding?.intent === 'yes' && (kind !== 'report' || state.anonymous !== undefined)
      ? send(turn, kind, state)
      : ask(turn, kind, { ...state, what: `${state.what}\n${text}`.slice(0, 4_000) });
  }

  const dialogOf = (kind: TellingKind): Dialog => ({
    name: kind,
    choice: kind,
    claims: turn => heard[kind].test(typedIn(turn) ?? ''),
    start(turn) {
      if (turn.conversation.audience === 'group') return ended(turn, 'case.group');
      if (turn.choice !== undefined) return onChoice(turn, kind, {}, turn.choice);
      const text = typedIn(turn) ?? '';
      return ask(turn, kind, text.length >= tellingUnits ? { what: text.slice(0, 4_000) } : {});
    },
    resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      if (!parsed.success) return undefined;
      if (turn.choice !== undefined)
        return turn.choice === kind || turn.choice.startsWith(`${kind}:`)
          ? onChoice(turn, kind, parsed.data, turn.choice)
          : undefined;
      const text = typedIn(turn);
      return text === undefined ? undefined : onText(turn, kind, parsed.data, text);
    },
    pause: holdsDraft(say, kind, stored => stateSchema.safeParse(stored).data, 'telling'),
  });

  /** Somebody has something to say, and it is not clear yet of which kind. */
  const feedback: Dialog = {
    name: 'feedback',
    choice: 'feedback',
    intents: ['feedback'],
    start(turn) {
      const { language } = turn;
      if (turn.conversation.audience === 'group') return ended(turn, 'case.group');
      const text = typedIn(turn) ?? '';
      const clear = tellingKinds.find(kind => heard[kind].test(text));
      if (clear) return ask(turn, clear, text.length >= tellingUnits ? { what: text.slice(0, 4_000) } : {});
      return {
        replies: [
          {
            kind: 'choices',
            text: say(language, 'telling.which'),
            choices: [
              ...tellingKinds.map(kind => choice(language, kind, `telling.kind-${kind}`)),
              choice(language, 'complaint', 'my.complain'),
              choice(language, 'handover', 'choice.officer'),
            ],
          },
        ],
        outcome: 'smalltalk',
      };
    },
  };

  return { dialogs: [...tellingKinds.map(dialogOf), feedback], begin: ask };
}
