import type { RememberedFact } from './suggestions';
import type { Localised } from './text';
import type { Understanding } from './understanding';

/** Somebody does not know, or would rather not say: the fact stays unknown and is not asked again. */
export const unsure = 'unsure';

/** What is known of a person, by fact: `yes`, `no`, the id of a choice or of a band, or `unsure`. */
export type QuizFacts = Readonly<Record<string, string>>;

export interface QuizOption {
  readonly id: string;
  readonly label: Localised;
}

/** `many`: any number of the options, also none; the others: one of them. */
export interface QuizQuestion {
  readonly id: string;
  readonly kind: 'yes-no' | 'choice' | 'number' | 'many';
  readonly ask: Localised;
  readonly help?: Localised;
  readonly options: readonly QuizOption[];
}

/** One answer and the other values it would have to take. */
export interface QuizChange {
  readonly fact: Localised;
  readonly values: readonly Localised[];
}

/** `fits`: every condition holds; `likely`: what can be asked holds, an office decides the rest; `maybe`: not enough was said. */
export type QuizStanding = 'fits' | 'likely' | 'maybe';

export interface QuizResult {
  /** Id of a service of the register. */
  readonly service: string;
  readonly standing: QuizStanding;
  readonly reasons: readonly Localised[];
  /** What is not known and would decide. */
  readonly open: readonly Localised[];
  /** Single answers that would take this result away. */
  readonly changes: readonly QuizChange[];
  /** Law or announcement that the rule stands on. */
  readonly source: string;
}

export interface QuizAdvice {
  /** Best first. */
  readonly results: readonly QuizResult[];
  /** Services that one other answer would bring. */
  readonly near: readonly { readonly service: string; readonly change: QuizChange }[];
}

/** One version of a quiz. Pure: the same facts give the same question and the same advice. */
export interface Quiz {
  readonly id: string;
  readonly version: string;
  readonly name: Localised;
  readonly intro: Localised;
  readonly maxQuestions: number;
  question(id: string): QuizQuestion | undefined;
  /** The question that tells most about what is still open; `undefined`: nothing left that is worth asking. */
  next(facts: QuizFacts, asked: readonly string[]): QuizQuestion | undefined;
  /** What these options of the question say; none of a `many` question says no to each. `undefined`: not its options. */
  settle(question: string, options: readonly string[]): QuizFacts | undefined;
  /** What not answering the question leaves as unsure, beside what is known. */
  leave(question: string, facts: QuizFacts): QuizFacts;
  /** What a text says; `current` is the question it may answer. */
  read(understanding: Understanding, current?: string): QuizFacts;
  /** How many of the quiz's questions these facts speak to. */
  questionsTouched(facts: QuizFacts): number;
  /** Only what this version knows. */
  known(facts: QuizFacts): QuizFacts;
  advise(facts: QuizFacts): QuizAdvice;
  /** Of these, what may be remembered of somebody who agreed: neither what the law calls sensitive nor what is unsure. */
  rememberable(facts: QuizFacts): QuizFacts;
  /** Facts and their values in words; what this version does not know is left out. */
  inWords(facts: QuizFacts): readonly RememberedFact[];
}

export interface Quizzes {
  /** The version asked for while it is kept, else the one that is current. */
  get(id: string, version?: string): Quiz | undefined;
  /** The current ones, the main quiz first. */
  all(): readonly Quiz[];
  /** The quiz whose words the text has, with what it says; the main one for a general question after rights; else `undefined`. */
  situation(understanding: Understanding): { readonly quiz: Quiz; readonly facts: QuizFacts } | undefined;
  /** The quiz that fits a text best, when somebody asked for one. */
  fitting(understanding: Understanding): Quiz | undefined;
}

type FactOf = { readonly var: string };

/** A comparison of one fact of a person with constants. */
export type RuleTest =
  | FactOf
  | { readonly '==': readonly [FactOf, string | boolean] }
  | { readonly in: readonly [FactOf, readonly string[]] }
  | { readonly '<': readonly [FactOf, number] }
  | { readonly '>': readonly [FactOf, number] }
  | { readonly '>=': readonly [FactOf, number] }
  | { readonly '<=': readonly [FactOf, number] | readonly [number, FactOf, number] };

/** Who is entitled, as a JsonLogic rule over facts: the part of JsonLogic that the quizzes evaluate. */
export type Rule =
  | boolean
  | RuleTest
  | { readonly and: readonly Rule[] }
  | { readonly or: readonly Rule[] }
  | { readonly '!': readonly [Rule] };
