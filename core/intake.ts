import type { Conversation, Message } from './conversation';
import type { InboundDraft, Notice, OfficerRef } from './event';

export interface Accepted {
  /** `known`: the same event was taken in before; nothing was written. */
  readonly outcome: 'accepted' | 'known';
  readonly eventId: string;
  readonly conversationId: string;
}

/** The one way in: resolves after the events are durably stored, before the work on them. */
export interface Intake {
  accept(drafts: readonly InboundDraft[]): Promise<readonly Accepted[]>;
  /** An officer's words in a conversation they own; the same `clientId` again is `known`. */
  acceptFromDesk(message: {
    readonly conversation: Conversation;
    readonly officer: OfficerRef;
    readonly clientId: string;
    readonly text: string;
    /** Address of a picture that goes with the words. */
    readonly picture?: string;
  }): Promise<Accepted>;
  /** News for the person of a conversation; the same `key` again is `known`. */
  notify(news: {
    readonly conversation: Conversation;
    readonly key: string;
    readonly notice: Notice;
  }): Promise<Accepted>;
  /** Resolves with the number the event's message got, once its turn is committed; `undefined` when `withinMs` passed first. */
  settled(accepted: Accepted, withinMs: number): Promise<{ readonly seq: number } | undefined>;
}

/** Reading side of a conversation, `pending` merged in. */
export interface Transcript {
  /** Messages with a number above `seq`, ascending, at most `limit`. */
  after(conversationId: string, seq: number, limit: number): Promise<readonly Message[]>;
  /** The last `limit` messages before `beforeSeq` (or the end), ascending. */
  latest(conversationId: string, limit: number, beforeSeq?: number): Promise<readonly Message[]>;
}

/** Wakes whoever shows a conversation. Carries no content: the store is the truth. May be lost, may come twice. */
export interface Changes {
  publish(change: Change): void;
  /** Returns the way to stop listening. */
  subscribe(listener: (change: Change) => void): () => void;
}

export type Change =
  | { readonly kind: 'conversation'; readonly conversationId: string; readonly seq: number }
  | { readonly kind: 'settled'; readonly eventId: string; readonly seq: number }
  | {
      readonly kind: 'typing';
      readonly conversationId: string;
      readonly from: 'citizen' | 'officer';
      readonly name?: string;
    }
  /** The person has read up to `seq`. */
  | { readonly kind: 'read'; readonly conversationId: string; readonly from: 'citizen'; readonly seq: number }
  | { readonly kind: 'presence' }
  /** An address was erased: whoever remembers it forgets it. */
  | { readonly kind: 'erased'; readonly addressId: string }
  | { readonly kind: 'access'; readonly officerId: string }
  /** What is published, announced or switched off is no longer the same. */
  | { readonly kind: 'knowledge' };
