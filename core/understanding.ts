export type TopicKind = 'service' | 'complaint' | 'hotline';

/** One thing of the register: a service, a complaint channel or a hotline. */
export interface TopicRef {
  readonly kind: TopicKind;
  readonly id: string;
}

const topicKinds: readonly TopicKind[] = ['service', 'complaint', 'hotline'];

/** Reads `kind:id`, as records and addresses name a topic. */
export function readTopicRef(text: string): TopicRef | undefined {
  const [, given, id] = /^(\w+):([a-z0-9-]{1,60})$/u.exec(text) ?? [];
  const kind = topicKinds.find(each => each === given);
  return kind && id ? { kind, id } : undefined;
}

export interface Entity {
  /** `thai-id`, `phone`, `money`, `number`, `age`, `date`, `time`, `datetime`, `range`, `duration`, `province`, … */
  readonly kind: string;
  /** ISO 8601 for dates and times, decimal string for numbers and money, plain otherwise. */
  readonly value: string;
  readonly text: string;
  /** UTF-16 offsets into the original text. */
  readonly start: number;
  readonly end: number;
  readonly confidence?: number;
}

export const crisisKinds = ['self-harm', 'violence', 'medical', 'fire', 'missing', 'scam'] as const;
export type CrisisKind = (typeof crisisKinds)[number];

/** What a text means. Probabilities are 0-1. */
export interface Understanding {
  /** The normalised text the rest was read from. */
  readonly normalised: string;
  /** Best language guess, such as `th` or `en`. */
  readonly language: string;
  /** The best dialog intent, or `topic` when the text asks about something of the register, or `none`. */
  readonly intent: string;
  readonly confidence: number;
  /** Topics by falling score, comparable over kinds. */
  readonly topics: readonly (TopicRef & { readonly score: number })[];
  /** `answer`: the first topic is meant; `ask-back`: one of the first few; `none`: nothing of ours. */
  readonly decision: 'answer' | 'ask-back' | 'none';
  readonly entities: readonly Entity[];
  readonly crisis?: CrisisKind;
  readonly tone: { readonly angry: boolean; readonly abusive: boolean };
}

/** A word of a text that made it match a topic. */
export interface Reason {
  readonly text: string;
  /** UTF-16 offsets into the original text. */
  readonly start: number;
  readonly end: number;
  /** What the topic's score would lose without the word; comparable within one text only. */
  readonly weight: number;
}

/** Text in, meaning out: pure, synchronous, never throws, bounded time for any string. */
export interface Understander {
  /** Changes when the knowledge or the model changes. */
  readonly version: string;
  understand(text: string, now: number): Understanding;
  /** Why the text matches the topic, strongest word first; for people who check, not for every turn: it costs some twenty readings. */
  explain?(text: string, topic: TopicRef): readonly Reason[];
}
