import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, type Topic } from '../core';

/** How people say one thing: `service:<id>`, `complaint:<id>`, `hotline:<id>`, `intent:<name>` or `none`. */
export interface Example {
  readonly text: string;
  readonly label: string;
  /** The manner of speaking: direct, indirect, typo, slang, elderly, dialect, short, spoken, mixed, english, leader … */
  readonly register: string;
}

const labelPattern = /^(service:|complaint:|hotline:|intent:)[a-z0-9-]{1,60}$|^none$/u;

const exampleSchema = z.object({
  text: z.string().min(1).max(2_000),
  label: z.string().regex(labelPattern),
  register: z.string().min(1).default('plain'),
});

const devSchema = z.object({
  text: z.string().min(1).max(2_000),
  label: z.string().regex(labelPattern),
  style: z.string().min(1).default('plain'),
  also: z.array(z.string().regex(labelPattern)).default([]),
});

/** One line of the set kept apart from training. */
export interface DevLine {
  readonly text: string;
  readonly label: string;
  readonly style: string;
  /** Further labels that are right as well. */
  readonly also: readonly string[];
}

function readLines<T>(folder: string, schema: z.ZodType<T>): T[] {
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.jsonl'))
    .sort();
  return files.flatMap(name => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    return lines.flatMap((line, at) =>
      line.trim() === '' ? [] : [readLine(line, `${name} line ${at + 1}`, schema)],
    );
  });
}

function readLine<T>(line: string, place: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw new AppError('INPUT_INVALID', `${place} is not valid JSON; mend the line.`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0];
  throw new AppError(
    'INPUT_INVALID',
    `${place}: ${problem?.path.join('.') ?? ''} ${problem?.message ?? 'does not fit'}`,
  );
}

/** All training phrases of a folder of JSON Lines files, in a fixed order. */
export const loadExamples = (folder: string): Example[] => readLines(folder, exampleSchema);

/** All lines of the development set, which is never trained on. */
export const loadDevLines = (folder: string): DevLine[] => readLines(folder, devSchema);

/** What a model depends on, as one short key: the same inputs never need to be trained twice. */
export function modelKey(inputs: {
  readonly topics: readonly Topic[];
  readonly examples: readonly Example[];
}): string {
  const hash = createHash('sha256').update(modelRevision);
  for (const topic of inputs.topics) {
    hash.update(JSON.stringify([topic.kind, topic.id, topic.officialName, topic.name, topic.synonyms]));
    hash.update(JSON.stringify(topic.questions.map(question => question.ask)));
  }
  for (const { text, label, register } of inputs.examples)
    hash.update(JSON.stringify([text, label, register]));
  return hash.digest('hex').slice(0, 16);
}

/** Raised whenever the way of training or the file's layout changes. */
const modelRevision = 'nlu-11';
