import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { particles } from '../bot';
import type { Reply, TopicKind, TopicRef } from '../core';
import { type Asked, type Assistant, createAssistant } from '../server/assistant';
import { loadPublished } from '../server/knowledge';
import { projectRoot } from '../server/root';
import { sqliteEngine } from '../store';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  session: z.string().max(200).optional(),
  channel: z.string().max(40).optional(),
});

interface Scored extends TopicRef {
  readonly score: number;
}

const topicChoice = /^topic:(service|complaint|hotline):([a-z0-9-]{1,60})$/u;

function kindOf(text: string | undefined): TopicKind | undefined {
  return text === 'service' || text === 'complaint' || text === 'hotline' ? text : undefined;
}

function refOf(text: string): TopicRef | undefined {
  const [kindText, id] = text.split(':');
  const kind = kindOf(kindText);
  return kind && id ? { kind, id } : undefined;
}

/** Topics the replies offer as choices, in order. */
function offered(replies: readonly Reply[]): TopicRef[] {
  return replies.flatMap(reply =>
    reply.kind !== 'choices'
      ? []
      : reply.choices.flatMap(choice =>
          topicChoice.test(choice.id) ? (refOf(choice.id.slice('topic:'.length)) ?? []) : [],
        ),
  );
}

const keyOf = (ref: TopicRef): string => `${ref.kind}:${ref.id}`;

/** Topics best first: what was answered or offered leads, the rest follows by its score and never scores higher. */
function ranked({ outcome, decision, replies, understanding }: Asked): Scored[] {
  const answered = decision.topic === undefined ? undefined : refOf(decision.topic);
  const leading =
    outcome === 'answered' && answered ? [answered] : outcome === 'asked-back' ? offered(replies) : [];
  const scores = new Map(understanding.topics.map(topic => [keyOf(topic), topic.score]));
  const led = new Set(leading.map(keyOf));
  const rest = understanding.topics.filter(topic => !led.has(keyOf(topic)));
  let floor = rest[0]?.score ?? 0;
  const lifted = leading.toReversed().map(ref => {
    floor = Math.max(floor, scores.get(keyOf(ref)) ?? 0);
    return { ...ref, score: floor };
  });
  return [...lifted.toReversed(), ...rest];
}

function lineOf(id: string | number, asked: Asked, ms: number): Record<string, unknown> {
  const topics = ranked(asked);
  const of = (kind: TopicKind): { id: string; score: number }[] =>
    topics
      .filter(topic => topic.kind === kind)
      .map(topic => ({ id: topic.id, score: Number(topic.score.toFixed(4)) }));
  const { intent, confidence, entities } = asked.understanding;
  return {
    id,
    outcome: asked.outcome ?? 'no-answer',
    replies: asked.replies,
    understanding: {
      intent,
      confidence,
      entities: entities.map(({ kind, value, text, start, end }) => ({ kind, value, text, start, end })),
      why: asked
        .why()
        .map(({ text, start, end, weight }) => ({ text, start, end, weight: Number(weight.toFixed(3)) })),
    },
    services: of('service'),
    complaints: of('complaint'),
    hotlines: of('hotline'),
    ms: Number(ms.toFixed(3)),
  };
}

async function answerLines(assistant: Assistant): Promise<boolean> {
  let allValid = true;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    let answer: unknown;
    let id: unknown = null;
    try {
      const json: unknown = JSON.parse(line);
      if (typeof json === 'object' && json !== null && 'id' in json) id = json.id;
      const parsed = lineSchema.parse(json);
      const began = process.hrtime.bigint();
      const asked = await assistant.ask(parsed.session ?? uuid(), parsed.text);
      answer = lineOf(parsed.id, asked, Number(process.hrtime.bigint() - began) / 1e6);
    } catch (error) {
      allValid = false;
      const message =
        error instanceof z.ZodError
          ? error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')
          : String(error);
      answer = { id: typeof id === 'string' || typeof id === 'number' ? id : null, error: message };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return allValid;
}

/** A reply as a person would see it on a plain screen. */
function printed(reply: Reply): string {
  if (reply.kind !== 'choices') return reply.text;
  return [reply.text, ...reply.choices.map((choice, index) => `  ${index + 1}. ${choice.label}`)].join('\n');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { jsonl: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const question = positionals.join(' ').trim();
  if (!values.jsonl && question === '') {
    process.stderr.write(
      'Usage: npm run -s ask -- "ข้อความ"   or   npm run -s ask -- --jsonl < questions.jsonl\n',
    );
    process.exit(2);
  }
  const root = projectRoot();
  const assistant = await createAssistant({
    root,
    engine: sqliteEngine({ file: ':memory:' }),
    published: loadPublished(root),
    clock: Date.now,
    ids: uuid,
    operator: 'ThamRat',
    polite: particles.female,
    onError: error =>
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  });
  if (values.jsonl) {
    if (!(await answerLines(assistant))) process.exitCode = 1;
  } else {
    const { replies } = await assistant.ask(uuid(), question);
    process.stdout.write(`${replies.map(printed).join('\n\n')}\n`);
  }
  await assistant.stop();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
