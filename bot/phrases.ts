/** The catalogue of sentences: text by language and key, with `{name}` for what is filled in. */
export type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Values = Readonly<Record<string, string | number>>;

/** The sentence `key` in `language`, else in Thai. A missing key is shown as itself, so that it is seen and mended. */
export type Say = (language: string, key: string, values?: Values) => string;

/** Polite endings of the bot: (statement, question). */
export type Particles = { readonly statement: string; readonly question: string };

export const particles = {
  female: { statement: 'ค่ะ', question: 'คะ' },
  male: { statement: 'ครับ', question: 'ครับ' },
} as const satisfies Record<string, Particles>;

export function createSay(catalogue: Catalogue, polite: Particles): Say {
  const fixed: Values = { kha: polite.statement, ka: polite.question };
  return (language, key, values = {}) => {
    const template = catalogue[language]?.[key] ?? catalogue['th']?.[key] ?? key;
    return template.replace(/\{(\w+)\}/gu, (whole, name: string) =>
      String(values[name] ?? fixed[name] ?? whole),
    );
  };
}
