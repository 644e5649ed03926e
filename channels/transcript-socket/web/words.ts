/** Sentences by language and key. */
export type Catalogues = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Values = Readonly<Record<string, string | number>>;

/** The page's sentences in the language of its reader. */
export interface Words {
  readonly language: string;
  readonly languages: readonly { readonly tag: string; readonly name: string }[];
  (key: string, values?: Values): string;
  /** All keys of the catalogue, for lists that the catalogue itself defines. */
  readonly keys: readonly string[];
}

/** Polite endings; male where the operator chose so. */
const polite = { female: { kha: 'ค่ะ', ka: 'คะ' }, male: { kha: 'ครับ', ka: 'ครับ' } } as const;

export type Politeness = keyof typeof polite;

/** Thai is first and fills what another language lacks. */
export function createWords(catalogues: Catalogues, language: string, politeness: Politeness): Words {
  const thai = catalogues['th'] ?? {};
  const chosen = catalogues[language] ?? thai;
  const fixed: Values = polite[politeness];
  const words = (key: string, values: Values = {}): string =>
    (chosen[key] ?? thai[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? fixed[name] ?? whole),
    );
  const tags = Object.keys(catalogues).sort(
    (a, b) => Number(b === 'th') - Number(a === 'th') || (a < b ? -1 : 1),
  );
  return Object.assign(words, {
    language: catalogues[language] ? language : 'th',
    languages: tags.map(tag => ({ tag, name: catalogues[tag]?.['language.name'] ?? tag })),
    keys: Object.keys(thai),
  });
}

/** The language that the address of this page asks for. */
export function languageInAddress(): string | undefined {
  const asked = new URLSearchParams(location.search);
  return asked.get('lang') ?? asked.get('language') ?? undefined;
}

/** All languages that the server has; what was built in when it cannot be reached. */
export async function fetchCatalogues(
  part: string,
  builtIn: Readonly<Record<string, string>>,
): Promise<Catalogues> {
  try {
    const response = await fetch(`/locales/${part}.json`);
    const fetched = (await response.json()) as Catalogues;
    return { ...fetched, th: { ...builtIn, ...fetched['th'] } };
  } catch {
    return { th: builtIn };
  }
}

export interface About {
  readonly operator: string;
  readonly politeness: Politeness;
}

/** Who runs the service; nothing when the server does not say. */
export async function fetchAbout(): Promise<About> {
  try {
    const response = await fetch('/api/v1/about');
    const about = (await response.json()) as { operator?: unknown; politeParticle?: unknown };
    return {
      operator: typeof about.operator === 'string' ? about.operator : '',
      politeness: about.politeParticle === 'male' ? 'male' : 'female',
    };
  } catch {
    return { operator: '', politeness: 'female' };
  }
}
