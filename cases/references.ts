import { randomInt } from 'node:crypto';

/** Digits of a reference; more than a phone number, fewer than a Thai ID, so that none is taken for another. */
export const referenceDigits = 12;

/** Damm's quasigroup of order 10: it catches every single wrong digit and every swap of two neighbours. */
const quasigroup = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/** The check digit of a text of ASCII digits. */
export function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = quasigroup[interim]?.[Number(digit)] ?? 0;
  return interim;
}

/** A number below `below`, without pattern. */
export type Random = (below: number) => number;

/** `count` digits without pattern, such as a PIN. */
export function digitsOf(count: number, random: Random = randomInt): string {
  return Array.from({ length: count }, () => String(random(10))).join('');
}

/** A new reference: eleven digits without pattern, the first not zero, and the check digit. */
export function newReference(random: Random = randomInt): string {
  const body = `${1 + random(9)}${digitsOf(referenceDigits - 2, random)}`;
  return `${body}${checkDigit(body)}`;
}

/** Digits of a text as people write them: Thai digits, spaces, dots and hyphens are fine; `undefined` when there is anything else. */
export function digitsIn(text: string): string | undefined {
  const plain = text
    .replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/[\uFF10-\uFF19]/gu, digit => String(digit.charCodeAt(0) - 0xff10))
    .replace(/[\s.\u00A0\u200B\u2010-\u2015-]/gu, '');
  return /^\d+$/u.test(plain) ? plain : undefined;
}

/** The reference in a text that is nothing else; `undefined` when the length or the check digit is wrong. */
export function parseReference(text: string): string | undefined {
  const digits = digitsIn(text.slice(0, 60));
  return digits?.length === referenceDigits && checkDigit(digits) === 0 ? digits : undefined;
}

/** In groups of four, as it is written and said: `1234 5678 9012`. */
export const spokenReference = (reference: string): string => reference.replace(/(\d{4})(?=\d)/gu, '$1 ');
