import type { Choice, Decision, Dialog, Turn } from '../../core';
import type { Say } from '../phrases';

/** Lessons, each a few lines; the first one is how it begins. */
const lessons = ['ask', 'benefits', 'hands', 'safe'] as const;
type Lesson = (typeof lessons)[number];
const isLesson = (word: string): word is Lesson => lessons.some(lesson => lesson === word);

/** Asks how this service is used. A bare "ใช้ยังไง" after an answer is about what was answered. */
const asks =
  /^(?:ช่วย)?สอน(?:ผม|ฉัน|หนู|ป้า|ลุง|ตา|ยาย|แม่|พ่อ)?(?:หน่อย|วิธี|การ)?\s*(?:ใช้|เล่น)|^(?:วิธี|การ)ใช้(?:งาน)?\s*(?:ถามรัฐ|แชต|ระบบ|แอป|เว็บ)|^(?:ถามรัฐ|แชตนี้|ระบบนี้|แอปนี้|เว็บนี้|อันนี้)\s*(?:ใช้|เล่น)(?:งาน)?\s*(?:ยังไง|อย่างไร|ไง)|^how (?:do|can|should) (?:i|we) use (?:this|it|thamrat|the chat)|^how does this (?:chat |service )?work|^teach me/iu;
const asksBarely = /^(?:วิธีใช้|ใช้(?:งาน)?(?:ยังไง|อย่างไร|ไง))(?:คะ|ครับ|ค่ะ|อะ|หรอ)?\??$/u;

/** Teaches how the service is used: what to type, what to press, and what never to give away. */
export function howTo(say: Say, guideUrl: string | undefined): Dialog {
  function lesson(turn: Turn, which: Lesson): Decision {
    const { language } = turn;
    const others = lessons.filter(each => each !== which);
    const tries: Record<Lesson, Choice[]> = {
      ask: [{ id: 'topic:service:px-47', label: say(language, 'how-to.try-ask') }],
      benefits: [{ id: 'quiz:welfare', label: say(language, 'choice.quiz') }],
      hands: [{ id: 'handover', label: say(language, 'choice.officer') }],
      safe: [{ id: 'rumour', label: say(language, 'choice.check') }],
    };
    const guide =
      which === 'ask' && guideUrl !== undefined ? [say(language, 'how-to.guide', { url: guideUrl })] : [];
    return {
      replies: [
        {
          kind: 'choices',
          text: [say(language, `how-to.${which}`), ...guide].join('\n'),
          choices: [
            ...tries[which],
            ...others.map(each => ({ id: `how-to:${each}`, label: say(language, `how-to.about-${each}`) })),
            { id: 'menu', label: say(language, 'choice.menu') },
          ],
        },
      ],
      outcome: 'smalltalk',
    };
  }

  return {
    name: 'how-to',
    choice: 'how-to',
    hearsFirst: turn => {
      const text = (turn.understanding?.normalised ?? '').toLowerCase().trim();
      return asks.test(text) || (asksBarely.test(text) && turn.conversation.topic === undefined);
    },
    start(turn) {
      const which = turn.choice?.split(':')[1] ?? '';
      return lesson(turn, isLesson(which) ? which : 'ask');
    },
  };
}
