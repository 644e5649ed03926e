import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { AppError } from '../../core';
import { problemsOf } from './problems';
import { quizSet } from './quiz-set';
import type { QuizSet } from './quizzes';
import { type QuizRow, type SamplePerson, peopleSchema, quizSchema, sharedSchema } from './schema';

const sharedFile = 'shared.json';
const peopleFile = 'people.json';

function read<T>(file: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError('INPUT_INVALID', `${file} is not valid JSON; mend it and start again.`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map(issue => `${issue.path.join('.')}: ${issue.message}`);
  throw new AppError('INPUT_INVALID', `${file} does not fit a quiz: ${problems.join('; ')}`);
}

/** Reads the quizzes of a folder and refuses what could not be asked or decided. */
export function loadQuizzes(folder: string): QuizSet {
  const shared = read(join(folder, sharedFile), sharedSchema);
  const quizzes: QuizRow[] = readdirSync(folder)
    .filter(name => name.endsWith('.json') && name !== sharedFile && name !== peopleFile)
    .map(name => read(join(folder, name), quizSchema))
    .toSorted((a, b) => a.order - b.order);
  const problems = problemsOf(shared, quizzes);
  if (problems.length > 0)
    throw new AppError('INPUT_INVALID', `The quizzes in ${folder} do not hold: ${problems.join('; ')}`);
  return quizSet(shared, quizzes);
}

export const loadSamplePeople = (folder: string): SamplePerson[] =>
  read(join(folder, peopleFile), peopleSchema);
