import {
  type Choice,
  type Decision,
  type Dialog,
  type SuggestionList,
  type Topic,
  type Turn,
  inLanguage,
} from '../../core';
import type { Say } from '../phrases';
import { type RememberParts, isOwnChat, learned, quizTold } from '../steps/remember';
import { proofOf } from './privacy';
import { incompatibilities } from './quiz-results';
import { looksLikeQuestion } from './quiz-words';
import { typedIn } from './typed';

export interface SuggestionDialogParts extends RememberParts {
  readonly say: Say;
}

const name = 'suggestions';

/** The dialog by its name. A service or a group of people beside it means a question after those. */
const asksForMine =
  /^(?:ช่วย|ขอ)?\s*แนะนำสิทธิ์?\s*(?:ให้|สำหรับ|ของ)\s*(?:ฉัน|ผม|หนู|ดิฉัน|เรา)|^suggest(?:ions)? (?:\w+ )?for me$/iu;
const turnsOff =
  /^(?:ปิด|เลิก|หยุด|ไม่ต้อง|ไม่เอา)\s*(?:คำ|การ)?แนะนำสิทธิ์?|^(?:stop|turn off) suggest(?:ions|ing)\b/iu;
const erases = /^ลบ\s*(?:คำแนะนำ|ที่จำไว้)|^(?:erase|delete|forget) (?:my )?suggestions/iu;

/** "แนะนำสิทธิให้ฉัน": off until somebody agrees; then what may be for them, each with its reason, and what that is read from. */
export function suggestions(parts: SuggestionDialogParts): Dialog {
  const { say, knowledge } = parts;

  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });
  const topicOf = (id: string): Topic | undefined => knowledge().topic({ kind: 'service', id });

  const reply = (
    { language }: Turn,
    text: string,
    choices: readonly Choice[],
    rest: Partial<Decision> = {},
  ): Decision => ({
    replies: [{ kind: 'choices', text, choices: [...choices, choice(language, 'menu', 'choice.menu')] }],
    outcome: 'status',
    dialog: null,
    ...rest,
  });

  const offer = (turn: Turn): Decision =>
    reply(turn, say(turn.language, 'suggestions.offer'), [
      choice(turn.language, `${name}:on`, 'suggestions.agree'),
      choice(turn.language, 'privacy', 'choice.privacy'),
    ]);

  const ways = ({ language }: Turn): Choice[] => [
    choice(language, 'quiz:welfare', 'choice.quiz'),
    choice(language, `${name}:forget`, 'suggestions.forget'),
    choice(language, `${name}:off`, 'suggestions.off'),
  ];

  function rememberedLine({ facts, asked }: SuggestionList, language: string): string {
    const told = facts.map(
      ({ label, value }) => `${inLanguage(label, language)}: ${inLanguage(value, language)}`,
    );
    const names = asked.flatMap(id => topicOf(id) ?? []).map(topic => inLanguage(topic.name, language));
    const lines = [
      ...(told.length > 0 ? [say(language, 'suggestions.told', { facts: told.join(', ') })] : []),
      ...(names.length > 0 ? [say(language, 'suggestions.asked', { names: names.join(', ') })] : []),
    ];
    return lines.length > 0 ? lines.join('\n') : say(language, 'suggestions.nothing-kept');
  }

  function show(turn: Turn, list: SuggestionList, rest: Partial<Decision> = {}): Decision {
    const { language } = turn;
    const found = list.suggestions.flatMap(each => {
      const topic = topicOf(each.service);
      return topic ? [{ ...each, topic }] : [];
    });
    const lines = found.map(({ topic, reasons, askedAbout }, index) => {
      const about = askedAbout === undefined ? undefined : topicOf(askedAbout);
      const why = about
        ? say(language, 'suggestions.because-asked', { name: inLanguage(about.name, language) })
        : say(language, 'suggestions.because', {
            reasons: reasons.map(reason => inLanguage(reason, language)).join(', '),
          });
      return `${index + 1}. ${inLanguage(topic.name, language)}\n${why}`;
    });
    const text = [
      say(language, found.length > 0 ? 'suggestions.list' : 'suggestions.none'),
      ...lines,
      ...incompatibilities(
        found.map(({ topic }) => topic),
        language,
        say,
      ),
      ...(found.length > 0 ? [say(language, 'suggestions.draft')] : []),
      rememberedLine(list, language),
      say(language, 'suggestions.tell-more'),
    ].join('\n');
    const topics = found.map(({ topic }) => ({
      id: `topic:service:${topic.id}`,
      label: inLanguage(topic.name, language),
    }));
    return reply(turn, text, [...topics, ...ways(turn)], { dialog: { dialog: name, state: {} }, ...rest });
  }

  /** Whoever agrees at the end of a quiz has just told what the suggestions are made of. */
  function agreed(turn: Turn): Decision {
    const { dialog } = turn.conversation;
    const facts = dialog?.dialog === 'quiz' ? quizTold(parts, dialog.state) : undefined;
    const key = facts ? 'suggestions.on-from-quiz' : 'suggestions.on';
    return reply(
      turn,
      say(turn.language, key),
      [choice(turn.language, name, 'suggestions.see'), ...ways(turn)],
      {
        commands: [
          { kind: 'suggestions.allowed', data: proofOf(turn) },
          ...(facts ? [learned(turn, { facts })] : []),
        ],
      },
    );
  }

  const refused = (turn: Turn): Decision =>
    reply(turn, say(turn.language, 'suggestions.is-off'), [], {
      commands: [{ kind: 'suggestions.refused', data: proofOf(turn) }],
    });

  const forgotten = (turn: Turn): Decision =>
    reply(
      turn,
      say(turn.language, 'suggestions.forgotten'),
      [
        choice(turn.language, 'quiz:welfare', 'choice.quiz'),
        choice(turn.language, `${name}:off`, 'suggestions.off'),
      ],
      { commands: [{ kind: 'suggestions.forgotten', data: { addressId: turn.event.addressId } }] },
    );

  return {
    name,
    choice: name,
    claims(turn) {
      const text = typedIn(turn) ?? '';
      return asksForMine.test(text) || turnsOff.test(text) || erases.test(text);
    },
    async start(turn) {
      if (!isOwnChat(turn)) return reply(turn, say(turn.language, 'suggestions.not-here'), []);
      const text = typedIn(turn) ?? '';
      const word = turn.choice?.split(':')[1];
      if (word === 'off' || turnsOff.test(text)) return refused(turn);
      if (word === 'on') return agreed(turn);
      const list = await parts.suggestions.of(turn.event.addressId);
      if (!list) return offer(turn);
      return word === 'forget' || erases.test(text) ? forgotten(turn) : show(turn, list);
    },
    /** More of oneself in a few words, while the list is what was said last. */
    async resume(turn) {
      const { understanding, event } = turn;
      const [quiz] = parts.quizzes().all();
      if (typedIn(turn) === undefined || !understanding || !quiz) return undefined;
      const { crisis, decision, normalised } = understanding;
      if (crisis || decision === 'answer' || looksLikeQuestion.test(normalised)) return undefined;
      const facts = quiz.rememberable(quiz.read(understanding));
      const list =
        Object.keys(facts).length > 0 ? await parts.suggestions.of(event.addressId, facts) : undefined;
      return list && show(turn, list, { commands: [learned(turn, { facts })] });
    },
  };
}
