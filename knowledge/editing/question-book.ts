import { z } from 'zod';
import {
  type Clock,
  type Collection,
  type Command,
  type Engine,
  type Knowledge,
  type PersonalRecords,
  type RecordDeclaration,
  type Stored,
  type Topic,
  maskPersonalData,
  readTopicRef,
} from '../../core';
import { createRating } from './rating';

export const feedbackReasons = ['wrong', 'unclear', 'other-question', 'outdated'] as const;
export type FeedbackReason = (typeof feedbackReasons)[number];

/** What somebody thinks of one answer; `at` is when they said so last. */
export interface Feedback extends Stored {
  /** `kind:id`. */
  readonly topic: string;
  readonly agencyId: string;
  /** Of the knowledge that answered. */
  readonly knowledge: string;
  readonly channel: string;
  readonly useful: boolean;
  readonly why?: FeedbackReason;
  /** What was asked, masked like an open question. */
  readonly question?: string;
  readonly conversationId: string;
  readonly at: number;
}

/** A question that got no answer, or one that did not help. Numbers that tell who somebody is are masked. */
export interface OpenQuestion extends Stored {
  readonly text: string;
  readonly reason: 'unanswered' | 'not-useful';
  /** What was answered, where something was. */
  readonly topic?: string;
  readonly agencyId: string;
  readonly channel: string;
  readonly conversationId: string;
  readonly at: number;
  readonly state: 'open' | 'used' | 'dismissed';
}

/** What people told of answers, and asked without one, as it is written down. */
export interface QuestionBook {
  readonly ratings: Collection<Feedback>;
  readonly questions: Collection<OpenQuestion>;
  /** What the register says of a topic, `kind:id`; `undefined` once it left. */
  topicOf(topic: string): Topic | undefined;
  readonly commands: Readonly<Record<string, (command: Command) => Promise<void>>>;
  readonly personal: PersonalRecords;
}

const topicPattern = /^(?:service|complaint|hotline):[a-z0-9-]{1,60}$/u;
const feedbackData = z.object({
  topic: z.string().regex(topicPattern),
  useful: z.boolean(),
  why: z.enum(feedbackReasons).optional(),
  knowledge: z.string().max(60),
  channel: z.string().max(40),
  conversationId: z.string().max(200),
  question: z.string().max(400).optional(),
  /** When it was said, ms; commands of an earlier version lack it. */
  at: z.number().optional(),
});
const unansweredData = z.object({
  text: z.string().max(400),
  channel: z.string().max(40),
  conversationId: z.string().max(200),
});

const keeps: RecordDeclaration = {
  purpose: 'answer',
  basis: 'public-task',
  retention: 'messages',
  personal: ['text', 'conversationId'],
  sensitive: true,
};
const mostRead = 1_000;

/** Phone numbers and addresses of mail, beside what is masked everywhere: nobody needs them to learn from a question. */
const reachable = /(?:\+66|0)[\d -]{8,12}\d|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+/gu;
const anonymous = (text: string): string => maskPersonalData(text).replace(reachable, '…').trim();

/** Before `engine.open()`. */
export function createQuestionBook(parts: {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly knowledge: () => Knowledge;
  /** Whose questions are that no service was found for. */
  readonly operatorAgencyId: string;
}): QuestionBook {
  const { engine, clock, operatorAgencyId } = parts;
  const ratings = engine.collection<Feedback>({
    name: 'knowledge-feedback',
    revision: 1,
    keeps: { ...keeps, personal: ['question', 'conversationId'] },
    indexes: {
      at: each => [each.at],
      topic: each => [each.topic, each.at],
      conversation: each => [each.conversationId, each.at],
    },
  });
  const questions = engine.collection<OpenQuestion>({
    name: 'knowledge-questions',
    revision: 1,
    keeps,
    indexes: {
      at: each => [each.at],
      open: each => (each.state === 'open' ? [each.at] : undefined),
      conversation: each => [each.conversationId, each.at],
    },
  });

  function topicOf(topic: string): Topic | undefined {
    const ref = readTopicRef(topic);
    return ref && parts.knowledge().topic(ref);
  }

  async function ask(id: string, given: Omit<OpenQuestion, 'id' | 'version' | 'state'>): Promise<void> {
    const text = anonymous(given.text);
    if (text.length >= 2) await questions.insert({ ...given, id, text, state: 'open' });
  }

  const rate = createRating(ratings, questions);
  const everything = [ratings, questions] as const;
  async function remove<T extends Stored>(
    collection: Collection<T>,
    index: string,
    scan: { readonly prefix?: readonly string[]; readonly to?: number },
    dryRun = false,
  ): Promise<number> {
    let count = 0;
    let after: string | undefined;
    do {
      const page = await collection.scan({ index, ...scan, limit: 200, ...(after ? { after } : {}) });
      for (const record of page.records) count += dryRun || (await collection.delete(record.id)) ? 1 : 0;
      after = page.cursor;
    } while (after !== undefined);
    return count;
  }

  return {
    ratings,
    questions,
    topicOf,
    commands: {
      'answer.rated': async ({ data }) => {
        const { question, why, at = clock(), ...rated } = feedbackData.parse(data);
        const agencyId = topicOf(rated.topic)?.agencyId ?? operatorAgencyId;
        const asked = question ? anonymous(question) : '';
        await rate({
          ...{ ...rated, agencyId, at },
          ...(why ? { why } : {}),
          ...(asked ? { question: asked } : {}),
        });
      },
      'question.unanswered': async ({ id, data }) => {
        const given = unansweredData.parse(data);
        await ask(id, { ...given, reason: 'unanswered', agencyId: operatorAgencyId, at: clock() });
      },
    },
    personal: {
      name: 'knowledge',
      async collect({ conversationIds }) {
        const bundle = async <T extends Stored>(name: string, collection: Collection<T>) => {
          const pages = await Promise.all(
            conversationIds.map(id =>
              collection.scan({ index: 'conversation', prefix: [id], limit: mostRead }),
            ),
          );
          return { name, records: pages.flatMap(page => page.records) };
        };
        return Promise.all([bundle('answer-feedback', ratings), bundle('open-questions', questions)]);
      },
      async erase({ conversationIds }) {
        const counts = { 'knowledge-feedback': 0, 'knowledge-questions': 0 };
        for (const id of conversationIds) {
          counts['knowledge-feedback'] += await remove(ratings, 'conversation', { prefix: [id] });
          counts['knowledge-questions'] += await remove(questions, 'conversation', { prefix: [id] });
        }
        return counts;
      },
      async expire({ before, dryRun }) {
        const to = before('messages');
        if (to === undefined) return {};
        const [feedback, asked] = await Promise.all(
          everything.map(each => remove(each as Collection<Stored>, 'at', { to }, dryRun)),
        );
        return { 'knowledge-feedback': feedback ?? 0, 'knowledge-questions': asked ?? 0 };
      },
    },
  };
}
