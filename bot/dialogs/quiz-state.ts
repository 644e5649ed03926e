import { z } from 'zod';
import type { Quiz, QuizFacts, QuizQuestion } from '../../core';

const short = z.string().max(40);

/** What a quiz in progress keeps, a few hundred bytes. */
const schema = z.object({
  quiz: short,
  version: short,
  facts: z.record(short, short),
  /** Questions asked before, each with the facts that its answer set, so that one can go back. */
  path: z.array(z.object({ question: short, set: z.array(short).max(60) })).max(12),
  /** The question that waits for its answer; absent once the results are shown. */
  current: short.optional(),
  /** Options picked so far of a question with many. */
  picked: z.array(short).max(9),
});

export type QuizState = z.infer<typeof schema>;

/** The stored state, or `undefined` where it is none of ours. */
export function readState(stored: unknown): QuizState | undefined {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}

/** A quiz at its beginning, with what was said before the first question. */
export function freshState(quiz: Quiz, facts: QuizFacts): QuizState {
  return { quiz: quiz.id, version: quiz.version, facts: quiz.known(facts), path: [], picked: [] };
}

/** Waits for the question; of a list, what was said before is picked already. */
function waitingFor(state: QuizState, question: QuizQuestion): QuizState {
  const said = question.options.map(({ id }) => id).filter(id => state.facts[id] === 'yes');
  return { ...state, current: question.id, picked: question.kind === 'many' ? said : [] };
}

/** On to the next question, or to the results. */
export function advanced(quiz: Quiz, state: QuizState): QuizState {
  const { current: _answered, ...rest } = state;
  const next = quiz.next(
    state.facts,
    state.path.map(step => step.question),
  );
  return next ? waitingFor({ ...rest, picked: [] }, next) : { ...rest, picked: [] };
}

/** The current question with its answer: every fact it did not have before counts as set by it. */
export function answered(quiz: Quiz, state: QuizState, facts: QuizFacts): QuizState {
  const question = state.current;
  if (question === undefined) return advanced(quiz, { ...state, facts: { ...state.facts, ...facts } });
  const set = Object.keys(facts).filter(fact => state.facts[fact] !== facts[fact]);
  return advanced(quiz, {
    ...state,
    facts: { ...state.facts, ...facts },
    path: [...state.path, { question, set }],
  });
}

/** One question back, or to `question` where it was asked before; what its answer and later ones set is forgotten. */
export function backTo(quiz: Quiz, state: QuizState, question?: string): QuizState | undefined {
  const at =
    question === undefined ? state.path.length - 1 : state.path.findIndex(step => step.question === question);
  const target = state.path[at];
  if (!target) return undefined;
  const forgotten = new Set(state.path.slice(at).flatMap(step => step.set));
  const facts = Object.fromEntries(Object.entries(state.facts).filter(([fact]) => !forgotten.has(fact)));
  const again = quiz.question(target.question);
  const earlier = { ...state, facts: quiz.known(facts), path: state.path.slice(0, at) };
  return again && waitingFor(earlier, again);
}
