import { randomFrom } from './classify/hinge';
import { isToneMark } from './normalise';
import type { DerivedText, LabelledText } from './classify';

/** How much a derived variant counts beside the phrase it came from. */
const variantWeight = 0.35;

/** Letters that sound alike, or lie beside each other on a phone: what hurried thumbs exchange. */
const confusions: readonly (readonly [string, string])[] = [
  ['ใ', 'ไ'],
  ['ิ', 'ี'],
  ['ุ', 'ู'],
  ['ื', 'ึ'],
  ['ณ', 'น'],
  ['ศ', 'ส'],
  ['ษ', 'ส'],
  ['ฏ', 'ต'],
  ['ฎ', 'ด'],
  ['ญ', 'ย'],
  ['ธ', 'ท'],
  ['ภ', 'พ'],
  ['ร', 'ล'],
  ['์', ''],
];

/** The phrase without its tone marks, as lazy thumbs write. */
function withoutTones(text: string): string {
  let written = '';
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    if (!isToneMark(code) || code === 0x0e4c) written += sign;
  }
  return written;
}

function misspelt(text: string, random: () => number): string {
  let written = text;
  for (let time = 0; time < 2; time += 1) {
    const usable = confusions.filter(([from]) => written.includes(from));
    const pick = usable[Math.floor(random() * usable.length)];
    if (pick) written = written.replace(pick[0], pick[1]);
  }
  return written;
}

/** Two signs exchanged, one left out or doubled. */
function slipped(text: string, random: () => number): string {
  if (text.length < 6) return text;
  const at = 1 + Math.floor(random() * (text.length - 3));
  const kind = random();
  if (kind < 0.4) return text.slice(0, at) + text.slice(at + 1);
  if (kind < 0.7) return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
  return text.slice(0, at) + (text[at] ?? '') + text.slice(at);
}

type Variant = (text: string, random: () => number) => string;

const hasThai = /[\u0e01-\u0e5b]/u;
const withoutSpaces: Variant = text => text.replace(/ /gu, '');
const thaiKinds: readonly Variant[] = [withoutTones, misspelt, slipped, withoutSpaces];
/** Other scripts have no tone marks to drop. */
const otherKinds: readonly Variant[] = [
  slipped,
  (text, random) => slipped(slipped(text, random), random),
  slipped,
  withoutSpaces,
];

/**
 * Phrases as they come out of hurried hands, by script and not by hand: one variant a phrase, in turn of four kinds. Helpers of
 * less than full weight, such as names, have none.
 */
export function variantsOf(texts: readonly LabelledText[], seed: number): DerivedText[] {
  const random = randomFrom(seed);
  return texts.flatMap((item, at) => {
    const { text } = item;
    if ((item.weight ?? 1) < 1) return [];
    const kinds = hasThai.test(text) ? thaiKinds : otherKinds;
    const changed = kinds[at % kinds.length]?.(text, random);
    return changed === undefined || changed === text
      ? []
      : [{ ...item, text: changed, weight: (item.weight ?? 1) * variantWeight, from: at }];
  });
}
