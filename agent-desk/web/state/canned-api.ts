import { z } from 'zod';
import { ask } from './api';
import { caseRow } from './case-schemas';

const reply = z.object({
  id: z.string(),
  name: z.string(),
  text: z.object({ th: z.string(), en: z.string().optional() }),
  /** The agency's, not one's own. */
  shared: z.boolean(),
  /** Whether this officer may change it. */
  kept: z.boolean(),
});
export type CannedReply = z.infer<typeof reply>;

export interface CannedDraft {
  readonly name: string;
  readonly text: { readonly th: string; readonly en?: string };
}

const path = '/api/v1/canned-replies';
const pathOf = (id: string): string => `${path}/${encodeURIComponent(id)}`;
const cases = z.object({ cases: z.array(caseRow) });

/** Texts that officers answer with again and again. */
export const cannedApi = {
  list: async () => (await ask('GET', path, z.object({ replies: z.array(reply) }))).replies,
  make: (draft: CannedDraft, shared: boolean) => ask('POST', path, reply, { ...draft, shared }),
  change: (id: string, draft: CannedDraft) => ask('PUT', pathOf(id), reply, draft),
  remove: (id: string) => ask('DELETE', pathOf(id), z.unknown()),
  /** The number of what the person filed last. */
  referenceOf: async (personId: string) => {
    const query = new URLSearchParams({ person: personId });
    const filed = (await ask('GET', `/api/v1/cases?${query.toString()}`, cases)).cases;
    return filed.toSorted((a, b) => b.filedAt - a.filedAt).find(({ reference }) => reference)?.reference;
  },
};
