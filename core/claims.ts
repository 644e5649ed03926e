import type { Localised } from './text';

/** A web address in a text, by its host. */
export interface ClaimedSite {
  readonly host: string;
  /**
   * `ours`; `official` by its ending or in our list; `look-alike` of an official one; `shortened`, so that nobody sees where it leads;
   * `unknown`: in no list of ours, which says nothing about it.
   */
  readonly kind: 'ours' | 'official' | 'look-alike' | 'shortened' | 'unknown';
  /** The official site it looks like, or whose site it is, where that is known. */
  readonly like?: string;
  readonly owner?: Localised;
}

export interface ClaimedPhone {
  readonly number: string;
  /** Whose number it is, where a published topic has it. A caller can show any number. */
  readonly owner?: Localised;
}

/** What a text wants of its reader that no agency asks for in a message. */
export type Demand = 'money' | 'code' | 'app';

/** What could be found out about something that somebody heard or was sent. Never that it is safe. */
export interface ClaimCheck {
  /** `ours`: word for word what we sent; `not-ours`: it shows what we never do; `cannot-tell`: anything else. */
  readonly verdict: 'ours' | 'not-ours' | 'cannot-tell';
  /** When we first sent these words, ms. */
  readonly sentAt?: number;
  readonly sites: readonly ClaimedSite[];
  readonly phones: readonly ClaimedPhone[];
  readonly demands: readonly Demand[];
  /** The reader has already paid, or given a code away. */
  readonly harmed: boolean;
}

export interface ClaimChecker {
  check(text: string): Promise<ClaimCheck>;
  /** Whether a text holds a web address that is neither ours nor official. */
  holdsStrangeAddress(text: string): boolean;
}

/** Remembers, by a keyed hash, which words were sent. */
export interface SentTexts {
  note(text: string): Promise<void>;
  /** When these words were first sent, ms. */
  sentAt(text: string): Promise<number | undefined>;
}
