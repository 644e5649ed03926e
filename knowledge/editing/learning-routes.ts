import { z } from 'zod';
import { type Localised, type Role, type Route, route } from '../../core';
import type { Learning } from './learning';
import { feedbackReasons } from './question-book';
import { done, entryId, ok, topicId } from './route-schemas';

export interface LearningRouteParts {
  readonly learning: Learning;
  /** What people call a topic, `kind:id`; `undefined` once it left the register. */
  readonly nameOf: (topic: string) => Localised | undefined;
  readonly rolesFor: (action: 'question.list' | 'question.work') => readonly Role[];
}

const ids = z.array(z.string().min(1).max(300)).min(1).max(500);

/** What people asked without getting an answer that helped, and what becomes of it. */
export function learningRoutes({ learning, nameOf, rolesFor }: LearningRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/feedback',
      summary: 'What people thought of answers, newest first',
      audit: 'feedback.viewed',
      access: rolesFor('question.list'),
      query: z.strictObject({
        topic: topicId.optional(),
        useful: z.enum(['true', 'false']).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      returns: z.object({
        feedback: z.array(
          z.object({
            topic: z.string(),
            name: z.string(),
            /** What was asked, without what tells who asked. */
            question: z.string().optional(),
            /** The version of the register that answered. */
            knowledge: z.string(),
            channel: z.string(),
            useful: z.boolean(),
            why: z.enum(feedbackReasons).optional(),
            at: z.number(),
          }),
        ),
      }),
      async handle({ officer, query }) {
        const { topic: wanted, useful: kind, limit } = query;
        const useful = kind === undefined ? undefined : kind === 'true';
        const found = await learning.feedback(officer, { topic: wanted, useful }, limit);
        const feedback = found.map(({ topic, why, question, ...rated }) => ({
          ...{ topic, name: nameOf(topic)?.th ?? topic },
          ...{ knowledge: rated.knowledge, channel: rated.channel, useful: rated.useful, at: rated.at },
          ...(why ? { why } : {}),
          ...(question ? { question } : {}),
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
            topics: z.array(z.object({ id: z.string(), name: z.string() })),
            channels: z.array(z.string()),
            firstAt: z.number(),
            lastAt: z.number(),
          }),
        ),
      }),
      async handle({ officer }) {
        const groups = (await learning.groups(officer)).map(group => ({
          ...group,
          topics: group.topics.map(id => ({ id, name: nameOf(id)?.th ?? id })),
        }));
        return { body: { groups } };
      },
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
      audit: 'questions.dismissed',
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
