import { type Choice, type Step, endingIn } from '../../core';

const thaiZero = '๐'.codePointAt(0) ?? 0;
const westernDigits = (text: string): string =>
  text.replace(/[๐-๙]/gu, digit => String((digit.codePointAt(0) ?? thaiZero) - thaiZero));

const politeEnding = endingIn('ครับ|คับ|ค่ะ|คะ|ค่า|จ้า|จ้ะ|นะ');

/** The choice a typed text means: its number in the list, or its label word for word. */
export function chosenBy(text: string, offered: readonly Choice[]): Choice | undefined {
  const typed = westernDigits(text.trim())
    .replace(/^(?:ข้อ|ตอบ|เลือก)\s*/u, '')
    .replace(/[.)]$/u, '');
  if (/^\d{1,2}$/u.test(typed)) return offered[Number(typed) - 1];
  const lower = typed.toLowerCase();
  const plain = lower.replace(politeEnding, '').trimEnd();
  return (
    offered.find(choice => choice.label.toLowerCase() === lower) ??
    offered.find(choice => choice.label.toLowerCase() === plain)
  );
}

/** Turns a button, its number ("2", "ข้อ ๒") or its label into the choice it stands for. */
export const resolveChoice: Step = (turn, next) => {
  const { content } = turn.event;
  if (content.kind === 'choice') return next({ ...turn, choice: content.choice });
  if (content.kind !== 'text') return next(turn);
  const choice = chosenBy(content.text, turn.conversation.offered);
  return next(choice ? { ...turn, choice: choice.id } : turn);
};
