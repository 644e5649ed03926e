import { type Step, type Topic, type Turn, readTopicRef } from '../../core';
import { type Aspect, aspectText } from '../answer';
import { type AnswerParts, spokenTo } from './answer';

/** Words that ask for one aspect of what was just talked about. */
const aspectWords: readonly (readonly [Aspect, RegExp])[] = [
  ['documents', /เอกสาร|หลักฐาน|ต้องเอาอะไรไป|ใช้อะไรบ้าง|เตรียมอะไร|document|bring/iu],
  ['where', /ที่ไหน|ตรงไหน|เปิดกี่โมง|ปิดกี่โมง|วันไหน|where|open/iu],
  ['cost', /กี่บาท|เท่าไหร่|เท่าไร|ค่าธรรมเนียม|เสียเงิน|กี่วัน|นานไหม|นานมั้ย|how much|cost|fee|how long/iu],
  ['steps', /ขั้นตอน|ทำยังไง|ทำอย่างไร|เริ่มยังไง|how do i|steps/iu],
  ['who', /ใครได้|มีสิทธิ|ได้ไหม|คุณสมบัติ|อายุเท่าไหร่|who can|eligible/iu],
  ['contact', /เบอร์|โทร|ติดต่อ|phone|call/iu],
];

/** Words beside those of an aspect that name no subject. */
const fillers = new Set(
  (
    'แล้ว ก็ ใช้ ต้อง อะไร บ้าง ไป มา ที่ ให้ ได้ ไหม มั้ย มัย ปะ บ่ คะ ครับ ค่ะ จ้ะ นะ ละ ล่ะ หรือ ถ้า จะ ขอ ทำ แทน เอง คน เรา ผม ' +
    'ฉัน หนู ยาย ตา แม่ พ่อ ลูก พี่ น้อง ป้า ลุง เขา มี กี่ วัน ปี บาท อยู่ เปิด ปิด โมง แบบ นี้ นั้น อัน อีก กับ และ ของ ยัง ' +
    'and what do does i it is the a to for my me we they there that this of on in at need have can are then'
  ).split(' '),
);

const words = new Intl.Segmenter('th', { granularity: 'word' });

/** How many words of a text name things that the topic does not: "เงินดิจิทัลเข้าวันไหน" after a card about fraud is about neither. */
function strangersIn(text: string, topic: Topic): number {
  const own = JSON.stringify([topic.name, topic.officialName, topic.synonyms]).toLowerCase();
  const rest = aspectWords.reduce(
    (left, [, pattern]) => left.replace(new RegExp(pattern, 'giu'), ' '),
    text.toLowerCase(),
  );
  return [...words.segment(rest)].filter(
    ({ segment, isWordLike }) => isWordLike === true && !fillers.has(segment) && !own.includes(segment),
  ).length;
}

/** From here a dialog is meant, whatever else the words could ask; opening hours after an answer are those of the matter. */
const sureDialog = 0.6;

const meansDialog = ({ understanding }: Turn): boolean =>
  understanding?.crisis !== undefined ||
  (understanding !== undefined &&
    !['topic', 'none', 'hours'].includes(understanding.intent) &&
    understanding.confidence >= sureDialog);

const longest = 60;

/**
 * A short text such as "แล้วใช้เอกสารอะไร" is about what was answered before, if at most `strangers` of its words name something
 * new. Where it names nothing at all it is no other topic and no dialog either, whatever the model makes of so few words.
 */
export function followUp(parts: AnswerParts, strangers: number): Step {
  return async (turn, next) => {
    const { content } = turn.event;
    const about = turn.conversation.topic && readTopicRef(turn.conversation.topic);
    if (content.kind !== 'text' || turn.choice !== undefined || !about) return next(turn);
    if (content.text.length > longest || meansDialog(turn)) return next(turn);
    const aspect = aspectWords.find(([, pattern]) => pattern.test(content.text))?.[0];
    const topic = aspect && parts.knowledge().topic(about);
    if (!topic || strangersIn(content.text, topic) > strangers) return next(turn);
    const text = aspectText(topic, aspect, spokenTo(turn, [topic]).language, parts.say);
    if (!text) return next(turn);
    return { replies: [{ kind: 'text', text }], outcome: 'answered', topic: turn.conversation.topic ?? '' };
  };
}
