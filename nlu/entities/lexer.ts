import { isConsonant, isDigit, isThai, standsAlone } from './letters';
import { Trie } from './trie';
import { englishWords } from './words/english';
import { thaiWords } from './words/thai';
import type { Word } from './words/word';

/** A piece of text with its folded offsets. Exactly one of `number`, `word`, `mark` is there, or `space`, or none. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** Digits with at most one point, thousands commas taken out: `2500.50`, `14.30`, `08`. */
  readonly number?: string;
  readonly word?: Word;
  /** One other character. */
  readonly mark?: string;
  readonly space?: true;
  /** The form of a word, where the reader must tell two apart. */
  readonly form?: string;
}

const vocabulary = new Trie<Word>();
for (const [form, word] of englishWords()) vocabulary.add(form, word);
for (const [form, word] of thaiWords()) vocabulary.add(form, word);

/** Short forms without vowels, with one point or none. */
const abbreviations = new Set(
  [...thaiWords()].flatMap(([form, { month, weekday }]) =>
    form.length <= 4 && (month ?? weekday) !== undefined && /^[ก-ฮ]ี?[ก-ฮ]?\.?$/.test(form) ? [form] : [],
  ),
);

/** After วันที่ these make it วัน + ที่แล้ว: "3 วันที่แล้ว" speaks of days, not of a date. */
const notDateMark = ['แล้ว', 'ผ่านมา', 'จะ'];

/** Reads digits from `start`: groups of three after commas, one decimal part. More points than one are left apart. */
function readNumber(text: string, start: number): { readonly number: string; readonly end: number } {
  let end = start;
  const digits = (): string => {
    const from = end;
    while (end < text.length && isDigit(text.charCodeAt(end))) end++;
    return text.slice(from, end);
  };
  let number = digits();
  if (number.length <= 3) {
    while (text[end] === ',' && isDigit(text.charCodeAt(end + 1))) {
      const comma = end;
      end++;
      const group = digits();
      if (group.length !== 3) {
        end = comma;
        break;
      }
      number += group;
    }
  }
  if (text[end] !== '.' || !isDigit(text.charCodeAt(end + 1))) return { number, end };
  const point = end;
  end++;
  const decimals = digits();
  const dottedAgain = text[end] === '.' && isDigit(text.charCodeAt(end + 1));
  const dottedBefore = start > 1 && text[start - 1] === '.' && isDigit(text.charCodeAt(start - 2));
  if (dottedAgain || dottedBefore) return { number, end: point };
  return { number: `${number}.${decimals}`, end };
}

/**
 * Month and weekday abbreviations are short enough to be found inside others: กย. in สกย., มค in ห้ามคน, อ. in ตรอ. With
 * both their points (ม.ค.) months are believed anywhere.
 */
function isPartOfAbbreviation(text: string, start: number, end: number): boolean {
  if (end - start > 4 || !isConsonant(text.charCodeAt(start))) return false;
  const form = text.slice(start, end);
  if (form.endsWith('.'))
    return abbreviations.has(form) && (isThai(text.charCodeAt(start - 1)) || text[start - 1] === '.');
  return (
    abbreviations.has(form) &&
    (isThai(text.charCodeAt(end)) || (start > 0 && !isDigitOrSpace(text.charCodeAt(start - 1))))
  );
}

function isDigitOrSpace(code: number): boolean {
  return isDigit(code) || code === 32;
}

/** Splits folded text into tokens. `opaque` marks units that other readers took; they become single unknown marks. */
export function lex(text: string, opaque: Uint8Array | undefined): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  let gapFrom = -1;
  const closeGap = (): void => {
    if (gapFrom >= 0) tokens.push({ start: gapFrom, end: index });
    gapFrom = -1;
  };
  while (index < text.length) {
    const start = index;
    const code = text.charCodeAt(start);
    if (opaque?.[start] === 1) {
      if (gapFrom < 0) gapFrom = start;
      index++;
      continue;
    }
    if (code === 32) {
      closeGap();
      while (text.charCodeAt(index) === 32 && opaque?.[index] !== 1) index++;
      tokens.push({ start, end: index, space: true });
      continue;
    }
    if (isDigit(code)) {
      closeGap();
      const read = readNumber(text, start);
      index = read.end;
      tokens.push({ start, end: index, number: read.number });
      continue;
    }
    const found = vocabulary.longest(
      text,
      start,
      end =>
        opaque?.[end - 1] !== 1 && standsAlone(text, start, end) && !isPartOfAbbreviation(text, start, end),
    );
    if (found !== undefined) {
      closeGap();
      let { value: word, end } = found;
      if (word.role === 'date-mark' && notDateMark.some(tail => text.startsWith(tail, end))) {
        word = { unit: 'day' };
        end = start + 3;
      }
      index = end;
      tokens.push({ start, end, word, form: text.slice(start, end) });
      continue;
    }
    if (isThai(code) || code > 0x7f || (code >= 97 && code <= 122)) {
      if (gapFrom < 0) gapFrom = start;
      index++;
      continue;
    }
    closeGap();
    index++;
    tokens.push({ start, end: index, mark: text.charAt(start) });
  }
  closeGap();
  return tokens;
}
