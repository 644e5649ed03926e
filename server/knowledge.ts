import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, type Knowledge, type Quizzes, type Understander } from '../core';
import {
  type QuizSet,
  type Register,
  type WholeKnowledge,
  createQuizzes,
  loadQuizzes,
  loadRegister,
  publish,
} from '../knowledge';
import { createEntityReader, createUnderstander, registerNames } from '../nlu';

/** What the bot knows now: the published register and what reads questions about it, of one version. */
export interface Published {
  readonly knowledge: Knowledge;
  readonly understander: Understander;
  readonly quizzes: Quizzes;
}

/** The same as we ship it, whole, with its quizzes as rows and the bytes of its model. */
export interface Shipped extends Published {
  readonly knowledge: WholeKnowledge;
  readonly quizSet: QuizSet;
  readonly model: Uint8Array;
}

/** Where the build leaves the trained model. */
export const modelFile = (root: string): string => join(root, 'dist', 'nlu', 'model.bin');

/** The register we ship, with the model the build trained on it. */
export function loadPublished(
  root: string,
  register: Register = loadRegister(join(root, 'knowledge', 'data')),
): Shipped {
  const knowledge = publish(register);
  const file = modelFile(root);
  if (!existsSync(file)) {
    throw new AppError('CONFIGURATION_INVALID', `${file} is missing; run "npm run build" to train it.`);
  }
  const model = readFileSync(file);
  const understander = createUnderstander({
    version: knowledge.version,
    topics: knowledge.topics(),
    model,
    entities: createEntityReader(registerNames(knowledge)),
  });
  const quizSet = loadQuizzes(join(root, 'knowledge', 'data', 'quizzes'));
  return { knowledge, understander, quizzes: createQuizzes(quizSet), quizSet, model };
}
