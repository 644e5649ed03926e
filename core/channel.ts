import type { SendingFault } from './conversation';
import type { ChannelName, InboundDraft, ReplyHandle } from './event';
import type { Reply } from './reply';

/** A request as it came: a signature is over these bytes, not over re-made JSON. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** Header names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface RawResponse {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export type Parsed =
  | { readonly kind: 'event'; readonly event: InboundDraft }
  /** News about something we sent. `reference` is what `send` returned. */
  | {
      readonly kind: 'delivery';
      readonly reference: string;
      readonly state: 'sent' | 'delivered' | 'failed';
      readonly permanent?: boolean;
      readonly fault?: SendingFault;
      readonly why?: string;
    }
  /** Recorded with its reason, and nothing else. */
  | {
      readonly kind: 'ignored';
      readonly providerEventId: string;
      readonly account: string;
      readonly why: string;
    };

/** One vendor call to make. */
export interface Outgoing {
  /** Fixed when the row was written: the same for every attempt. */
  readonly id: string;
  readonly externalId: string;
  readonly replies: readonly Reply[];
  readonly language: string;
  readonly sender: { readonly kind: 'bot' } | { readonly kind: 'officer'; readonly name: string };
  readonly replyHandle?: ReplyHandle;
  /** 1 for the first. */
  readonly attempt: number;
  /** An earlier attempt at this stage ended without an answer (time-out, 5xx, crash while sending). */
  readonly doubt: boolean;
  /** What an earlier attempt asked to go on with, such as another kind of call. */
  readonly stage?: string;
  /** When the first attempt began, ms since the epoch. */
  readonly firstTriedAt: number;
}

/** How one vendor call ended. */
export type Sent =
  | { readonly outcome: 'sent'; readonly reference?: string; readonly why?: string }
  /** Definitely not sent: call again later; `stage` changes how. */
  | { readonly outcome: 'retry'; readonly afterMs: number; readonly why: string; readonly stage?: string }
  /** May have been sent: call again with `doubt`, the channel can settle it then. */
  | { readonly outcome: 'unclear'; readonly afterMs: number; readonly why: string }
  /** May have been sent and nobody can tell: never again by itself; shown to an officer. */
  | { readonly outcome: 'unknown'; readonly why: string }
  /** Definitely not sent, and trying again would not help. */
  | { readonly outcome: 'refused'; readonly why: string; readonly fault?: SendingFault };

/** What became of getting a file that a person sent. */
export type FetchedFile =
  | { readonly outcome: 'fetched'; readonly bytes: Buffer }
  /** Not now: the vendor prepares it, or could not be reached. */
  | { readonly outcome: 'retry'; readonly afterMs: number }
  | { readonly outcome: 'too-large' }
  /** The vendor has it no more. */
  | { readonly outcome: 'gone' };

/**
 * A channel. `delivery: 'stored'` means that the person's own client reads the transcript (web chat, kiosk), so nothing is sent;
 * `'sent'` means vendor calls through the outbox.
 */
export type Channel = StoredChannel | SentChannel;

export interface StoredChannel {
  readonly name: ChannelName;
  readonly account: string;
  readonly delivery: 'stored';
}

export interface SentChannel {
  readonly name: ChannelName;
  readonly account: string;
  readonly delivery: 'sent';
  /**
   * Splits one turn's replies into vendor calls, in order. `unasked`: said of our own accord, not in answer to something; a channel
   * that answers within its own call sends nothing else. Pure.
   */
  batch(replies: readonly Reply[], language: string, unasked?: boolean): readonly (readonly Reply[])[];
  /** Makes one vendor call. Rejects never: every failure is an outcome. Bounded in time by the channel. */
  send(outgoing: Outgoing): Promise<Sent>;
  /** The text as its receiver sees it, where the channel changes it. Pure. */
  readonly shown?: (outgoing: Outgoing) => string;
  /**
   * Gets a file by the reference its event gave; never more than `mostBytes`. Rejects never. Absent where the vendor keeps none for us.
   */
  readonly fetchFile?: (reference: string, mostBytes: number) => Promise<FetchedFile>;
  readonly webhooks: readonly Webhook[];
}

/** One address at which the vendor calls us. */
export interface Webhook {
  /** Such as `/webhooks/line`. */
  readonly path: string;
  /** Proves the sender over the raw bytes, before any parsing; throws `CHANNEL_SIGNATURE_INVALID`. */
  verify(request: RawRequest): void;
  /** To our words; throws `BODY_MALFORMED`. Unknown fields and types are not errors. */
  parse(request: RawRequest): readonly Parsed[];
  /** What to answer once everything is stored. */
  readonly accepted: RawResponse;
  /** In place of `accepted`, where the answer depends on the request. */
  answer?(request: RawRequest): Promise<RawResponse>;
}
