import { type Turn, endingIn } from '../../core';

/** Short typed answers, as people write them in the middle of a dialog. */
const ending = endingIn('ครับ|คับ|ค่ะ|คะ|ค่า|นะ|จ้า|จ้ะ|ฮะ|please|\\s');
const cancel = /^(?:ยกเลิก|เลิก|หยุด|ไม่ทำแล้ว|ไม่แจ้งแล้ว|ไม่เอาแล้ว|พอแล้ว|ออก|stop|quit|cancel|never mind)$/iu;
const skip =
  /^(?:ข้าม(?:ไป)?|ไม่มี|ไม่รู้|ไม่ทราบ|จำไม่ได้|ไม่แน่ใจ|ไม่ให้|ไม่บอก|ไม่สะดวก|ไม่|แค่นี้|หมดแล้ว|พอ|skip|none|no|don't know)$/iu;
const confirm =
  /^(?:ใช่|ถูกต้อง|ถูกแล้ว|ตกลง|โอเค|ยืนยัน|ยินยอม|ส่ง|ส่งเลย|ส่งได้|ส่งได้เลย|ยืนยันและส่ง|ok|okay|yes|send|send it)$/iu;
const question = /(?:\?|ไหม$|มั้ย$|หรือเปล่า$|อะไรบ้าง|ยังไง$|อย่างไร$|เท่าไ|^(?:what|how|where|when|who|can i)\b)/iu;

/** Thai and full-width digits as Western ones. */
export const westernDigits = (text: string): string =>
  text.replace(/[๐-๙０-９]/gu, digit => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= 0xff10 ? 0xff10 : 0x0e50));
  });

/** What the person typed, where it is a text and picked nothing; `undefined` otherwise. */
export function typedIn(turn: Turn): string | undefined {
  const { content } = turn.event;
  return content.kind === 'text' && turn.choice === undefined ? content.text.trim() : undefined;
}

const bare = (text: string): string => text.trim().replace(ending, '') || text.trim();

export const cancels = (text: string): boolean => cancel.test(bare(text));
export const skips = (text: string): boolean => skip.test(bare(text));
/** Whether a text agrees to what was read out to check. */
export const confirms = ({ understanding }: Turn, text: string): boolean =>
  understanding?.intent === 'yes' || confirm.test(bare(text));

/** What belongs to other dialogs whatever is being asked for now. */
const elsewhere: readonly string[] = ['handover', 'help', 'language', 'greet', 'hours', 'stop'];

/** What begins something else with a few words; what is being told meanwhile is kept. */
const others: readonly string[] = ['booking', 'callback', 'status', 'relay', 'reminder', 'privacy'];
const fewUnits = 25;

/** Minutes count after money went to a swindler: the answer comes before whatever is being filled in. */
const cannotWait: readonly string[] = ['x-online-crime'];

/** How sure the understanding is of the one topic it puts first, 0 to 1. */
const sureness = ({ understanding }: Turn): number =>
  understanding?.intent === 'topic' ? understanding.confidence : 0;

/** Whether a text that answers nothing of what was asked is plainly a question to the register. */
export const isTopic = (turn: Turn): boolean => sureness(turn) > 0.9;

/** Whether a text is about something else than the question that waits. */
export function wanders(turn: Turn, text: string): boolean {
  const { understanding, conversation } = turn;
  if (!understanding) return false;
  if (isTopic(turn) && cannotWait.includes(understanding.topics[0]?.id ?? '')) return true;
  if (understanding.intent === 'quiz' && understanding.confidence > 0.9) return true;
  const begins =
    others.includes(understanding.intent) && understanding.intent !== conversation.dialog?.dialog;
  if (begins && understanding.confidence > 0.85 && text.length <= fewUnits) return true;
  if (elsewhere.includes(understanding.intent) && understanding.confidence > 0.6) return true;
  return question.test(bare(text)) && understanding.intent !== 'none';
}

/** Digits that stand together, with spaces, dots or hyphens between them as people write them. */
const digitRun = /\d(?:[\s.\u2010-\u2015-]?\d)*/gu;
const referenceDigits = 12;

/** A case number in a text, and the text without it. */
export function referenceIn(text: string): { readonly reference: string; readonly rest: string } | undefined {
  const plain = westernDigits(text);
  for (const { 0: run, index } of plain.matchAll(digitRun)) {
    // What follows the number after a space may be the second fact.
    let taken = 0;
    let digits = '';
    while (taken < run.length && digits.length < referenceDigits) {
      const sign = run.charAt(taken);
      if (/\d/u.test(sign)) digits += sign;
      taken += 1;
    }
    const cut = run.charAt(taken);
    if (digits.length < referenceDigits || /\d/u.test(cut)) continue;
    const rest = `${plain.slice(0, index)} ${plain.slice(index + taken)}`.trim();
    return { reference: digits, rest };
  }
  return undefined;
}

/** The digits of a short fact such as a PIN or the last digits of a phone; a date as ISO where one was read. */
export function factIn(text: string, turn: Turn): string | undefined {
  const plain = westernDigits(text).trim();
  const onlyDigits = plain.replace(/[^\d]/gu, '');
  if (/^[\d\s().+/-]{4,40}$/u.test(plain)) return plain;
  const date = turn.understanding?.entities.find(entity => entity.kind === 'date');
  if (date && /^\d{4}-\d{2}-\d{2}$/u.test(date.value)) return date.value;
  return onlyDigits.length >= 4 && onlyDigits.length <= 10 ? onlyDigits : undefined;
}

/** A Thai phone number in E.164: the one that was read, else the digits of the text. */
export function phoneIn(text: string, turn: Turn): string | undefined {
  const read = turn.understanding?.entities.find(entity => entity.kind === 'phone');
  if (read?.value.startsWith('+')) return read.value;
  const digits = westernDigits(text).replace(/[\s().-]/gu, '');
  const national = /^(?:\+?66|0)(\d{8,9})$/u.exec(digits)?.[1];
  return national ? `+66${national}` : undefined;
}
