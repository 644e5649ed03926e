/** nlp.js ships no types. This is the part of it that we meet. */

declare module '@nlpjs/core' {
  import type { Nlp } from '@nlpjs/nlp';
  export interface Container {
    use(item: object): void;
    get(name: 'nlp'): Nlp;
    get(name: 'tokenizer-th'): { tokenize(text: string): string[] };
  }
  export function containerBootstrap(): Promise<Container>;
}

declare module '@nlpjs/nlp' {
  export class Nlp {
    settings: object;
    addLanguage(language: string): void;
    addDocument(language: string, text: string, intent: string): void;
    readonly nluManager: {
      addLanguage(languages: readonly string[]): void;
      train(settings: { readonly log: boolean }): Promise<void>;
    };
    train(): Promise<void>;
    process(language: string, text: string): Promise<{ intent: string; score: number }>;
  }
}

declare module '@nlpjs/lang-th' {
  export const LangTh: object;
}

declare module '@nlpjs/lang-en' {
  export class StemmerEn {
    stemWord(word: string): string;
  }
}
