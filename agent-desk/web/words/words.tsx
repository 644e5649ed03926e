import { type ReactNode, createContext, useContext } from 'react';
import { z } from 'zod';
import type th from '../../../locales/th/desk.json';
import { preferences } from '../state/preferences';
import { useStore } from '../state/store';

export type Key = keyof typeof th;
export type Say = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

const cataloguesSchema = z.record(z.string(), z.record(z.string(), z.string()));
export type Catalogues = z.infer<typeof cataloguesSchema>;

export async function fetchCatalogues(): Promise<Catalogues> {
  const response = await fetch('/locales/desk.json');
  return cataloguesSchema.parse(await response.json());
}

function sayIn(catalogues: Catalogues, language: string): Say {
  return (key, values) => {
    const sentence = catalogues[language]?.[key] ?? catalogues['th']?.[key] ?? key;
    return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values?.[name] ?? whole));
  };
}

interface Words {
  readonly say: Say;
  readonly language: string;
  readonly languages: readonly { readonly code: string; readonly name: string }[];
}

const WordsContext = createContext<Words | undefined>(undefined);

export function WordsProvider({
  catalogues,
  children,
}: {
  catalogues: Catalogues;
  children: ReactNode;
}): ReactNode {
  const chosen = useStore(preferences, value => value.language);
  const language = catalogues[chosen] ? chosen : 'th';
  const languages = Object.entries(catalogues).map(([code, each]) => ({
    code,
    name: each['language.name'] ?? code,
  }));
  return (
    <WordsContext value={{ say: sayIn(catalogues, language), language, languages }}>{children}</WordsContext>
  );
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('WordsProvider is missing');
  return words;
}

/** A sentence for a refusal's code. */
export function useSorry(): (code: string) => string {
  const { say } = useWords();
  return code => {
    const key: string = `error.${code}`;
    return say(isError(key) ? key : 'error.INTERNAL');
  };
}

const errorKeys: readonly Key[] = [
  'error.BUSY',
  'error.CONFLICT',
  'error.FORBIDDEN',
  'error.INPUT_INVALID',
  'error.NOT_FOUND',
  'error.NOT_SIGNED_IN',
  'error.OFFLINE',
  'error.RATE_LIMITED',
  'error.DEVICE_REFUSED',
  'error.SECOND_FACTOR_NEEDED',
  'error.SECOND_FACTOR_REQUIRED',
  'error.SIGN_IN_REFUSED',
  'error.STORE_UNAVAILABLE',
];

const isError = (key: string): key is Key => errorKeys.some(each => each === key);
