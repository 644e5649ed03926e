import type { Localised } from '../../core';
import { inLanguage } from '../../core';

export const pageLanguages = ['th', 'en'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** Sentences by language and key. */
export type Sentences = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The voice of one page: its language, its sentences, and everything localised in that language. */
export interface Words {
  readonly language: PageLanguage;
  (key: string, values?: Readonly<Record<string, string | number>>): string;
  /** The text in the page's language. */
  of<T>(text: Localised<T>): T;
  /** An ISO date as people of this language write it. */
  date(iso: string): string;
  /** An address of ours that stays in this language. */
  link(path: string, query?: Readonly<Record<string, string | undefined>>): string;
}

export function wordsFor(sentences: Sentences, language: PageLanguage): Words {
  const text = (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const template = sentences[language]?.[key] ?? sentences['th']?.[key] ?? key;
    return template.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
  };
  const dates = new Intl.DateTimeFormat(language === 'th' ? 'th-TH-u-ca-buddhist' : 'en-GB', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
  return Object.assign(text, {
    language,
    of: <T>(localised: Localised<T>): T => inLanguage(localised, language),
    date: (iso: string): string => dates.format(new Date(`${iso}T00:00:00Z`)),
    link(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
      if (language !== 'th') search.set('lang', language);
      const asked = search.toString();
      return asked === '' ? path : `${path}?${asked}`;
    },
  });
}
