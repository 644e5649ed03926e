/** Text by BCP 47 language tag. Thai is always there; any other language may be. */
export type Localised<T = string> = { readonly th: T } & { readonly [language: string]: T };

/** The text in `language`, else in Thai. */
export function inLanguage<T>(text: Localised<T>, language: string): T {
  return text[language] ?? text.th;
}
