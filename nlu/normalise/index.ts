import { joinSpacedLetters, plainCharacters, shortenRepeats } from './characters';
import { orderMarks } from './marks';
import { expandAbbreviations, mendSpelling } from './replace';
import type { MappedText } from './text-map';

export { bareOf, soundAlikes } from './sounds';
export { type MappedText } from './text-map';
export * from './thai';

/** A text as the rest of the understanding reads it, with the way back to the original. */
export interface Normalised extends MappedText {
  /** Letters taken out of repeated runs (มากกกก): how much the writer shouts. */
  readonly emphasis: number;
}

/** How much of a text is read at all; what follows is ignored. Keeps the time bounded for any input. */
export const maxUnits = 4_000;

/** Original units looked at: floods of invisible characters must not hide the words behind them, within reason. */
const maxOriginalUnits = 200_000;

/** Pure and table-driven: any string in, a readable one out; linear in length. */
export function normalise(text: string): Normalised {
  const plain = cut(plainCharacters(text, Math.min(text.length, maxOriginalUnits)));
  const { mapped, emphasis } = shortenRepeats(orderMarks(joinSpacedLetters(plain)));
  const mended = mendSpelling(expandAbbreviations(mapped));
  return { ...trimEnd(mended), emphasis };
}

/** Only the lighter half, for text that is not a citizen's message (passages, benchmark lines): no word is exchanged. */
export function normaliseLightly(text: string): string {
  return shortenRepeats(
    orderMarks(plainCharacters(text, Math.min(text.length, maxOriginalUnits))),
  ).mapped.text.trim();
}

function cut(mapped: MappedText): MappedText {
  if (mapped.text.length <= maxUnits) return mapped;
  const { text, starts, ends } = mapped;
  return { text: text.slice(0, maxUnits), starts: starts.slice(0, maxUnits), ends: ends.slice(0, maxUnits) };
}

function trimEnd(mapped: MappedText): MappedText {
  const text = mapped.text.trimEnd();
  return { text, starts: mapped.starts.slice(0, text.length), ends: mapped.ends.slice(0, text.length) };
}
