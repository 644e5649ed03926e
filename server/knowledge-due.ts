import type { Mail, Sentence } from '../cases';
import type { Knowledge } from '../core';
import type { DueNotice } from '../knowledge';

/** The mail that reminds an agency of its entries; `undefined` where nobody is known to mail to. */
export function dueMail(
  { id, agencyId, entries }: DueNotice,
  parts: {
    readonly addressOf: (agencyId: string) => string | undefined;
    readonly knowledge: Knowledge;
    readonly sentence: Sentence;
    readonly moment: (at: number, language: string) => string;
  },
): Mail | undefined {
  const to = parts.addressOf(agencyId);
  if (to === undefined) return undefined;
  const say = (key: string, values: Record<string, string> = {}): string => parts.sentence('th', key, values);
  const lines = entries.map(({ id: entry, name, why, at }) =>
    say(`mail.due-${why}`, { entry, name, at: parts.moment(at, 'th') }),
  );
  const agency = parts.knowledge.agency(agencyId)?.name.th ?? agencyId;
  return {
    id,
    to: [to],
    subject: say('mail.due-subject', { count: String(entries.length) }),
    text: say('mail.due', { agency, list: lines.join('\n') }),
  };
}
