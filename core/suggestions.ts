import type { QuizFacts } from './quiz';
import type { Localised } from './text';

/** A service that may be for somebody, and why they are shown it. */
export interface Suggestion {
  /** Id of a service of the register. */
  readonly service: string;
  /** Conditions of the quiz's rule that hold by what they told; empty where it comes from what they asked. */
  readonly reasons: readonly Localised[];
  /** Id of the service they asked about. */
  readonly askedAbout?: string;
}

/** Something remembered of a person who agreed, in words. */
export interface RememberedFact {
  readonly fact: string;
  readonly label: Localised;
  readonly value: Localised;
}

export interface SuggestionList {
  /** Best first. */
  readonly suggestions: readonly Suggestion[];
  readonly facts: readonly RememberedFact[];
  /** Ids of services they asked about, newest first. */
  readonly asked: readonly string[];
}

/** Suggestions for those who agreed to them, by address: what was agreed in one chat is of that chat. */
export interface Suggestions {
  isOn(addressId: string): Promise<boolean>;
  /** With what is being told now, which need not be remembered yet; `undefined`: this person did not agree. */
  of(addressId: string, told?: QuizFacts): Promise<SuggestionList | undefined>;
}
