import { z } from 'zod';
import { type Officer, type Route, maskPersonalData, route } from '../../core';
import { may, rolesFor } from '../policy';
import type { CannedDraft, CannedReplies, CannedReply } from './canned-replies';

/** As long as one message may be. */
const text = z.string().trim().min(1).max(4_000).transform(maskPersonalData);
const draft = z.strictObject({
  name: z.string().trim().min(1).max(80),
  text: z.strictObject({ th: text, en: text.optional() }),
});
const view = z.object({
  id: z.string(),
  name: z.string(),
  text: z.object({ th: z.string(), en: z.string().optional() }),
  /** The agency's, not one's own. */
  shared: z.boolean(),
  /** Whether the caller may change it. */
  kept: z.boolean(),
});

const viewFor = (officer: Officer, reply: CannedReply): z.infer<typeof view> => ({
  id: reply.id,
  name: reply.name,
  text: { ...reply.text },
  shared: reply.officerId === undefined,
  kept: may(officer, 'canned-reply.keep', reply),
});

const draftOf = ({ name, text: { th, en } }: z.infer<typeof draft>): CannedDraft => ({
  name,
  text: { th, ...(en === undefined ? {} : { en }) },
});

export function cannedReplyRoutes(replies: CannedReplies): Route[] {
  const params = z.strictObject({ id: z.string().min(1).max(200) });
  return [
    route({
      method: 'get',
      path: '/api/v1/canned-replies',
      summary: 'Texts to answer with: those of my agency and my own',
      access: rolesFor('canned-reply.list'),
      returns: z.object({ replies: z.array(view) }),
      async handle({ officer }) {
        const all = await replies.list(officer);
        return { body: { replies: all.map(reply => viewFor(officer, reply)) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/canned-replies',
      summary: 'Write a text to answer with, for oneself or for the agency',
      audit: 'canned-reply.made',
      access: rolesFor('canned-reply.make'),
      body: draft.extend({ shared: z.boolean() }),
      returns: view,
      async handle({ body: { shared, ...rest }, officer }) {
        const made = await replies.make(draftOf(rest), shared, officer);
        return { status: 201, body: viewFor(officer, made) };
      },
    }),
    route({
      method: 'put',
      path: '/api/v1/canned-replies/:id',
      summary: 'Change such a text',
      audit: 'canned-reply.changed',
      access: rolesFor('canned-reply.keep'),
      params,
      body: draft,
      returns: view,
      async handle({ params: { id }, body, officer }) {
        return { body: viewFor(officer, await replies.change(id, draftOf(body), officer)) };
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/canned-replies/:id',
      summary: 'Remove such a text',
      audit: 'canned-reply.removed',
      access: rolesFor('canned-reply.keep'),
      params,
      returns: z.object({ ok: z.literal(true) }),
      async handle({ params: { id }, officer }) {
        await replies.remove(id, officer);
        return { body: { ok: true } };
      },
    }),
  ];
}
