import { type QuizOption, type QuizQuestion, type Understanding, endingIn } from '../../core';

export type TypedAnswer =
  | { readonly kind: 'stop' }
  | { readonly kind: 'back' }
  | { readonly kind: 'unsure' }
  | { readonly kind: 'none' }
  | { readonly kind: 'options'; readonly options: readonly string[] }
  | { readonly kind: 'other' };

/** A text that asks for an answer is not an answer. */
export const looksLikeQuestion =
  /(?:\?|ไหม|มั้ย|มั๊ย|อะไร|ยังไง|อย่างไร|เท่าไ|ที่ไหน|เมื่อไ|ใครบ้าง|หรือเปล่า|^(?:what|how|where|when|who|can i)\b)/iu;

const polite = endingIn('ครับ|คับ|ค่ะ|คะ|ค่า|นะ|จ้า|จ้ะ|please');
const stop = /^(?:เลิก|หยุด|ยกเลิก|พอแล้ว|พอก่อน|ไม่ทำแล้ว|ไม่ทำต่อ|ไม่ตอบแล้ว|ออก|stop|quit|cancel)/iu;
const back = /^(?:ย้อนกลับ|ย้อน|กลับไป|ข้อก่อน|ข้อที่แล้ว|ก่อนหน้า|แก้คำตอบ|back|previous)/iu;
const unsure =
  /^(?:ไม่รู้|ไม่ทราบ|ไม่แน่ใจ|ไม่ค่อยแน่ใจ|จำไม่ได้|ข้าม|ไม่ขอตอบ|ไม่อยากตอบ|skip|not sure|don't know|i don't know|dunno)/iu;
const none = /^(?:ไม่มี(?:สักข้อ|เลย|อะไร|แล้ว|อีก)?|ไม่มีอีกแล้ว|หมดแล้ว|แค่นี้|เท่านี้|ไม่|none|no|nothing|that's all)$/iu;
const yes = /^(?:ใช่|มี(?:แล้ว)?|ได้|เป็น|ครับ|ค่ะ|คลอดแล้ว|yes|yeah|yep)/iu;
const no = /^(?:ไม่ใช่|ไม่มี|ไม่|ยังไม่มี|ยัง|เปล่า|no|nope|not yet)/iu;

/** `1 3`, `1,3`, `ข้อ 1 กับ 3`: two or more numbers of the list and nothing else. */
function numbersOf(text: string): number[] {
  const western = text.replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50));
  const bare = western.replace(/(?:ข้อ|และ|กับ|ตอบ|and)/giu, ' ').trim();
  if (!/^\d{1,2}(?:[\s,./+]+\d{1,2})+$/u.test(bare)) return [];
  return bare.split(/[\s,./+]+/u).map(Number);
}

/** What a typed text says to a question, where it is short and plain; the rest is for the reader of facts. Numbers are of the options `shown`. */
export function readAnswer(
  { normalised, intent }: Understanding,
  question: QuizQuestion,
  shown: readonly QuizOption[],
): TypedAnswer {
  const text = normalised.trim().replace(polite, '').trim().toLowerCase() || normalised.trim();
  if (back.test(text)) return { kind: 'back' };
  if (stop.test(text)) return { kind: 'stop' };
  if (unsure.test(text)) return { kind: 'unsure' };
  const numbers = numbersOf(text);
  const chosen = numbers.map(number => shown[number - 1]?.id).filter(id => id !== undefined);
  if (question.kind === 'many' && numbers.length > 0 && chosen.length === numbers.length)
    return { kind: 'options', options: chosen };
  if (question.kind !== 'yes-no' && (none.test(text) || (intent === 'no' && text.length < 12)))
    return { kind: 'none' };
  if (question.kind === 'yes-no' && text.length < 20) {
    if (no.test(text) || intent === 'no') return { kind: 'options', options: ['no'] };
    if (yes.test(text) || intent === 'yes') return { kind: 'options', options: ['yes'] };
  }
  return { kind: 'other' };
}
