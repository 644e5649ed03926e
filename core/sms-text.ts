/** UTF-16 units of one SMS alone, and of each part of a longer one. Thai is always UCS-2. https://www.twilio.com/docs/glossary/what-is-ucs-2-character-encoding */
const ucs2 = { alone: 70, part: 67 } as const;
/** Septets, where every character is in GSM 03.38. */
const gsm = { alone: 160, part: 153 } as const;

const gsmBasic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take two septets. */
const gsmExtension = '^{}\\[~]|€\f';

/** Parts needed for units that must not be torn: a pair of two stays in one part. */
function partsOf(
  widths: readonly number[],
  limits: { readonly alone: number; readonly part: number },
): number {
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= limits.alone) return total === 0 ? 0 : 1;
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > limits.part) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
}

/** At least one Thai character, and nothing beyond the basic plane. */
const onlyThaiBlock = /^(?=[^]*[\u0E00-\u0E7F])[\u0000-\uFFFF]*$/u;

/** How many SMS parts a text is sent and paid as. */
export function segmentsOf(text: string): number {
  // Thai alone is always UCS-2, and none of it is wider than a unit: nothing has to be looked at character by character.
  if (onlyThaiBlock.test(text)) return text.length <= ucs2.alone ? 1 : Math.ceil(text.length / ucs2.part);
  const characters = Array.from(text);
  const septets = characters.map(each =>
    gsmBasic.includes(each) ? 1 : gsmExtension.includes(each) ? 2 : undefined,
  );
  const widths = septets.flatMap(width => width ?? []);
  return widths.length === characters.length
    ? partsOf(widths, gsm)
    : partsOf(
        characters.map(each => each.length),
        ucs2,
      );
}

/** The most UTF-16 units that are sure to fit in `parts` parts. A pair of surrogates may waste one unit at each joint. */
export const unitsIn = (parts: number): number => (parts <= 1 ? ucs2.alone : parts * ucs2.part - (parts - 1));

/**
 * Web addresses, with or without a scheme. State agencies may not put links in an SMS (Cabinet resolution of 18 November 2568), and
 * operators drop messages with links of unregistered senders.
 */
const links =
  /(?:https?:\/\/|www\.)(?:[^\s\u0E00-\u0E7F]+|\S+)|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:th|com|net|org|gov|edu|info|biz|me|ly|ee|co|app|gl|gd|link|page|site|shop|online|io|xyz|asia|cc)(?![\w-])(?:\/[^\s\u0E00-\u0E7F]*)?/giu;

export const withoutLinks = (text: string): string => text.replace(links, '');

/** Whether a web address stands in the text. */
export const hasLink = (text: string): boolean => withoutLinks(text) !== text;
