import { latinOf, thaiOf } from './keyboard/kedmanee';
import { isDependent, isLeadingVowel, isThaiLetter, isToneMark, soundAlikes } from './normalise';

/** Keys side by side, as a US keyboard names them. */
const keyRows = [
  '1234567890-=',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  'QWERTYUIOP{}',
  'ASDFGHJKL:"',
  'ZXCVBNM<>?',
];

const tones = '่้๊๋';

type Random = () => number;

const anyOf = (signs: string, random: Random): string => signs[Math.floor(random() * signs.length)] ?? '';

const besideOnKeyboard = (sign: string, random: Random): string => {
  const key = latinOf.get(sign) ?? ' ';
  const row = keyRows.find(keys => keys.includes(key)) ?? key;
  return thaiOf.get(row[row.indexOf(key) + (random() < 0.5 ? -1 : 1)] ?? key) ?? sign;
};

const soundingLike = (sign: string, random: Random): string =>
  anyOf(soundAlikes.find(letters => letters.includes(sign))?.replace(sign, '') ?? sign, random);

/** A slip that may befall the letters that `befalls` names: what the letter, given the one before it, becomes. */
interface Slip {
  readonly befalls: (code: number) => boolean;
  readonly becomes: (before: string, sign: string, random: Random) => string;
}

const isVowel = (code: number): boolean => (isDependent(code) && !isToneMark(code)) || isLeadingVowel(code);

const slips: readonly Slip[] = [
  { befalls: isToneMark, becomes: before => before },
  { befalls: isToneMark, becomes: (before, _, random) => before + anyOf(tones, random) },
  { befalls: isVowel, becomes: before => before },
  { befalls: isThaiLetter, becomes: before => before },
  { befalls: isThaiLetter, becomes: (before, sign) => sign + before },
  { befalls: isThaiLetter, becomes: (before, sign, random) => before + besideOnKeyboard(sign, random) },
  { befalls: isThaiLetter, becomes: (before, sign, random) => before + soundingLike(sign, random) },
];

/**
 * The text with as many slips as hurried Thai hands make: tone marks and vowels left out or exchanged, neighbours turned round, the
 * key beside, a letter of the same sound. A slip that finds no letter of its kind does nothing.
 */
export function withSlips(text: string, count: number, random: Random): string {
  let written = text;
  for (let time = 0; time < count; time += 1) {
    const slip = slips[Math.floor(random() * slips.length)];
    const places = Array.from(written, (_, at) => at).filter(
      at => at > 0 && slip?.befalls(written.charCodeAt(at)),
    );
    const at = places[Math.floor(random() * places.length)];
    if (slip === undefined || at === undefined) continue;
    const changed = slip.becomes(written[at - 1] ?? '', written[at] ?? '', random);
    written = written.slice(0, at - 1) + changed + written.slice(at + 1);
  }
  return written;
}
