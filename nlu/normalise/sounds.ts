import { isToneMark } from './thai';

/** Letters that sound alike or are told apart by length alone, one entry a sound; the first stands for all. */
export const soundAlikes: readonly string[] = 'สศษซ ทธฒถฐ พภผ นณ ลรฬ ยญ ดฎ ตฏ คฆข ชฉฌ ไใ ิี ุู ึื ะั หฮ'.split(' ');

const firstOfSound = new Map(
  soundAlikes.flatMap(letters => Array.from(letters, letter => [letter, letters.charAt(0)] as const)),
);

/** The text without tone marks, one letter a sound: what is left of it when it is written in haste. */
export function bareOf(text: string): string {
  let bare = '';
  for (const sign of text) if (!isUnheard(sign.charCodeAt(0))) bare += firstOfSound.get(sign) ?? sign;
  return bare;
}

/** Marks above that lazy hands leave out: tones, ็ and ์. */
const isUnheard = (code: number): boolean => isToneMark(code) || code === 0x0e47;
