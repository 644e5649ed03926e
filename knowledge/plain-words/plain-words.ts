import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FindOfficialWords, PlainWord } from '../../core';

const word = z.string().min(2).max(60);

const wordsSchema = z.array(
  z.strictObject({
    official: word,
    /** Other forms of it. */
    forms: z.array(word).default([]),
    /** Longer words in which it is no official word. */
    unless: z.array(word).default([]),
    /** `instead`: an answer says the plain word; `explain`: there is no other word, so it is explained. */
    use: z.enum(['instead', 'explain']),
    plain: z.object({ th: z.string().min(1) }).catchall(z.string()),
  }),
);

export type WordRow = z.infer<typeof wordsSchema>[number];

export const loadPlainWords = (dataFolder: string): WordRow[] =>
  wordsSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'plain-words', 'words.json'), 'utf8')));

export interface PlainWords {
  /** Official words that a plain one should stand for: what an editor is warned of. */
  readonly avoidable: FindOfficialWords;
  /** All official words, with what they mean: what a page explains. */
  readonly explained: FindOfficialWords;
}

const places = (text: string, part: string): number[] => {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found.push(at);
  return found;
};

interface Span {
  readonly start: number;
  readonly end: number;
}
const within = (outer: Span, inner: Span): boolean => outer.start <= inner.start && outer.end >= inner.end;

/** Reads official words in texts. Thai has no spaces between words, so longer words in which a shorter one is harmless are named. */
export function createPlainWords(rows: readonly WordRow[]): PlainWords {
  function finder(looked: readonly WordRow[]): FindOfficialWords {
    return text => {
      const found = looked.flatMap(({ official, forms, unless, plain }) => {
        const harmless = unless.flatMap(longer =>
          places(text, longer).map(start => ({ start, end: start + longer.length })),
        );
        return [official, ...forms].flatMap(form =>
          places(text, form)
            .map(start => ({ start, end: start + form.length, official: form, plain }))
            .filter(span => !harmless.some(longer => within(longer, span))),
        );
      });
      // Of two that overlap the longer one is meant: ผู้จัดการมรดก, not มรดก.
      const kept = found.filter(span => !found.some(other => other !== span && within(other, span)));
      return kept
        .toSorted((a, b) => a.start - b.start)
        .map(({ official, plain }): PlainWord => ({ official, plain }));
    };
  }
  return { avoidable: finder(rows.filter(({ use }) => use === 'instead')), explained: finder(rows) };
}
