import { createHash } from 'node:crypto';
import type { Collection, Draft } from '../../core';
import type { Feedback, OpenQuestion } from './question-book';

/** One opinion, as it was told: the id of the answer it is about comes from who told it of what. */
export type Rating = Omit<Feedback, 'id' | 'version'>;

const idOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);

const questionIdOf = (answerId: string, text: string): string => `${answerId}/${idOf(text)}`;

/** What is kept when somebody tells again: their last word, and why it did not help if they have said why. */
function merged(before: Feedback, told: Rating): Rating {
  const why = told.why ?? (before.useful === told.useful ? before.why : undefined);
  const question = told.question ?? before.question;
  return { ...told, ...(why ? { why } : {}), ...(question ? { question } : {}) };
}

/**
 * Writes down what somebody thinks of an answer. The same person, topic and version of the register are one answer, which counts once:
 * the last word holds, in whatever order the touches arrive and however often each of them does.
 */
export function createRating(
  ratings: Collection<Feedback>,
  questions: Collection<OpenQuestion>,
): (told: Rating) => Promise<void> {
  async function store(id: string, told: Rating): Promise<Feedback | undefined> {
    for (;;) {
      const before = await ratings.get(id);
      if (before && before.at > told.at) return undefined;
      const draft: Draft<Feedback> = { ...(before ? merged(before, told) : told), id };
      const written = before
        ? await ratings.replace({ ...draft, version: before.version })
        : await ratings.insert(draft);
      if (written) return { ...draft, version: (before?.version ?? 0) + 1 };
    }
  }

  /** What did not help is a question for editors, until the same person says that it did. */
  async function follow({ id, useful, question, ...rest }: Feedback): Promise<void> {
    if (question === undefined || question.length < 2) return;
    const questionId = questionIdOf(id, question);
    if (useful) {
      const open = await questions.get(questionId);
      if (open?.state === 'open') await questions.delete(questionId);
      return;
    }
    const { topic, agencyId, channel, conversationId, at } = rest;
    await questions.insert({
      ...{ id: questionId, reason: 'not-useful', state: 'open', text: question },
      ...{ topic, agencyId, channel, conversationId, at },
    });
  }

  return async told => {
    const id = idOf(told.conversationId, told.topic, told.knowledge);
    const kept = await store(id, told);
    if (kept) await follow(kept);
  };
}
