import { z } from 'zod';
import { type Role, type Route, route } from '../../core';
import type { Learning } from './learning';
import { feedbackReasons } from './question-book';
import { done, entryId, ok, topicId } from './route-schemas';

export interface LearningRouteParts {
  readonly learning: Learning;
  readonly rolesFor: (action: 'question.list' | 'question.work') => readonly Role[];
}

const ids = z.array(z.string().min(1).max(300)).min(1).max(500);

/** What people asked without getting an answer that helped, and what becomes of it. */
export function learningRoutes({ learning, rolesFor }: LearningRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/feedback',
      summary: 'What people thought of answers, newest first',
      access: rolesFor('question.list'),
      query: z.strictObject({
        topic: topicId.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      returns: z.object({
        feedback: z.array(
          z.object({
            topic: z.string(),
            knowledge: z.string(),
            channel: z.string(),
            useful: z.boolean(),
            why: z.enum(feedbackReasons).optional(),
            at: z.number(),
          }),
        ),
      }),
      async handle({ officer, query }) {
        const found = await learning.feedback(officer, query.topic, query.limit);
        const feedback = found.map(({ topic, knowledge, channel, useful, why, at }) => ({
          ...{ topic, knowledge, channel, useful, at },
          ...(why ? { why } : {}),
        }));
        return { body: { feedback } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/knowledge/questions',
      summary: 'Questions without an answer that helped, alike ones together, the most asked first',
      audit: 'questions.viewed',
      access: rolesFor('question.list'),
      returns: z.object({
        groups: z.array(
          z.object({
            count: z.number(),
            ids: z.array(z.string()),
            examples: z.array(z.string()),
            reasons: z.array(z.enum(['unanswered', 'not-useful'])),
            topics: z.array(z.string()),
            channels: z.array(z.string()),
            firstAt: z.number(),
            lastAt: z.number(),
          }),
        ),
      }),
      handle: async ({ officer }) => ({ body: { groups: await learning.groups(officer) } }),
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/questions/phrases',
      summary: 'Takes questions as ways people ask for an entry: a new draft of it',
      audit: 'questions.taken-as-phrases',
      access: rolesFor('question.work'),
      body: z.strictObject({ ids, entryId }),
      returns: z.object({ revision: z.number(), phrases: z.array(z.string()) }),
      handle: async ({ officer, body }) => ({
        body: await learning.asPhrases(body.ids, body.entryId, officer),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/questions/draft',
      summary: 'Begins a new entry for questions',
      audit: 'questions.taken-as-draft',
      access: rolesFor('question.work'),
      body: z.strictObject({
        ids,
        id: entryId,
        name: z.string().trim().min(3).max(200),
        answer: z.string().trim().min(3).max(2_000),
        agencyId: entryId,
        category: entryId,
      }),
      returns: z.object({ revision: z.number() }),
      handle: async ({ officer, body: { ids: chosen, ...begun } }) => ({
        body: await learning.asDraft(chosen, begun, officer),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/questions/dismiss',
      summary: 'Puts questions aside',
      access: rolesFor('question.work'),
      body: z.strictObject({ ids }),
      returns: done,
      async handle({ officer, body }) {
        await learning.dismiss(body.ids, officer);
        return ok;
      },
    }),
  ];
}
