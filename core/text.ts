/** Text by BCP 47 language tag. Thai is always there; any other language may be. */
export type Localised<T = string> = { readonly th: T } & { readonly [language: string]: T };

/** The text in `language`, else in Thai. */
export function inLanguage<T>(text: Localised<T>, language: string): T {
  return text[language] ?? text.th;
}

/**
 * The run of such words, a pattern's alternatives, at the end of a text. A run is tried from its beginning only: without the look back, a
 * long one that does not reach the end would be tried from each of its words.
 */
export const endingIn = (words: string): RegExp => new RegExp(`(?<!${words})(?:${words})+$`, 'iu');

/** Control characters but tab and line end, what is no character at all, and marks that turn the direction of a line around. */
const unseen = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

/** A text without signs that nobody types: some vendors refuse them, and a line that is turned around hides what it says. */
export const withoutUnseen = (text: string): string => text.toWellFormed().replace(unseen, '');
