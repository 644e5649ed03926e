import type { Reply, Speaker } from '../../core';

/** A line of the transcript as the person's own client gets it. */
export interface Line {
  readonly seq: number;
  readonly id: string;
  readonly from: Speaker;
  /** The officer's name. */
  readonly name?: string;
  readonly reply: Reply;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** On the person's own lines: the id their client gave, so that it knows its message again. */
  readonly clientId?: string;
  /** The line is about something the person may not want others to see on their screen. */
  readonly sensitive?: boolean;
}

export interface Welcome {
  /** Who the client is from now on; to be sent at the next connection. */
  readonly visitor: string;
  readonly conversation: string;
  /** Number of the last message there is. */
  readonly seq: number;
}

/** Who answers now. `urgent`: somebody may be in danger. */
export interface State {
  readonly owner: 'bot' | 'queue' | 'officer';
  readonly name?: string;
  readonly urgent: boolean;
}

export interface Typing {
  readonly from: 'bot' | 'officer';
  readonly name?: string;
}

export type Ack =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly retryAfterMs?: number };
