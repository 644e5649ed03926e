import { numberWords, spoken } from '../../core';

const wordsPerSecond = 2.5;
const mostWords = 14;
const segmenter = new Intl.Segmenter('th', { granularity: 'word' });

const wordsIn = (text: string): string[] =>
  [...segmenter.segment(text)].filter(each => each.isWordLike).map(each => each.segment);

/** Sentences of fewer than fifteen words, cut at line ends and spaces first, between words where there is no space. */
export function sentences(text: string): readonly string[] {
  return text.split(/\n+|(?<=[.!?])\s/u).flatMap(line => {
    const cut: string[] = [];
    let current = '';
    const push = (): void => {
      if (current.trim()) cut.push(current.trim());
      current = '';
    };
    for (const clause of line.trim().split(/(?<=\s)/u)) {
      if (wordsIn(current + clause).length <= mostWords) {
        current += clause;
        continue;
      }
      push();
      for (const { segment } of segmenter.segment(clause)) {
        if (wordsIn(current + segment).length > mostWords) push();
        current += segment;
      }
    }
    push();
    return cut;
  });
}

/** What nobody may miss: numbers to call, days and times, money. */
const important =
  /\d{3,}|\d+\s*(?:บาท|วัน|น\.|นาฬิกา|ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\.)/u;

export interface Announcement {
  readonly text: string;
  /** As it takes to read it, and the slot of the programme it fits: 30, 60, 90 s, or more in steps of 30. */
  readonly seconds: number;
  readonly slotSeconds: number;
}

const plainDigits = (text: string): string =>
  text.replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50));

/** The answers as one text to be read over the village loudspeaker. The lines that nobody may miss come once more at the end. */
export function announcement(
  village: string,
  items: readonly { readonly question: string; readonly answer?: string }[],
): Announcement {
  const answered = items.filter(item => item.answer !== undefined);
  const body = answered.flatMap(({ question, answer }, index) => [
    ...(answered.length > 1 ? [`เรื่องที่${numberWords(String(index + 1))}`] : []),
    ...sentences(spoken(question)),
    ...sentences(spoken(answer ?? '')),
  ]);
  const again = answered
    .flatMap(({ answer }) => (answer ?? '').split(/\n+/u))
    .filter(line => important.test(plainDigits(line)))
    .flatMap(line => sentences(spoken(line)));
  const lines = [
    ...sentences(spoken(`เรียนพี่น้อง${village}`)),
    ...body,
    ...(again.length > 0 ? ['ขอย้ำอีกครั้ง', ...again] : []),
    'จบประกาศ ขอบคุณ',
  ];
  const text = lines.join('\n');
  const seconds = Math.ceil(wordsIn(text).length / wordsPerSecond);
  return { text, seconds, slotSeconds: Math.max(30, Math.ceil(seconds / 30) * 30) };
}
