/** More than this is not a list of questions. */
export const mostItems = 30;
const longestItem = 2_000;

const lead = /^\s*(?:ฝากถาม|ถามแทน|ฝากคำถาม|ขอถามแทน|ask for others)[^\n:：]{0,30}?[:：\s]+/iu;
/** `1.`, `๒)`, `(3)`, `ข้อ 4`, `-`, `•` at the beginning of a question. */
const mark = /(?:^|[\n\s])(?:ข้อ(?:ที่)?\s*)?\(?(\d{1,2}|[๐-๙]{1,2})[.)]\s*(?=\S)/gu;
const bullet = /^\s*[-•*–]\s*/u;

const valueOf = (digits: string): number =>
  Number(digits.replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50)));

/** Questions of a pasted list: numbered, bulleted or one a line; a text that is no list is one question. */
export function splitItems(text: string): readonly string[] {
  const body = text.replace(lead, '').trim();
  const marks = [...body.matchAll(mark)];
  // Only numbers that count up are numbers of a list; "2.5 ไร่" is none.
  const counted = marks.filter((found, index) => valueOf(found[1] ?? '') === index + 1);
  const parts =
    counted.length > 1 && counted.length === marks.length
      ? counted.map((found, index) => body.slice(found.index + found[0].length, counted[index + 1]?.index))
      : body.split(/\n+/u);
  const items = parts
    .map(part => part.replace(bullet, '').replace(/\s+/gu, ' ').trim().slice(0, longestItem))
    .filter(part => part.length > 2);
  return items.slice(0, mostItems);
}
