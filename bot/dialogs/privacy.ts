import {
  type Choice,
  type Decision,
  type Dialog,
  type Localised,
  type Turn,
  bangkokIsoDate,
  inLanguage,
} from '../../core';
import type { Say } from '../phrases';
import { thaiDate } from '../thai-date';

/** What the bot says of the privacy notice in force. */
export interface NoticeWords {
  readonly version: string;
  /** One or two sentences, the controller's name in them. */
  readonly short: Localised;
  /** The whole notice, where this installation has a public address. */
  readonly url?: string;
}

const answerWithinDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

type Right = 'access' | 'erasure' | 'correction';

/** What a typed sentence asks for, before the words that erase are mistaken for the ones that show. */
function rightIn(text: string): Right | undefined {
  if (/ลบ|ทำลาย|erase|delete|forget/iu.test(text)) return 'erasure';
  if (/แก้|ผิด|correct|rectif/iu.test(text)) return 'correction';
  if (/ขอดู|ดูข้อมูล|สำเนา|ขอข้อมูล|access|copy|see my data/iu.test(text)) return 'access';
  return undefined;
}

const wordsOf = ({ event: { content } }: Turn): { words?: string } => {
  const words =
    content.kind === 'text' ? content.text : content.kind === 'choice' ? content.label : undefined;
  return words === undefined ? {} : { words: words.slice(0, 200) };
};

/** What proves a decision of the person: where, when and with which words. */
export const proofOf = (turn: Turn): Record<string, string | number> => ({
  addressId: turn.event.addressId,
  channel: turn.event.channel,
  at: turn.now,
  ...wordsOf(turn),
});

/** The privacy notice and the person's rights: a request becomes work for officers, with its date. */
export function privacy(say: Say, notice: NoticeWords): Dialog {
  const choice = (language: string, id: string): Choice => ({
    id: id === 'withdraw' ? 'stop:consent' : `privacy:${id}`,
    label: say(language, `choice.privacy-${id}`),
  });

  function show({ language }: Turn): Decision {
    const text = [
      inLanguage(notice.short, language),
      ...(notice.url ? [say(language, 'privacy.whole', { url: notice.url })] : []),
    ].join('\n');
    const rights = ['access', 'correction', 'erasure', 'withdraw'].map(id => choice(language, id));
    const officer = { id: 'handover', label: say(language, 'choice.officer') };
    return {
      replies: [{ kind: 'choices', text, choices: [...rights, officer] }],
      outcome: 'smalltalk',
    };
  }

  function confirm({ language }: Turn): Decision {
    const choices = [
      choice(language, 'erasure-yes'),
      { id: 'menu', label: say(language, 'choice.privacy-no') },
    ];
    return {
      replies: [{ kind: 'choices', text: say(language, 'privacy.erasure-confirm'), choices }],
      outcome: 'smalltalk',
    };
  }

  function request(turn: Turn, kind: Right): Decision {
    const due = bangkokIsoDate(turn.now + answerWithinDays * dayMs);
    const text = say(turn.language, `privacy.${kind}`, { date: thaiDate(due, turn.language) });
    const { addressId, channel, at } = proofOf(turn);
    return {
      replies: [{ kind: 'text', text }],
      outcome: 'smalltalk',
      commands: [{ kind: 'privacy.requested', data: { addressId, channel, at, kind } }],
    };
  }

  return {
    name: 'privacy',
    choice: 'privacy',
    intents: ['privacy'],
    start(turn) {
      const { content } = turn.event;
      const picked =
        turn.choice?.split(':')[1] ?? (content.kind === 'text' ? rightIn(content.text) : undefined);
      if (turn.conversation.audience === 'group')
        return {
          replies: [{ kind: 'text', text: inLanguage(notice.short, turn.language) }],
          outcome: 'smalltalk',
        };
      switch (picked) {
        case 'access':
        case 'correction':
          return request(turn, picked);
        case 'erasure':
          return confirm(turn);
        case 'erasure-yes':
          return request(turn, 'erasure');
        default:
          return show(turn);
      }
    },
  };
}
