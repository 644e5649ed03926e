import type { Entry } from '../schema';
import type { EntryView } from './entries';

/** What a reader would miss in an entry. */
export const missingParts = [
  'answer-en',
  'documents',
  'where',
  'eligibility',
  'steps',
  'fee',
  'hours',
  'phones',
  'links',
  'read-aloud',
  'questions',
  'synonyms',
  'review',
] as const;
export type MissingPart = (typeof missingParts)[number];

export function missingFrom(entry: Entry, { reviewAt }: Pick<EntryView, 'reviewAt'>): MissingPart[] {
  const lacks: Readonly<Record<MissingPart, boolean>> = {
    'answer-en': !entry.answer['en'],
    documents: entry.documents.th.length === 0,
    where: entry.where.th.length === 0,
    eligibility: entry.eligibility.th.length === 0,
    steps: entry.steps.th.length === 0,
    fee: entry.fee === null,
    hours: entry.hours === null,
    phones: entry.phones.length === 0,
    links: entry.links.length === 0,
    'read-aloud': entry.readAloud === null,
    questions: entry.questions.length === 0,
    synonyms: entry.synonyms.th.length === 0,
    review: reviewAt === undefined,
  };
  return missingParts.filter(part => lacks[part]);
}

/** How whole the entries of an agency are. */
export interface Completeness {
  readonly agencyId: string;
  readonly written: number;
  readonly unwritten: number;
  /** How many written entries lack a part. */
  readonly missing: Readonly<Record<MissingPart, number>>;
}

/** By agency, the one that lacks most first. */
export function completeness(
  entries: readonly { readonly agencyId: string; readonly missing: readonly MissingPart[] | undefined }[],
): Completeness[] {
  const lacks = (each: Completeness): number => Object.values(each.missing).reduce((sum, n) => sum + n, 0);
  return [...new Set(entries.map(each => each.agencyId))]
    .map(agencyId => {
      const theirs = entries.filter(each => each.agencyId === agencyId);
      const written = theirs.flatMap(({ missing }) => (missing ? [missing] : []));
      const lacking = (part: MissingPart): number => written.filter(each => each.includes(part)).length;
      return {
        agencyId,
        written: written.length,
        unwritten: theirs.length - written.length,
        missing: Object.fromEntries(
          missingParts.map(part => [part, lacking(part)]),
        ) as Completeness['missing'],
      };
    })
    .sort((a, b) => lacks(b) - lacks(a));
}

/** Asks whether an address answers; resolves with what is wrong, or nothing. */
export type CheckLink = (url: string) => Promise<string | undefined>;

export interface LinkFault {
  readonly entryId: string;
  readonly url: string;
  readonly problem: string;
}

const together = 4;

/** Links of these entries that do not answer. Each address is asked once. */
export async function brokenLinks(
  contents: readonly Entry[],
  check: CheckLink,
  atMost: number,
): Promise<{ readonly checked: number; readonly faults: readonly LinkFault[] }> {
  const users = new Map<string, string[]>();
  for (const entry of contents)
    for (const { url } of entry.links) users.set(url, [...(users.get(url) ?? []), entry.id]);
  const urls = [...users.keys()].slice(0, atMost);
  const faults: LinkFault[] = [];
  for (let at = 0; at < urls.length; at += together) {
    const asked = urls.slice(at, at + together).map(async url => ({ url, problem: await check(url) }));
    for (const { url, problem } of await Promise.all(asked))
      if (problem !== undefined)
        for (const entryId of users.get(url) ?? []) faults.push({ entryId, url, problem });
  }
  return { checked: urls.length, faults };
}
