import type { Conversation, DialogState, EpisodeResult, EpisodeType, Owner } from './conversation';
import type { InboundEvent } from './event';
import type { Closed } from './opening-hours';
import type { Reply } from './reply';
import type { CrisisKind, Understanding } from './understanding';

/** How a turn ended, in the words of `ask --jsonl`. */
export type Outcome =
  | 'answered'
  | 'asked-back'
  | 'quiz'
  | 'status'
  | 'complaint'
  | 'booking'
  | 'reminder'
  | 'handover'
  | 'crisis'
  | 'smalltalk'
  | 'abuse'
  | 'no-answer';

/** What the desk can do right now, for honest words about waiting. */
export interface Desk {
  readonly open: boolean;
  readonly officersOnline: number;
  readonly waiting: number;
  /** Everybody who is there has all they can take. */
  readonly full?: boolean;
  /** When the desk opens next, ms since the epoch; absent while open. */
  readonly opensAt?: number;
  /** Why it is closed; absent while open. */
  readonly closed?: Closed;
}

/** Everything a step may look at. */
export interface Turn {
  readonly event: InboundEvent;
  readonly conversation: Conversation;
  readonly now: number;
  /** The language to answer in. */
  readonly language: string;
  /** Present for texts that the bot has to read. */
  readonly understanding?: Understanding;
  readonly desk: Desk;
  /** Set when the person picked something: a button, its number, or its label. */
  readonly choice?: string;
}

/** What the turn changes and says. Absent fields stay as they are; `null` clears. */
export interface Decision {
  readonly replies: readonly Reply[];
  readonly outcome?: Outcome;
  readonly owner?: Owner;
  readonly dialog?: DialogState | null;
  readonly language?: string;
  /** Topic that was answered, as `kind:id`. */
  readonly topic?: string;
  /** What the replies come from where that is not the register: a quiz and the version whose rules decided. Kept with each message. */
  readonly source?: { readonly version: string; readonly topic: string };
  readonly left?: boolean;
  readonly episode?: {
    readonly type?: EpisodeType;
    readonly topic?: string;
    readonly danger?: CrisisKind;
    readonly result?: EpisodeResult;
    readonly rating?: number;
    readonly close?: boolean;
  };
  readonly commands?: readonly { readonly kind: string; readonly data: unknown }[];
  /** The replies are sent of our own accord, and only if the module that ordered them still wants it: its key for that. */
  readonly gate?: string;
}

/** One step of the pipeline: decides, or lets the next one decide. Does not send, save, log or read the clock. */
export type Step = (turn: Turn, next: (turn: Turn) => Promise<Decision>) => Promise<Decision>;

/** A conversation within the conversation, such as the quiz. A value in one list; adding one touches that list only. */
export interface Dialog {
  readonly name: string;
  /** Begins on this choice id (or one that starts with it and a colon) … */
  readonly choice: string;
  /** … or on these intents, when the text is understood so. */
  readonly intents?: readonly string[];
  /** … or on what the text holds, whatever intent was read: a web address, the name of the dialog itself … */
  hearsFirst?(turn: Turn): boolean;
  /** … or on words that mean it whatever intent was read, such as `ติดตามให้ 1234 5678`. */
  claims?(turn: Turn): boolean;
  /** … or on what the text tells, where no intent of another dialog was read. */
  hears?(turn: Turn): boolean;
  /** Also heard while an officer owns the conversation. */
  readonly always?: boolean;
  start(turn: Turn): Promise<Decision> | Decision;
  /** Goes on with what `start` or the last `resume` kept; `undefined`: not mine after all, let the others look. */
  resume?(turn: Turn, state: unknown): Promise<Decision | undefined> | Decision | undefined;
  /** Others answered in between: the decision with what is kept, and the way back. */
  pause?(turn: Turn, state: unknown, decision: Decision): Decision;
}
